"""What is for other programs to read: references to papers, one by one and by day, topic and reading list; api/v1/.

And for the page of saved papers, which makes such a file in the browser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial

from daybook import bibtex, csl, ris, saved_references
from daybook.api_files import api_files
from daybook.fingerprint import fingerprint
from daybook.generator import program_fingerprint
from daybook.model import File, Paper, PaperId
from daybook.references import BIBTEX, CSL, RIS, Format, Reference, reference
from daybook.site import CuratedPaper, Site

_KEPT = 2_000  # references that are kept for the next file


def export(site: Site) -> Iterator[File]:
    """The references of each paper, and of each collection that lists have; all that the site holds, as data.

    What was withdrawn is in no collection.
    """
    program = program_fingerprint("math-core")
    yield from api_files(site, program)
    exporter = _Exporter(program)
    for paper in site.papers:
        yield from exporter.files(paper.path, [paper])
    for path, papers in collections(site):
        yield from exporter.files(path, papers)
    yield from exporter.scripts(site.papers)


def collections(site: Site) -> Iterator[tuple[str, list[CuratedPaper]]]:
    """The pages that have references of all their papers, where there are any, in the order of the page."""
    pages = [(day.path, [*day.lead, *day.others]) for day in site.days]
    pages += [
        (one.topic.path, [paper for year in one.years for paper in (*year.curated, *year.matched)])
        for one in site.topics
    ]
    pages += [(one.reading_list.path, [paper for paper, _ in one.papers]) for one in site.lists]
    return ((path, papers) for path, papers in pages if papers)


class _Exporter:
    """Makes files of references. A reference is made once for files that follow one another."""

    def __init__(self, program: str) -> None:
        self._program = program
        self._marks: dict[PaperId, str] = {}
        self._reference = lru_cache(_KEPT)(lambda paper: reference(paper))

    def files(self, page: str, papers: Iterable[CuratedPaper]) -> Iterator[File]:
        works = [paper.paper for paper in papers]
        mark = fingerprint(self._program, [self._mark(work) for work in works])
        for form, write in _WRITERS.items():
            yield File(form.path(page), mark, partial(self._draw, write, works))

    def scripts(self, papers: Iterable[CuratedPaper]) -> Iterator[File]:
        """All papers, in files by their identifiers."""
        files: dict[str, list[Paper]] = {}
        for paper in papers:
            files.setdefault(saved_references.path(paper.id), []).append(paper.paper)
        for path, works in files.items():
            mark = fingerprint(self._program, [self._mark(work) for work in works])
            yield File(path, mark, partial(self._script, works))

    def _script(self, works: list[Paper]) -> bytes:
        return saved_references.script([self._reference(work) for work in works])

    def _draw(self, write: Callable[[Iterable[Reference]], str], works: list[Paper]) -> bytes:
        return write(map(self._reference, works)).encode("utf-8", "replace")

    def _mark(self, work: Paper) -> str:
        mark = self._marks.get(work.id)
        if mark is None:
            dates = (work.published.isoformat(), work.withdrawn and work.withdrawn.isoformat(), work.retracted)
            mark = fingerprint((work.id.text, work.title, work.authors, dates, work.categories))
            self._marks[work.id] = mark
        return mark


_WRITERS: dict[Format, Callable[[Iterable[Reference]], str]] = {
    BIBTEX: lambda references: "\n".join(map(bibtex.entry, references)),
    RIS: lambda references: "".join(map(ris.entry, references)),
    CSL: lambda references: csl.document(map(csl.entry, references)),
}
