"""The stage that fills content/listings/ from the services, and never stores less than is there.

A day is stored when all its pages came and were understood, or not at all; it grows by what came (see grow.py). So it
does not matter where a run is cut short: the next one goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date as Date
from functools import partial
from pathlib import Path

from daybook import listing_files
from daybook.answer_cache import FOLDER, AnswerCache
from daybook.clock import Clock
from daybook.due_days import NoSuchDays, Order, due_days
from daybook.fetch_report import DayReport, FetchReport
from daybook.grow import grow
from daybook.licences import allowed, allowed_listing
from daybook.listing_files import Busy
from daybook.model import Dropped, Entry, Invalid, Listing, PaperId, Settings
from daybook.polite import STANDARD, Client, Failed, Limits, user_agent
from daybook.source import Answer, Source
from daybook.wording import escape

__all__ = ["Busy", "DayReport", "FetchReport", "NoSuchDays", "Order", "fetch"]

_MOST_PAGES = 200
_SHOWN = 5

Tell = Callable[[DayReport, int, int], None]


def fetch(
    root: Path,
    sources: Sequence[Source],
    settings: Settings,
    order: Order,
    clock: Clock,
    limits: Limits = STANDARD,
    tell: Tell | None = None,
) -> FetchReport:
    """Bring content/listings/ of the checkout `root` up to date.

    `tell` is told of each day when it is done, with how many are and how many will be. Raises Busy and NoSuchDays
    before anything is asked or stored, OSError where the checkout cannot be read or locked.
    """
    content, today = root / "content", clock.now().date()
    with nullcontext() if order.dry else listing_files.held(content):
        plan = [(source, day) for source in sources for day in _due(content, source.slug, order, today)]
        with Client(user_agent(settings), AnswerCache(root / FOLDER, frozen=order.dry), clock, limits) as client:
            run = _Run(content, today, settings.huggingface_data, order.dry, client)
            for source, day in plan:
                run.done.append(run.fetched(source, day))
                if tell:
                    tell(run.done[-1], len(run.done), len(plan))
            return FetchReport(tuple(run.done), client.requests, client.waited, order.dry)


def _due(content: Path, source: str, order: Order, today: Date) -> tuple[Date, ...]:
    complete, others = set[Date](), set[Date]()
    for day in listing_files.days(content, source):
        (complete if _is_complete(content, source, day) else others).add(day)
    return due_days(order, today, complete, others)


def _is_complete(content: Path, source: str, day: Date) -> bool:
    try:
        listing = listing_files.read(content, source, day)
    except (Invalid, OSError):
        return False  # it will be told of when the day's turn comes
    return listing is not None and listing.complete


@dataclass(slots=True)
class _Run:
    """One run; `disk_says` is why nothing can be stored any more."""

    content: Path
    today: Date
    huggingface_data: bool
    dry: bool
    client: Client
    done: list[DayReport] = field(default_factory=list)
    disk_says: str = ""

    def fetched(self, source: Source, day: Date) -> DayReport:
        """Ask for a day and store what it has become."""
        try:
            stored = listing_files.read(self.content, source.slug, day)
        except (Invalid, OSError) as error:
            return DayReport(source.slug, day, "failed", f"{_unreadable(error)}; it was left as it is")
        if self.disk_says:
            return _failed(source, day, stored, f"not asked, since nothing can be stored ({self.disk_says})")
        try:
            answer = _whole(self.client, source, day)
        except Failed as failure:
            return _failed(source, day, stored, str(failure))
        return self._kept(source, day, stored, answer)

    def _kept(self, source: Source, day: Date, stored: Listing | None, answer: Answer) -> DayReport:
        entries = tuple(allowed(source.slug, entry, self.huggingface_data) for entry in answer.entries)
        base = stored and allowed_listing(stored, self.huggingface_data)
        grown = grow(base, source.slug, day, entries, answer.dropped, self.today)
        if grown is not None and grown != stored and not self.dry:
            try:
                listing_files.store(self.content, grown)
            except OSError as error:
                self.disk_says = _what_disk_says(error)
                return _failed(source, day, stored, f"it cannot be stored ({self.disk_says})")
        return _succeeded(source, day, stored, grown, answer)


def _whole(client: Client, source: Source, day: Date) -> Answer:
    """All pages of a day as one answer. An entry that moved from one page to the next meanwhile counts once."""
    entries, dropped, omitted = dict[PaperId, Entry](), list[Dropped](), list[Dropped]()
    for page in range(_MOST_PAGES):
        answer = client.ask(source.address(day, page), source.pause, partial(source.parse, day=day))
        for entry in answer.entries:
            entries.setdefault(entry.paper.id, entry)
        dropped += answer.dropped
        omitted += answer.omitted
        if not answer.more:
            return Answer(tuple(entries.values()), tuple(dropped), False, tuple(omitted))
    raise Failed(source.address(day, _MOST_PAGES), f"the day has more than {_MOST_PAGES} pages")


# What to say of it ---------------------------------------------------------------------------------------------------


def _unreadable(error: Invalid | OSError) -> str:
    if isinstance(error, Invalid):
        return str(error.problems[0])
    return f"what is stored cannot be read ({_what_disk_says(error)})"


def _what_disk_says(error: OSError) -> str:
    return escape(f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror or error))


def _failed(source: Source, day: Date, stored: Listing | None, why: str) -> DayReport:
    kept = f"the {_entries(stored)} that are stored were kept" if stored else "nothing is stored for this day"
    return DayReport(source.slug, day, "failed", f"{why}; {kept}")


def _succeeded(source: Source, day: Date, stored: Listing | None, grown: Listing | None, answer: Answer) -> DayReport:
    notices = tuple(_notices(stored, grown, answer))
    if grown is None:
        return DayReport(source.slug, day, "empty", "nothing is listed", notices)
    text = f"{_entries(grown)}{'' if grown.complete else ' so far'}"
    return DayReport(source.slug, day, _outcome(stored, grown), text, notices)


def _outcome(stored: Listing | None, grown: Listing) -> str:
    if stored is None:
        return "new"
    if grown == stored:
        return "kept"
    return "grown" if len(grown.entries) > len(stored.entries) else "refreshed"


def _entries(listing: Listing) -> str:
    return f"{len(listing.entries):,} {'entry' if len(listing.entries) == 1 else 'entries'}"


def _notices(stored: Listing | None, grown: Listing | None, answer: Answer) -> list[str]:
    """What the answer lacks or has too much of, as far as the stored day does not tell it yet."""
    told = [escape(f"dropped {each.what}: {each.reason}") for each in _unknown(answer.dropped, stored)]
    if stored and stored.entries and not answer.entries:
        return [*told, f"the answer lists nothing; the {_entries(stored)} that are stored were kept"]
    if grown != stored:
        told += [escape(f"left out of {each.what}: {each.reason}") for each in answer.omitted]
    before = {entry.paper.id for entry in stored.entries if entry.last_seen is None} if stored else set[PaperId]()
    gone = sorted(before - {entry.paper.id for entry in answer.entries})
    if gone:
        shown = ", ".join(str(paper) for paper in gone[:_SHOWN]) + (", …" if len(gone) > _SHOWN else "")
        told.append(f"no longer listed, and kept: {len(gone):,} ({shown})")
    return told


def _unknown(dropped: tuple[Dropped, ...], stored: Listing | None) -> list[Dropped]:
    return [each for each in dropped if not stored or each not in stored.dropped]
