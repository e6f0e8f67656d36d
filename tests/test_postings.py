"""The tables of words are what one reads in the papers, whatever these are and however they are put together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from daybook import columns, shard
from daybook.assemble import assemble
from daybook.front import front_coded
from daybook.index import index
from daybook.kept import Kept
from daybook.model import Content
from daybook.postings import Postings, part
from daybook.search_format import IS_PROSE
from daybook.search_lists import Term, read_heavy, read_light, read_places
from daybook.search_numbers import number
from daybook.search_papers import filters, texts
from daybook.site import CuratedPaper
from daybook.tabulate import KEPT, tabulate
from daybook.tokens import BREAK, START, STOP_NUMBERS, fallen, is_joined, tokenise
from tests.contents import contents
from tests.nouns import content, entry, listing

Scratch = pytest.TempPathFactory

# Whole contents are large, and are shown only where a test fails.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

Lists = dict[str, dict[int, dict[int, tuple[int, list[Any]]]]]
"""By term, paper and field: the length of the field, and for each time the passage, the place and the stop words."""


def read_plainly(papers: dict[int, CuratedPaper]) -> Lists:
    """What the tables should say, read in the plainest way."""
    lists: Lists = {}
    for paper, curated in papers.items():
        for field, text in enumerate(texts(curated)):
            times = list(read_field(text, is_prose=IS_PROSE[field]))
            for term, *time in times:
                cells = lists.setdefault(term, {}).setdefault(paper, {})
                cells.setdefault(field, (len(times), []))[1].append(tuple(time))
        for one in filters(curated):
            lists.setdefault(one, {})[paper] = {}
    return lists


def read_field(text: str, *, is_prose: bool) -> list[tuple[str, int, int, tuple[int, ...]]]:
    found: list[tuple[str, int, int, tuple[int, ...]]] = []
    stops: tuple[int, ...] = ()
    passage, place = -1, 0
    for said in (one for token in tokenise([text]) for one in fallen(token, is_prose)):
        if said in (START, BREAK):
            passage, place, stops = passage + 1, place + (passage >= 0), ()
        elif said in STOP_NUMBERS:
            stops = (*stops, STOP_NUMBERS[said])
        elif is_joined(said):
            found.append((said, passage, -1, ()))
        else:
            found.append((said, passage, place, stops))
            place, stops = place + 1, ()
    return found


def said_of(tables: Postings, terms: list[Term]) -> Lists:
    """What was read back, with the places, which are written apart."""
    (written,) = columns.places(columns.parts_of(tables, [0, len(tables.terms)]))
    places = read_places(written, terms)
    return {
        term.text: {
            posting.paper: {
                cell.field: (cell.length, list(times_of(term, posting.paper, cell.field, places, cell.frequency)))
                for cell in posting.cells
            }
            for posting in term.postings.values()
        }
        for term in terms
    }


def times_of(term: Term, paper: int, field: int, places: dict[str, Any], frequency: int) -> Iterator[Any]:
    yield from places[term.text][paper][field] if term.text in places else [(-1, ())] * frequency


def without_passages(lists: Lists) -> Lists:
    """Passages are told once for each time that a word stands in another one; see passages_of."""
    return {
        term: {
            paper: {field: (length, [time[1:] for time in times]) for field, (length, times) in cells.items()}
            for paper, cells in papers.items()
        }
        for term, papers in lists.items()
    }


def passages_of(lists: Lists) -> dict[tuple[str, int, int], list[int]]:
    return {
        (term, paper, field): sorted({time[0] for time in times})
        for term, papers in lists.items()
        for paper, cells in papers.items()
        for field, (_, times) in cells.items()
    }


@given(contents())
@settings(max_examples=25)
def test_what_is_written_is_what_stands_in_the_papers(tmp_path_factory: Scratch, any_content: Content) -> None:
    site = assemble(any_content)
    numbers = number([paper.first for paper in site.papers])
    tables = tabulate(site, tmp_path_factory.mktemp("checkout"))
    plain = read_plainly(dict(zip(numbers.of_papers, site.papers, strict=True)))
    assert tables.terms == sorted(plain)
    if not tables.terms:
        return
    named = " ".join(front_coded(tables.terms))
    (light,) = columns.light(columns.parts_of(tables, [0, len(tables.terms)]), numbers.scale)
    terms = read_light([named, light], "chunk", numbers.scale)
    assert said_of(tables, terms) == without_passages(plain)
    assert passages_of(plain) == {
        (term.text, posting.paper, cell.field): list(cell.passages)
        for term in terms
        for posting in term.postings.values()
        for cell in posting.cells
    }
    written = columns.heavy(columns.parts_of(tables, range(len(terms) + 1)), numbers.scale)
    for term, (lists, *others) in zip(terms, zip(*written, strict=True), strict=True):
        files: list[Any] = [[front_coded([term.text])[0], lists], *others]
        assert read_heavy(files, "chunk", numbers.scale).postings == term.postings


@given(contents())
@settings(max_examples=25)
def test_files_that_are_made_together_are_as_when_made_alone(tmp_path_factory: Scratch, any_content: Content) -> None:
    site = assemble(any_content)
    files = [*index(site, tabulate(site, tmp_path_factory.mktemp("checkout")))]
    for together, group in groupby(files, key=lambda file: file.together):
        if together:
            some = [*group][::2]
            assert [*together([file.path for file in some])] == [file.body() for file in some]


@given(contents())
@settings(max_examples=25)
def test_parts_are_views_of_the_whole(tmp_path_factory: Scratch, any_content: Content) -> None:
    tables = tabulate(assemble(any_content), tmp_path_factory.mktemp("checkout"))
    if len(tables.terms) < 6:
        return
    middle = len(tables.terms) // 2
    apart = part(tables, [(0, 2), (middle, middle + 1), (len(tables.terms) - 2, len(tables.terms))])
    again = part(part(tables, [(0, middle + 1), (middle + 1, len(tables.terms))]), [(0, len(tables.terms))])
    assert same(again, tables)
    assert apart.terms == [*tables.terms[:2], tables.terms[middle], *tables.terms[-2:]]
    assert len(apart.papers) == apart.posting_starts[-1]
    assert len(apart.stops) == apart.stop_starts[-1]


@given(contents())
@settings(max_examples=25)
def test_tables_are_kept_as_they_are(tmp_path_factory: Scratch, any_content: Content) -> None:
    tables = tabulate(assemble(any_content), tmp_path_factory.mktemp("checkout"))
    assert same(shard.load(shard.dump(tables)), tables)


def same(one: Postings, other: Postings) -> bool:
    names = [field.name for field in fields(Postings) if field.name != "terms"]
    return one.terms == other.terms and all((getattr(one, n) == getattr(other, n)).all() for n in names)


def test_a_change_of_a_list_changes_its_digest_and_no_other(tmp_path: Path) -> None:
    def digests(title: str, abstract: str = "Naps. Tea.") -> dict[str, tuple[int, ...]]:
        papers = (entry(1, title="On sheep"), entry(2, title=title, abstract=abstract))
        tables = tabulate(assemble(content(listings=(listing(date(2026, 1, 5), *papers),))), tmp_path)
        return {term: tuple(two.tolist()) for term, two in zip(tables.terms, tables.digests, strict=True)}

    before = digests("A nap of sheep")
    for title, abstract, other in (
        ("A nap of birds", "Naps. Tea.", {"sheep", "birds"}),
        ("Sheep of a nap", "Naps. Tea.", {"sheep", "nap"}),  # other places
        ("A nap for sheep", "Naps. Tea.", {"sheep"}),  # another stop word
        ("A nap of sheep", "Naps tea.", {"tea"}),  # another sentence
    ):
        after = digests(title, abstract)
        assert {term for term in before.keys() | after.keys() if before.get(term) != after.get(term)} == other


def test_what_is_kept_is_not_trusted(tmp_path: Path) -> None:
    """Cut, garbled, of another month, or not to be read: the tables are the same."""
    days = [listing(date(2026, month, 5), entry(month, title=f"Naps {month}")) for month in (1, 2, 3)]
    site = assemble(content(listings=tuple(days)))
    tables = tabulate(site, tmp_path)
    kept = sorted(Kept(tmp_path, KEPT).folder.iterdir())
    assert len(kept) == 3
    first, second, third = (path.read_bytes() for path in kept)
    for bodies in (
        (first[:-1], second, third),
        (b"", b"x", third[:40] + b"!" + third[41:]),
        (second, third, first),
    ):
        for path, body in zip(kept, bodies, strict=True):
            path.write_bytes(body)
        assert same(tabulate(site, tmp_path), tables)
    for path in kept:
        path.unlink()
        path.mkdir()
    assert same(tabulate(site, tmp_path), tables)


def test_what_is_not_needed_is_not_kept(tmp_path: Path) -> None:
    for title in ("Naps", "Tea"):
        tabulate(assemble(content(listings=(listing(date(2026, 1, 5), entry(1, title=title)),))), tmp_path)
    assert len(list(Kept(tmp_path, KEPT).folder.iterdir())) == 1
