"""What git knows of the files in content/: who added each, who changed it last, and when.

Only the verb `provenance` asks git; a build reads what that wrote. Names are anybody's text and are cleaned; addresses
are never asked for, and a name that holds one is not shown.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from datetime import date as Date
from pathlib import Path

from daybook.documents import FORBIDDEN
from daybook.provenance import History, Provenance, Touch

NAMELESS = "Somebody without a name"
_LONGEST_NAME = 100
_YEARS = range(1900, 2200)

# Every part ends with NUL, which neither names nor paths can hold: what is what follows from its place alone, whatever
# is in it. https://git-scm.com/docs/git-log#_pretty_formats
_FORMAT = "commit %H%x00%at%x00%aN%x00%(trailers:key=Co-authored-by,valueonly,unfold,separator=%x1f)%x00"
_STATUS = re.compile(r"[A-Z]+[0-9]*")
# The settings of a checkout could change what git prints, or run programs.
_PLAINLY = ("core.quotepath=off", "core.fsmonitor=false", "log.showSignature=false", "diff.renames=true")


class NoHistory(Exception):
    """There is no history to read, with the reason as a sentence without its full stop."""


@dataclass(frozen=True, slots=True)
class _Commit:
    """A commit: its authors (the author, then the co-authors), its day, and (status, path, new path) of its files."""

    id: str
    day: Date | None
    authors: tuple[str, ...]
    files: tuple[tuple[str, str, str], ...]


@dataclass(slots=True)
class _Trace:
    """What is known so far of a file, from its newest commit backwards; `done` once its beginning was met."""

    people: set[str] = field(default_factory=set)
    added: Touch | None = None
    changed: Touch | None = None
    seen: bool = False
    done: bool = False


def read_history(root: Path) -> Provenance:
    """The history of every YAML file in content/ that is there now, followed through renames.

    Of a merge only what it changed against all its parents counts. Where the history is cut off (a shallow clone), what
    its first commits seem to add was there before them, so that nobody is named for it. Raises NoHistory, OSError.
    """
    here = _git(root, "ls-files", "-z", "--", "content").split("\0")
    if not _has_commits(root):
        raise NoHistory("the repository has no commits yet")
    edge = _cut_at(root)
    traces = {path: _Trace() for path in here if path.endswith(".yaml")}
    names = {path: path for path in traces}
    for commit in _commits(root):
        for status, path, new in commit.files:
            now = names.get(new or path)
            if now is not None and not traces[now].done:
                _take(traces[now], commit, status, cut=commit.id in edge)
                if new:
                    names[path] = names.pop(new)
    found = sorted((path, trace) for path, trace in traces.items() if trace.seen)
    histories = (
        History(path.removeprefix("content/"), tuple(sorted(trace.people)), trace.added, trace.changed)
        for path, trace in found
    )
    return Provenance(bool(edge), tuple(histories))


def _take(trace: _Trace, commit: _Commit, status: str, *, cut: bool) -> None:
    """One commit further back in the life of a file."""
    touch = Touch(commit.authors[0], commit.day) if commit.day else None
    if not cut:
        trace.people.update(commit.authors)
        trace.changed = trace.changed if trace.seen else touch
    # Added by a merge out of nothing: git writes one letter a parent.
    if set(status) == {"A"}:
        trace.added = None if cut else touch
        trace.done = True
    trace.seen = True


def _commits(root: Path) -> Iterator[_Commit]:
    """The commits that touched content/, children before parents."""
    settings = [word for setting in _PLAINLY for word in ("-c", setting)]
    command = ("log", "--topo-order", "-c", "--name-status", "-M", "-z", "--relative", f"--format={_FORMAT}")
    parts = iter(_git(root, *command, "HEAD", "--", "content", settings=settings).split("\0"))
    part = next(parts, "")
    while part := part.strip("\n"):
        moment, author, others = next(parts), next(parts), next(parts)
        authors = (author, *filter(None, others.split("\x1f")))
        files, part_after = _files(parts)
        yield _Commit(part.removeprefix("commit "), _day(moment), tuple(dict.fromkeys(map(clean_name, authors))), files)
        part = part_after


def _files(parts: Iterator[str]) -> tuple[tuple[tuple[str, str, str], ...], str]:
    """The files of a commit, and the part after them. The new path is empty where nothing was renamed."""
    found = []
    for part in parts:
        status = part.strip("\n")
        if _STATUS.fullmatch(status):
            path = next(parts)
            renamed = status[0] == "R" and status[1:].isdigit()
            found.append((status, path, next(parts) if renamed else ""))
        elif status:
            return tuple(found), status
    return tuple(found), ""


def _day(seconds: str) -> Date | None:
    """The day in UTC; None where a clock was so wrong that no calendar has it."""
    try:
        day = datetime.fromtimestamp(int(seconds), UTC).date()
    except (ValueError, OverflowError, OSError):
        return None
    return day if day.year in _YEARS else None


def clean_name(name: str) -> str:
    """A name as it may be published: one visible line, no address, not longer than a name."""
    bare = re.sub(r"\s*<[^<>]*@[^<>]*>?\s*$", "", name)
    shown = " ".join(FORBIDDEN.sub("", bare.replace("\n", " ")).split())[:_LONGEST_NAME].rstrip()
    return shown if shown.strip() and "@" not in shown else NAMELESS


def _has_commits(root: Path) -> bool:
    try:
        _git(root, "rev-parse", "--verify", "--quiet", "HEAD")
    except NoHistory:
        return False
    return True


def _cut_at(root: Path) -> frozenset[str]:
    """The commits whose parents a shallow clone left out. https://git-scm.com/docs/shallow"""
    path = root / _git(root, "rev-parse", "--git-path", "shallow").strip("\n")
    return frozenset(path.read_text("ascii").split()) if path.is_file() else frozenset()


def _git(root: Path, *words: str, settings: list[str] | None = None) -> str:
    """What a command of git prints, as text: bytes that are not UTF-8 become U+FFFD."""
    # A hook that runs us has told git of its own repository.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}
    command = ["git", "-C", str(root), *(settings or []), *words]
    try:
        ended = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except FileNotFoundError as error:
        raise NoHistory("git is not installed") from error
    if ended.returncode:
        said = ended.stderr.decode("utf-8", "replace").strip().splitlines()
        raise NoHistory(f"git says: {said[-1] if said else f'exit code {ended.returncode}'}")
    return ended.stdout.decode("utf-8", "replace")
