"""api/v1/ and data/ as Files: what the site holds, for other programs to read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import partial

from daybook import api_formats
from daybook.api_formats import FORMATS, Format, front_of, notes_by_year, papers_by_year
from daybook.api_shapes import INDEX_PATH, WHOLE_PAPER, api_path, notes_path, year_path
from daybook.compact_json import compact
from daybook.fingerprint import fingerprint
from daybook.model import File, PaperId, Settings
from daybook.site import CuratedPaper, Site
from daybook.year_table import table


def api_files(site: Site, program: str) -> Iterator[File]:
    """A file for each thing that the site has a page of, those that lead there, and each year as a whole.

    `program` is the fingerprint of what besides the content decides over their bytes.
    """
    maker = _Maker(site, program)
    for paper in site.papers:
        yield maker.of_paper(paper)
    yield from _collections(site, maker)
    for year, noted in notes_by_year(site).items():
        yield maker.of_papers(api_formats.NOTES, notes_path(year), noted, (), [one.paper for one in noted])
    for year, papers in papers_by_year(site).items():
        yield from maker.of_year(year, papers)
    for form in FORMATS:
        schema = form.schema(site.settings.base_url)
        text = json.dumps(schema, ensure_ascii=True, indent=2) + "\n"
        yield File(form.schema_path, fingerprint(text), text.encode)
    yield maker.file(api_formats.INDEX, INDEX_PATH, front_of(site))


def _collections(site: Site, maker: _Maker) -> Iterator[File]:
    """Days, topics, lists and curators, and what leads to them."""
    yield maker.file(api_formats.DAYS, api_formats.DAYS_PATH, site)
    for day in site.days:
        own = (day.introduction, day.editor, day.coverage, day.neighbours)
        papers = [*day.lead, *day.papers, *day.withdrawn]
        yield maker.of_papers(api_formats.DAY, api_path(day.path), day, own, papers)
    yield maker.file(api_formats.TOPICS, api_formats.TOPICS_PATH, site)
    for topic in site.topics:
        papers = [paper for year in topic.years for paper in (*year.curated, *year.matched)]
        yield maker.of_papers(
            api_formats.TOPIC, api_path(topic.topic.path), topic, (topic.topic, topic.children), papers
        )
    yield maker.file(api_formats.LISTS, api_formats.LISTS_PATH, site)
    for chosen in site.lists:
        signed = (chosen.reading_list, chosen.curator)
        papers = [*(paper for paper, _ in chosen.papers), *chosen.withdrawn]
        yield maker.of_papers(api_formats.LIST, api_path(chosen.reading_list.path), chosen, signed, papers)
    yield maker.file(api_formats.CURATORS, api_formats.CURATORS_PATH, site)
    for one in site.curators:
        has = (one.curator, one.lists, one.owned)
        yield maker.of_papers(api_formats.CURATOR, api_path(one.curator.path), one, has, one.papers)


class _Maker:
    """Makes files. Whatever shows papers is marked by the marks of these, each made once, and by what else it has."""

    def __init__(self, site: Site, program: str) -> None:
        self._settings: Settings = site.settings
        self._program = fingerprint(program, site.settings)
        # Of the noun: making what is told of it, and that into text, takes three times as long.
        self._marks: dict[PaperId, str] = {paper.id: fingerprint(self._program, paper) for paper in site.papers}

    def file(self, form: Format, path: str, noun: object) -> File:
        """A file that is small enough to be marked by all that it says."""
        mark = fingerprint(self._program, form.block.plain(noun, self._settings))
        return File(path, mark, partial(self._body, form, noun))

    def of_paper(self, paper: CuratedPaper) -> File:
        """A paper's own file."""
        mark = self._marks[paper.id]
        return File(api_path(paper.path), mark, partial(self._body, api_formats.PAPERS, paper))

    def of_papers(
        self, form: Format, path: str, noun: object, own: tuple[object, ...], papers: Iterable[CuratedPaper]
    ) -> File:
        """A file that is made of papers and of what it has of its `own`."""
        return File(path, self._of(form.name, own, papers), partial(self._body, form, noun))

    def of_year(self, year: int, papers: list[CuratedPaper]) -> Iterator[File]:
        """The papers of a year in two formats."""
        yield File(year_path(year, ".jsonl"), self._of("jsonl", (), papers), partial(self._lines, papers))
        yield File(year_path(year, ".csv"), self._of("csv", (), papers), partial(self._table, papers))

    def _of(self, kind: str, own: tuple[object, ...], papers: Iterable[CuratedPaper]) -> str:
        return fingerprint(self._program, kind, own, [self._marks[paper.id] for paper in papers])

    def _body(self, form: Format, noun: object) -> bytes:
        return dump(form.block.plain(noun, self._settings)).encode("utf-8", "replace")

    def _lines(self, papers: list[CuratedPaper]) -> bytes:
        return "".join(dump(WHOLE_PAPER.plain(paper, self._settings)) for paper in papers).encode("utf-8", "replace")

    def _table(self, papers: list[CuratedPaper]) -> bytes:
        return table(papers, self._settings).encode("utf-8", "replace")


def dump(value: object) -> str:
    """JSON on one line, without blanks: most files are many and small."""
    return compact(value) + "\n"
