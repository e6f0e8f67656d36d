"""The page that documents api/v1/ and data/: made of the declarations of the files, with files of this site shown."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from daybook import api_formats
from daybook.api_formats import DOCUMENTATION, FORMATS, INDEX, Format, front_of, notes_by_year
from daybook.api_kinds import Block, Choice, Field, Kind, Many, Maybe
from daybook.api_shapes import INDEX_PATH, api_path, notes_path, year_path
from daybook.model import Page
from daybook.planner import ABOUT, HOME, Planner
from daybook.site import Site
from daybook.year_table import COLUMNS

_LONGEST_TEXT = 160

# What counts or lists all notes changes with each of them, and so would a page that shows it: to those it only leads.
_SHOWN = (api_formats.DAY, api_formats.PAPERS, api_formats.LIST)


@dataclass(frozen=True, slots=True)
class Row:
    """A key as people read of it: inner keys with those around them, `[]` for each of a list."""

    key: str
    holds: str
    doc: str
    words: tuple[str, ...]
    terms: str


@dataclass(frozen=True, slots=True)
class Described:
    """A kind of file, with one of this site: its path, empty where there is none; what it says, shortened, if shown."""

    name: str
    form: str
    doc: str
    schema_path: str
    rows: tuple[Row, ...]
    path: str
    text: str


def plan_api(planner: Planner) -> Iterator[Page]:
    """What there is for programs, and how to use it."""
    site = planner.site
    front = front_of(site)
    examples = dict(_examples(site))
    yield Page(
        DOCUMENTATION,
        "api.html",
        {
            "frame": planner.frame(DOCUMENTATION, "Data", "All that this site holds, for programs.", (HOME, ABOUT)),
            "settings": site.settings,
            "index": INDEX_PATH,
            "formats": tuple(_describe(form, examples.get(form.name), site) for form in FORMATS),
            "columns": tuple(_rows(COLUMNS)),
            "years": tuple(
                (year, count, year_path(year, ".jsonl"), year_path(year, ".csv")) for year, count in front.papers
            ),
            "notes": tuple((year, notes_path(year)) for year, _ in front.notes),
        },
    )


def _examples(site: Site) -> Iterator[tuple[str, tuple[str, object]]]:
    """For each format that the site has a file of, the path of one and its noun."""
    for form in (api_formats.DAYS, api_formats.TOPICS, api_formats.LISTS, api_formats.CURATORS):
        yield form.name, (form.form, site)
    yield INDEX.name, (INDEX_PATH, front_of(site))
    for day in [day for day in site.days if day.papers][:1]:
        yield api_formats.DAY.name, (api_path(day.path), day)
    for paper in sorted(site.papers, key=lambda paper: not paper.notes)[:1]:
        yield api_formats.PAPERS.name, (api_path(paper.path), paper)
    for topic in sorted(site.topics, key=lambda topic: not topic.count)[:1]:
        yield api_formats.TOPIC.name, (api_path(topic.topic.path), topic)
    for chosen in sorted(site.lists, key=lambda chosen: not chosen.papers)[:1]:
        yield api_formats.LIST.name, (api_path(chosen.reading_list.path), chosen)
    for one in sorted(site.curators, key=lambda one: not one.papers)[:1]:
        yield api_formats.CURATOR.name, (api_path(one.curator.path), one)
    for year, noted in sorted(notes_by_year(site).items(), reverse=True)[:1]:
        yield api_formats.NOTES.name, (notes_path(year), noted)


def _describe(form: Format, example: tuple[str, object] | None, site: Site) -> Described:
    path, text = "", ""
    if example:
        path, noun = example
    if example and form in _SHOWN:
        text = json.dumps(_shortened(form.block.plain(noun, site.settings)), ensure_ascii=False, indent=2)
    shown = form.form.replace("{}", "…")
    return Described(form.name, shown, form.doc, form.schema_path, tuple(_rows(form.block.fields)), path, text)


def _rows(fields: Iterable[Field], before: str = "") -> Iterator[Row]:
    for field in fields:
        inner, key = _inner(field.kind), f"{before}{field.name}"
        words = tuple(word.value for word in inner.words) if isinstance(inner, Choice) else ()
        yield Row(key, field.kind.shown, field.doc, words, field.terms)
        if isinstance(inner, Block):
            yield from _rows(inner.fields, f"{key}{'[]' if isinstance(field.kind, Many) else ''}.")


def _inner(kind: Kind) -> Kind:
    return _inner(kind.kind) if isinstance(kind, Many | Maybe) else kind


def _shortened(value: object) -> object:
    """A JSON value that shows as much as the whole: of each list the first, of each long text the beginning."""
    if isinstance(value, dict):
        return {key: _shortened(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_shortened(each) for each in value[:1]]
    if isinstance(value, str) and len(value) > _LONGEST_TEXT:
        return f"{value[:_LONGEST_TEXT].rstrip()}…"
    return value
