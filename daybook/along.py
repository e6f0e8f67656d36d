"""A week to take along: what its one HTML page and its EPUB hold, which need no other file and no network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date

from daybook.model import Curator, Introduction, Link, PaperId
from daybook.site import CuratedPaper, Day, Period
from daybook.words import week_name


@dataclass(frozen=True, slots=True)
class AlongPaper:
    """A paper in its place. `before` is the earlier day of the week that has it in full, None where this one does."""

    paper: CuratedPaper
    before: Date | None

    @property
    def anchor(self) -> str:
        """Where it stands in the document that has it in full."""
        return f"p{self.paper.id.stem}"


@dataclass(frozen=True, slots=True)
class AlongDay:
    """A day with its papers in the order of its page; `withdrawn` names those that no longer stand."""

    date: Date
    path: str
    complete: bool
    introduction: Introduction | None
    editor: Curator | None
    papers: tuple[AlongPaper, ...]
    withdrawn: tuple[Link, ...]

    @property
    def noted(self) -> int:
        return sum(bool(one.paper.notes) for one in self.papers)


@dataclass(frozen=True, slots=True)
class AlongWeek:
    """A week with its days, oldest first, as a book is read. `modified` is the newest day of anything in it."""

    key: str
    path: str
    title: str
    start: Date
    end: Date
    days: tuple[AlongDay, ...]
    modified: Date

    @property
    def papers(self) -> tuple[CuratedPaper, ...]:
        """Each of its papers once."""
        return tuple(one.paper for day in self.days for one in day.papers if one.before is None)

    @property
    def html(self) -> str:
        return along_links(self.key)[0].url

    @property
    def epub(self) -> str:
        return along_links(self.key)[1].url


def along_links(key: str) -> tuple[Link, Link]:
    """The two files of a week, by its key (`2026-W02`)."""
    return Link("HTML", f"along/{key}.html"), Link("EPUB", f"along/{key}.epub")


def along_week(week: Period) -> AlongWeek:
    """What there is to take along of a week."""
    days = sorted(week.days, key=lambda day: day.date)
    return AlongWeek(
        key=week.key,
        path=week.path,
        title=week_name(week.start),
        start=week.start,
        end=week.end,
        days=tuple(_days(days)),
        modified=max(date for day in days for date in _dates(day)),
    )


def _days(days: list[Day]) -> Iterator[AlongDay]:
    first: dict[PaperId, Date] = {}
    for day in days:
        papers = [*day.lead, *day.others]
        yield AlongDay(
            date=day.date,
            path=day.path,
            complete=day.complete,
            introduction=day.introduction,
            editor=day.editor,
            papers=tuple(AlongPaper(paper, first.get(paper.id)) for paper in papers),
            withdrawn=tuple(Link(paper.paper.title, paper.path) for paper in day.withdrawn),
        )
        first = {paper.id: day.date for paper in papers} | first


def _dates(day: Day) -> Iterator[Date]:
    yield day.date
    yield from (part.read for part in day.coverage)
    yield from (signed.note.date for paper in day.papers for signed in paper.notes)
    yield from (paper.paper.withdrawn for paper in day.withdrawn if paper.paper.withdrawn)
