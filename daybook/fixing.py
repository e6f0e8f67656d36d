"""Mends in a YAML file what can be mended without asking: how it is written, and never what it says.

Each fix is a function from the text of a file to the mended text and what was done. What it makes is kept only if
the file then says the same: a text that stood without quotes is that very text, every other value is as it was.
Lines are moved and blanks taken off; no line with a comment is ever dropped.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from daybook import codes, yaml_text
from daybook.documents import NOTHING, Document, Trail, Unquoted, decoded
from daybook.folder import place as put
from daybook.places import Place, place_of
from daybook.report import Report

Fix = Callable[[str, Document, Place], tuple[str, str]]


def fix(text: str, place: Place) -> tuple[str, tuple[str, ...]]:
    """The mended text of a file, and what was done to it; the text itself where nothing was, or it cannot be read."""
    done = []
    for mend in FIXES:
        before = yaml_text.read(text)
        if not isinstance(before, Document) or before.mistakes:
            break
        mended, what = mend(text, before, place)
        after = yaml_text.read(mended)
        if mended != text and isinstance(after, Document) and _said(after.value) == _said(before.value):
            text = mended
            done.append(what)
    return text, tuple(done)


def fix_file(content: Path, relative: str) -> tuple[str, ...]:
    """Mend a file in content/ in its place; what was done. Raises OSError, and then the file is as it was."""
    placed, path = place_of(relative), content / relative
    if placed is None or placed[0].is_json or path.is_symlink():
        return ()
    raw = path.read_bytes()
    text = decoded(raw)
    if not isinstance(text, str):
        return ()
    mended, done = fix(text, placed[0])
    if done:
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            put(folder, path.name, mended.encode(), durable=True)
        finally:
            os.close(folder)
    return done


def _said(value: object) -> object:
    """What a file says, whether or not in quotes."""
    if isinstance(value, dict):
        return {key: _said(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_said(inner) for inner in value]
    return _source(value)


def _source(value: object) -> str:
    """A value as it stands in the file without quotes."""
    if isinstance(value, Unquoted):
        return value.text
    return str(value).lower() if isinstance(value, bool) else str(value)


# Fixes -----------------------------------------------------------------------------------------------------------


def take_off_blanks(text: str, document: Document, place: Place) -> tuple[str, str]:
    """No blanks at the end of lines, outside of texts of several lines; one line end at the end of the file."""
    inside = yaml_text.lines_of_texts(text)
    end = "\r\n" if "\r\n" in text else "\n"
    lines = [
        line if number in inside else line.rstrip(" \r") + "\r" * line.endswith("\r")
        for number, line in enumerate(text.split("\n"), 1)
    ]
    return "\n".join(lines).rstrip(" \r\n") + end, "blanks at ends of lines and of the file"


def quote_texts(text: str, document: Document, place: Place) -> tuple[str, str]:
    """Quotes around what is meant as text and reads as a number, a date or a truth value without them."""
    report = Report()
    place.shape.gather(document.value, report)
    lines = text.split("\n")
    trails = [finding.trail for finding in report.findings if finding.code is codes.NOT_QUOTED]
    # The last ones of a line first, so that the others stay where they are.
    for trail in sorted(trails, key=lambda trail: document.locate(trail, False), reverse=True):
        value = _at(document.value, trail)
        if not (isinstance(value, Unquoted) and value.reads_as == NOTHING):
            line, column = document.locate(trail, False)
            before, after = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
            source = _source(value)
            if after.startswith(source):
                lines[line - 1] = f'{before}"{source}"{after.removeprefix(source)}'
    return "\n".join(lines), "text in quotes"


def order_keys(text: str, document: Document, place: Place) -> tuple[str, str]:
    """The keys in their documented order, each with the comment right above it.

    Comments above the first key and below the last one stay where they are. Nothing is done where a key is unknown.
    """
    order = [field.name for field in place.shape.fields]
    keys = list(document.value) if isinstance(document.value, dict) else []
    ordered = [name for name in order if name in keys]
    marks = [document.locate((key,), True) for key in keys]
    if keys == ordered or len(keys) > len(ordered) or any(column != 1 for _, column in marks):
        return text, ""
    lines = (text if text.endswith("\n") else f"{text}\n").split("\n")
    starts = [_with_comments(lines, line - 1) for line, _ in marks]
    starts[0] = marks[0][0] - 1
    ends = [*starts[1:], _with_comments(lines, len(lines) - 1)]
    blocks = {key: lines[start:end] for key, start, end in zip(keys, starts, ends, strict=True)}
    moved = [line for key in ordered for line in blocks[key]]
    return "\n".join([*lines[: starts[0]], *moved, *lines[ends[-1] :]]), "keys in order"


FIXES: tuple[Fix, ...] = (quote_texts, order_keys, take_off_blanks)


def _at(value: object, trail: Trail) -> object:
    for step in trail:
        value = value[step]  # type: ignore[index]
    return value


def _with_comments(lines: list[str], index: int) -> int:
    """The first of the lines of comment that stand right above a line."""
    while index and lines[index - 1].startswith("#"):
        index -= 1
    return index
