"""The references of all papers once more, as small scripts: the page of saved papers makes one file of those it needs.

From disk, a page can load nothing but scripts. Of a paper stands here only what BibTeX and RIS say differently from
paper to paper; the rest, and both formats, are made of it by `static/saved.js/references.js`.
"""

from __future__ import annotations

from collections.abc import Iterator

from daybook import bibtex, ris
from daybook.compact_json import compact
from daybook.model import PaperId
from daybook.references import Reference
from daybook.tex import plain_text

_LAST = 3  # digits that count the papers within a file


def path(id: PaperId) -> str:
    """The file that has a paper: `references/2601.03.js` for 2601.03252. Papers that come later never change it."""
    return f"references/{id.stem[:-_LAST]}.js"


def script(references: list[Reference]) -> bytes:
    """The file of some papers, by the stems of their identifiers, each on a line of its own."""
    rows = ",\n".join(f"{compact(one.id.stem)}:{compact(list(_row(one)))}" for one in references)
    return f"daybook.refer({{\n{rows}}});\n".encode("utf-8", "replace")


def _row(one: Reference) -> Iterator[str | list[str] | int]:
    """What differs: the key's beginning, the day, and title, authors and category in BibTeX.

    After that what is not as before: title, authors and categories in RIS, the note; 0 where nothing is to be said.
    """
    first = [bibtex.escaped(category) for category in one.categories[:1]]
    authors = [bibtex.name(name) for name in one.names]
    title, people = bibtex.title(one), " and ".join(authors)
    yield one.key.removesuffix(f"-{one.id.stem}")
    yield one.published.isoformat()
    yield from (title, people, first[0] if first else 0)
    plain, names = _one_line(plain_text(one.title)), [_one_line(ris.name_of(name)) for name in one.names]
    categories = [_one_line(category) for category in one.categories]
    rest: list[str | list[str] | int] = [
        0 if plain == title else plain,
        0 if names == people.split(" and ") else names,
        0 if categories == first else categories,
        one.note or 0,
    ]
    while rest and rest[-1] == 0:
        rest.pop()
    yield from rest


def _one_line(text: str) -> str:
    return " ".join(text.split())
