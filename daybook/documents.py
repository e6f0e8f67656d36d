"""What the readers of YAML and JSON have in common: a file's values, and where in the text each one stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from daybook import codes
from daybook.codes import Code
from daybook.wording import character

Trail = tuple[str | int, ...]
"""The way from the top of a file to a value, or to a line of a text: keys, and indexes from 0."""

Mark = tuple[int, int]
"""A line and a column, both from 1; columns count characters."""

NOTHING = "nothing"
"""What an unquoted value reads as that YAML takes for none: null, ~ or no text at all."""

DEEPEST = 20
LONGEST_NUMBER = 15
"""How many characters a whole number may have: every program that reads it keeps all of its digits."""

MOST_PROBLEMS = 100
"""How many problems of one file are told, so that a hostile file cannot fill the memory with them."""

# Control characters but the line feed; the line and paragraph separators, which some programs take for ends of
# lines; embeddings, overrides and isolates of text direction (https://www.unicode.org/reports/tr9/); annotations
# and noncharacters, which XML or HTML forbid; halves of surrogate pairs, which UTF-8 cannot hold.
FORBIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Unquoted:
    """A value that stands in the file without quotes and reads as no text: its very text, and what it reads as."""

    text: str
    reads_as: str


@dataclass(frozen=True, slots=True)
class Twice:
    """The value of a key that stands more than once in its block."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong with how a file is written, at a place in its text."""

    mark: Mark
    code: Code
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file's value, made of dict, list, str, int, bool, None, Unquoted and Twice.

    `locate` gives the place of the value that a trail leads to, or of its key; where the trail leads nowhere, the
    place of the last value that it does lead to.
    """

    value: object
    locate: Callable[[Trail, bool], Mark]
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be read as far as its values, and why: one mistake at least."""

    mistakes: tuple[Mistake, ...]


def mark_of(text: str, offset: int) -> Mark:
    """The line and column of a character of a text."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def decoded(raw: bytes) -> str | Mistake:
    """The text of a file, or what keeps it from being read: bytes that are not UTF-8, or a byte-order mark."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        what = f"the byte 0x{raw[error.start]:02X} is not UTF-8 here"
        return Mistake(mark_of(before, len(before)), codes.NOT_UTF8, what, "save the file as UTF-8")
    if text.startswith("\ufeff"):
        what, remedy = "the file starts with a byte-order mark", "save it as UTF-8 without one (without BOM)"
        return Mistake((1, 1), codes.BYTE_ORDER_MARK, what, remedy)
    return text


def forbidden(char: str) -> tuple[str, str]:
    """The message and the remedy for a forbidden character."""
    return f"the character {character(char)} is not allowed", "delete it, or write what you mean in visible characters"
