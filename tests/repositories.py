"""Small git repositories for tests: commits by whoever is named, on days that are given."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

ADA, BO = "Ada Ash <ada@example.org>", "Bo Birch <bo@example.org>"


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository that knows no settings but its own."""

    root: Path

    def git(self, *words: str, check: bool = True, **given: str) -> str:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.root),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "The Host",
            "GIT_AUTHOR_EMAIL": "host@example.org",
            "GIT_COMMITTER_NAME": "The Host",
            "GIT_COMMITTER_EMAIL": "host@example.org",
            **given,
        }
        command = ["git", "-C", str(self.root), *words]
        ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if check and ended.returncode:
            raise AssertionError(f"{words}: {ended.stdout}{ended.stderr}")
        return ended.stdout

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, "utf-8")

    def commit(self, day: str, author: str = ADA, message: str = "A change") -> None:
        """Commit all that has changed, at noon (UTC) of a day or at a moment that git understands."""
        moment = f"{day}T12:00:00Z" if len(day) == 10 else day
        self.git("add", "-A")
        given = ("commit", "-q", "--allow-empty", f"--author={author}", f"--date={moment}", "-m", message)
        self.git(*given, GIT_COMMITTER_DATE="2026-12-31T12:00:00Z")


def repository(root: Path) -> Repository:
    """A new one, with a branch main and no commits."""
    root.mkdir(parents=True, exist_ok=True)
    made = Repository(root)
    made.git("init", "-q", "-b", "main")
    return made
