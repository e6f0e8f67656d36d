"""Reads JSON from people we do not know: always a document or a mistake, never an exception.

The fast path is the standard library's decoder; places are looked up only where there is a problem.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Final

from daybook import codes
from daybook.documents import (
    DEEPEST,
    LONGEST_NUMBER,
    Document,
    Mark,
    Mistake,
    Trail,
    Twice,
    Unquoted,
    Unread,
    mark_of,
)

_TWICE: Final = Twice()
_BLANKS = re.compile(r"[ \t\n\r]*")
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
_FETCH_AGAIN = "take the file back from the last commit that has it whole, or fetch it anew"


def read(text: str) -> Document | Unread:
    """The document that a JSON text holds (RFC 8259, with keys that are unique within their block)."""
    try:
        value = _DECODER.decode(text)
    except RecursionError:
        return Unread((Mistake(_too_deep(text), codes.TOO_DEEP, "nested too deep", _FETCH_AGAIN),))
    except json.JSONDecodeError as error:
        return Unread((Mistake((error.lineno, error.colno), codes.NOT_JSON, "this is not JSON", _FETCH_AGAIN),))
    return Document(value, _Places(text).locate)


def _whole(text: str) -> int | Unquoted:
    """A number that is short enough to be a count: more digits could take Python very long."""
    return int(text) if len(text) <= LONGEST_NUMBER else Unquoted(text, "a very long number")


def _number(text: str) -> Unquoted:
    return Unquoted(text, "a number")


def _table(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) < len(pairs):
        table.update((name, _TWICE) for name, times in Counter(name for name, _ in pairs).items() if times > 1)
    return table


_DECODER = json.JSONDecoder(object_pairs_hook=_table, parse_int=_whole, parse_float=_number, parse_constant=_number)


def _too_deep(text: str) -> Mark:
    """Where the first bracket opens that is deeper than anything in content/."""
    depth = 0
    for found in _BRACKETS.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
        if depth > DEEPEST:
            return mark_of(text, found.start())
    return (1, 1)


class _Places:
    """Finds where the values of a JSON text stand. Only for texts that the decoder has accepted."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._members: dict[int, dict[str | int, tuple[int, int]]] = {}

    def locate(self, trail: Trail, at_key: bool) -> Mark:
        key = value = self._skip(0)
        for step in trail:
            found = self._members_of(value).get(step)
            if found is None:
                break
            key, value = found
        return mark_of(self._text, key if at_key else value)

    def _members_of(self, start: int) -> dict[str | int, tuple[int, int]]:
        """The offsets of key and value of each member of the list or block that starts at an offset."""
        if start not in self._members:
            self._members[start] = self._scan(start)
        return self._members[start]

    def _scan(self, start: int) -> dict[str | int, tuple[int, int]]:
        opening, members = self._text[start], dict[str | int, tuple[int, int]]()
        if opening not in "[{":
            return members
        at = self._skip(start + 1)
        while self._text[at] not in "]}":
            step, key = len(members), at
            name: str | int = step
            if opening == "{":
                name, end = _DECODER.raw_decode(self._text, at)
                at = self._skip(self._skip(end) + 1)
            members[name] = (key, at)
            at = self._skip(_DECODER.raw_decode(self._text, at)[1])
            if self._text[at] == ",":
                at = self._skip(at + 1)
        return members

    def _skip(self, at: int) -> int:
        found = _BLANKS.match(self._text, at)
        return found.end() if found else at
