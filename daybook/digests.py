"""What goes out by mail: a digest of each day and each week that has papers.

A day's has its papers in the order of its page. A week's has those with a note, and the others day by day, a line each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from daybook.cards import Card, Cards
from daybook.model import Link
from daybook.site import CuratedPaper, Day, Period, Site
from daybook.tex import plain_text
from daybook.words import count_of, long_date, plain_date, week_name

HTML, TEXT = "html", "txt"
MOST_BYTES = 100_000
"""Gmail cuts the HTML of a mail off at 102 kB."""

_MORE_BYTES = 300  # what the line that counts the rest may take


def digest_path(key: str, form: str) -> str:
    """Where the digest of a day (`2026-01-07`) or a week (`2026-W02`) is, as HTML or as plain text."""
    return f"digests/{key}.{form}"


@dataclass(frozen=True, slots=True)
class Telling:
    """A paper in a digest: in full, or in a line."""

    card: Card
    full: bool


@dataclass(frozen=True, slots=True)
class Section:
    """Papers under a heading."""

    title: str
    papers: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """`page` shows the same on the site; `order` says what there is, in which order. `introduction` is Markdown.

    `notice` warns of what is missing. `more` counts the papers that had no room. Where there is an `editor` and no
    `introduction`, that had none either.
    """

    key: str
    title: str
    page: str
    order: str
    sections: tuple[Section, ...]
    notice: str | None = None
    introduction: str | None = None
    editor: Link | None = None
    more: int = 0

    @property
    def preview(self) -> str:
        """What mail programs show beside the subject."""
        titles = [plain_text(one.card.title) for section in self.sections for one in section.papers]
        return f"{'; '.join(titles[:3])}. {self.order}"


def digests(site: Site, cards: Cards) -> Iterator[Digest]:
    """Those of all days, then those of all weeks, newest first."""
    yield from (_of_day(day, cards) for day in site.days if day.papers)
    yield from (_of_week(week, cards) for week in site.weeks if any(day.papers for day in week.days))


def _of_day(day: Day, cards: Cards) -> Digest:
    first = "The editor’s choice first, then" if day.lead else "Ordered"
    voted = any(paper.entry.votes is not None for paper in day.papers)
    return Digest(
        day.date.isoformat(),
        long_date(day.date),
        day.path,
        f"{_count(day.papers)}. {first} {'by votes' if voted else 'as the source listed them'}.",
        _sections(
            _section("The editor’s choice", day.lead, cards),
            _section("More papers" if day.lead else "Papers", day.others, cards),
        ),
        None if day.complete else "This day was read before it was over: what came later is missing.",
        day.introduction.text if day.introduction else None,
        Link(day.editor.name, day.editor.path) if day.editor else None,
    )


def _of_week(week: Period, cards: Cards) -> Digest:
    papers = {paper.id: paper for day in week.days for paper in day.papers}
    waiting = {paper.id for paper in papers.values() if not paper.notes}
    others = []
    for day in week.days:
        of_day = [paper for paper in day.papers if paper.id in waiting]
        waiting -= {paper.id for paper in of_day}
        others.append(_section(long_date(day.date), of_day, cards, full=False))
    return Digest(
        week.key,
        f"{week_name(week.start)}, {plain_date(week.start)} to {plain_date(week.end)}",
        week.path,
        f"{_count(papers.values())}. Those with a note first, then the newest day first, each by votes.",
        _sections(_section("With a note", (paper for paper in papers.values() if paper.notes), cards), *others),
        None if all(day.complete for day in week.days) else "Some days were read before they were over.",
    )


def _count(papers: Iterable[CuratedPaper]) -> str:
    noted = [bool(paper.notes) for paper in papers]
    return count_of(len(noted), "paper") + (f", {sum(noted)} with a note" if any(noted) else "")


def _section(title: str, papers: Iterable[CuratedPaper], cards: Cards, full: bool = True) -> Section:
    return Section(title, tuple(Telling(cards.of(paper), full) for paper in papers))


def _sections(*sections: Section) -> tuple[Section, ...]:
    return tuple(section for section in sections if section.papers)


# What fits into a mail ---------------------------------------------------------------------------------------------


def drawn_to_fit(digest: Digest, draw: Callable[[Digest], bytes], size: Callable[[Telling], int]) -> bytes:
    """The digest, or as much of it as MOST_BYTES have room for, and a line that counts the rest.

    `size` is what a paper takes of what `draw` makes, in bytes. All papers get a line before the first ones are told in
    full, as far as there is room.
    """
    body = draw(digest)
    if len(body) <= MOST_BYTES:
        return body
    papers = [one for section in digest.sections for one in section.papers]
    around = len(body) - sum(map(size, papers))
    if around > MOST_BYTES // 2 and digest.introduction:
        return drawn_to_fit(replace(digest, introduction=None), draw, size)
    told = _chosen(papers, size, MOST_BYTES - around - _MORE_BYTES)
    left = iter(told)
    sections = _sections(
        *(Section(section.title, tuple(one for one, _ in zip(left, section.papers, strict=False)))
          for section in digest.sections)
    )  # fmt: skip
    return draw(replace(digest, sections=sections, more=len(papers) - len(told)))


def _chosen(papers: list[Telling], size: Callable[[Telling], int], room: int) -> list[Telling]:
    """The first papers that have room, each in full if there is room for that when all have a line."""
    told: list[Telling] = []
    for line in (replace(one, full=False) for one in papers):
        room -= size(line)
        if room < 0:
            return told
        told.append(line)
    for place, one in enumerate(papers):
        room -= size(one) - size(told[place])
        if room < 0:
            break
        told[place] = one
    return told
