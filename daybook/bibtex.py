r"""BibTeX, for bibtex, biber and the programs that read their files. UTF-8, so that accents are what they are.

A paper is a `@misc` with `eprint`, `archivePrefix` and `primaryClass`, as arXiv itself writes it: LaTeX prints the
identifier with every common style, biber links it, and Zotero makes it a document with the identifier in `extra`.
(`@online` would be a web page there, without identifier, and `@article` a journal article.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from daybook.person_names import Name
from daybook.references import Reference
from daybook.tex import Formula, pieces

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "&%#_$"},
}
_TO_ESCAPE = re.compile(r"[\\{}~^&%#_$]")
_BARE_PERCENT = re.compile(r"(\\.)|%", re.DOTALL)


def entry(reference: Reference) -> str:
    """One entry, its fields in lines."""
    return misc(reference.key, _fields(reference))


def misc(key: str, fields: Iterable[tuple[str, str]]) -> str:
    """An entry of things that have no kind of their own; the values of its fields are TeX in braces, or macros."""
    lines = "".join(f"  {name} = {value},\n" for name, value in fields)
    return f"@misc{{{key},\n{lines}}}\n"


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    # Doubled braces keep the capitals of a title, whatever the style does to others.
    yield "title", f"{{{{{title(reference)}}}}}"
    yield "author", f"{{{' and '.join(map(name, reference.names))}}}"
    yield "year", f"{{{reference.published.year}}}"
    yield "month", MONTHS[reference.published.month - 1]
    yield "eprint", f"{{{reference.id}}}"
    yield "archivePrefix", "{arXiv}"
    if reference.categories:
        yield "primaryClass", f"{{{escaped(reference.categories[0])}}}"
    yield "doi", f"{{{reference.id.doi}}}"
    yield "url", f"{{{reference.id.abstract_url}}}"
    if reference.note:
        yield "note", f"{{{reference.note}}}"


def title(reference: Reference) -> str:
    """The title as TeX: formulas stay, all else is escaped."""
    parts = (_formula(part) if isinstance(part, Formula) else escaped(part) for part in pieces(reference.title))
    return " ".join("".join(parts).split())


def _formula(formula: Formula) -> str:
    source = _BARE_PERCENT.sub(lambda found: found[1] or r"\%", formula.source)
    return f"${source}$" if _is_balanced(source) else escaped(formula.text)


def _is_balanced(source: str) -> bool:
    """Would BibTeX, to which an escaped brace is a brace, find the end of the field? And TeX that of the formula?"""
    depth = 0
    for char in source:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0 and not source.endswith("\\") and "$" not in source


def name(parts: Name) -> str:
    """`van der Maaten, Laurens`, `Barbosa, Jr., Jader`; a group in braces, so that nothing takes it apart.

    So is a family name in lower case (`{wu}, zhiliang`), which biber would take for a particle. `others`, as some
    sources end a long list, is what BibTeX itself calls them.
    """
    if parts.literal:
        return "others" if parts.literal == "others" else f"{{{escaped(parts.literal)}}}"
    family = escaped(parts.family)
    if parts.particle:
        family = f"{escaped(parts.particle)} {family}"
    elif family[0].islower():
        family = f"{{{family}}}"
    return ", ".join((family, *(escaped(part) for part in (parts.suffix, parts.given) if part)))


def escaped(text: str) -> str:
    """Plain text as TeX."""
    return _TO_ESCAPE.sub(lambda found: _SPECIAL[found[0]], text)
