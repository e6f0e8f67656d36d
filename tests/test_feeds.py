"""What is in which feed, under which id and with which times: small contents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given

from daybook.assemble import assemble
from daybook.feeds import FEWEST, GROUPS, MOST, Feed, Feeds
from daybook.index import index
from daybook.model import Content, Curator, NamedQuery, Organisation, Retraction
from daybook.resolve import resolve
from daybook.tabulate import tabulate
from tests.contents import contents
from tests.nouns import SETTINGS, content, entry, listing, note, reading_list, topic

MONDAY = date(2026, 1, 5)
LAB = Organisation("lab", "Lab")


def feeds(given: Content) -> dict[str, Feed]:
    """All feeds of some content, by the path of the Atom one."""
    return {feed.links.atom: feed for feed in Feeds(assemble(given))}


def ids(feed: Feed) -> list[str]:
    return [entry.id for entry in feed.entries]


def small(**given: Any) -> Content:
    """Two days of papers, one with two notes, a topic, a list."""
    papers = (
        entry(1, title="Sheep", authors=("Ada Ash", "Bo"), organisation=LAB),
        entry(2, title="Tea", authors=("Ada Ash",)),
        entry(3, title="Gone", authors=("Bo",), withdrawn=date(2026, 1, 9)),
    )
    plain: dict[str, Any] = {
        "curators": (Curator("ada", "Ada Ash"), Curator("bo", "Bo Birch")),
        "topics": (topic("animals", "sheep"), topic("empty", "nothing at all")),
        "listings": (listing(MONDAY, *papers), listing(date(2026, 1, 6), entry(4, title="Late sheep"))),
        "notes": (note(1, date=date(2026, 1, 8)), note(1, by="bo", date=date(2026, 1, 7)), note(3)),
        "lists": (reading_list("best", 2, 1),),
    }
    return content(**{**plain, **given})


def test_what_stands_in_which_feed() -> None:
    found = {path: ids(feed) for path, feed in feeds(small()).items()}
    one, two, four = "papers/2601.00001", "papers/2601.00002", "papers/2601.00004"
    assert found == {
        "index.atom.xml": [one, four, two],
        "notes.atom.xml": ["notes/2601.00001.ada", "notes/2601.00001.bo"],
        "topics/animals.atom.xml": [one, four],
        "topics/empty.atom.xml": [],
        "lists/best.atom.xml": ["lists/best.html#2601.00002", "lists/best.html#2601.00001"],
        "curators/ada.atom.xml": ["notes/2601.00001.ada"],
        "curators/bo.atom.xml": ["notes/2601.00001.bo"],
        "organisations/lab.atom.xml": [one],
    }
    assert {feed.kind for feed in feeds(small()).values()} == GROUPS.keys() - {"queries", "authors"}


def test_names_on_three_papers_have_a_feed_of_the_five_newest() -> None:
    papers = [entry(n, authors=("Ada Ash", "Bo" if n < 3 else "Cy Cole")) for n in range(1, 13)]
    found = feeds(content(listings=(listing(MONDAY, *papers),)))
    assert {path for path in found if path.startswith("authors/")} == {
        "authors/ada-ash.atom.xml",
        "authors/cy-cole.atom.xml",
    }
    assert ids(found["authors/ada-ash.atom.xml"]) == [f"papers/2601.{n:05}" for n in range(12, 7, -1)]


def test_a_feed_is_as_new_as_its_newest_entry() -> None:
    found = feeds(small())
    assert found["index.atom.xml"].updated == "2026-01-08T00:00:01Z"
    assert found["topics/empty.atom.xml"].updated == "1970-01-01T00:00:00Z"


def test_an_entry_is_published_when_it_was_listed_and_updated_when_somebody_wrote_of_it() -> None:
    (first, *_) = feeds(small())["index.atom.xml"].entries
    assert (first.published, first.updated) == ("2026-01-05T00:00:01Z", "2026-01-08T00:00:01Z")


def test_a_note_that_is_taken_back_leaves_and_its_paper_says_so() -> None:
    back = note(1, date=date(2026, 1, 8), retracted=Retraction(date(2026, 1, 11), "Wrong."))
    found = feeds(small(notes=(back,)))
    assert ids(found["notes.atom.xml"]) == []
    assert found["index.atom.xml"].entries[0].updated == "2026-01-11T00:00:01Z"


def test_a_feed_has_thirty_days_or_fifty_entries_but_not_too_many() -> None:
    def count(papers: int, a_day: int) -> int:
        listings = [
            listing(MONDAY + timedelta(days=place), *(entry(n) for n in range(start, start + a_day)))
            for place, start in enumerate(range(1, papers + 1, a_day))
        ]
        return len(feeds(content(listings=tuple(listings)))["index.atom.xml"].entries)

    assert count(40, 1) == 40
    assert count(90, 1) == FEWEST
    assert count(160, 4) == 120
    assert count(600, 30) == MOST


def test_two_entries_of_a_day_have_two_times_that_depend_on_themselves() -> None:
    """The second that a paper asks for is its own, but where two ask for one."""
    one, other = entry(5), entry(3605)
    days = (listing(MONDAY, one), listing(MONDAY, other, source="arxiv"))
    (later, earlier) = feeds(content(listings=days))["index.atom.xml"].entries
    assert (earlier.id, earlier.updated) == ("papers/2601.00005", "2026-01-05T00:00:05Z")
    assert (later.id, later.updated) == ("papers/2601.03605", "2026-01-05T00:00:06Z")
    assert (later.published, earlier.published) == ("2026-01-05T00:00:05Z",) * 2
    (alone,) = feeds(content(listings=days[1:]))["index.atom.xml"].entries
    assert alone.updated == later.published


def test_more_entries_of_a_day_than_the_hour_has_seconds() -> None:
    listings = listing(MONDAY, *(entry(n) for n in range(1, 3700)))
    every = reading_list("every", *range(1, 3700))
    times = {
        one.updated for one in feeds(content(listings=(listings,), lists=(every,)))["lists/every.atom.xml"].entries
    }
    assert len(times) == 3699
    assert max(times) < "2026-01-05T01:10"


@given(contents())
def test_laws_of_feeds(random: Content) -> None:
    site = assemble(random)
    for feed in Feeds(site):
        assert len(set(ids(feed))) == len(feed.entries)
        assert len({one.updated for one in feed.entries}) == len(feed.entries)
        assert all(one.published <= one.updated <= feed.updated for one in feed.entries if one.note is None)
        assert all(one.paper.paper.withdrawn is None for one in feed.entries)
        if feed.kind != "lists":
            assert [one.updated for one in feed.entries] == sorted((one.updated for one in feed.entries), reverse=True)


# What stays the same ---------------------------------------------------------------------------------------------


def told(given: Content) -> dict[str, tuple[str, str]]:
    """The times of all entries of all feeds, by whole id."""
    site = assemble(given)
    return {
        f"{site.settings.namespace}/{one.id}": (one.published, one.updated)
        for feed in Feeds(site)
        for one in feed.entries
    }


def test_an_edited_note_changes_no_id_and_no_time() -> None:
    edited = (note(1, date=date(2026, 1, 8), text="Edited."), *small().notes[1:])
    assert told(small(notes=edited)) == told(small())


def test_a_new_day_changes_no_id_and_no_time_of_what_was_there() -> None:
    before, new_day = told(small()), listing(date(2026, 1, 7), entry(9), entry(1, title="Sheep", organisation=LAB))
    after = told(small(listings=(*small().listings, new_day)))
    assert after.items() >= before.items()
    assert len(after) == len(before) + 1


def test_a_move_changes_nothing_where_the_first_address_is_named() -> None:
    moved = replace(SETTINGS, base_url="https://new.example", first_base_url=SETTINGS.base_url)
    assert told(small(settings=moved)) == told(small())
    assert told(small(settings=replace(moved, first_base_url=None))).keys().isdisjoint(told(small()))


def test_the_host_of_an_id_is_in_lower_case() -> None:
    settings = replace(SETTINGS, base_url="HTTPS://Example.ORG/Toy")
    assert settings.namespace == "https://example.org/Toy"
    assert replace(SETTINGS, base_url="https://Example.org").namespace == "https://example.org"


# Named queries ---------------------------------------------------------------------------------------------------


def answered(folder: Path, *queries: str, **given: Any) -> list[list[str]]:
    """What each query finds: the last digits of the papers' identifiers."""
    named = tuple(NamedQuery(f"q{number}", f"{number}", text) for number, text in enumerate(queries))
    site = assemble(small(queries=named, **given))
    found = resolve(site, index(site, tabulate(site, folder)))
    return [[paper.id.text[-1] for paper in one.papers] for one in found.queries]


def test_a_query_finds_what_has_all_of_it_newest_first(tmp_path: Path) -> None:
    queries = (
        "sheep",
        "sheep -late",
        "topic:animals has:note",
        "title:tea",
        '"late sheep"',
        "author:ash",
        "date:2026-01-06",
    )
    assert answered(tmp_path, *queries) == [["4", "1"], ["1"], ["1"], ["2"], ["4"], ["2", "1"], ["4"]]


def test_a_query_guesses_nothing(tmp_path: Path) -> None:
    """What is no word yet is not taken for another one, nor left out, and its last word is not still being typed."""
    assert answered(tmp_path, "sheap", "sheep hippopotamus", "shee", "shee*", "-sheep") == [
        [], [], [], ["4", "1"], ["2"]
    ]  # fmt: skip


def test_queries_of_a_site_without_papers(tmp_path: Path) -> None:
    assert answered(tmp_path, "sheep", "-sheep", listings=(), notes=(), lists=()) == [[], []]


def test_a_query_has_a_feed_without_what_was_withdrawn(tmp_path: Path) -> None:
    site = assemble(small(queries=(NamedQuery("gone", "Gone", "is:withdrawn"), NamedQuery("tea", "Tea", "tea"))))
    site = resolve(site, index(site, tabulate(site, tmp_path)))
    found = {feed.links.atom: feed for feed in Feeds(site)}
    assert ids(found["queries/gone.atom.xml"]) == []
    assert ids(found["queries/tea.atom.xml"]) == ["papers/2601.00002"]
    assert found["queries/tea.atom.xml"].home == "search.html?q=tea"
