"""The query language: one description, two implementations."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybook import paper_id
from daybook.query import LONGEST, MOST_PARTS, parse
from tests.browser import Window
from tests.search_told import TOLD_BY_JAVASCRIPT, told
from tests.searching import open_search
from tests.sites import BuiltSite
from tests.spec_files import Case, cases

NAMES = ["title:", "author:", "note:", "topic:", "org:", "curator:", "has:", "is:", "date:", "like:", "sort:", "foo:"]
PIECES = [
    "-", '"', "“", "”", "*", ":", "..", "2026", "2026-01", "2026-W02", "the", "of", "k-means", "4.5", "ŁÓ", "ﬁ", "ß",
    "İ", "Σς", "が", "機械", "한국", "\\alpha", "note", "code", "newest", "2510.13912", "hep-th/9901001", "/", "|",
]  # fmt: skip
# What both know: Unicode grows, and a browser may know letters that Python does not, or the other way round.
ANYTHING = st.text(st.characters(exclude_categories=["Cn", "Cs"]), max_size=4)
QUERIES = st.lists(st.one_of(st.sampled_from([*NAMES, *PIECES, " ", "\u3000"]), ANYTHING)).map("".join)


@pytest.mark.parametrize("case", cases("query.md"), ids=str)
def test_case(case: Case) -> None:
    assert told(parse(case.source)) == case.expected


def test_the_browser_reads_the_same(toy_site: BuiltSite, window: Window) -> None:
    open_search(window, toy_site)
    for case in cases("query.md"):
        assert window.ask(TOLD_BY_JAVASCRIPT, case.source) == case.expected, case.title


@given(st.lists(QUERIES, min_size=20, max_size=20))
def test_the_browser_reads_anything_in_the_same_way(toy_site: BuiltSite, window: Window, queries: list[str]) -> None:
    if "search.html" not in window.page.url:
        open_search(window, toy_site)
    script = f"async queries => Promise.all(queries.map({TOLD_BY_JAVASCRIPT}))"
    assert window.ask(script, queries) == [told(parse(query)) for query in queries]


@given(QUERIES)
def test_anything_is_a_query(text: str) -> None:
    query = parse(text)
    assert len(query.wanted) <= LONGEST
    assert query.sort in ("relevance", "newest", "votes")
    for span in query.spans:
        assert span.start <= span.end
    for one in query.filters:
        assert re.fullmatch(r"[a-z]+:\S+", one.term)


@given(st.lists(st.text("abc", min_size=1, max_size=3), min_size=MOST_PARTS + 1, max_size=60))
def test_parts_are_counted(words: list[str]) -> None:
    query = parse(" ".join(words))
    assert len(query.wanted) + len(query.left_out) == MOST_PARTS
    assert len(query.refused) == 1


@given(st.text(min_size=LONGEST, max_size=2 * LONGEST))
def test_what_is_too_long_is_cut(text: str) -> None:
    assert told(parse(text)) == told(parse(text[:LONGEST]))


def test_the_browser_knows_identifiers_as_python_does(toy_site: BuiltSite, window: Window) -> None:
    open_search(window, toy_site)
    window.ask("daybook.need('identifier')")
    for case in cases("paper_ids.md"):
        lines = case.source.split("\n")
        assert window.ask("lines => lines.map(daybook.identifier)", lines) == [identifier(line) for line in lines], case


def identifier(text: str) -> str | None:
    try:
        return str(paper_id.normalise(text))
    except ValueError:
        return None
