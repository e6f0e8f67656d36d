"""Listings and picks as files: what is written is what was read, and the other way round."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybook import model, paper_id
from daybook.documents import FORBIDDEN
from daybook.listing_json import dump_listing, dump_pick, read_listing, read_pick
from daybook.vocabulary import SOURCES

BASE = Path(__file__).parent / "invalid" / "base" / "content"
PATH = "content/listings/2026/01/2026-01-05.arxiv.json"

BLOCKS = st.text(min_size=1).filter(lambda text: bool(text.strip()) and not FORBIDDEN.search(text))
LINES = BLOCKS.filter(lambda text: "\n" not in text)
COUNTS = st.integers(0, 10**14)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
URLS = st.sampled_from(["https://example.org/", "http://example.org:80/a?b=c#ü"])
SLUGS = st.from_regex(r"x[a-z0-9]{0,10}(-[a-z0-9]{1,10})?", fullmatch=True)
MONTHS = st.integers(1, 12)
NEW_IDS = st.builds("{}{:02}.{:05}".format, st.integers(15, 26), MONTHS, st.integers(1, 99999))
OLD_IDS = st.builds("hep-th/{}{:02}{:03}".format, st.integers(92, 99), MONTHS, st.integers(1, 999))


def some(values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(values, max_size=3).map(tuple)


PAPERS = st.builds(
    model.Paper,
    id=(NEW_IDS | OLD_IDS).map(paper_id.normalise),
    title=LINES,
    authors=st.lists(LINES, min_size=1, max_size=3).map(tuple),
    published=DAYS,
    abstract=st.none() | BLOCKS,
    categories=some(LINES),
    version=st.none() | st.integers(1, 99),
    withdrawn=st.none() | DAYS,
)
ENTRIES = st.builds(
    model.Entry,
    paper=PAPERS,
    votes=st.none() | COUNTS,
    comments=st.none() | COUNTS,
    stars=st.none() | COUNTS,
    organisation=st.none() | st.builds(model.Organisation, slug=SLUGS, name=LINES),
    submitter=st.none() | LINES,
    code=st.none() | URLS,
    project=st.none() | URLS,
    discussion=st.none() | URLS,
    keywords=some(LINES),
    summary=st.none() | st.builds(model.MachineText, text=BLOCKS, model=st.none() | LINES),
    last_seen=st.none() | DAYS,
)
SOURCE_NAMES = st.sampled_from([source.slug for source in SOURCES])
LISTINGS = st.builds(
    model.Listing,
    source=SOURCE_NAMES,
    date=DAYS,
    read=DAYS,
    complete=st.booleans(),
    entries=st.lists(ENTRIES, max_size=4, unique_by=lambda entry: entry.paper.id).map(tuple),
    dropped=st.lists(st.builds(model.Dropped, what=LINES, reason=LINES), max_size=2).map(tuple),
)
PICKS = st.builds(model.Pick, source=SOURCE_NAMES, entry=ENTRIES, read=st.none() | DAYS)


@given(LISTINGS)
def test_a_listing_is_read_as_it_was_written(listing: model.Listing) -> None:
    text = dump_listing(listing)
    assert read_listing(text, PATH) == listing
    assert_canonical(text)


@given(PICKS)
def test_a_pick_is_read_as_it_was_written(pick: model.Pick) -> None:
    text = dump_pick(pick)
    assert read_pick(text, PATH) == pick
    assert_canonical(text)


def assert_canonical(text: str) -> None:
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    assert not holds_null(json.loads(text))


def holds_null(value: object) -> bool:
    if isinstance(value, dict | list):
        return any(map(holds_null, value.values() if isinstance(value, dict) else value))
    return value is None


def test_a_file_is_written_as_it_was_read() -> None:
    listing = (BASE / "listings/2026/01/2026-01-05.huggingface.json").read_text("utf-8")
    assert dump_listing(read_listing(listing, PATH)) == listing
    pick = (BASE / "picks/hep-th-9901001.json").read_text("utf-8")
    assert dump_pick(read_pick(pick, PATH)) == pick


def test_an_empty_day_says_so() -> None:
    day = date(2026, 1, 5)
    assert dump_listing(model.Listing("arxiv", day, day, False, ())) == (
        '{\n  "complete": false,\n  "date": "2026-01-05",\n  "entries": [],\n'
        '  "read": "2026-01-05",\n  "source": "arxiv"\n}\n'
    )


def test_characters_stay_as_they_are() -> None:
    assert '"title": "Ünïcode / 李 <b> 𝄞"' in dump_pick(titled("Ünïcode / 李 <b> 𝄞"))


def test_half_a_surrogate_pair_is_written_and_then_refused_by_name() -> None:
    text = dump_pick(titled("half \ud800 pair"))
    assert '"title": "half \\ud800 pair"' in text.encode("utf-8").decode("utf-8")
    assert problems(text) == ["content/picks/a.json:8:14: DB106"]


WRONG_PAPER = ["content/picks/a.json:2:24: DB303"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["content/picks/a.json:1:1: DB210"]),
        ("[]", ["content/picks/a.json:1:1: DB303"]),
        ('{"source": "arxiv",\n"votes": NaN, "paper": 1}', ["content/picks/a.json:2:10: DB310", *WRONG_PAPER]),
        ('{"source": "arxiv",\n "paper": {}}', ["content/picks/a.json:2:11: DB302"] * 4),
    ],
)
def test_mistakes_are_told_all_together(text: str, found: list[str]) -> None:
    assert problems(text) == found


def titled(title: str) -> model.Pick:
    paper = model.Paper(paper_id.normalise("2401.01234"), title, ("Ada Example",), date(2024, 1, 2))
    return model.Pick("arxiv", model.Entry(paper))


def problems(text: str) -> list[str]:
    """Place and code of each problem of a pick."""
    with pytest.raises(model.Invalid) as caught:
        read_pick(text, "content/picks/a.json")
    return [" ".join(str(problem).split(" ")[:2]) for problem in caught.value.problems]
