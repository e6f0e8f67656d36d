"""The report of a build: nothing that a source listed is unaccounted for, and what is odd is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given

from daybook.assemble import assemble
from daybook.model import Content, Dropped, Link, Override, Right
from daybook.odd_links import what_looks_wrong
from daybook.site_report import SHOWN, SourceYear, report_of
from tests.contents import contents
from tests.nouns import CURATOR, content, entry, listing, note, paper_id, topic

MONDAY = date(2026, 1, 5)


@given(contents())
def test_every_entry_of_every_listing_is_counted_once(content: Content) -> None:
    report = report_of(assemble(content))
    for row in report.years:
        assert row.listed == row.kept + row.merged + row.withdrawn + row.dropped
    shown = [one for one in content.listings if any(o.entries for o in content.listings if o.date == one.date)]
    assert sum(row.listed for row in report.years) == sum(len(one.entries) + len(one.dropped) for one in shown)
    assert report.dropped.total == sum(len(one.dropped) for one in shown)


def test_counts_by_source_and_year() -> None:
    drop = Dropped("an entry", "it has no identifier")
    site = assemble(
        content(
            listings=(
                listing(date(2025, 12, 31), entry(1), source="arxiv"),
                listing(MONDAY, entry(2), entry(3), source="arxiv"),
                listing(MONDAY, entry(2), entry(4, withdrawn=MONDAY), dropped=(drop,)),
            )
        )
    )
    report = report_of(site)
    assert report.years == (
        SourceYear("arxiv", 2026, days=1, listed=2, kept=2, merged=0, withdrawn=0, dropped=0),
        SourceYear("huggingface", 2026, days=1, listed=3, kept=0, merged=1, withdrawn=1, dropped=1),
        SourceYear("arxiv", 2025, days=1, listed=1, kept=1, merged=0, withdrawn=0, dropped=0),
    )
    (dropped,) = report.dropped.shown
    assert (dropped.day, dropped.source, dropped.dropped) == (
        Link("2026-01-05", "days/2026-01-05.html"), "huggingface", drop,
    )  # fmt: skip


def test_gaps_are_weekdays_between_the_first_day_and_the_newest() -> None:
    days = (MONDAY, MONDAY + timedelta(days=2), MONDAY + timedelta(days=8))  # Monday, Wednesday, Tuesday
    site = assemble(content(listings=tuple(listing(day, entry(number)) for number, day in enumerate(days, 1))))
    assert report_of(site).gaps.shown == (date(2026, 1, 12), date(2026, 1, 9), date(2026, 1, 8), date(2026, 1, 6))


def test_what_is_unfinished_unmatched_or_outdated_is_named() -> None:
    site = assemble(
        content(
            topics=(topic("full", "paper"), topic("void", "nothing")),
            listings=(listing(MONDAY, entry(1, version=3), entry(2, title="Unmatched", version=1), complete=False),),
            notes=(note(1, saw_version=1), note(2, saw_version=1)),
        )
    )
    report = report_of(site)
    assert [link.title for link in report.filling.shown] == ["2026-01-05"]
    assert [link.title for link in report.topicless.shown] == ["Unmatched"]
    assert [link.title for link in report.empty_topics.shown] == ["Void"]
    assert [(one.paper.title, one.by.title, one.saw, one.now) for one in report.outdated.shown] == [
        ("Paper 1", CURATOR.name, 1, 3)
    ]


def test_corrections_that_sources_have_caught_up_with_are_named() -> None:
    listed = listing(MONDAY, entry(1, title="Right"), entry(2), entry(3, withdrawn=MONDAY))
    rights = (Right(title="Right"), Right(title="Right"), Right(withdrawn=MONDAY))
    overrides = (
        Override(paper_id(number), CURATOR.handle, MONDAY, "Wrong.", correct=right)
        for number, right in enumerate(rights, 1)
    )
    idle = report_of(assemble(content(listings=(listed,), overrides=tuple(overrides)))).idle
    assert sorted((one.paper.title, one.by.title, one.path) for one in idle.shown) == [
        ("Paper 3", "Ada Ash", f"content/overrides/{paper_id(3).stem}.yaml"),
        ("Right", "Ada Ash", f"content/overrides/{paper_id(1).stem}.yaml"),
    ]


def test_a_long_list_is_cut_and_says_how_long_it_is() -> None:
    entries = (entry(number) for number in range(1, SHOWN + 6))
    topicless = report_of(assemble(content(listings=(listing(MONDAY, *entries),)))).topicless
    assert (len(topicless.shown), topicless.more, topicless.total) == (SHOWN, 5, SHOWN + 5)


def test_links_that_look_wrong_are_named_with_whose_they_are() -> None:
    curators = (replace(CURATOR, url="http://ada.example.org/"),)
    links = (Link("Slides", "https://example.org/slides."), Link("Fine", "https://example.org/"))
    listed = listing(MONDAY, entry(1, code="https://github.com/ada", project="https://example.org/fine"))
    site = assemble(content(curators=curators, listings=(listed,), notes=(note(1, links=links),)))
    assert [(one.of.title, one.use, one.url, one.why) for one in report_of(site).odd_links.shown] == [
        ("Ada Ash", "home page", "http://ada.example.org/", ("http: and not https:",)),
        ("Paper 1", "code", "https://github.com/ada", ("names an account and no repository",)),
        ("Paper 1", "a link of Ada Ash’s note", "https://example.org/slides.", ("ends in a punctuation mark",)),
    ]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://github.com/ada/code", ()),
        ("https://github.com/ada/code/tree/main/deep", ()),
        ("https://ada.github.io/", ()),
        ("https://example.org/a_(b)?c=//d", ()),
        ("http://203.0.113.7/x", ("http: and not https:", "the host has a number and no name")),
        ("https://[2001:db8::1]/", ("the host has a number and no name",)),
        ("https://intranet/x", ("the host is known on one network only",)),
        ("https://github.com/ada/code//", ("two slashes in a row",)),
        ("https://gitlab.com/", ("names an account and no repository",)),
        ("https://example.org/x,", ("ends in a punctuation mark",)),
    ],
)
def test_what_looks_wrong(url: str, why: tuple[str, ...]) -> None:
    assert what_looks_wrong(url) == why
