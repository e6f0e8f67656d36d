"""What a build has to tell of its site: what became of every entry, and what somebody should look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta
from typing import Generic, TypeVar

from daybook.model import Dropped, Link
from daybook.odd_links import what_looks_wrong
from daybook.site import Correction, Coverage, CuratedPaper, SignedNote, Site

SHOWN = 60
"""The longest list that the report's page shows; of longer ones it says how long they are."""

_SATURDAY = 5

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Some(Generic[_Value]):
    """The first SHOWN of `total` values."""

    shown: tuple[_Value, ...]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.shown)


@dataclass(frozen=True, slots=True)
class SourceYear:
    """What a source listed in a year, and what became of it: `listed` is the sum of the four numbers after it."""

    source: str
    year: int
    days: int
    listed: int
    kept: int
    merged: int
    withdrawn: int
    dropped: int


@dataclass(frozen=True, slots=True)
class DroppedEntry:
    """An entry that was not kept, with the day on which it was listed."""

    day: Link
    source: str
    dropped: Dropped


@dataclass(frozen=True, slots=True)
class OutdatedNote:
    """A note that was written for an older version of its paper."""

    paper: Link
    by: Link
    saw: int
    now: int


@dataclass(frozen=True, slots=True)
class IdleCorrection:
    """A correction that changes nothing: sources say by now what it says, and its file can go."""

    paper: Link
    by: Link
    path: str


@dataclass(frozen=True, slots=True)
class OddLink:
    """An address that looks wrong: whose it is, what it is for, and why."""

    of: Link
    use: str
    url: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SiteReport:
    """All of it, newest first. `years` has a row for each source and year; `gaps` are weekdays without a listing."""

    years: tuple[SourceYear, ...]
    filling: Some[Link]
    gaps: Some[Date]
    dropped: Some[DroppedEntry]
    topicless: Some[Link]
    empty_topics: Some[Link]
    outdated: Some[OutdatedNote]
    idle: Some[IdleCorrection]
    odd_links: Some[OddLink]


def report_of(site: Site) -> SiteReport:
    """The report of a site."""
    newest_first = [paper for paper in reversed(site.papers) if paper.paper.withdrawn is None]
    return SiteReport(
        years=tuple(_years(site)),
        filling=_some(Link(day.date.isoformat(), day.path) for day in site.days if not day.complete),
        gaps=_some(_gaps(site)),
        dropped=_some(_dropped(site)),
        topicless=_some(_link(paper) for paper in newest_first if not paper.topics),
        empty_topics=_some(Link(one.topic.title, one.topic.path) for one in site.topics if not one.count),
        outdated=_some(_outdated(newest_first)),
        idle=_some(_idle(site)),
        odd_links=_some(_odd_links(site, newest_first)),
    )


def _some(values: Iterable[_Value]) -> Some[_Value]:
    found = tuple(values)
    return Some(found[:SHOWN], len(found))


def _link(paper: CuratedPaper) -> Link:
    return Link(paper.paper.title, paper.path)


def _years(site: Site) -> Iterator[SourceYear]:
    parts: dict[tuple[int, str], list[Coverage]] = defaultdict(list)
    for day in site.days:
        for part in day.coverage:
            parts[-day.date.year, part.source].append(part)
    for (year, source), group in sorted(parts.items()):
        yield SourceYear(
            source=source,
            year=-year,
            days=len(group),
            listed=sum(part.listed for part in group),
            kept=sum(part.kept for part in group),
            merged=sum(part.merged for part in group),
            withdrawn=sum(part.withdrawn for part in group),
            dropped=sum(len(part.dropped) for part in group),
        )


def _gaps(site: Site) -> Iterator[Date]:
    """Sources list little on weekends; a weekday that is missing was a holiday, or was missed."""
    for later, earlier in zip(site.days, site.days[1:], strict=False):
        for back in range(1, (later.date - earlier.date).days):
            day = later.date - timedelta(days=back)
            if day.weekday() < _SATURDAY:
                yield day


def _dropped(site: Site) -> Iterator[DroppedEntry]:
    for day in site.days:
        for part in day.coverage:
            for dropped in part.dropped:
                yield DroppedEntry(Link(day.date.isoformat(), day.path), part.source, dropped)


def _outdated(papers: Iterable[CuratedPaper]) -> Iterator[OutdatedNote]:
    for paper in papers:
        for signed in paper.notes:
            saw, now = signed.note.saw_version, paper.paper.version
            if saw and now and now > saw:
                yield OutdatedNote(_link(paper), _signature(signed), saw, now)


def _idle(site: Site) -> Iterator[IdleCorrection]:
    """Of papers that were withdrawn, too: that they were may be what the correction says."""
    for paper in reversed(site.papers):
        correction = paper.correction
        if correction and not correction.changes:
            yield IdleCorrection(_link(paper), _signature(correction), correction.override.source_path)


def _signature(signed: SignedNote | Correction) -> Link:
    return Link(signed.curator.name, signed.curator.path)


def _odd_links(site: Site, papers: Iterable[CuratedPaper]) -> Iterator[OddLink]:
    for of, use, url in (*_links_of_curators(site), *_links_of_papers(papers)):
        why = what_looks_wrong(url)
        if why:
            yield OddLink(of, use, url, why)


def _links_of_curators(site: Site) -> Iterator[tuple[Link, str, str]]:
    for one in site.curators:
        if one.curator.url:
            yield Link(one.curator.name, one.curator.path), "home page", one.curator.url


def _links_of_papers(papers: Iterable[CuratedPaper]) -> Iterator[tuple[Link, str, str]]:
    for paper in papers:
        entry = paper.entry
        for use, url in (("code", entry.code), ("project", entry.project), ("discussion", entry.discussion)):
            if url:
                yield _link(paper), use, url
        for signed in paper.notes:
            for link in signed.note.links:
                yield _link(paper), f"a link of {signed.curator.name}’s note", link.url
