"""The issue forms: what each asks, in which order. From here come the forms' files, and how their answers are read.

The only question with an answer of several lines is the last one of its form, so that where an answer ends depends on
nothing that is written in it (see form_answers.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from daybook.model import Topic
from daybook.record_shapes import RIGHT
from daybook.vocabulary import ASSISTANCE, INTERESTS, REMOVABLE, VERDICTS, Word

QuestionKind = Literal["input", "dropdown", "checkboxes", "textarea"]

NAMES = {
    "title": "Title",
    "authors": "Authors (one a line, all of them)",
    "published": "Day of the first version",
    "abstract": "Abstract",
    "categories": "Categories (one a line, all of them)",
    "withdrawn": "It was withdrawn by its authors (on which day)",
    "retracted": "It was retracted by its publisher (on which day)",
    "organisation": "Organisation",
    "code": "Address of the code",
    "project": "Address of the project page",
    "discussion": "Address of the discussion",
}
"""What the form of corrections calls the values that can be corrected."""


@dataclass(frozen=True, slots=True)
class Question:
    """One element of a form. `choices` are values with the texts that the form shows."""

    id: str
    kind: QuestionKind
    label: str
    help: str
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """An issue form; `kind` is what it asks for. No two forms have the same first three questions."""

    kind: str
    name: str
    description: str
    title: str
    questions: tuple[Question, ...]

    @property
    def path(self) -> str:
        """Its file, from the root of the repository."""
        return f".github/ISSUE_TEMPLATE/{self.kind}.yml"


KINDS = ("paper", "note", "correction")

_PAPER = Question(
    "paper",
    "input",
    "Paper",
    "The arXiv identifier, or the paper's address at arXiv, Hugging Face or doi.org.",
    required=True,
)
_NAME = Question(
    "name",
    "input",
    "Your name",
    "Only the first time: the name that you sign with. It is public, as your login is.",
)


def _words(words: Iterable[Word]) -> tuple[tuple[str, str], ...]:
    return tuple((word.value, word.label) for word in words)


def forms(topics: Iterable[Topic]) -> tuple[Form, ...]:
    """All forms, as the vocabulary and the topics have them now."""
    return (_paper_form(), _note_form(topics), _correction_form())


def _topics(topics: Iterable[Topic]) -> Iterable[Question]:
    """Nothing where there are no topics: GitHub refuses a question without choices."""
    boxes = tuple((topic.slug, f"{topic.slug}: {topic.title}") for topic in topics)
    if boxes:
        yield Question("topics", "checkboxes", "Topics", "What the paper is about.", choices=boxes)


def _paper_form() -> Form:
    return Form(
        "paper",
        "Suggest a paper",
        "A paper that no listing has and that ought to be here.",
        "Paper: ",
        (
            _PAPER,
            Question("title", "input", "Title", "Leave this and the next two empty to let arXiv be asked."),
            Question("authors", "input", "Authors", "All of them, with semicolons between: Ada Example; Bo Example"),
            Question("published", "input", "Published", "The day of the first version, as 2026-01-31."),
            Question("why", "textarea", "Why", "For those who decide; it is not published."),
        ),
    )


def _note_form(topics: Iterable[Topic]) -> Form:
    return Form(
        "note",
        "Write a note",
        "Signed remarks on a paper: what is new, for whom, what to doubt.",
        "Note: ",
        (
            _PAPER,
            _NAME,
            Question("verdict", "dropdown", "Verdict", "Whether to read it.", required=True, choices=_words(VERDICTS)),
            Question("summary", "input", "Summary", "One sentence, at most 200 characters.", required=True),
            *_topics(topics),
            Question(
                "interests",
                "dropdown",
                "Interests",
                "Your tie to the authors. It is shown.",
                required=True,
                choices=_words(INTERESTS),
            ),
            Question(
                "assistance",
                "dropdown",
                "Assistance",
                "What a language model had to do with the text. It is shown.",
                required=True,
                choices=_words(ASSISTANCE),
            ),
            Question("saw_version", "input", "Version", "The arXiv version that you read, as 2."),
            Question(
                "note",
                "textarea",
                "Note",
                "Your own words, in Markdown without HTML; formulas in TeX between dollar signs.",
                required=True,
            ),
        ),
    )


def _correction_form() -> Form:
    wrong = [(field.name, NAMES[field.name]) for field in RIGHT.fields]
    gone = [(f"remove {word.value}", f"Remove: {word.label} ({word.meaning})") for word in REMOVABLE]
    return Form(
        "correction",
        "Correct metadata",
        "Something that sources say of a paper is wrong.",
        "Correction: ",
        (
            _PAPER,
            _NAME,
            Question("wrong", "dropdown", "What is wrong", "One thing a form.", required=True, choices=(*wrong, *gone)),
            Question("reason", "input", "Reason", "What is wrong there, in a sentence. It is shown.", required=True),
            Question("source", "input", "Source", "An address where anybody can see that it is so."),
            Question("right", "textarea", "What is right", "The right value; nothing where it is to be removed."),
        ),
    )
