"""The files of api/v1/ and data/, declared once: what each holds, with its JSON Schema.

The files are written by these declarations; their schemas and the page that documents them are made from them. Within
version 1 no key goes away and none changes its meaning; new ones may come.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from daybook.api_kinds import DRAFT, FLAG, LINK, PATH, TEXT, WHOLE, Absolute, Block, Day, Field, Many, Maybe, Schema
from daybook.api_shapes import (
    API,
    BECAUSE,
    ID,
    INDEX_PATH,
    LICENCES,
    LINE,
    NOTE_LINE,
    PAPER,
    SOURCE,
    Member,
    Noted,
    addresses,
    api_path,
    notes_path,
    stems,
    year_path,
)
from daybook.cards import make_card
from daybook.health import Health, health_of
from daybook.model import Link
from daybook.site import CuratedPaper, CuratorPapers, Site, TopicPapers
from daybook.site import Day as SiteDay

DOCUMENTATION = "api.html"
SCHEMA_FOLDER = f"{API}/schema"
DAYS_PATH, TOPICS_PATH, LISTS_PATH, CURATORS_PATH = (
    f"{API}/{name}.json" for name in ("days", "topics", "lists", "curators")
)


@dataclass(frozen=True)
class Format:
    """A kind of file: its name, where it is (`{}` for what tells one from another), what it is, and what it holds."""

    name: str
    form: str
    doc: str
    block: Block

    @property
    def schema_path(self) -> str:
        return f"{SCHEMA_FOLDER}/{self.name}.json"

    def schema(self, base_url: str) -> Schema:
        """Its JSON Schema, on a site that is at home at an address."""
        return {
            "$schema": DRAFT,
            "$id": f"{base_url}/{self.schema_path}",
            "title": self.form.replace("{}", "…"),
            "description": self.doc,
            **self.block.schema,
        }


def notes_by_year(site: Site) -> dict[int, list[Noted]]:
    """The standing notes on papers that stand, newest first, by the year in which they were written."""
    noted = [Noted(signed, paper) for paper in standing(site) for signed in paper.notes]
    noted.sort(key=lambda one: (-one.signed.note.date.toordinal(), one.paper.id, one.signed.curator.handle))
    years: dict[int, list[Noted]] = {}
    for one in noted:
        years.setdefault(one.signed.note.date.year, []).append(one)
    return years


def papers_by_year(site: Site) -> dict[int, list[CuratedPaper]]:
    """The papers that stand, oldest first, by the year of their first listing (of publication for picks)."""
    years: dict[int, list[CuratedPaper]] = {}
    for paper in standing(site):
        years.setdefault(paper.first.year, []).append(paper)
    return years


def standing(site: Site) -> list[CuratedPaper]:
    """The papers that were not withdrawn."""
    return [paper for paper in site.papers if paper.paper.withdrawn is None]


@dataclass(frozen=True, slots=True)
class Front:
    """What the index is made of: the site, how fresh it is, the numbers of notes and of papers by year."""

    site: Site
    health: Health
    notes: tuple[tuple[int, int], ...]
    papers: tuple[tuple[int, int], ...]

    @property
    def newest(self) -> SiteDay | None:
        return next((day for day in self.site.days if day.date == self.health.newest), None)

    @property
    def newest_complete(self) -> SiteDay | None:
        return next((day for day in self.site.days if day.date == self.health.complete), None)

    @property
    def note_count(self) -> int:
        return sum(count for _, count in self.notes)

    @property
    def paper_count(self) -> int:
        return sum(count for _, count in self.papers)


def front_of(site: Site) -> Front:
    """The front of a site, its years newest first."""
    return Front(site, health_of(site), _counted(notes_by_year(site)), _counted(papers_by_year(site)))


def _counted(years: dict[int, list[Noted]] | dict[int, list[CuratedPaper]]) -> tuple[tuple[int, int], ...]:
    return tuple((year, len(years[year])) for year in sorted(years, reverse=True))


def _ids(papers: Iterable[CuratedPaper]) -> list[str]:
    return [paper.id.text for paper in papers]


def _count(what: str, path: str) -> Field:
    """How many there are of what the noun has at `path`."""
    found = attrgetter(path)
    return Field(f"{what}_count", WHOLE, f"How many {what}s it has.", lambda noun: len(found(noun)))


# Days --------------------------------------------------------------------------------------------------------------


def _neighbour(name: str, doc: str) -> Field:
    def found(day: SiteDay) -> str | None:
        link: Link | None = getattr(day.neighbours, name)
        return api_path(link.url) if link else None

    return Field(name, Maybe(PATH), doc, found)


_DATE = Field("date", Day(), "The day.")
_COMPLETE = Field("complete", FLAG, "False while the day may still grow.")

DAY_LINE = Block((_DATE, _COMPLETE, _count("paper", "papers"), *addresses("path")))

_DAYS = Block((Field("days", Many(DAY_LINE), "Every day, newest first.", "days"), LICENCES))

_INTRODUCTION = Block((
    Field("by", TEXT, "The handle of the curator who signs.", "introduction.by"),
    Field("name", TEXT, "The curator's name.", "editor.name"),
    Field("text", TEXT, "The introduction: Markdown without HTML.", "introduction.text", "notes"),
    Field("lead", Many(TEXT), "The papers to lead with.", lambda day: _ids(day.lead)),
))  # fmt: skip

_COVERAGE = Block((
    Field("source", SOURCE, "Who listed them."),
    Field("read", Day(), "The day (UTC) when it was last read."),
    Field("complete", FLAG, "False while the listing may still grow."),
    Field("listed", WHOLE, "How many entries it has: the sum of the next four."),
    Field("kept", WHOLE, "How many of them are papers here."),
    Field("merged", WHOLE, "How many another source of the day has given too."),
    Field("withdrawn", WHOLE, "How many were withdrawn since."),
    Field("dropped", WHOLE, "How many could not be kept; the page says why.", lambda one: len(one.dropped)),
))  # fmt: skip

_DAY = Block((
    _DATE,
    _COMPLETE,
    Field("introduction", Maybe(_INTRODUCTION), "What an editor says of the day.",
          lambda day: day if day.introduction else None),
    Field("papers", Many(LINE), "The papers, most votes first; those without votes after them, as their source has "
          "them.", lambda day: [make_card(paper) for paper in day.papers]),
    Field("withdrawn", Many(TEXT), "The papers that were listed and do not stand any more.",
          lambda day: _ids(day.withdrawn)),
    Field("sources", Many(_COVERAGE), "What became of the entries of each source.", "coverage"),
    _neighbour("previous", "The day before that has papers."),
    _neighbour("next", "The day after that has papers."),
    *addresses("path"),
    LICENCES,
))  # fmt: skip

# Topics, lists, curators -------------------------------------------------------------------------------------------

_TOPIC_LINE = (
    Field("slug", TEXT, "Its name in addresses.", "topic.slug"),
    Field("title", TEXT, "Its title.", "topic.title", "notes"),
    Field("description", TEXT, "What belongs there: Markdown without HTML.", "topic.description", "notes"),
    Field("parent", Maybe(TEXT), "The topic that it is a part of.", "topic.parent"),
    Field("owners", Many(TEXT), "The handles of the curators who look after it.", "topic.owners"),
    Field("paper_count", WHOLE, "How many papers it has.", "count"),
    *addresses("topic.path"),
)

_TOPICS = Block((
    Field("topics", Many(Block(_TOPIC_LINE)), "Every topic, each followed by those below it.", "topics"),
    LICENCES,
))  # fmt: skip

# Of a Member, as it stands in a topic, and of a pair of paper and remark, as it stands in a list.
_TITLE_DOC = "The paper's title."

_TOPIC = Block((
    *_TOPIC_LINE,
    Field("children", Many(TEXT), "The topics that are parts of it.",
          lambda one: stems(link for link, _ in one.children)),
    Field("papers", Many(Block((
        Field("id", TEXT, ID.doc, "paper.id.text", "metadata"),
        Field("title", TEXT, _TITLE_DOC, "paper.paper.title", "metadata"),
        Field("date", Day(), "The day of its first listing; of publication, where no listing has it.", "paper.first"),
        Field("because", BECAUSE, "Why it is in here.", "membership.kind"),
        Field("note_count", WHOLE, "How many notes stand on it.", lambda one: len(one.paper.notes)),
        Field("json", PATH, "All that is told of it to programs, from the root of the site.",
              lambda one: api_path(one.paper.path)),
    ))), "Its papers: by year, newest first; in each year those with notes first.", lambda one: members(one)),
    LICENCES,
))  # fmt: skip

_LIST_LINE = (
    Field("slug", TEXT, "Its name in addresses.", "reading_list.slug"),
    Field("title", TEXT, "Its title.", "reading_list.title", "notes"),
    Field("by", TEXT, "The handle of the curator who signs.", "curator.handle"),
    Field("name", TEXT, "The curator's name.", "curator.name"),
    Field("introduction", TEXT, "For whom it is: Markdown without HTML.", "reading_list.introduction", "notes"),
    _count("paper", "papers"),
    *addresses("reading_list.path"),
)

_LISTS = Block((Field("lists", Many(Block(_LIST_LINE)), "Every reading list, by title."), LICENCES))

_LIST = Block((
    *_LIST_LINE,
    Field("papers", Many(Block((
        Field("id", TEXT, ID.doc, lambda one: one[0].id.text, "metadata"),
        Field("title", TEXT, _TITLE_DOC, lambda one: one[0].paper.title, "metadata"),
        Field("remark", Maybe(TEXT), "What the list says of it: Markdown without HTML.", lambda one: one[1], "notes"),
        Field("page", PATH, "Its page, from the root of the site.", lambda one: one[0].path),
        Field("json", PATH, "All that is told of it to programs, from the root of the site.",
              lambda one: api_path(one[0].path)),
    ))), "Its papers, in its own order."),
    Field("withdrawn", Many(TEXT), "Papers of it that do not stand any more.", lambda one: _ids(one.withdrawn)),
    LICENCES,
))  # fmt: skip

_CURATOR_LINE = (
    Field("handle", TEXT, "The name that files know the curator by.", "curator.handle"),
    Field("name", TEXT, "The name that notes are signed with.", "curator.name"),
    Field("affiliation", Maybe(TEXT), "Where the curator works.", "curator.affiliation"),
    Field("homepage", Maybe(LINK), "A home page.", "curator.url"),
    Field("bio", Maybe(TEXT), "Who this is: Markdown without HTML.", "curator.bio", "notes"),
    _count("note", "papers"),
    *addresses("curator.path"),
)

_CURATORS = Block((Field("curators", Many(Block(_CURATOR_LINE)), "Every curator, by name."), LICENCES))

_CURATOR = Block((
    *_CURATOR_LINE,
    Field("notes", Many(NOTE_LINE), "The notes that stand, newest first.", lambda one: notes_of(one)),
    Field("lists", Many(TEXT), "The slugs of the curator's reading lists.", lambda one: stems(one.lists)),
    Field("topics", Many(TEXT), "The slugs of the topics that the curator looks after.",
          lambda one: stems(one.owned)),
    LICENCES,
))  # fmt: skip


def members(one: TopicPapers) -> list[Member]:
    """The papers of a topic in the order of its page, each with what brought it there."""
    papers = (paper for year in one.years for paper in (*year.curated, *year.matched))
    path = one.topic.path
    return [Member(paper, next(m for m in paper.topics if m.topic.url == path)) for paper in papers]


def notes_of(one: CuratorPapers) -> list[Noted]:
    """A curator's notes, newest first."""
    handle = one.curator.handle
    return [Noted(signed, paper) for paper in one.papers for signed in paper.notes if signed.curator.handle == handle]


# The index and the years -------------------------------------------------------------------------------------------

_NOTES = Block((
    Field("notes", Many(NOTE_LINE), "The notes that were written in the year and stand, newest first.",
          lambda noted: noted),
    LICENCES,
))  # fmt: skip

_COUNTS = Block((
    Field("papers", WHOLE, "Papers that stand.", "paper_count"),
    Field("days", WHOLE, "Days.", lambda front: len(front.site.days)),
    Field("topics", WHOLE, "Topics.", lambda front: len(front.site.topics)),
    Field("notes", WHOLE, "Notes that stand.", "note_count"),
    Field("lists", WHOLE, "Reading lists.", lambda front: len(front.site.lists)),
    Field("curators", WHOLE, "Curators.", lambda front: len(front.site.curators)),
))  # fmt: skip


def _fixed(name: str, doc: str, path: str) -> Field:
    return Field(name, PATH, doc, lambda _: path)


_INDEX = Block((
    Field("version", WHOLE, "The version of all this; another one would have another folder.", lambda _: 1),
    Field("title", TEXT, "The name of the site.", "site.settings.title"),
    Field("tagline", TEXT, "What it is, in a sentence.", "site.settings.tagline"),
    Field("language", TEXT, "The language of its notes (BCP 47).", "site.settings.language"),
    Field("url", Absolute(), "Its home page, where it is at home.", lambda _: "index.html"),
    Field("page", PATH, "Its home page, from its root.", lambda _: "index.html"),
    Field("root", TEXT, "The way from this file to the root of the site, from which all paths are.",
          lambda _: "../" * INDEX_PATH.count("/")),
    _fixed("documentation", "The page that documents all this.", DOCUMENTATION),
    Field("newest_complete_day", Maybe(DAY_LINE), "The newest day that will not grow any more: the home page begins "
          "with it.", "newest_complete"),
    Field("newest_day", Maybe(DAY_LINE), "The newest day that has papers, complete or not.", "newest"),
    Field("counts", _COUNTS, "How many there are.", lambda front: front),
    _fixed("days", "Every day.", DAYS_PATH),
    _fixed("topics", "Every topic.", TOPICS_PATH),
    _fixed("lists", "Every reading list.", LISTS_PATH),
    _fixed("curators", "Every curator.", CURATORS_PATH),
    Field("notes", Many(Block((
        Field("year", WHOLE, "The year.", lambda one: one[0]),
        Field("note_count", WHOLE, "How many notes were written then.", lambda one: one[1]),
        Field("json", PATH, "All of them.", lambda one: notes_path(one[0])),
    ))), "The notes by year, newest first.", "notes"),
    Field("papers", Many(Block((
        Field("year", WHOLE, "The year.", lambda one: one[0]),
        Field("paper_count", WHOLE, "How many papers were first listed then.", lambda one: one[1]),
        Field("jsonl", PATH, "All of them as JSON Lines.", lambda one: year_path(one[0], ".jsonl")),
        Field("csv", PATH, "All of them as CSV.", lambda one: year_path(one[0], ".csv")),
    ))), "The papers by year, newest first.", "papers"),
    Field("schemas", Many(Block((
        Field("name", TEXT, "The kind of file.", "name"),
        Field("json", PATH, "Its JSON Schema.", "schema_path"),
    ))), "What the files hold, for programs.", lambda _: FORMATS),
    LICENCES,
))  # fmt: skip

INDEX = Format("index", INDEX_PATH, "Where to begin: what there is, and where.", _INDEX)
DAYS = Format("days", DAYS_PATH, "Every day.", _DAYS)
DAY = Format("day", f"{API}/days/{{}}.json", "A day, with what lists show of its papers.", _DAY)
PAPERS = Format("paper", f"{API}/papers/{{}}.json", "A paper without its abstract, with all its notes.", PAPER)
TOPICS = Format("topics", TOPICS_PATH, "Every topic.", _TOPICS)
TOPIC = Format("topic", f"{API}/topics/{{}}.json", "A topic and its papers.", _TOPIC)
LISTS = Format("lists", LISTS_PATH, "Every reading list.", _LISTS)
LIST = Format("list", f"{API}/lists/{{}}.json", "A reading list and its papers.", _LIST)
CURATORS = Format("curators", CURATORS_PATH, "Every curator.", _CURATORS)
CURATOR = Format("curator", f"{API}/curators/{{}}.json", "A curator and the curator's notes.", _CURATOR)
NOTES = Format("notes", f"{API}/notes/{{}}.json", "The notes of a year.", _NOTES)

FORMATS: Sequence[Format] = (INDEX, DAYS, DAY, PAPERS, TOPICS, TOPIC, LISTS, LIST, CURATORS, CURATOR, NOTES)
