"""The contract between `fetch` and the services that list papers. A source is one file that keeps it.

A source does no input or output: it says where a page of a day is, and what a page that came back holds. Everything
else (waiting, retrying, caching, growing the stored day) is the same for all sources and is not its business.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from typing import Protocol

from daybook.model import Dropped, Entry


class Unusable(Exception):
    """An answer that must not touch what is stored: not what was asked for, cut, or of another shape.

    Says why, as a sentence without its full stop. `again` where the service is known to give such an answer now and
    then for no reason, so that asking once more may help.
    """

    def __init__(self, reason: str, *, again: bool = False) -> None:
        super().__init__(reason)
        self.again = again


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of one day as a source gave it: what was kept, what was dropped and why, and whether more follows.

    `omitted` tells of kept entries what was left out of them (an address that is none, a summary without end).
    """

    entries: tuple[Entry, ...]
    dropped: tuple[Dropped, ...]
    more: bool
    omitted: tuple[Dropped, ...] = ()


class Source(Protocol):
    """Where listings come from. `pause` is the least number of seconds between two requests to its host."""

    slug: str
    pause: float

    def address(self, day: Date, page: int) -> str:
        """The URL of a page (from 0) of a day."""

    def parse(self, body: bytes, day: Date) -> Answer:
        """What the page holds. Raises Unusable, and nothing else, whatever the body is."""
