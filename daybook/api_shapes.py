"""What api/v1/ tells of a paper, of a note and of a paper in a list: every key with its kind, what it is, and what it
is made of. `api_formats` has the files that are made of these.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from pathlib import PurePosixPath

from daybook.api_kinds import (
    FLAG,
    LINK,
    PATH,
    TEXT,
    WHOLE,
    Absolute,
    Block,
    Choice,
    Day,
    Field,
    Many,
    Maybe,
    NoteTerms,
    SiteTerms,
)
from daybook.model import Link
from daybook.site import CuratedPaper, Membership, SignedNote
from daybook.vocabulary import ASSISTANCE, INTERESTS, SOURCES, VERDICTS, Word

API = "api/v1"
INDEX_PATH = f"{API}/index.json"
SCHEMA_FOLDER = f"{API}/schema"


def api_path(page: str) -> str:
    """The file that tells programs what a page tells people."""
    return f"{API}/{page.removesuffix('.html')}.json"


def notes_path(year: int) -> str:
    """The file with the notes of a year."""
    return f"{API}/notes/{year:04d}.json"


def year_path(year: int, suffix: str) -> str:
    """The file with all papers of a year: `suffix` is `.jsonl` or `.csv`."""
    return f"data/{year:04d}{suffix}"


@dataclass(frozen=True, slots=True)
class Noted:
    """A standing note with its paper."""

    signed: SignedNote
    paper: CuratedPaper


@dataclass(frozen=True, slots=True)
class Member:
    """A paper in a topic, and why."""

    paper: CuratedPaper
    membership: Membership


def stem(link: Link) -> str:
    return PurePosixPath(link.url).stem


def stems(links: Iterable[Link]) -> list[str]:
    return [stem(link) for link in links]


def addresses(path: str) -> tuple[Field, ...]:
    """Where a thing is: `path` is the attribute that has its page."""
    page = attrgetter(path)
    return (
        Field("url", Absolute(), "Its page, where the site is at home.", path),
        Field("page", PATH, "Its page, from the root of the site.", path),
        Field("json", PATH, "All that is told of it to programs, from the root of the site.",
              lambda noun: api_path(page(noun))),
    )  # fmt: skip


LICENCES = Field(
    "licences",
    Block((
        Field("notes", SiteTerms("notes"), "The terms of notes, introductions, lists and remarks.", lambda _: None),
        Field("metadata", SiteTerms("metadata"), "The terms of titles, authors and abstracts.", lambda _: None),
        Field("counts", SiteTerms("counts"), "The terms of what listings counted or added.", lambda _: None),
    )),
    "Under what terms the parts of the file stand.",
    lambda noun: noun,
)  # fmt: skip

SOURCE = Choice(tuple(Word(source.slug, source.name, source.url) for source in SOURCES))
BECAUSE = Choice((
    Word("note", "Note", "A note says so."),
    Word("rule", "Rule", "The topic's rule matches."),
    Word("subtopic", "Subtopic", "The paper is in a topic below this one."),
))  # fmt: skip

# Notes -------------------------------------------------------------------------------------------------------------

_SIGNED = (
    Field("by", TEXT, "The handle of the curator who signs.", "curator.handle"),
    Field("name", TEXT, "The curator's name.", "curator.name"),
    Field("date", Day(), "When it was written.", "note.date"),
)

NOTE = Block((
    *_SIGNED,
    Field("verdict", Choice(VERDICTS), "Whether to read the paper.", "note.verdict", "notes"),
    Field("summary", TEXT, "The note in one sentence, with TeX between dollar signs.", "note.summary", "notes"),
    Field("text", TEXT, "The note: Markdown without HTML, TeX between dollar signs.", "note.text", "notes"),
    Field("topics", Many(TEXT), "The topics that it names.", "note.topics", "notes"),
    Field("saw_version", Maybe(WHOLE), "The version of the paper that it was written for.", "note.saw_version"),
    Field("interests", Choice(INTERESTS), "The curator's ties to the authors.", "note.interests"),
    Field("assistance", Choice(ASSISTANCE), "What part a language model had in the text.", "note.assistance"),
    Field("links", Many(Block((
        Field("title", TEXT, "What is there."),
        Field("url", LINK, "The address."),
    ))), "Where the curator sends readers.", "note.links", "notes"),
    Field("licence", NoteTerms(), "The terms of this note.", "note.licence"),
    Field("url", Absolute(), "Where it stands, where the site is at home.", "path"),
    Field("page", PATH, "Where it stands, from the root of the site.", "path"),
))  # fmt: skip

RETRACTED_NOTE = Block((
    *_SIGNED,
    Field("retracted", Day(), "When it was taken back.", "note.retracted.date"),
    Field("reason", TEXT, "Why.", "note.retracted.reason", "notes"),
))  # fmt: skip

NOTE_LINE = Block((
    Field("paper", TEXT, "The identifier of the paper.", "paper.id.text"),
    Field("title", TEXT, "The paper's title.", "paper.paper.title", "metadata"),
    Field("by", TEXT, "The handle of the curator who signs.", "signed.curator.handle"),
    Field("name", TEXT, "The curator's name.", "signed.curator.name"),
    Field("date", Day(), "When it was written.", "signed.note.date"),
    Field("verdict", Choice(VERDICTS), "Whether to read the paper.", "signed.note.verdict", "notes"),
    Field("summary", TEXT, "The note in one sentence, with TeX between dollar signs.", "signed.note.summary", "notes"),
    Field("licence", NoteTerms(), "The terms of this note.", "signed.note.licence"),
    Field("url", Absolute(), "Where it stands, where the site is at home.", "signed.path"),
    Field("page", PATH, "Where it stands, from the root of the site.", "signed.path"),
    Field("json", PATH, "Its paper, with the whole note, from the root of the site.",
          lambda noted: api_path(noted.paper.path)),
))  # fmt: skip

# Papers ------------------------------------------------------------------------------------------------------------

_ORGANISATION = Block((
    Field("slug", TEXT, "Its name in addresses.", "entry.organisation.slug", "counts"),
    Field("name", TEXT, "Its name, as the source prints it.", "entry.organisation.name", "counts"),
    Field("page", Maybe(PATH), "Its page, from the root of the site.",
          lambda paper: paper.organisation and paper.organisation.url),
))  # fmt: skip

_CORRECTION = Block((
    Field("by", TEXT, "The handle of the curator who signs.", "curator.handle"),
    Field("date", Day(), "Since when.", "override.date"),
    Field("reason", TEXT, "Why.", "override.reason", "notes"),
    Field("changed", Many(TEXT), "What is not as upstream says.", lambda one: [change.what for change in one.changes]),
))  # fmt: skip

_MACHINE_TEXT = Block((
    Field("text", TEXT, "The summary. No person has checked it.", "text", "counts"),
    Field("model", Maybe(TEXT), "The model that wrote it.", "model", "counts"),
))  # fmt: skip

# Of whatever has the attributes of an Entry; cards have them too.
_COUNTS = {
    "votes": Field("votes", Maybe(WHOLE), "How many voted for it.", terms="counts"),
    "comments": Field("comments", Maybe(WHOLE), "How many comments it had.", terms="counts"),
    "stars": Field("stars", Maybe(WHOLE), "How many stars its repository of code had.", terms="counts"),
    "code": Field("code", Maybe(LINK), "Its code.", terms="counts"),
    "project": Field("project", Maybe(LINK), "Its home page.", terms="counts"),
    "discussion": Field("discussion", Maybe(LINK), "Where it is discussed.", terms="counts"),
}


def _of_entry(name: str) -> Field:
    field = _COUNTS[name]
    return Field(name, field.kind, field.doc, f"entry.{name}", field.terms)


ID = Field("id", TEXT, "The arXiv identifier, without version.", "id.text", "metadata")
_READ = Field("counts_read", Maybe(Day()), "The day (UTC) when votes, comments and stars were read.", "read")
_TITLE = Field("title", TEXT, "The title, on one line, with TeX as the source has it.", "paper.title", "metadata")
_PUBLISHED = Field("published", Day(), "The day of the first version.", "paper.published", "metadata")
_FIRST_LISTED = Field("first_listed", Maybe(Day()), "The day of its first listing; null for a pick, which no listing "
                      "has.", lambda paper: paper.first if paper.appearances else None)  # fmt: skip

_ABSTRACT = Field("abstract", Maybe(TEXT), "The abstract, with TeX as the source has it.", "paper.abstract", "metadata")

PAPER = Block((
    ID,
    _TITLE,
    Field("authors", Many(TEXT), "The authors, in the order of the paper.", "paper.authors", "metadata"),
    _PUBLISHED,
    Field("categories", Many(TEXT), "arXiv categories, the first one first.", "paper.categories", "metadata"),
    Field("version", Maybe(WHOLE), "The newest version that a source knew of.", "paper.version", "metadata"),
    Field("withdrawn", Maybe(Day()), "Since when it does not stand any more.", "paper.withdrawn", "metadata"),
    Field("retracted", FLAG, "True if its publisher withdrew it, and not its authors.", "paper.retracted", "metadata"),
    _FIRST_LISTED,
    Field("listings", Many(Block((
        Field("date", Day(), "The day that was listed."),
        Field("source", SOURCE, "Who listed it."),
        Field("place", Maybe(WHOLE), "Its place there, from 1, if it is still listed."),
        Field("of", WHOLE, "How many entries of it there are here that it still lists."),
    ))), "Where it was listed, oldest first.", "appearances"),
    Field("last_seen", Maybe(Day()), "The last day (UTC) on which the source listed it, where it no longer does.",
          "entry.last_seen"),
    *map(_of_entry, ("votes", "comments", "stars")),
    _READ,
    Field("organisation", Maybe(_ORGANISATION), "Who it comes from.",
          lambda paper: paper if paper.entry.organisation else None, "counts"),
    Field("submitter", Maybe(TEXT), "Who proposed it to the listing.", "entry.submitter", "counts"),
    *map(_of_entry, ("code", "project", "discussion")),
    Field("keywords", Many(TEXT), "Keywords that a machine assigned.", "entry.keywords", "counts"),
    Field("machine_summary", Maybe(_MACHINE_TEXT), "A summary that a model wrote.", "entry.summary", "counts"),
    Field("topics", Many(Block((
        Field("slug", TEXT, "The topic.", lambda one: stem(one.topic)),
        Field("because", BECAUSE, "Why it is in there.", "kind"),
        Field("detail", TEXT, "Who says so, the words that matched, or the title of the subtopic.", "detail"),
    ))), "The topics that it is in."),
    Field("lists", Many(TEXT), "The slugs of the reading lists that it is in.", lambda paper: stems(paper.lists)),
    Field("notes", Many(NOTE), "What people say of it, oldest first."),
    Field("retracted_notes", Many(RETRACTED_NOTE), "Notes that were taken back.", "retracted"),
    Field("corrected", Maybe(_CORRECTION), "What a curator corrected of what sources say.",
          lambda paper: paper.correction if paper.correction and paper.correction.changes else None),
    *addresses("path"),
    LICENCES,
))  # fmt: skip

WHOLE_PAPER = Block((*PAPER.fields, _ABSTRACT))
"""A paper in the file of its year. Its own file and its page are there for one paper: the page has the abstract."""

LINE = Block((
    ID,
    Field("title", TEXT, _TITLE.doc, "title", "metadata"),
    Field("first_authors", Many(TEXT), "The first authors.", "authors", "metadata"),
    Field("author_count", WHOLE, "How many authors it has.", lambda card: len(card.authors) + card.more_authors,
          "metadata"),
    Field("published", Day(), _PUBLISHED.doc, "published", "metadata"),
    Field("first_listed", Maybe(Day()), _FIRST_LISTED.doc, "listed"),
    *(_COUNTS[name] for name in ("votes", "comments", "stars")),
    _READ,
    Field("organisation", Maybe(TEXT), "Who it comes from.",
          lambda card: card.organisation and card.organisation.title, "counts"),
    *(_COUNTS[name] for name in ("code", "project", "discussion")),
    Field("notes", Many(Block((
        Field("by", TEXT, "The handle of the curator who signs.", lambda remark: stem(remark.by)),
        Field("name", TEXT, "The curator's name.", "by.title"),
        Field("date", Day(), "When it was written."),
        Field("verdict", Choice(VERDICTS), "Whether to read the paper.", "verdict", "notes"),
        Field("summary", TEXT, "The note in one sentence.", "summary", "notes"),
    ))), "What people say of it, oldest first.", "remarks"),
    Field("lede", Maybe(TEXT), "How the abstract begins, where nobody has written a note.", "lede", "metadata"),
    *addresses("id.path"),
))  # fmt: skip
"""What a list shows of a paper, of its Card."""
