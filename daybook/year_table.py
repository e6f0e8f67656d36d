"""A year's papers as one table, for spreadsheets: RFC 4180, UTF-8 without a mark at the beginning, a line of names.

A spreadsheet may take a cell for a formula and run it, whoever wrote it, quotes or not. So a cell that would begin with
one of `= + - @`, their wide forms, a tab or a line break has an apostrophe in front, and so has one that begins with an
apostrophe: whoever takes one apostrophe off has what was there (https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from daybook.api_kinds import TEXT, WHOLE, Block, Field, Many, Maybe, SiteTerms
from daybook.api_shapes import PAPER, stem
from daybook.model import Settings
from daybook.site import CuratedPaper
from daybook.vocabulary import VERDICTS

_RISKY = tuple("=+-@\uff1d\uff0b\uff0d\uff20\t\r\n'")
_OF_PAPER = {field.name: field for field in PAPER.fields}


def _same(*names: str) -> tuple[Field, ...]:
    """Columns that are what the file of the paper has under the same names."""
    return tuple(_OF_PAPER[name] for name in names)


def _terms(name: str) -> Field:
    return Field(f"{name}_licence", SiteTerms(name), f"The terms of what is marked with “{name}”.", lambda _: None)


COLUMNS = (
    *_same("id", "title", "authors", "published", "first_listed", "categories", "version"),
    *_same("votes", "comments", "stars", "counts_read"),
    Field("organisation", Maybe(TEXT), _OF_PAPER["organisation"].doc,
          lambda paper: paper.entry.organisation and paper.entry.organisation.name, "counts"),
    *_same("code", "project", "discussion"),
    Field("topics", Many(TEXT), "The slugs of the topics that it is in.",
          lambda paper: [stem(one.topic) for one in paper.topics]),
    *_same("lists"),
    Field("note_count", WHOLE, "How many notes stand on it.", lambda paper: len(paper.notes)),
    Field("verdicts", Many(TEXT), f"Theirs, oldest first: {', '.join(word.value for word in VERDICTS)}.",
          lambda paper: [signed.note.verdict for signed in paper.notes], "notes"),
    *_same("url", "page", "json"),
    *map(_terms, ("metadata", "counts", "notes")),
)  # fmt: skip

_ROW = Block(COLUMNS)


def table(papers: Iterable[CuratedPaper], settings: Settings) -> str:
    """The table of some papers, a row each, in their order."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(field.name for field in COLUMNS)
    rows.writerows([cell(value) for value in _ROW.plain(paper, settings).values()] for paper in papers)
    return text.getvalue()


def cell(value: object) -> str:
    """A value as a cell: nothing for null, `; ` between what a list has."""
    text = "" if value is None else "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(_RISKY) else text
