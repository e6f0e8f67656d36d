"""What can be followed: one Feed for the site, the notes, and each topic, list, curator, query, organisation, author.

A feed has its newest entries: all of 30 days, counted back from the newest one, but no fewer than FEWEST and no more
than MOST; those of organisations have OF_ORGANISATION, those of authors, of whom there may be tens of thousands,
OF_AUTHOR. Only a reading list has all of its own.
Nothing here looks at a clock.

**Ids.** An entry's id is that of its paper, or of its note, in whatever feed it stands, so that a reader who follows
several meets each paper once. (A program that files an entry under a single feed, as newsboat does, shows it in the
one that it read last.) Where a reading list remarks on a paper, that remark is an entry of its own. Ids are addresses
under the site's first base_url and name what they are of: no build, edit or move changes them.

**Times.** Content knows days only, but feeds have to order entries, and some programs take two of one time for one.
So an entry is of a second within the first hour (UTC) of its day, which comes from the paper's own number: it does not
depend on the feed, nor, as a rule, on other papers. A day's entries are therefore never of the future.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime, timedelta
from functools import cached_property
from typing import TypeVar
from urllib.parse import quote

from daybook import markdown
from daybook.model import PaperId
from daybook.site import Author, CuratedPaper, SignedNote, Site
from daybook.tex import plain_text

WINDOW = timedelta(days=30)
FEWEST, MOST, OF_ORGANISATION, OF_AUTHOR = 50, 250, 10, 5  # entries
FOLLOWED = 3  # papers that a name has to stand on: of those with fewer there are as many as of all others
_HOUR = 3600  # seconds

_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class FeedLinks:
    """The two feeds of something, by the page that shows it."""

    title: str
    page: str

    @property
    def atom(self) -> str:
        return f"{self.page.removesuffix('.html')}.atom.xml"

    @property
    def json(self) -> str:
        return f"{self.page.removesuffix('.html')}.feed.json"


def author_links(author: Author) -> FeedLinks | None:
    """The feeds of a name, if it has any."""
    return FeedLinks(plain_text(author.name), author.path) if len(author.papers) >= FOLLOWED else None


SITE_PAGE, NOTES_PAGE = "index.html", "notes.html"

GROUPS = {
    "site": "All papers",
    "notes": "Notes only",
    "topics": "Topics",
    "lists": "Reading lists",
    "curators": "Curators",
    "queries": "Named queries",
    "organisations": "Organisations",
    "authors": "Authors",
}
"""The kinds of feeds, in the order in which they are told of, with the headings that they stand under."""

ALL_FEEDS, CALENDAR = "feeds.opml", "weeks.ics"


def outline_path(kind: str) -> str:
    """The list of all feeds of a kind."""
    return f"feeds.{kind}.opml"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A paper in a feed, or a note on it, or what a reading list says of it. `id` is a path in the site's namespace.

    `published` and `updated` are instants as RFC 3339 has them.
    """

    id: str
    paper: CuratedPaper
    published: str
    updated: str
    note: SignedNote | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """What can be followed. `kind` is one of GROUPS, `home` where it can be read: what follows base_url there.

    A feed that is `brief` shows the beginnings of abstracts only: there may be tens of thousands of its kind.
    """

    kind: str
    links: FeedLinks
    home: str
    description: str
    entries: tuple[FeedEntry, ...]
    brief: bool = False

    @property
    def updated(self) -> str:
        """When the newest entry was; long ago where there is none."""
        return max((entry.updated for entry in self.entries), default="1970-01-01T00:00:00Z")


class Feeds:
    """The feeds of a site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        standing = [paper for paper in site.papers if paper.paper.withdrawn is None]
        updated = _instants({paper.id: (_updated(paper), paper.id) for paper in standing})
        self._papers = {paper.id: _paper_entry(paper, updated[paper.id]) for paper in standing}

    def __iter__(self) -> Iterator[Feed]:
        for kind in GROUPS:
            yield from _PLANS[kind](self)

    def of_site(self) -> Iterator[Feed]:
        """All papers, as they are listed and as notes come to them."""
        settings = self._site.settings
        links = FeedLinks(settings.title, SITE_PAGE)
        yield Feed("site", links, "", settings.tagline, _recent(self._papers.values()))

    def of_notes(self) -> Iterator[Feed]:
        """What people wrote, and nothing else."""
        links = FeedLinks("Notes", NOTES_PAGE)
        yield Feed("notes", links, "curators.html", "What people say of papers.", _recent(self._notes.values()))

    def of_topics(self) -> Iterator[Feed]:
        for one in self._site.topics:
            papers = (paper for year in one.years for paper in (*year.curated, *year.matched))
            links = FeedLinks(plain_text(one.topic.title), one.topic.path)
            description = markdown.plain(one.topic.description)
            yield Feed("topics", links, links.page, description, _recent(self._of(papers)))

    def of_lists(self) -> Iterator[Feed]:
        for one in self._site.lists:
            chosen = one.reading_list
            entries = tuple(self._remark(chosen.path, paper, text) for paper, text in one.papers)
            links = FeedLinks(plain_text(chosen.title), chosen.path)
            yield Feed("lists", links, links.page, markdown.plain(chosen.introduction), entries)

    def of_curators(self) -> Iterator[Feed]:
        """The notes that each of them signed."""
        for one in self._site.curators:
            handle = one.curator.handle
            notes = [self._notes[paper.id, handle] for paper in one.papers]
            links = FeedLinks(one.curator.name, one.curator.path)
            yield Feed("curators", links, links.page, f"Notes by {one.curator.name}.", _recent(notes))

    def of_queries(self) -> Iterator[Feed]:
        for one in self._site.queries:
            papers = (paper for paper in one.papers if paper.id in self._papers)
            links = FeedLinks(plain_text(one.query.title), one.query.path)
            home = f"search.html?q={quote(one.query.text)}"
            yield Feed("queries", links, home, f"Papers with: {one.query.text}", _recent(self._of(papers)))

    def of_organisations(self) -> Iterator[Feed]:
        for one in self._site.organisations:
            links = FeedLinks(plain_text(one.organisation.name), one.organisation.path)
            yield self._brief("organisations", links, f"Papers from {links.title}.", one.papers, OF_ORGANISATION)

    def of_authors(self) -> Iterator[Feed]:
        for one in self._site.authors:
            if links := author_links(one):
                yield self._brief("authors", links, f"Papers with the name {links.title}.", one.papers, OF_AUTHOR)

    def _brief(self, kind: str, links: FeedLinks, description: str, papers: Iterable[CuratedPaper], most: int) -> Feed:
        return Feed(kind, links, links.page, description, _recent(self._of(papers))[:most], brief=True)

    def _of(self, papers: Iterable[CuratedPaper]) -> Iterator[FeedEntry]:
        return (self._papers[paper.id] for paper in papers)

    @cached_property
    def _notes(self) -> Mapping[tuple[PaperId, str], FeedEntry]:
        signed = {(id, one.curator.handle): (entry.paper, one)
                  for id, entry in self._papers.items() for one in entry.paper.notes}  # fmt: skip
        written = _instants({key: (one.note.date, key[0]) for key, (_, one) in signed.items()})
        return {
            key: FeedEntry(f"notes/{paper.id.stem}.{key[1]}", paper, written[key], written[key], note=one)
            for key, (paper, one) in signed.items()
        }

    def _remark(self, path: str, paper: CuratedPaper, text: str | None) -> FeedEntry:
        plain = self._papers[paper.id]
        return FeedEntry(f"{path}#{paper.id.stem}", paper, plain.published, plain.updated, remark=text)


_PLANS: dict[str, Callable[[Feeds], Iterator[Feed]]] = {
    "site": Feeds.of_site,
    "notes": Feeds.of_notes,
    "topics": Feeds.of_topics,
    "lists": Feeds.of_lists,
    "curators": Feeds.of_curators,
    "queries": Feeds.of_queries,
    "organisations": Feeds.of_organisations,
    "authors": Feeds.of_authors,
}


def _recent(entries: Iterable[FeedEntry]) -> tuple[FeedEntry, ...]:
    """The newest entries, newest first."""
    newest_first = sorted(entries, key=lambda entry: (entry.updated, entry.id), reverse=True)
    if len(newest_first) <= FEWEST:
        return tuple(newest_first)
    newest = Date.fromisoformat(newest_first[0].updated[:10])
    begin = (newest - WINDOW).isoformat()
    window = sum(entry.updated[:10] > begin for entry in newest_first)
    return tuple(newest_first[: min(max(window, FEWEST), MOST)])


def _paper_entry(paper: CuratedPaper, updated: str) -> FeedEntry:
    published = _instant(paper.first, _second(paper.id))
    return FeedEntry(paper.path.removesuffix(".html"), paper, published, updated)


def _updated(paper: CuratedPaper) -> Date:
    """The day of the newest thing that was said of a paper."""
    written = [signed.note.date for signed in paper.notes]
    taken_back = [signed.note.retracted.date for signed in paper.retracted if signed.note.retracted]
    return max(paper.first, *written, *taken_back) if written or taken_back else paper.first


def _instants(days: Mapping[_Key, tuple[Date, PaperId]]) -> dict[_Key, str]:
    """An instant of its own for each key, by its day and its paper."""
    of_day: dict[Date, list[tuple[int, PaperId, _Key]]] = defaultdict(list)
    for key, (day, paper) in days.items():
        of_day[day].append((_second(paper), paper, key))
    instants = {}
    for day, wanted in of_day.items():
        free = 0
        for second, _, key in sorted(wanted, key=lambda one: one[:2]):
            free = max(free, second)
            instants[key] = _instant(day, free)
            free += 1
    return instants


def _second(paper: PaperId) -> int:
    """The second of the first hour that a paper asks for, by the digits that every identifier ends with."""
    return int(paper.text[-4:]) % _HOUR


def _instant(day: Date, second: int) -> str:
    """https://www.rfc-editor.org/rfc/rfc3339#section-5.6"""
    if second >= _HOUR:
        return f"{(datetime(day.year, day.month, day.day) + timedelta(seconds=second)).isoformat()}Z"
    return f"{day.isoformat()}T00:{second // 60:02}:{second % 60:02}Z"
