"""The values of an entry as a source gave them, one by one: made fit for a listing, or refused with the reason.

Each reader takes whatever stood there and raises Unfit for what it cannot use; the reason goes on after the value's
name, as in "its title is a number". The limits are far beyond anything real and keep an answer from filling the
memory or a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from datetime import date as Date
from typing import TypeVar

from daybook.clean_text import address, is_visible, names, one_line
from daybook.documents import Twice
from daybook.model import PaperId
from daybook.name_kinds import Url
from daybook.paper_id import with_version
from daybook.report import Report
from daybook.shapes import CATEGORY
from daybook.wording import quote

_LONGEST_TITLE = 1_000
_LONGEST_TEXT = 50_000
_LONGEST_NAME = 300
_LONGEST_ADDRESS = 2_000
_MOST_AUTHORS = 10_000
_MOST_WORDS = 200
_LARGEST_COUNT = 10**14
_YEARS = range(1900, 2200)  # those of kinds.Day
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]{5,20}(?:Z|[+-][0-9]{2}:[0-9]{2})?)?")

V = TypeVar("V")


class Unfit(Exception):
    """A value that cannot be used; says why, as what goes on after its name."""


@dataclass(slots=True)
class Values:
    """The values of an entry by their keys; what had to be left out of the entry gathers in `omitted`."""

    block: Mapping[str, object]
    omitted: list[str] = field(default_factory=list)

    def need(self, key: str, read: Callable[[object], V], name: str = "") -> V:
        """What a key that an entry must have holds. Raises Unfit with a whole sentence but its full stop."""
        if key not in self.block:
            raise Unfit(f"It has no {name or key}")
        try:
            return read(self.block[key])
        except Unfit as reason:
            raise Unfit(f"Its {name or key} {reason}") from None

    def may(self, key: str, read: Callable[[object], V], name: str = "") -> V | None:
        """What a key holds that an entry can do without; None where it is absent, null or unfit."""
        value = self.block.get(key)
        if value is None:
            return None
        try:
            return read(value)
        except Unfit as reason:
            self.omitted.append(f"Its {name or key} {reason}")
            return None

    def inner(self, key: str) -> Values:
        """The block that a key holds; one without keys where there is none."""
        return Values(self.may(key, block) or {}, self.omitted)


def block(value: object) -> Mapping[str, object]:
    """A block of keys."""
    if not isinstance(value, dict):
        raise Unfit(f"is {described(value)}, not a block of keys")
    return value


def identifier(value: object) -> tuple[PaperId, int | None]:
    """A paper's identifier, and the version where it is told."""
    try:
        return with_version(_text(value))
    except ValueError as error:
        raise Unfit(f"is unusable: {one_line(str(error))}") from None


def title(value: object) -> str:
    """A title, on one line."""
    return _line(value, _LONGEST_TITLE)


def text(value: object) -> str:
    """An abstract or a summary. Its line breaks are those of a narrow window or of a mail, so they go."""
    return _line(value, _LONGEST_TEXT)


def name(value: object) -> str:
    """A name, or another short text."""
    return _line(value, _LONGEST_NAME)


def authors(value: object) -> tuple[str, ...]:
    """Authors in their order, each once, at least one; blank ones do not count."""
    found = names(_short_texts(value, _MOST_AUTHORS))
    if not found:
        raise Unfit("name nobody")
    return found


def words(value: object) -> tuple[str, ...]:
    """Keywords in their order, each once."""
    return names(_short_texts(value, _MOST_WORDS))


def categories(value: object) -> tuple[str, ...]:
    """Categories of arXiv in their order, each once. Classes of other schemes among them are skipped."""
    return tuple(each for each in words(value) if re.fullmatch(CATEGORY.pattern, each, re.ASCII))


def moment(value: object) -> datetime:
    """A point in time (UTC), from a date or a time of ISO 8601."""
    written = _text(value)
    found = _moment(written) if _TIME.fullmatch(written) else None
    if found is None or found.year not in _YEARS:
        raise Unfit(f"is {quote(written)}, which is no date")
    return found


def day(value: object) -> Date:
    """The day (UTC) of a point in time."""
    return moment(value).date()


def count(value: object) -> int:
    """A whole number from 0 up."""
    if type(value) is not int or not 0 <= value <= _LARGEST_COUNT:
        given = str(value) if type(value) is int else described(value)
        raise Unfit(f"is {given}, not a whole number from 0 up")
    return value


def web_address(value: object) -> str:
    """An address on the web: http or https, nothing else."""
    given = _text(value)
    if len(given) > _LONGEST_ADDRESS:
        raise Unfit(f"has {len(given):,} characters, more than {_LONGEST_ADDRESS:,}")
    cleaned, report = address(given), Report()
    Url().accept(cleaned, report)
    if report.findings:
        fault = "is empty" if not cleaned else "is no complete address of the web (http or https)"
        raise Unfit(f"{quote(given)} {fault}")
    return cleaned


def repository(value: object) -> str:
    """The address of a repository, which some write with slashes at its end."""
    return web_address(value).rstrip("/")


def described(value: object) -> str:
    """What a value is, for a message."""
    if isinstance(value, str):
        return quote(value)
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    kinds = {Twice: "given twice", list: "a list", dict: "a block of keys"}
    return next((words for kind, words in kinds.items() if isinstance(value, kind)), "a number")


def label(block: Mapping[str, object]) -> str:
    """What to call an entry that is dropped, by what it says of itself: its place is another one tomorrow."""
    given = [text for key in ("id", "title") if isinstance(text := block.get(key), str) and one_line(text)]
    try:
        return identifier(block.get("id"))[0].text
    except Unfit:
        return quote(one_line(given[0])) if given else "An entry without identifier and title"


def _moment(written: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(written)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Unfit(f"is {described(value)}, not text")
    return value


def _line(value: object, limit: int) -> str:
    given = _text(value)
    if len(given) > limit:
        raise Unfit(f"has {len(given):,} characters, more than {limit:,}")
    cleaned = one_line(given)
    if not is_visible(cleaned):
        raise Unfit("is empty")
    return cleaned


def _short_texts(value: object, most: int) -> list[str]:
    if not isinstance(value, list):
        raise Unfit(f"are {described(value)}, not a list")
    if len(value) > most:
        raise Unfit(f"are {len(value):,}, more than {most:,}")
    for each in value:
        if not isinstance(each, str):
            raise Unfit(f"have {described(each)} among them, not text")
        if len(each) > _LONGEST_NAME:
            raise Unfit(f"have one of {len(each):,} characters among them, more than {_LONGEST_NAME}")
    return value
