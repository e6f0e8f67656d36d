"""Cleaning of what sources send, and the refusal of values that no cleaning mends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybook import answer_values as read
from daybook.answer_values import Unfit, Values
from daybook.clean_text import address, is_visible, names, one_line
from daybook.documents import FORBIDDEN, Twice, Unquoted
from daybook.kinds import Day, Kind, Text
from daybook.name_kinds import Url
from daybook.report import Report
from tests.spec_files import Case, cases

CLEANERS = {"one line": one_line, "address": address}
SPECIAL = st.sampled_from("\n\r\t \x00\x85\u2028\u202e\u200b\ufeff\ud800\xa0$é")
TEXTS = st.text() | st.text(SPECIAL | st.characters())
READERS: list[Callable[[object], Any]] = [
    read.authors, read.block, read.categories, read.count, read.day, read.identifier, read.name, read.repository,
    read.text, read.title, read.web_address, read.words,
]  # fmt: skip
SCALARS = (
    st.none() | st.booleans() | st.integers() | TEXTS | st.just(Twice()) | st.just(Unquoted("NaN", "a number"))
    | st.sampled_from(["2401.01234v2", "hep-th/9901001", "2026-01-05T10:00:00.000Z", "https://naps.example//", "cs.HC"])
)  # fmt: skip
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3))


def outcome(reader: Callable[[object], Any], value: object) -> Any:
    """What a reader makes of a value: what it reads, or the reason why it does not."""
    try:
        return reader(value)
    except Unfit as reason:
        return reason


@pytest.mark.parametrize("case", cases("clean_text.md"), ids=str)
def test_text_is_cleaned_as_the_spec_says(case: Case) -> None:
    assert CLEANERS[case.section](case.source) == case.expected


@given(TEXTS)
def test_a_cleaned_text_is_one_line_that_the_checker_takes(text: str) -> None:
    cleaned = one_line(text)
    assert one_line(cleaned) == cleaned
    assert not FORBIDDEN.search(cleaned)
    report = Report()
    assert Text().read(cleaned, report) == (cleaned or None)
    assert bool(report.findings) == (not cleaned)


@given(TEXTS)
def test_nothing_that_is_seen_gets_lost(text: str) -> None:
    assert "".join(one_line(text).split()) == "".join(FORBIDDEN.sub("", part) for part in text.split())


def test_half_a_pair_is_taken_out_and_a_whole_one_stays() -> None:
    assert one_line("a \ud83d b \U0001f634") == "a  b \U0001f634"


def test_a_megabyte_of_blanks_takes_no_time_to_speak_of() -> None:
    """A pattern that looks for the break behind every blank would still be at it tomorrow."""
    assert one_line("x" + " " * 1_000_000 + "x\n") == "x" + " " * 1_000_000 + "x"


def test_names_stand_once_in_their_order() -> None:
    assert names(["Bo", " Ada\n Ash", "", "Bo ", "\u200b", "Ada Ash", "bo"]) == ("Bo", "Ada Ash", "bo")


@pytest.mark.parametrize(("text", "visible"), [("a", True), (" .", True), ("", False), ("\u200b \u00ad", False)])
def test_there_is_something_to_see(text: str, visible: bool) -> None:
    assert is_visible(text) is visible


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
@given(value=VALUES)
def test_a_reader_reads_or_refuses_in_one_printable_line(reader: Callable[[object], Any], value: object) -> None:
    found = outcome(reader, value)
    assert found is not None
    if isinstance(found, Unfit):
        assert str(found).isprintable()
        assert len(str(found)) < 300


@given(VALUES)
def test_a_day_or_an_address_that_is_read_is_one_to_the_checker(value: object) -> None:
    report = Report()
    kinds: list[tuple[Callable[[object], Any], Kind]] = [
        (read.day, Day()),
        (read.web_address, Url()),
        (read.repository, Url()),
    ]
    for reader, kind in kinds:
        found = outcome(reader, value)
        if not isinstance(found, Unfit):
            kind.read(kind.plain(found), report)
    assert report.findings == []


@pytest.mark.parametrize(
    ("reader", "value", "reason"),
    [
        (read.title, "x" * 10_000_000, "has 10,000,000 characters, more than 1,000"),
        (read.text, "x" * 50_001, "has 50,001 characters, more than 50,000"),
        (read.title, True, "is true, not text"),
        (read.title, {}, "is a block of keys, not text"),
        (read.title, Unquoted("1.5", "a number"), "is a number, not text"),
        (read.title, Twice(), "is given twice, not text"),
        (read.authors, ["x"] * 10_001, "are 10,001, more than 10,000"),
        (read.authors, ["x" * 301], "have one of 301 characters among them, more than 300"),
        (read.authors, [" ", ""], "name nobody"),
        (read.words, "naps", 'are "naps", not a list'),
        (read.count, 10**15, "is 1000000000000000, not a whole number from 0 up"),
        (read.count, True, "is true, not a whole number from 0 up"),
        (read.day, "20260105", 'is "20260105", which is no date'),
        (read.day, "1899-12-31", 'is "1899-12-31", which is no date'),
        (read.web_address, "https://x/" + "a" * 2_000, "has 2,010 characters, more than 2,000"),
        (read.web_address, " ", '" " is empty'),
    ],
    ids=lambda value: getattr(value, "__name__", ascii(value)[:30]),
)
def test_what_is_unfit_is_refused_with_the_reason(
    reader: Callable[[object], object], value: object, reason: str
) -> None:
    with pytest.raises(Unfit) as refused:
        reader(value)
    assert str(refused.value) == reason


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("2026-01-05", date(2026, 1, 5)),
        ("2026-01-05T23:59:59.999Z", date(2026, 1, 5)),
        ("2016-10-09T20:00:00-04:00", date(2016, 10, 10)),
        ("2016-10-09T01:00:00+02:00", date(2016, 10, 8)),
    ],
)
def test_a_day_is_that_of_greenwich(value: str, found: date) -> None:
    assert read.day(value) == found


def test_664_authors_are_fine() -> None:
    assert len(read.authors([f"Author {number}" for number in range(664)])) == 664


def test_what_an_entry_can_do_without_is_left_out_and_told() -> None:
    values = Values({"votes": None, "stars": "many", "inner": [1]})
    assert [values.may(key, read.count) for key in ("votes", "stars", "none")] == [None, None, None]
    assert values.inner("inner").may("x", read.count) is None
    assert values.omitted == [
        'Its stars is "many", not a whole number from 0 up',
        "Its inner is a list, not a block of keys",
    ]
    with pytest.raises(Unfit, match=r"^It has no title$"):
        values.need("title", read.title)


@pytest.mark.parametrize(
    ("block", "label"),
    [
        ({"id": "http://arxiv.org/abs/2401.01234v3", "title": "T"}, "2401.01234"),
        ({"id": "../../x", "title": "T"}, '"../../x"'),
        ({"id": 7, "title": "T\n <b>\u202e"}, '"T <b>"'),
        ({"id": " ", "title": None}, "An entry without identifier and title"),
    ],
)
def test_a_dropped_entry_is_called_by_what_it_says_of_itself(block: dict[str, object], label: str) -> None:
    assert read.label(block) == label
