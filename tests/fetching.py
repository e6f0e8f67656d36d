"""Runs of `fetch` against the server of the tests, in this process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date as Date
from pathlib import Path

from daybook.due_days import Order
from daybook.fetch import FetchReport, fetch
from daybook.polite import Limits
from daybook.source import Answer, Source
from daybook.source_huggingface import HuggingFace
from tests.clocks import LeapingClock
from tests.nouns import SETTINGS
from tests.services import Services

ASKING = replace(SETTINGS, contact="mailto:ada@example.org")
HASTY = Limits(attempts=3, silence=0.5, answer=20, largest=2_000_000)
"""Silence is real time: long enough for a server on a busy machine, nearly always; a slip costs one more attempt."""


class Detour:
    """A source of which some addresses lead elsewhere."""

    def __init__(self, source: Source, elsewhere: dict[str, str]) -> None:
        self.slug = source.slug
        self.pause = source.pause
        self._source = source
        self._elsewhere = elsewhere

    def address(self, day: Date, page: int) -> str:
        ours = self._source.address(day, page)
        return self._elsewhere.get(ours, ours)

    def parse(self, body: bytes, day: Date) -> Answer:
        return self._source.parse(body, day)


def checkout(root: Path) -> Path:
    """A checkout without listings."""
    (root / "content").mkdir(parents=True)
    return root


def run(
    root: Path,
    services: Services,
    today: str,
    order: Order | None = None,
    sources: Sequence[Source] | None = None,
    clock: LeapingClock | None = None,
    limits: Limits = HASTY,
) -> FetchReport:
    """Fetch on a day, from Hugging Face if nothing else is said."""
    asked = [HuggingFace(services.base)] if sources is None else sources
    return fetch(root, asked, ASKING, order or Order(), clock or LeapingClock(today), limits)


def listings(root: Path) -> dict[str, bytes]:
    """All stored days by their paths inside content/, and whatever else there is."""
    content = root / "content"
    return {path.relative_to(content).as_posix(): path.read_bytes() for path in content.rglob("*") if path.is_file()}


def span(first: str, last: str) -> Order:
    return Order(since=Date.fromisoformat(first), until=Date.fromisoformat(last))
