"""What each file in content/ may hold, declared once: every key with its kind, what it is for and an example.

The checker reads files by these declarations, `listing_json` writes by them, and the JSON Schemas for editors and
the tables of the documentation are made from them.
"""

from __future__ import annotations

from typing import Any

from daybook.kinds import Choice, Day, Flag, Form, Phrase, Text, Whole
from daybook.markdown_kind import Markdown
from daybook.model import (
    Curator,
    Dropped,
    Entry,
    Introduction,
    Licences,
    Link,
    Listing,
    MachineText,
    Match,
    NamedQuery,
    Note,
    Organisation,
    Paper,
    Pick,
    ReadingList,
    Remark,
    Retraction,
    Settings,
    Topic,
)
from daybook.name_kinds import Category, PaperIdentifier, Reference, Slug, Url
from daybook.query_kind import StandingQuery
from daybook.settings import Mail
from daybook.table_kinds import Field, Many, Table, itself
from daybook.vocabulary import ASSISTANCE, INTERESTS, SOURCES, VERDICTS, Word

LINE = Text()
SOURCE = Choice(tuple(Word(source.slug, source.name, source.url) for source in SOURCES))
_LANGUAGE = Form(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", "a language tag (BCP 47) such as en or pt-BR")
_BRANCH = Form(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*", "the name of a branch such as main")
CATEGORY = Form(
    r"[a-z]+(-[a-z]+)*(\.([A-Z]{2}|[a-z]+(-[a-z]+)*))?", "an arXiv category such as cs.HC or quant-ph, exactly so"
)
_MAILBOX = Form(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+",
    "a mail address such as digest@example.org",
)
_LOGIN = Form(r"[A-Za-z0-9]([A-Za-z0-9_-]{0,37}[A-Za-z0-9])?", "a login of GitHub such as ada-example, without the @")
BY = "Who signs: the name of a file in content/curators/, without `.yaml`."
PAPER_ID = "The arXiv identifier, always in quotes (YAML takes it for a number otherwise), without version."

# What people write ------------------------------------------------------------------------------------------------

LICENCES = Table(
    "licences",
    Licences,
    (
        Field("notes", LINE, "The terms for notes, introductions and lists.", "CC BY 4.0", required=True),
        Field("metadata", LINE, "The terms for titles, authors and abstracts.", "CC0 1.0, from arXiv", required=True),
        Field("counts", LINE, "The terms for votes, comments and stars.", "as the sources grant", required=True),
    ),
)

MAIL = Table(
    "mail",
    Mail,
    (
        Field("from", _MAILBOX, "Whom digests come from: the name beside it is the site's title.", "digest@example.org",
              required=True, attribute="sender"),
        Field("unsubscribe", Many(Url(mail=True), 1, 2, unique=itself), "Where one asks to get no more digests: https: "
              "(programs send a POST there, RFC 8058), mailto: or both. `{address}` becomes the reader's own address.",
              ["https://example.org/leave?who={address}", "mailto:digest@example.org?subject=leave"], required=True),
        Field("reply_to", _MAILBOX, "Who reads answers to digests, if not `from`.", "editors@example.org"),
    ),
)  # fmt: skip

SITE = Table(
    "site.yaml",
    Settings,
    (
        Field("title", LINE, "The name of the site.", "Daybook", required=True),
        Field("tagline", LINE, "What the site is, in one sentence.", "Papers, read with care.", required=True),
        Field(
            "base_url",
            Url(bare=True),
            "Where the site will be published. Links inside the site do not need it; feeds and citations do.",
            "https://example.org/daybook",
            required=True,
        ),
        Field("language", _LANGUAGE, "The language of the notes, as a BCP 47 tag.", "en-GB", required=True),
        Field(
            "repository",
            Url(bare=True),
            "The address of the repository, for the links that add and edit notes.",
            "https://github.com/example/daybook",
            required=True,
        ),
        Field("branch", _BRANCH, "The branch that pull requests go to.", "main", required=True),
        Field("editor", LINE, "Who answers for the site, as feeds name the author.", "The editors", required=True),
        Field("home_days", Whole(1, 31), "How many days the home page shows.", 7, required=True),
        Field("licences", LICENCES, "Under what terms the parts of the site stand.", {
            "notes": "CC BY 4.0", "metadata": "CC0 1.0, from arXiv", "counts": "as the sources grant",
        }, required=True),
        Field("subscribe", Url(mail=True), "Where to subscribe to mail, if one can.", "mailto:list@example.org"),
        Field("mail", MAIL, "Who mails digests, for `build.py digest`.", {
            "from": "digest@example.org", "unsubscribe": ["mailto:digest@example.org?subject=leave"],
        }),
        Field("sources", Many(SOURCE, unique=itself), "Where listings are fetched from.", ["huggingface", "arxiv"]),
        Field("arxiv_categories", Many(Category(), unique=itself), "The arXiv categories that are fetched, where "
              "`arxiv` is among the sources.", ["cs.CL", "cs.HC"]),
        Field("contact", Url(mail=True), "Whom a source can ask about the fetching: it goes with every request.",
              "mailto:editors@example.org"),
        Field("huggingface_data", Flag(), "False leaves out all that Hugging Face counted or added: votes, comments, "
              "stars, organisations, submitters, links, keywords, summaries.", False),
        Field("stale_after_days", Whole(1, 366), "How many days old the newest complete day may be before pages say "
              "that they are old (7). Leave room for weekends and holidays.", 7),
        Field("first_base_url", Url(bare=True), "The `base_url` that the site had first, if it has moved since: ids in "
              "feeds stay what they were, so that no reader shows an entry twice.", "https://example.net/daybook"),
        Field("social_cards", Flag(), "False makes no pictures: those of days, topics and papers with a note that "
              "other sites show with a link, some 13 kB each.", False),
    ),
)  # fmt: skip

CURATOR = Table(
    "a curator",
    Curator,
    (
        Field("name", LINE, "The name that notes are signed with.", "Ada Example", required=True),
        Field("github", _LOGIN, "The curator's login on GitHub: issue forms and reviews know the curator by it.",
              "ada-example"),
        Field("url", Url(), "A home page.", "https://example.org/ada"),
        Field("affiliation", LINE, "Where the curator works.", "Example University"),
        Field("bio", Markdown(), "Who this is, in a few sentences of Markdown.", "Works on *evaluation*."),
    ),
)  # fmt: skip

MATCH = Table(
    "match",
    Match,
    (
        Field("any", Many(Phrase()), "One of these phrases, or one of `categories`, must occur.", ["reward model*"]),
        Field("all", Many(Phrase()), "All of these phrases must occur.", ["language model*"]),
        Field("none", Many(Phrase()), "None of these phrases may occur.", ["image alignment"]),
        Field("categories", Many(Category()), "arXiv categories, exactly as arXiv writes them.", ["cs.HC"]),
    ),
    needs_one_of=("any", "all", "categories"),
)

TOPIC = Table(
    "a topic",
    Topic,
    (
        Field("title", LINE, "The topic's name.", "Preference learning", required=True),
        Field("description", Markdown(), "What belongs here: one to three sentences of Markdown.",
              "Learning what people want from what they choose.", required=True),
        Field("parent", Reference("topic"), "The topic that this one is a part of.", "alignment"),
        Field("match", MATCH, "Which papers belong here without a note: phrases are looked for in title, abstract "
              "and keywords.", {"any": ["preference optimization"]}),
        Field("owners", Many(Reference("curator"), unique=itself), "Who looks after the topic: handles of curators. "
              "Those who state a `github` login are asked to review changes of its file.", ["daybook"]),
    ),
)  # fmt: skip

LINK = Table(
    "a link",
    Link,
    (
        Field("title", LINE, "What is there.", "Code", required=True),
        Field("url", Url(), "The address.", "https://example.org/code", required=True),
    ),
)

RETRACTION = Table(
    "retracted",
    Retraction,
    (
        Field("date", Day(), "When the note was taken back.", "2026-01-12", required=True),
        Field("reason", LINE, "Why, in one sentence.", "The second table was misread.", required=True),
    ),
)

NOTE = Table(
    "a note",
    Note,
    (
        Field("paper", Reference("paper"), PAPER_ID, "2401.01234", required=True),
        Field("by", Reference("curator"), BY, "daybook", required=True),
        Field("date", Day(), "When the note was written.", "2026-01-07", required=True),
        Field("topics", Many(Reference("topic"), unique=itself), "Names of files in content/topics/, without `.yaml`.",
              ["alignment"]),
        Field("verdict", Choice(VERDICTS), "Whether to read the paper.", "worth-reading", required=True),
        Field("summary", Text(limit=200), "The note in one plain sentence, with TeX between dollar signs.",
              "A small, honest benchmark with a surprising baseline.", required=True),
        Field("note", Markdown(), "The note itself: Markdown without HTML, TeX between dollar signs.",
              "What is new, for whom, and what to doubt.", required=True, attribute="text"),
        Field("saw_version", Whole(1), "The arXiv version that the note was written for, where it is known.", 1),
        Field("interests", Choice(INTERESTS), "The curator's ties to the authors.", "none", required=True),
        Field("assistance", Choice(ASSISTANCE), "What part a language model had in the text.", "none", required=True),
        Field("links", Many(LINK), "Where to go on reading.", [{"title": "Code", "url": "https://example.org/code"}]),
        Field("licence", LINE, "The terms of this note, where they are not the site's.", "CC BY-SA 4.0"),
        Field("retracted", RETRACTION, "Takes the note back: pages show the date and the reason instead of its text.",
              {"date": "2026-01-12", "reason": "The second table was misread."}),
    ),
)  # fmt: skip

DAY = Table(
    "a day",
    Introduction,
    (
        Field("by", Reference("curator"), BY, "daybook", required=True),
        Field("introduction", Markdown(), "What to make of the day, in Markdown.", "A day of two good surveys.",
              required=True, attribute="text"),
        Field("lead", Many(Reference("paper"), 1, 3, unique=itself), "The papers to show first, listed on that day.",
              ["2401.01234"]),
    ),
)  # fmt: skip

REMARK = Table(
    "a paper of a list",
    Remark,
    (
        Field("paper", Reference("paper"), PAPER_ID, "2401.01234", required=True),
        Field("remark", Markdown(), "What it does in this list: a sentence or two.", "Start here.", attribute="text"),
    ),
)


def _paper_of(remark: Remark) -> object:
    return remark.paper


LIST = Table(
    "a reading list",
    ReadingList,
    (
        Field("title", LINE, "The list's name.", "Where to begin", required=True),
        Field("by", Reference("curator"), BY, "daybook", required=True),
        Field("introduction", Markdown(), "For whom the list is, in Markdown.", "For newcomers.", required=True),
        Field("papers", Many(REMARK, least=1, unique=_paper_of), "The papers, in the order to read them.",
              [{"paper": "2401.01234", "remark": "Start here."}], required=True),
    ),
)  # fmt: skip

QUERY = Table(
    "a named query",
    NamedQuery,
    (
        Field("title", LINE, "The name of its feed.", "Code for alignment", required=True),
        Field("query", StandingQuery(), "What to look for, as the search page takes it; papers that have all of it are "
              "in the feed.", "topic:alignment has:code -survey", required=True, attribute="text"),
    ),
)  # fmt: skip

# What sources say, written by machine ---------------------------------------------------------------------------

PAPER = Table(
    "a paper",
    Paper,
    (
        Field("id", PaperIdentifier(), "The arXiv identifier without version.", "2401.01234", required=True),
        Field("title", LINE, "The title, on one line.", "A Title", required=True),
        Field("authors", Many(LINE, least=1), "The authors in the order of the paper.", ["Ada Example"], required=True),
        Field("published", Day(), "The day of the first version.", "2024-01-02", required=True),
        Field("abstract", Text(lines=True), "The abstract, plain text with TeX.", "We measure."),
        Field("categories", Many(LINE), "arXiv categories, the first one first.", ["cs.CL", "cs.AI"]),
        Field("version", Whole(1), "The newest version that the source knew of.", 2),
        Field("withdrawn", Day(), "The day on which it was withdrawn.", "2024-02-03"),
    ),
)

ORGANISATION = Table(
    "an organisation",
    Organisation,
    (
        Field("slug", Slug(), "Its name in addresses.", "example-lab", required=True),
        Field("name", LINE, "Its name as the source prints it.", "Example Lab", required=True),
    ),
)

MACHINE_TEXT = Table(
    "a summary by a model",
    MachineText,
    (
        Field("text", Text(lines=True), "The summary.", "A model says that…", required=True),
        Field("model", LINE, "The model that wrote it, where it is known.", "example-7b"),
    ),
)

ENTRY = Table(
    "an entry",
    Entry,
    (
        Field("paper", PAPER, "What the source says of the work.", {
            "id": "2401.01234", "title": "A Title", "authors": ["Ada Example"], "published": "2024-01-02",
        }, required=True),
        Field("votes", Whole(0), "How many voted for it.", 12),
        Field("comments", Whole(0), "How many comments it had.", 3),
        Field("stars", Whole(0), "How many stars its repository of code had.", 250),
        Field("organisation", ORGANISATION, "Who it comes from.", {"slug": "example-lab", "name": "Example Lab"}),
        Field("submitter", LINE, "Who proposed it to the source.", "ada"),
        Field("code", Url(), "Its code.", "https://example.org/code"),
        Field("project", Url(), "Its home page.", "https://example.org/project"),
        Field("discussion", Url(), "Where it is discussed.", "https://example.org/papers/2401.01234"),
        Field("keywords", Many(LINE), "Keywords of the source.", ["evaluation"]),
        Field("summary", MACHINE_TEXT, "A summary that a model wrote.", {"text": "A model says that…"}),
        Field("last_seen", Day(), "The last day (UTC) on which the source listed it, where it no longer does.",
              "2026-01-07"),
    ),
)  # fmt: skip

DROPPED = Table(
    "a dropped entry",
    Dropped,
    (
        Field("what", LINE, "What the source listed.", "An entry without an identifier", required=True),
        Field("reason", LINE, "Why it was not kept.", "It has no arXiv identifier.", required=True),
    ),
)


def _id_of(entry: Entry) -> object:
    return entry.paper.id


LISTING = Table(
    "a listing",
    Listing,
    (
        Field("source", SOURCE, "Where the listing comes from.", "huggingface", required=True),
        Field("date", Day(), "The day that is listed.", "2026-01-05", required=True),
        Field("read", Day(), "The day (UTC) when the counts were last read.", "2026-01-19", required=True),
        Field("complete", Flag(), "False while the day may still grow.", True, required=True),
        Field("entries", Many(ENTRY, unique=_id_of), "The entries in the source's order.", [], required=True),
        Field("dropped", Many(DROPPED), "What was listed and not kept.", [
            {"what": "An entry without an identifier", "reason": "It has no arXiv identifier."},
        ]),
    ),
)  # fmt: skip


def _pick(source: str, read: Any = None, **entry: Any) -> Pick:
    return Pick(source, Entry(**entry), read)


PICK = Table(
    "a pick",
    _pick,
    (
        Field("source", SOURCE, "Where the facts come from.", "arxiv", required=True),
        Field("read", Day(), "The day (UTC) when the counts were last read.", "2026-01-19"),
        *ENTRY.fields,
    ),
)
