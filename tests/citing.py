"""What programs of others read in our references, and whether that is what our papers say."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import bibtexparser
import rispy
from jsonschema import Draft7Validator
from pybtex.database import Person, parse_string

from daybook import bibtex, csl, ris
from daybook.model import Paper
from daybook.references import Reference, reference
from daybook.tex import Formula, pieces, plain_text

_ESCAPES = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{f"\\{char}": char for char in "&%#_$"},
}
_ESCAPE = re.compile("|".join(map(re.escape, _ESCAPES)))
_CSL = Draft7Validator(json.loads(Path(__file__).with_name("csl_json.schema.json").read_text("utf-8")))
_FORMULA = re.compile(r"(?<!\\)\$(?:\\.|[^$\\])*\$")


def faults(papers: list[Paper]) -> Iterator[str]:
    """All that is wrong with the references of some papers, whoever reads them."""
    references = [reference(paper) for paper in papers]
    keys = Counter(one.key.lower() for one in references)
    yield from (f"{key} stands {count} times" for key, count in keys.items() if count > 1)
    yield from (f"{one.key!r} is no key" for one in references if not re.fullmatch(r"[a-z0-9.-]+", one.key))
    text = "\n".join(map(bibtex.entry, references))
    yield from _faults_of_bibtexparser(text, papers, references)
    yield from _faults_of_pybtex(text, papers, references)
    yield from _faults_of_ris("".join(map(ris.entry, references)), papers, references)
    yield from _faults_of_csl(csl.document(map(csl.entry, references)), papers, references)


def names(paper: Paper) -> list[str]:
    """The names of the authors as all formats should give them back."""
    return [" ".join((plain_text(name) or name).split()) for name in paper.authors]


def from_tex(text: str) -> str:
    """TeX as we write it, as plain text: what is between dollars stays."""
    parts, start = [], 0
    for formula in _FORMULA.finditer(text):
        parts += [unescaped(text[start : formula.start()]), formula[0].replace(r"\%", "%")]
        start = formula.end()
    return "".join([*parts, unescaped(text[start:])])


def unescaped(text: str) -> str:
    """What stands for our escapes of TeX, given back."""
    return _ESCAPE.sub(lambda found: _ESCAPES[found[0]], text)


def title(paper: Paper) -> str:
    """The title with its formulas between single dollars."""
    parts = (f"${one.source}$" if isinstance(one, Formula) else one for one in pieces(paper.title))
    return " ".join("".join(parts).replace(r"\%", "%").split())


def same_title(found: str, paper: Paper) -> bool:
    """Whether a title in BibTeX is the paper's."""
    wanted = title(paper)
    said = from_tex(found.removeprefix("{").removesuffix("}"))
    return said == wanted or said.replace("$$", "$") == wanted


def _faults_of_bibtexparser(text: str, papers: list[Paper], references: list[Reference]) -> Iterator[str]:
    library = bibtexparser.parse_string(text)
    yield from (f"bibtexparser: {block.error}" for block in library.failed_blocks)
    for paper, one in zip(papers, references, strict=True):
        entry = library.entries_dict.get(one.key)
        if entry is None:
            yield f"bibtexparser: {one.key} is not there"
        elif not same_title(str(entry["title"]), paper):
            yield f"bibtexparser: {one.key} has the title {entry['title']!r}, not {title(paper)!r}"
        elif (entry["eprint"], entry["archivePrefix"]) != (paper.id.text, "arXiv"):
            yield f"bibtexparser: {one.key} has the identifier {entry['eprint']!r}"


def _faults_of_pybtex(text: str, papers: list[Paper], references: list[Reference]) -> Iterator[str]:
    entries = parse_string(text, "bibtex").entries
    for paper, one in zip(papers, references, strict=True):
        entry = entries[one.key]
        if not same_title(entry.fields["title"], paper):
            yield f"pybtex: {one.key} has the title {entry.fields['title']!r}"
        found = [name_of(person) for person in entry.persons["author"]]
        if found != names(paper):
            yield f"pybtex: {one.key} has the authors {found}, not {names(paper)}"


def name_of(person: Person) -> str:
    """A name that pybtex took apart, whole again."""
    return _joined(
        person.first_names + person.middle_names, person.prelast_names, person.last_names, person.lineage_names
    )


def _joined(*parts: Iterable[str]) -> str:
    words = (word for part in parts for word in part)
    return unescaped(" ".join(word[1:-1] if word[0] == "{" and word[-1] == "}" else word for word in words))


def _faults_of_ris(text: str, papers: list[Paper], references: list[Reference]) -> Iterator[str]:
    records = rispy.loads(text)
    if len(records) != len(papers):
        yield f"rispy: {len(records)} records of {len(papers)}"
    for paper, one, record in zip(papers, references, records, strict=False):
        if (record["id"], record["title"]) != (one.key, plain_text(paper.title)):
            yield f"rispy: {one.key} has the title {record['title']!r}"
        found = [" ".join(_turned(name.split(", "))) for name in record["authors"]]
        if found != [" ".join(name.replace(",", " ").split()) for name in names(paper)]:
            yield f"rispy: {one.key} has the authors {found}, not {names(paper)}"


def _turned(parts: list[str]) -> list[str]:
    """Family, given, suffix as given, family, suffix."""
    return [*parts[1:2], parts[0], *parts[2:]]


def _faults_of_csl(text: str, papers: list[Paper], references: list[Reference]) -> Iterator[str]:
    items = json.loads(text)
    yield from (f"CSL: {fault.json_path} {fault.message}" for fault in _CSL.iter_errors(items))
    for paper, one, item in zip(papers, references, items, strict=True):
        if (item["id"], item["title"].replace("\u200b", "")) != (
            one.key,
            plain_text(paper.title).replace("\u200b", ""),
        ):
            yield f"CSL: {one.key} has the title {item['title']!r}"
        parts = ("given", "non-dropping-particle", "family", "suffix", "literal")
        found = [" ".join(name[part] for part in parts if part in name) for name in item["author"]]
        if found != names(paper):
            yield f"CSL: {one.key} has the authors {found}, not {names(paper)}"
