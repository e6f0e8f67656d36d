"""The nouns of the published site: papers with all that is known of them, and the collections that have a page.

`assemble` makes them, `render` shows them. Frozen and silent, like those of `daybook.model`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Date

from daybook.fingerprint import Digested
from daybook.model import (
    Curator,
    Dropped,
    Entry,
    Introduction,
    Link,
    NamedQuery,
    Note,
    Organisation,
    Override,
    Paper,
    PaperId,
    ReadingList,
    Settings,
    Topic,
)
from daybook.names import slug
from daybook.provenance import History


def day_path(day: Date) -> str:
    """The page of a date."""
    return f"days/{day.isoformat()}.html"


def period_path(kind: str, key: str) -> str:
    """The page of a week (`2026-W02`), month (`2026-01`) or year (`2026`)."""
    return f"{kind}s/{key}.html"


def author_path(name: str) -> str:
    """The page of an author's name."""
    return f"authors/{slug(name)}.html"


def picture_path(page: str) -> str:
    """The picture that goes with links to a page."""
    return f"{page.removesuffix('.html')}.png"


@dataclass(frozen=True, slots=True)
class Appearance:
    """A paper stood in a listing: `rank` from 1 in the source's order, of the `of` entries that it still has; one that
    has gone from it comes after all of them.
    """

    date: Date
    source: str
    rank: int
    of: int

    @property
    def place(self) -> int | None:
        """The rank of a paper that is still listed."""
        return self.rank if self.rank <= self.of else None

    @property
    def path(self) -> str:
        return day_path(self.date)


@dataclass(frozen=True, slots=True)
class Membership:
    """A paper is in a topic because a note says so, a rule matches, or it is in a subtopic.

    `kind` is `note`, `rule` or `subtopic`; `detail` the curators' names, the words that matched or
    the subtopic's title.
    """

    topic: Link
    kind: str
    detail: str


@dataclass(frozen=True, slots=True)
class SignedNote:
    """A note with the curator who signs it, and what the history says of its file, where that is known."""

    note: Note
    curator: Curator
    history: History | None = None

    @property
    def anchor(self) -> str:
        """Where the note stands on its paper's page."""
        return f"note-{self.curator.handle}"

    @property
    def path(self) -> str:
        return f"{self.note.paper.path}#{self.anchor}"


@dataclass(frozen=True, slots=True)
class Change:
    """What a correction changed: the name of it, and what sources say, None for nothing."""

    what: str
    upstream: str | None


@dataclass(frozen=True, slots=True)
class Correction:
    """An override with the curator who signs it. Without `changes` upstream says the same by now."""

    override: Override
    curator: Curator
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, repr=False)
class CuratedPaper(Digested):
    """A paper with all that we know of it. `entry` is merged from all sources; `read` dates its counts.

    `first` is the day of its first listing, or of publication for a paper that no listing has.
    `notes` stand, oldest first; `retracted` were taken back.
    """

    entry: Entry
    read: Date | None
    first: Date
    sources: tuple[str, ...]
    appearances: tuple[Appearance, ...]
    notes: tuple[SignedNote, ...]
    retracted: tuple[SignedNote, ...]
    topics: tuple[Membership, ...]
    lists: tuple[Link, ...]
    organisation: Link | None
    author_pages: tuple[str | None, ...]
    correction: Correction | None = None
    digest: str = field(init=False, compare=False)

    @property
    def paper(self) -> Paper:
        return self.entry.paper

    @property
    def id(self) -> PaperId:
        return self.entry.paper.id

    @property
    def path(self) -> str:
        return self.entry.paper.id.path


def has_picture(paper: CuratedPaper) -> bool:
    """Whether a paper has a picture of its own: those have that somebody wrote a note on."""
    return bool(paper.notes)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one source gave for one day, for the line that accounts for every entry.

    `listed` = `kept` + `merged` (given by another source of the day too) + `withdrawn` + the number of `dropped`.
    """

    source: str
    listed: int
    kept: int
    merged: int
    withdrawn: int
    dropped: tuple[Dropped, ...]
    read: Date
    complete: bool


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The links to the collection before and after, where there are any."""

    previous: Link | None = None
    next: Link | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """All papers that were listed on a date, most votes first; `lead` are those of them that the editor puts first."""

    date: Date
    lead: tuple[CuratedPaper, ...]
    papers: tuple[CuratedPaper, ...]
    withdrawn: tuple[CuratedPaper, ...]
    introduction: Introduction | None
    editor: Curator | None
    coverage: tuple[Coverage, ...]
    neighbours: Neighbours = field(default_factory=Neighbours)

    @property
    def path(self) -> str:
        return day_path(self.date)

    @property
    def complete(self) -> bool:
        return all(part.complete for part in self.coverage)

    @property
    def others(self) -> tuple[CuratedPaper, ...]:
        return tuple(paper for paper in self.papers if paper not in self.lead)


@dataclass(frozen=True, slots=True)
class Period:
    """An ISO week (`2026-W02`), a month (`2026-01`) or a year (`2026`) and its days, newest first."""

    kind: str
    key: str
    start: Date
    end: Date
    days: tuple[Day, ...]
    neighbours: Neighbours = field(default_factory=Neighbours)

    @property
    def path(self) -> str:
        return period_path(self.kind, self.key)


@dataclass(frozen=True, slots=True)
class WeekCount:
    """How many papers were first listed in the ISO week that starts on `monday`."""

    monday: Date
    count: int


@dataclass(frozen=True, slots=True)
class TopicYear:
    """A topic's papers of one year: the curated ones, then those that only its rule or a subtopic brings."""

    year: int
    curated: tuple[CuratedPaper, ...]
    matched: tuple[CuratedPaper, ...]

    @property
    def count(self) -> int:
        return len(self.curated) + len(self.matched)


@dataclass(frozen=True, slots=True)
class TopicPapers:
    """A topic with its papers by year (newest first), its place in the tree and its trend (oldest week first).

    `owners` are the curators who look after it.
    """

    topic: Topic
    owners: tuple[Link, ...]
    parents: tuple[Link, ...]
    children: tuple[tuple[Link, int], ...]
    years: tuple[TopicYear, ...]
    trend: tuple[WeekCount, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Author:
    """A name that stands on two or more papers. Two people of one name are one page, and the page says so."""

    name: str
    sort_key: str
    letter: str
    papers: tuple[CuratedPaper, ...]

    @property
    def path(self) -> str:
        return author_path(self.name)


@dataclass(frozen=True, slots=True)
class OrganisationPapers:
    """An organisation and the papers that listings give it, newest first."""

    organisation: Organisation
    papers: tuple[CuratedPaper, ...]


@dataclass(frozen=True, slots=True)
class CuratorPapers:
    """A curator and the papers that the curator's standing notes are on, newest note first.

    `topics` are those that the notes name, with the number of notes, `owned` those that the curator looks after,
    `days` those that the curator introduced, newest first, `corrected` the papers that the curator corrected.
    """

    curator: Curator
    papers: tuple[CuratedPaper, ...]
    lists: tuple[Link, ...]
    topics: tuple[tuple[Link, int], ...]
    owned: tuple[Link, ...]
    days: tuple[Date, ...]
    corrected: tuple[CuratedPaper, ...]


@dataclass(frozen=True, slots=True)
class Contributor:
    """A name in the history of content/, and how many of the files that are there now it ever changed."""

    name: str
    files: int


@dataclass(frozen=True, slots=True)
class ListPapers:
    """A reading list with its papers (withdrawn ones left out), in its order."""

    reading_list: ReadingList
    curator: Curator
    papers: tuple[tuple[CuratedPaper, str | None], ...]
    withdrawn: tuple[CuratedPaper, ...]


@dataclass(frozen=True, slots=True)
class QueryPapers:
    """A named query and the papers that have all that it asks for, newest first."""

    query: NamedQuery
    papers: tuple[CuratedPaper, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """A paper that is like another one, and the words that it shares with it, the most telling first."""

    paper: Link
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that pages show. Days, periods and years are newest first; the rest in the order of its index page.

    `contributors` are the names in the history, the busiest first, and `cut_off` tells whether that is cut off, None
    where no history was exported. `related` has, for each of `papers`, those that are most like it.
    `queries` have no papers before they are answered.
    """

    settings: Settings
    papers: tuple[CuratedPaper, ...]
    days: tuple[Day, ...]
    weeks: tuple[Period, ...]
    months: tuple[Period, ...]
    years: tuple[Period, ...]
    topics: tuple[TopicPapers, ...]
    authors: tuple[Author, ...]
    organisations: tuple[OrganisationPapers, ...]
    curators: tuple[CuratorPapers, ...]
    lists: tuple[ListPapers, ...]
    picks: tuple[CuratedPaper, ...]
    contributors: tuple[Contributor, ...] = ()
    cut_off: bool | None = None
    related: tuple[tuple[Related, ...], ...] = ()
    queries: tuple[QueryPapers, ...] = ()
