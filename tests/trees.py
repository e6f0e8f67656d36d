"""Small sites and what they leave in a folder, for the tests of the write stage."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from daybook.fingerprint import fingerprint
from daybook.model import File
from daybook.write import write

OLD = {
    "index.html": "home",
    "papers/1.html": "one",
    "papers/2.html": "two",
    "days/2026/01.html": "a day",
    "topics": "a file that becomes a folder",
    "lists/deep/down.html": "a folder that becomes a file",
    "Case.html": "case",
    "same-length.html": "old",
}
NEW = {
    "index.html": "home, changed",
    "papers/2.html": "two",
    "papers/3.html": "one",
    "topics/a.html": "in a folder now",
    "lists": "a file now",
    "case.html": "case",
    "same-length.html": "new",
}

Tree = dict[str, bytes | None]


def files(texts: Mapping[str, str]) -> list[File]:
    return [File(path, fingerprint(text), text.encode) for path, text in texts.items()]


def tree(folder: Path) -> Tree:
    """Everything that is in a folder, hidden or not: the bytes of files, None for folders."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")
    }


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Differs for every file that was written again, even with what it held before."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns) for path in folder.rglob("*")
    }


def built(texts: Mapping[str, str], out: Path) -> Tree:
    write(files(texts), out)
    return tree(out)


def unasked() -> bytes:
    raise AssertionError("a body was asked for without need")
