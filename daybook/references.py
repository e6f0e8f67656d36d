"""A paper as a list of references has it: what is cited of it, and under which key.

**Keys.** `maaten2008visualizing-0801.01234`: the first author's family name, the year, the first word of the title that
tells something, and the arXiv identifier. A key is made of its own paper alone, so that it stays what it is when
others come; no two are alike, since no two identifiers are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date

from daybook.model import Paper, PaperId
from daybook.names import fold
from daybook.person_names import Name, parted
from daybook.tex import plain_text

_UNTELLING = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "how", "i", "in", "into", "is",
    "it", "its", "of", "on", "or", "our", "that", "the", "their", "this", "to", "toward", "towards", "via", "we",
    "what", "when", "where", "which", "why", "with", "without", "you", "your",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Format:
    """A format of references: the ending of its files, and what pages call it."""

    suffix: str
    label: str

    def path(self, page: str) -> str:
        """The file with the references of what a page shows."""
        return f"{page.removesuffix('.html')}{self.suffix}"


BIBTEX, RIS, CSL = Format(".bib", "BibTeX"), Format(".ris", "RIS"), Format(".csl.json", "CSL-JSON")
FORMATS = (BIBTEX, RIS, CSL)


@dataclass(frozen=True, slots=True)
class Reference:
    """What is cited of a paper. `title` may hold TeX, as the source has it; all else is plain text of one line. `note`
    tells of a work that no longer stands since when, and whether its authors took it back or its publisher.

    No abstract: nobody cites it, and every paper stands in three files of its own and in those of its collections.
    """

    key: str
    id: PaperId
    title: str
    names: tuple[Name, ...]
    published: Date
    categories: tuple[str, ...]
    note: str


def reference(paper: Paper) -> Reference:
    """The reference to a paper."""
    names = tuple(parted(plain_text(name) or name) for name in paper.authors)
    return Reference(
        key=_key(paper, names),
        id=paper.id,
        title=paper.title,
        names=names,
        published=paper.published,
        categories=paper.categories,
        note=f"{'Retracted' if paper.retracted else 'Withdrawn'} on {paper.withdrawn}" if paper.withdrawn else "",
    )


def _key(paper: Paper, names: tuple[Name, ...]) -> str:
    family = _first(_words(names[0].sorted_by if names else ""), "anonymous")
    word = _first(_words(plain_text(paper.title)), "")
    return f"{family}{paper.published.year}{word}-{paper.id.stem}"


def _words(text: str) -> list[str]:
    """The words of a text in the letters of BibTeX's keys."""
    return re.findall("[a-z0-9]+", re.sub("['’]", "", fold(text)))


def _first(words: Iterable[str], otherwise: str) -> str:
    return next((word for word in words if word not in _UNTELLING), otherwise)
