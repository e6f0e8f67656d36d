"""RIS, for reference managers: two letters and a value a line, https://en.wikipedia.org/wiki/RIS_(file_format).

There is no type for preprints. A paper is a report (RPRT) of the type preprint, published by arXiv under its
identifier: Zotero, Mendeley and EndNote keep all of that, while GEN and UNPB become journal articles in Zotero.
"""

from __future__ import annotations

from collections.abc import Iterator

from daybook.person_names import Name
from daybook.references import Reference
from daybook.tex import plain_text


def entry(reference: Reference) -> str:
    """One record; lines end as the format wants it."""
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in _lines(reference)) + "\r\n"


def _lines(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "TY", "RPRT"
    yield "ID", reference.key
    yield "TI", plain_text(reference.title)
    yield from (("AU", name_of(name)) for name in reference.names)
    yield "PY", str(reference.published.year)
    yield "DA", reference.published.isoformat().replace("-", "/")
    yield "PB", "arXiv"
    yield "M3", "Preprint"
    yield "SN", f"arXiv:{reference.id}"
    yield "DO", reference.id.doi
    yield "UR", reference.id.abstract_url
    yield from (("KW", category) for category in reference.categories)
    if reference.note:
        yield "N1", reference.note
    yield "ER", ""


def name_of(name: Name) -> str:
    """`van der Maaten, Laurens`, `Barbosa, Jader, Jr.`."""
    if name.literal:  # a comma would make the rest of it a given name
        return name.literal.replace(",", " ")
    family = f"{name.particle} {name.family}" if name.particle else name.family
    return ", ".join(part for part in (family, name.given, name.suffix) if part)
