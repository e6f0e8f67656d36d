"""Which problems a branch answers for: asked of git, at the place where the branch began.

A problem in a file that the branch changed counts. One in any other file counts only where the branch caused it: a
rule between files (DB4) does not hold that held where the branch began, as when a topic goes that old notes name.
"""

from __future__ import annotations

import io
import os
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from daybook.model import Problem
from daybook.wording import escape, quote

_BETWEEN_FILES: Final = "DB4"

Check = Callable[[Path], tuple[Problem, ...]]
"""Finds all mistakes in a folder that is like content/."""


class NotComparable(OSError):
    """Git cannot tell what the branch changed; the sentence says why, and what to do."""


class _Refused(NotComparable):
    """Git ran, and did not do what it was asked."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch of the repository at `root`: the commit where it began, and the paths in content/ that it changed.

    Files that are changed or new in the working tree count too.
    """

    root: Path
    base: str
    changed: frozenset[str]

    def answers_for(self, problems: tuple[Problem, ...], check: Check) -> tuple[Problem, ...]:
        """The problems of content/ that are in files of the branch, or that it caused in others."""
        shown = {escape(path) for path in self.changed}
        elsewhere = {each for each in problems if each.path not in shown and each.code.startswith(_BETWEEN_FILES)}
        before = self._before(check) if elsewhere else set()
        return tuple(
            each for each in problems if each.path in shown or (each in elsewhere and _mark(each) not in before)
        )

    def _before(self, check: Check) -> set[tuple[str, int, int, str]]:
        """The problems of content/ where the branch began."""
        if not _git(self.root, "ls-tree", self.base, "content"):
            return set()
        archive = zipfile.ZipFile(io.BytesIO(_git(self.root, "archive", "--format=zip", "-0", self.base, "content")))
        with tempfile.TemporaryDirectory() as folder:
            archive.extractall(folder)
            return {_mark(problem) for problem in check(Path(folder, "content"))}


def branch_since(root: Path, reference: str) -> Branch:
    """What the branch that is checked out at `root` changed since it left `reference`. Raises NotComparable."""
    commit = _asked(root, f"it knows no commit {quote(reference)}", "rev-parse", "--verify", "--end-of-options",
                    f"{reference}^{{commit}}").decode().strip()  # fmt: skip
    base = _asked(root, f"{quote(reference)} and this branch have no commit in common", "merge-base", commit,
                  "HEAD").decode().strip()  # fmt: skip
    known = _git(
        root, "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--relative", base, "--", "content"
    )
    new = _git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", "content")
    return Branch(root, base, frozenset(os.fsdecode(path) for path in (known + new).split(b"\0") if path))


def _mark(problem: Problem) -> tuple[str, int, int, str]:
    """What stays of a problem in a file that did not change, whatever is said of it."""
    return problem.path, problem.line, problem.column, problem.code


def _asked(root: Path, refusal: str, *arguments: str) -> bytes:
    try:
        return _git(root, *arguments)
    except _Refused as error:
        if "not a git repository" in str(error):
            raise
        raise NotComparable(f"git: {refusal}; fetch its history (git fetch --unshallow), or name another") from error


def _git(root: Path, *arguments: str) -> bytes:
    """What git says. Raises NotComparable."""
    try:
        ended = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)
    except FileNotFoundError as error:
        raise NotComparable("git is not installed: --changed-since asks it what was changed") from error
    if ended.returncode:
        raise _Refused(f"git: {escape(ended.stderr.decode(errors='replace').strip())}")
    return ended.stdout
