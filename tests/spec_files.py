"""Reads the cases in tests/spec/: text in, text out, with a title.

A file is made of sections (`# name`) of cases: the title, a line with a dot, the input, a line with a dot, the
expected output, a line with a dot. Blank lines between cases and lines that start with `//` count for nothing.
`<U+202E>` stands for that character, so that an invisible one can be seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent / "spec"


@dataclass(frozen=True)
class Case:
    """One case; `section` is the name above it."""

    section: str
    title: str
    source: str
    expected: str

    def __str__(self) -> str:
        return f"{self.section}: {self.title}"


def cases(name: str) -> list[Case]:
    """All cases of tests/spec/`name`, in order. Raises ValueError where the file is not in the form above."""
    lines = iter((_FOLDER / name).read_text(encoding="utf-8").split("\n"))
    found = []
    section = ""
    for line in lines:
        if line.startswith("# "):
            section = line[2:]
        elif line and not line.startswith("//"):
            if next(lines, None) != ".":
                raise ValueError(f"{name}: no dot after the title {line!r}")
            found.append(Case(section, line, _until_dot(lines, line), _until_dot(lines, line)))
    return found


def _until_dot(lines: Iterator[str], title: str) -> str:
    part: list[str] = []
    for line in lines:
        if line == ".":
            return re.sub(r"<U\+([0-9A-F]{4,6})>", lambda code: chr(int(code[1], 16)), "\n".join(part))
        part.append(line)
    raise ValueError(f"the case {title!r} has no dot at its end")
