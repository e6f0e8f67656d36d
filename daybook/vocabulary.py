"""The words that content may choose from, each with its label and its meaning: the checker, the pages and the
documentation all read them here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One allowed value, how a page prints it, and what it tells a reader."""

    value: str
    label: str
    meaning: str


VERDICTS = (
    Word("must-read", "Must read", "Read it even if it is not your field: it changes what one does or believes."),
    Word("worth-reading", "Worth reading", "Repays the time of anyone who follows the subject."),
    Word("for-specialists", "For specialists", "Sound and useful to those who work on the very problem."),
    Word("caution", "Caution", "Read it with the doubts of the note in mind: the claim outruns the evidence shown."),
)

INTERESTS = (
    Word("none", "No interests declared", "The curator has no tie to the authors."),
    Word("author", "An author of the paper", "The curator wrote the paper or a part of it."),
    Word("colleague", "A colleague of the authors", "The curator works with an author or did so lately."),
    Word("funder", "A funder of the work", "The curator or the curator's employer paid for the work."),
    Word("competitor", "Works on a competing approach", "The curator has work of their own that competes."),
)

ASSISTANCE = (
    Word("none", "Written without AI", "No language model had a part in the text."),
    Word("edited", "Edited with AI", "A person wrote it; a language model corrected or shortened it."),
    Word("drafted", "Drafted with AI", "A language model wrote the draft; the curator answers for it."),
)


REMOVABLE = (
    Word("abstract", "Abstract", "The abstract is not the paper's."),
    Word("withdrawn", "State", "The paper was not withdrawn."),
    Word("organisation", "Organisation", "The paper does not come from there."),
    Word("code", "Code", "The code is not the paper's."),
    Word("project", "Project page", "The page is not the paper's."),
    Word("discussion", "Discussion", "The discussion is of something else."),
    Word("summary", "Machine-written summary", "The summary misleads."),
)
"""What a correction may take away of what sources say, with the name that pages give it."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where listings come from: the slug in file names, the name that pages print, its address."""

    slug: str
    name: str
    url: str


SOURCES = (
    Source("arxiv", "arXiv", "https://arxiv.org/"),
    Source("huggingface", "Hugging Face Daily Papers", "https://huggingface.co/papers"),
)

# Which source wins a field that several give, first one first: arXiv holds the work itself; what only a listing
# knows (votes, keywords, organisation) comes from the listing since arXiv never gives it.
PRECEDENCE = ("arxiv", "huggingface")


@dataclass(frozen=True, slots=True)
class LicenceClass:
    """Fields of an Entry that stand under the same terms; which terms a site states is in its site.yaml."""

    licence: str
    meaning: str
    fields: tuple[str, ...]


METADATA = LicenceClass(
    "CC0 1.0",
    "What arXiv says of the work, whoever passed it on: https://info.arxiv.org/help/api/tou.html",
    ("paper",),
)
THIRD_PARTY = LicenceClass(
    "As the source grants",
    "What a listing counted or added. Of Hugging Face's, `huggingface_data: false` leaves all out.",
    (
        "votes", "comments", "stars", "organisation", "submitter", "code", "project", "discussion", "keywords",
        "summary",
    ),
)  # fmt: skip
OURS = LicenceClass("As the site", "What fetching noted by itself.", ("last_seen",))

LICENCE_CLASSES = (METADATA, THIRD_PARTY, OURS)
"""The licence class of every field of an Entry."""
