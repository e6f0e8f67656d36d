"""The merge rule: one paper from all that was said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybook.merge import Sighting, counts_read, merge, seen_on
from daybook.model import Entry, MachineText, Organisation
from daybook.vocabulary import PRECEDENCE, SOURCES
from tests.nouns import entry, listing

DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 5))


def perhaps(*values: object) -> st.SearchStrategy[object]:
    return st.none() | st.sampled_from(values)


ENTRIES = st.builds(
    entry,
    st.just(1),
    title=st.sampled_from(["One title", "Another title"]),
    authors=st.sampled_from([("Ada Ash",), ("A. Ash", "Bo Birch")]),
    published=DAYS,
    abstract=perhaps("Short.", "Longer."),
    categories=st.sampled_from([(), ("cs.LG",), ("cs.AI", "cs.LG")]),
    version=perhaps(1, 2, 3),
    withdrawn=st.none() | DAYS,
    votes=perhaps(0, 5, 9),
    comments=perhaps(0, 2),
    stars=perhaps(0, 7),
    organisation=perhaps(Organisation("lab", "Lab"), Organisation("lab", "The Lab")),
    submitter=perhaps("cleo"),
    code=perhaps("https://example.org/code"),
    project=perhaps("https://example.org/project"),
    discussion=perhaps("https://example.org/a", "https://example.org/b"),
    keywords=st.sampled_from([(), ("rest",), ("tea", "rest")]),
    summary=perhaps(MachineText("A model says."), MachineText("A model says.", "toy")),
    last_seen=st.none() | DAYS,
)
SIGHTINGS = st.builds(Sighting, st.sampled_from(PRECEDENCE), st.none() | DAYS, ENTRIES)
SEVERAL = st.lists(SIGHTINGS, min_size=1, max_size=4)

COUNTED = ("votes", "comments", "stars", "organisation", "submitter", "code", "project", "discussion", "summary")
COUNTS = ("votes", "comments", "stars")


def test_every_source_has_a_rank() -> None:
    assert sorted(PRECEDENCE) == sorted(source.slug for source in SOURCES)


@given(SEVERAL)
def test_the_order_of_sightings_does_not_matter(sightings: list[Sighting]) -> None:
    assert len({merge(order) for order in permutations(sightings)}) == 1


@given(SIGHTINGS, st.integers(1, 3))
def test_what_is_said_once_is_kept_as_it_is(sighting: Sighting, times: int) -> None:
    assert merge([sighting] * times) == sighting.entry


@given(SEVERAL)
def test_the_work_is_described_by_the_highest_version_of_the_best_source(sightings: list[Sighting]) -> None:
    source = min((s.source for s in sightings), key=PRECEDENCE.index)
    versions = [s for s in sightings if s.source == source]
    highest = max(s.entry.paper.version or 0 for s in versions)
    latest = [s for s in versions if (s.entry.paper.version or 0) == highest]
    newest = max(s.read or date.min for s in latest)
    best = [s.entry.paper for s in latest if (s.read or date.min) == newest]
    merged = merge(sightings).paper
    assert (merged.title, merged.authors, merged.published) in {(p.title, p.authors, p.published) for p in best}
    # What the best one does not say is taken from the others.
    for name in ("abstract", "categories"):
        said = {getattr(s.entry.paper, name) for s in sightings} - {None, ()}
        of_best = {getattr(paper, name) for paper in best} - {None, ()}
        assert getattr(merged, name) in (of_best or said or {None, ()})


@given(SEVERAL)
def test_the_highest_version_and_the_first_withdrawal_hold(sightings: list[Sighting]) -> None:
    merged = merge(sightings).paper
    papers = [s.entry.paper for s in sightings]
    assert merged.version == max((p.version for p in papers if p.version), default=None)
    assert merged.withdrawn == min((p.withdrawn for p in papers if p.withdrawn), default=None)


@pytest.mark.parametrize("name", [*(name for name in COUNTED if name not in COUNTS), "keywords"])
@given(sightings=SEVERAL)
def test_what_listings_add_is_of_the_newest_reading_that_has_it(name: str, sightings: list[Sighting]) -> None:
    unsaid: object = () if name == "keywords" else None
    said = [(s.read or date.min, getattr(s.entry, name)) for s in sightings if getattr(s.entry, name) != unsaid]
    newest = max((read for read, _ in said), default=None)
    assert getattr(merge(sightings), name) in ([value for read, value in said if read == newest] or [unsaid])


@given(SEVERAL)
def test_counts_are_those_of_one_reading_the_newest_that_has_any(sightings: list[Sighting]) -> None:
    said = [(s.read or date.min, tuple(getattr(s.entry, name) for name in COUNTS)) for s in sightings]
    counted = [(read, counts) for read, counts in said if set(counts) != {None}] or [(date.min, (None, None, None))]
    newest = max(read for read, _ in counted)
    merged = merge(sightings)
    assert tuple(getattr(merged, name) for name in COUNTS) in [counts for read, counts in counted if read == newest]


@given(SEVERAL)
def test_counts_are_dated_by_the_newest_reading_that_has_any(sightings: list[Sighting]) -> None:
    days = [s.read for s in sightings if s.read and {s.entry.votes, s.entry.comments, s.entry.stars} != {None}]
    assert counts_read(sightings) == max(days, default=None)


@given(SEVERAL)
def test_a_paper_has_gone_when_nobody_lists_it_any_more(sightings: list[Sighting]) -> None:
    seen = [s.entry.last_seen for s in sightings]
    assert merge(sightings).last_seen == (None if None in seen else max(day for day in seen if day))


def test_votes_may_fall() -> None:
    assert merge([_seen(1, votes=9), _seen(2, votes=8), _seen(3)]).votes == 8


def test_a_count_of_none_at_all_is_a_count() -> None:
    assert merge([_seen(1, votes=9), _seen(2, votes=0)]).votes == 0


def test_arxiv_says_what_the_work_is_and_the_listing_what_it_counted() -> None:
    listed = _seen(2, title="Old", version=1, votes=3)
    ours = replace(_seen(1, title="New", version=2), source="arxiv")
    merged = merge([listed, ours])
    assert (merged.paper.title, merged.paper.version, merged.votes) == ("New", 2, 3)


def _seen(day: int, **given: object) -> Sighting:
    seen: Entry = entry(1, **given)
    return Sighting("huggingface", date(2026, 1, day), seen)


def test_what_has_gone_from_a_listing_was_seen_before_that_was_read() -> None:
    """So that its counts are not taken for newer than those of a source that still has it."""
    read = date(2026, 1, 8)
    gone = replace(entry(1, votes=8), last_seen=date(2025, 12, 30))
    there = entry(1, votes=20)
    early, late = listing(date(2025, 12, 29), gone, read=read), listing(date(2026, 1, 5), there, read=date(2026, 1, 5))
    assert (seen_on(early, gone), seen_on(late, there)) == (date(2025, 12, 30), date(2026, 1, 5))
    sightings = [Sighting("huggingface", seen_on(one, each), each) for one in (early, late) for each in one.entries]
    assert (merge(sightings).votes, counts_read(sightings)) == (20, date(2026, 1, 5))
