"""How a stored day and a stored pick grow: by union, towards the newer reading, and never by losing anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from daybook.grow import grow, grow_pick
from daybook.listing_json import dump_listing, read_listing
from daybook.model import Dropped, Entry, Listing, MachineText, Organisation, Pick
from daybook.vocabulary import THIRD_PARTY
from tests.nouns import entry, paper_id

DAY = date(2026, 1, 5)


def perhaps(*values: object) -> st.SearchStrategy[object]:
    return st.none() | st.sampled_from(values)


DAYS = st.dates(DAY, DAY + timedelta(3))
ENTRIES = st.builds(
    entry,
    st.integers(1, 4),
    title=st.sampled_from(["One title", "Another title"]),
    abstract=perhaps("Short.", "Longer."),
    categories=st.sampled_from([(), ("cs.LG",), ("cs.AI", "cs.LG")]),
    version=perhaps(1, 2),
    withdrawn=st.none() | DAYS,
    votes=perhaps(0, 5, 9),
    stars=perhaps(0, 7),
    organisation=perhaps(Organisation("lab", "Lab"), Organisation("lab", "The Lab")),
    code=perhaps("https://example.org/code"),
    keywords=st.sampled_from([(), ("rest",), ("tea", "rest")]),
    summary=perhaps(MachineText("A model says."), MachineText("A model says.", "toy")),
)
ANSWERS = st.lists(ENTRIES, max_size=5).map(tuple)
DROPPED = st.lists(st.builds(Dropped, st.sampled_from(["2601.00001", "x", "y"]), st.sampled_from("ab")), max_size=3)
READINGS = st.tuples(ANSWERS, DROPPED, DAYS)
Reading = tuple[tuple[Entry, ...], list[Dropped], date]


def after(*readings: Reading, stored: Listing | None = None) -> Listing | None:
    """The day after some readings, one after the other."""
    for entries, dropped, today in readings:
        stored = grow(stored, "huggingface", DAY, entries, dropped, today)
    return stored


def ids(listing: Listing | None) -> list[str]:
    return [entry.paper.id.text for entry in listing.entries] if listing else []


STORED = st.lists(READINGS, min_size=1, max_size=3).map(lambda readings: after(*readings))


# Whatever is read ----------------------------------------------------------------------------------------------------


@given(STORED, READINGS)
def test_nothing_that_was_stored_is_lost(stored: Listing | None, reading: Reading) -> None:
    grown = after(reading, stored=stored)
    if stored is None:
        assert (grown is None) == (reading[0] == ())
        return
    assert grown is not None
    assert set(ids(grown)) == {*ids(stored), *(each.paper.id.text for each in reading[0])}
    assert len(ids(grown)) == len(set(ids(grown)))
    assert grown.complete >= stored.complete
    assert grown.read >= stored.read
    kept = {each.paper.id: each for each in grown.entries}
    for before in stored.entries:
        for name in ("votes", "stars", "organisation", "code", "keywords", "summary"):
            assert getattr(before, name) in (None, ()) or getattr(kept[before.paper.id], name) not in (None, ())
        for name in ("abstract", "categories", "version", "withdrawn"):
            assert not getattr(before.paper, name) or getattr(kept[before.paper.id].paper, name)


@given(STORED, READINGS)
def test_a_reading_that_says_the_same_again_changes_nothing(stored: Listing | None, reading: Reading) -> None:
    once = after(reading, stored=stored)
    assert after(reading, stored=once) is once


@given(READINGS, READINGS)
def test_two_readings_can_come_in_any_order(one: Reading, other: Reading) -> None:
    """If they are of different days and list something, and the newer one says something new."""
    first, second = (one[0], one[1], DAY), (other[0], other[1], DAY + timedelta(1))
    there = after(first, second)
    assume(first[0] and second[0] and there and there.read == second[2])
    assert after(second, first) == there


@given(st.lists(READINGS, min_size=1, max_size=4))
def test_a_day_that_grew_is_one_that_the_checker_takes(readings: list[Reading]) -> None:
    grown = after(*readings)
    if grown is not None:
        assert read_listing(dump_listing(grown), "content/a.json") == grown


@given(STORED, READINGS)
def test_what_was_dropped_once_and_is_kept_now_is_not_told_any_more(stored: Listing | None, reading: Reading) -> None:
    grown = after(reading, stored=stored)
    if grown is not None and reading[0] and stored is not None and reading[2] >= stored.read:
        assert {each.what for each in grown.dropped} & set(ids(grown)) <= {each.what for each in reading[1]}


# Case by case --------------------------------------------------------------------------------------------------------


def listing(*entries: Entry, read: date = DAY, complete: bool = False, dropped: tuple[Dropped, ...] = ()) -> Listing:
    return Listing("huggingface", DAY, read, complete, entries, dropped)


def read_again(stored: Listing, *entries: Entry, days: int = 0, dropped: tuple[Dropped, ...] = ()) -> Listing:
    grown = grow(stored, "huggingface", DAY, entries, dropped, DAY + timedelta(days))
    assert grown is not None
    return grown


def test_an_unknown_day_without_entries_is_not_stored() -> None:
    assert grow(None, "arxiv", DAY, (), [Dropped("x", "y")], DAY) is None


def test_a_new_day_is_partial_until_it_is_over() -> None:
    for ahead, complete in ((-1, False), (0, False), (1, True)):
        today = DAY + timedelta(ahead)
        expected = Listing("arxiv", DAY, today, complete, (entry(1),), (Dropped("x", "y"),))
        assert grow(None, "arxiv", DAY, [entry(1)], [Dropped("x", "y")], today) == expected


def test_the_answer_comes_first_and_what_vanished_after_it_with_the_day_it_was_last_seen() -> None:
    stored = listing(entry(1, votes=3), entry(2), entry(3, last_seen=date(2026, 1, 2)))
    grown = read_again(stored, entry(4), entry(1, votes=2), days=1)
    assert grown.entries == (entry(4), entry(1, votes=2), entry(2, last_seen=DAY), entry(3, last_seen=date(2026, 1, 2)))
    assert (grown.read, grown.complete) == (DAY + timedelta(1), True)


def test_who_comes_back_was_never_gone() -> None:
    assert read_again(listing(entry(1), entry(2, last_seen=DAY)), entry(2), entry(1)).entries == (entry(2), entry(1))


def test_counts_may_fall_and_what_the_answer_leaves_out_stays() -> None:
    stored = listing(entry(1, title="Old", votes=9, stars=7, keywords=("rest",), abstract="Short.", version=2))
    grown = read_again(stored, entry(1, title="New", votes=0, version=1))
    assert grown.entries == (entry(1, title="New", votes=0, stars=7, keywords=("rest",), abstract="Short.", version=1),)


def test_an_empty_answer_only_ends_the_day() -> None:
    stored = listing(entry(1), dropped=(Dropped("x", "y"),))
    assert read_again(stored, dropped=(Dropped("z", "y"),)) is stored
    assert read_again(stored, days=2) == replace(stored, complete=True)


def test_the_day_of_reading_moves_only_with_what_is_read() -> None:
    stored = listing(entry(1, votes=1), complete=True)
    assert read_again(stored, entry(1, votes=1), days=9) is stored
    assert read_again(stored, entry(1, votes=2), days=9).read == DAY + timedelta(9)


def test_a_reading_of_long_ago_adds_what_is_missing_and_takes_nothing_back() -> None:
    stored = listing(entry(1, votes=9), entry(2, last_seen=DAY), read=DAY + timedelta(9), complete=True)
    grown = read_again(stored, entry(2), entry(3), entry(1, votes=1, stars=4), days=1)
    seen = DAY + timedelta(1)
    assert grown == replace(
        stored, entries=(entry(1, votes=9, stars=4), entry(2, last_seen=seen), entry(3, last_seen=seen))
    )


def test_an_entry_that_stands_twice_is_one() -> None:
    grown = grow(None, "arxiv", DAY, [entry(1, votes=2), entry(2), entry(1, votes=1, stars=3)], [], DAY)
    assert grown is not None
    assert grown.entries == (entry(1, votes=2, stars=3), entry(2))


def test_what_was_dropped_is_told_until_it_is_kept() -> None:
    stored = listing(
        entry(1), dropped=(Dropped("2601.00002", "It has no title."), Dropped("x", "Old."), Dropped("y", "Old."))
    )
    grown = read_again(stored, entry(1), entry(2), dropped=(Dropped("z", "New."), Dropped("x", "New.")))
    assert grown.dropped == (Dropped("z", "New."), Dropped("x", "New."), Dropped("y", "Old."))


# Picks ---------------------------------------------------------------------------------------------------------------

PICKS = st.builds(
    Pick,
    st.sampled_from(["arxiv", "huggingface"]),
    ENTRIES.map(lambda given: replace(given, paper=replace(given.paper, id=paper_id(1)))),
    st.none() | DAYS,
)


@given(PICKS)
def test_a_new_pick_is_stored_as_it_is(pick: Pick) -> None:
    assert grow_pick(None, pick) is pick


@given(PICKS, PICKS, PICKS)
def test_picks_that_are_read_over_and_over_come_to_rest(stored: Pick, one: Pick, other: Pick) -> None:
    grown = grow_pick(grow_pick(grow_pick(grow_pick(stored, one), other), one), other)
    assert grow_pick(grow_pick(grown, one), other) == grown
    assert grow_pick(grown, grown) is grown


@given(PICKS, PICKS)
def test_a_pick_loses_nothing_and_keeps_its_source(stored: Pick, new: Pick) -> None:
    grown = grow_pick(stored, new)
    assert grown.source == stored.source
    for name in THIRD_PARTY.fields:
        before, after = getattr(stored.entry, name), getattr(grown.entry, name)
        assert before in (None, ()) or after not in (None, ())
        assert stored.source == new.source or after == before


def test_another_source_fills_the_gaps_of_a_pick_and_brings_nothing_of_its_own() -> None:
    stored = Pick("arxiv", entry(1, title="Ours", version=2))
    new = Pick(
        "huggingface", entry(1, title="Theirs", abstract="Short.", version=3, votes=4, code="https://x.example"), DAY
    )
    assert grow_pick(stored, new) == Pick("arxiv", entry(1, title="Ours", abstract="Short.", version=2))


def test_a_lower_version_takes_nothing_back() -> None:
    stored = Pick("arxiv", entry(1, title="Second", version=2))
    assert grow_pick(stored, Pick("arxiv", entry(1, title="First", version=1))) is stored
    assert grow_pick(stored, Pick("arxiv", entry(1, title="Third", version=3))).entry.paper.title == "Third"
