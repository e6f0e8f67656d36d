"""From valid content to collections: whatever the content, what a collection holds follows from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given

from daybook.assemble import TREND_WEEKS, assemble
from daybook.calendar_pages import front_day
from daybook.cards import Cards
from daybook.model import Content
from daybook.planner import Planner
from daybook.site import Day, Neighbours, Period, Site
from daybook.subject_pages import TOPIC_ON_ONE_PAGE, plan_topic_years, plan_topics
from tests.contents import contents
from tests.nouns import content, entry, listing, paper_id, pick, topic

# Whole contents are large, and are shown only where a test fails.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

Law = Callable[[Content, Site], None]
LAWS: list[Law] = []


def law(check: Law) -> Law:
    """What holds for any content and its site."""
    LAWS.append(check)
    return check


@given(contents())
def test_all_laws_hold(content: Content) -> None:
    site = assemble(content)
    for check in LAWS:
        check(content, site)


# Days and what is made of days -----------------------------------------------------------------------------------


@law
def every_date_with_an_entry_is_a_day_with_all_its_papers(content: Content, site: Site) -> None:
    listed: dict[date, set[str]] = {}
    for one in content.listings:
        listed.setdefault(one.date, set()).update(entry.paper.id.text for entry in one.entries)
    shown = {day.date: [paper.id.text for paper in (*day.papers, *day.withdrawn)] for day in site.days}
    assert {day: sorted(ids) for day, ids in shown.items()} == {d: sorted(ids) for d, ids in listed.items() if ids}
    assert list(shown) == sorted(shown, reverse=True)


@law
def a_day_is_ordered_by_votes_and_what_has_none_comes_last(content: Content, site: Site) -> None:
    for day in site.days:
        votes = [-1 if paper.entry.votes is None else paper.entry.votes for paper in day.papers]
        assert votes == sorted(votes, reverse=True)


@law
def the_lead_is_the_editors_choice_without_withdrawn_papers(content: Content, site: Site) -> None:
    chosen = {introduction.date: introduction.lead for introduction in content.introductions}
    for day in site.days:
        standing = [paper.id for paper in day.papers]
        assert [paper.id for paper in day.lead] == [one for one in chosen.get(day.date, ()) if one in standing]
        assert sorted(paper.id for paper in (*day.lead, *day.others)) == sorted(standing)
        assert (day.introduction is None) == (day.editor is None) == (day.date not in chosen)


@law
def the_account_of_a_day_adds_up(content: Content, site: Site) -> None:
    for day in site.days:
        listings = [one for one in content.listings if one.date == day.date]
        assert [part.listed for part in day.coverage] == [len(one.entries) + len(one.dropped) for one in listings]
        for part in day.coverage:
            assert part.listed == part.kept + part.merged + part.withdrawn + len(part.dropped)
        assert sum(part.kept for part in day.coverage) == len(day.papers)
        assert sum(part.withdrawn for part in day.coverage) == len(day.withdrawn)
        assert day.complete == all(one.complete for one in listings)


@law
def weeks_months_and_years_hold_each_day_with_papers_once(content: Content, site: Site) -> None:
    for periods in (site.weeks, site.months, site.years):
        assert [day.date for period in periods for day in period.days] == [day.date for day in site.days if day.papers]
        for period in periods:
            assert all(period.start <= day.date <= period.end for day in period.days)
            assert period.days


@law
def periods_are_named_after_the_calendar(content: Content, site: Site) -> None:
    for week in site.weeks:
        year, number, _ = week.days[0].date.isocalendar()
        assert (week.key, week.start.weekday(), week.end - week.start) == (f"{year}-W{number:02}", 0, timedelta(days=6))
    for month in site.months:
        assert (month.key, month.start.day, (month.end + timedelta(days=1)).day) == (f"{month.start:%Y-%m}", 1, 1)
        assert month.start.month == month.end.month
    for one in site.years:
        assert (one.start, one.end) == (date(int(one.key), 1, 1), date(int(one.key), 12, 31))


def test_the_week_at_the_turn_of_the_year_belongs_to_the_year_of_its_thursday() -> None:
    days = (date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 4))
    site = assemble(content(listings=tuple(listing(day, entry(1)) for day in days)))
    assert [(week.key, [day.date for day in week.days]) for week in site.weeks] == [
        ("2027-W01", [days[2]]),
        ("2026-W53", [days[1], days[0]]),
    ]
    assert [year.key for year in site.years] == ["2027", "2026"]


@law
def neighbours_are_the_ones_before_and_after_in_time(content: Content, site: Site) -> None:
    days = tuple(day for day in site.days if day.papers)
    assert all(day in days or day.neighbours == Neighbours() for day in site.days)
    collections: tuple[tuple[Day | Period, ...], ...] = (days, site.weeks, site.months, site.years)
    for newest_first in collections:
        paths = [None, *(one.path for one in newest_first), None]
        for place, one in enumerate(newest_first):
            found = (one.neighbours.next, one.neighbours.previous)
            assert tuple(link and link.url for link in found) == (paths[place], paths[place + 2])


@law
def home_shows_the_newest_complete_day_or_else_the_newest(content: Content, site: Site) -> None:
    days = [day for day in site.days if day.papers]
    complete = [day.date for day in days if day.complete]
    front = front_day(site.days)
    assert (front and front.date) == max(complete or [day.date for day in days], default=None)


# Papers ----------------------------------------------------------------------------------------------------------


@law
def every_paper_has_one_page_and_knows_where_it_was_listed(content: Content, site: Site) -> None:
    listed = [
        (entry.paper.id, one.date, one.source, rank)
        for one in content.listings
        for rank, entry in enumerate(one.entries, start=1)
    ]
    shown = [(paper.id, a.date, a.source, a.rank) for paper in site.papers for a in paper.appearances]
    assert sorted(shown) == sorted(listed)
    ids = [paper.id for paper in site.papers]
    assert len(set(ids)) == len(ids)
    assert set(ids) == {one[0] for one in listed} | {one.entry.paper.id for one in content.picks}
    for paper in site.papers:
        assert paper.first == min((a.date for a in paper.appearances), default=paper.paper.published)


@law
def picks_are_what_no_listing_has(content: Content, site: Site) -> None:
    assert {paper.id for paper in site.picks} == {paper.id for paper in site.papers if not paper.appearances}


@law
def withdrawn_papers_leave_every_list_and_keep_their_page(content: Content, site: Site) -> None:
    gone = {paper.id for paper in site.papers if paper.paper.withdrawn}
    shown = [day.papers + day.lead for day in site.days]
    shown += [year.curated + year.matched for topic in site.topics for year in topic.years]
    shown += [author.papers for author in site.authors]
    shown += [organisation.papers for organisation in site.organisations]
    shown += [curator.papers for curator in site.curators]
    shown += [tuple(paper for paper, _ in one.papers) for one in site.lists]
    assert not gone & {paper.id for papers in shown for paper in papers}


@law
def standing_and_retracted_notes_are_apart_and_none_is_lost(content: Content, site: Site) -> None:
    for paper in site.papers:
        assert all(signed.note.retracted is None for signed in paper.notes)
        assert all(signed.note.retracted for signed in paper.retracted)
        dates = [(signed.note.date, signed.note.by) for signed in paper.notes]
        assert dates == sorted(dates)
    signed = [one for paper in site.papers for one in (*paper.notes, *paper.retracted)]
    assert Counter(one.note for one in signed) == Counter(content.notes)
    assert all(one.curator.handle == one.note.by for one in signed)


# Topics ----------------------------------------------------------------------------------------------------------


@law
def a_paper_is_in_a_topic_by_a_note_by_its_words_or_through_a_subtopic(content: Content, site: Site) -> None:
    for paper in site.papers:
        kinds = {m.topic.title: (m.kind, m.detail) for m in paper.topics}
        said = {slug.title() for signed in paper.notes for slug in signed.note.topics}
        assert {title for title, (kind, _) in kinds.items() if kind == "note"} == said
        words = {"On naps.": {"Naps"}, "On tea.": {"Drinks"}}.get(paper.paper.abstract or "", set())
        assert {title for title, (kind, _) in kinds.items() if kind == "rule"} == words - said
        assert (kinds.get("Rest") == ("subtopic", "Naps")) == ("Naps" in kinds and "Rest" not in said)


@law
def topics_hold_their_papers_by_year(content: Content, site: Site) -> None:
    for one in site.topics:
        papers = [paper for paper in site.papers if paper.paper.withdrawn is None]
        members = {paper.id for paper in papers if one.topic.path in {member.topic.url for member in paper.topics}}
        shown = [paper for year in one.years for paper in (*year.curated, *year.matched)]
        assert sorted(paper.id for paper in shown) == sorted(members)
        assert one.count == len(shown) == sum(year.count for year in one.years)
        years = [year.year for year in one.years]
        assert years == sorted(set(years), reverse=True)
        for year in one.years:
            assert {paper.first.year for paper in (*year.curated, *year.matched)} == {year.year}
            assert all(paper.notes for paper in year.curated)
            assert not any(paper.notes for paper in year.matched)


@law
def trends_cover_a_year_of_weeks_up_to_the_newest_paper(content: Content, site: Site) -> None:
    standing = [paper for paper in site.papers if not paper.paper.withdrawn]
    for one in site.topics:
        mondays = [week.monday for week in one.trend]
        if standing:
            assert len(mondays) == TREND_WEEKS
            assert mondays[-1] <= max(paper.first for paper in standing) <= mondays[-1] + timedelta(days=6)
            assert all(later - monday == timedelta(weeks=1) for monday, later in pairwise(mondays))
            papers = [paper for year in one.years for paper in (*year.curated, *year.matched)]
            assert sum(week.count for week in one.trend) == sum(mondays[0] <= paper.first for paper in papers)
        else:
            assert mondays == []


@law
def topics_stand_in_the_order_of_the_tree(content: Content, site: Site) -> None:
    assert [one.topic.slug for one in site.topics] == ["drinks", "rest", "naps", "unused"]
    counts = {one.topic.slug: one.count for one in site.topics}
    rest, naps = site.topics[1:3]
    assert [(link.title, count) for link, count in rest.children] == [("Naps", counts["naps"])]
    assert [link.title for link in naps.parents] == ["Rest"]
    assert counts["naps"] <= counts["rest"]


def _topic_pages(count: int) -> dict[str, list[int]]:
    """The years that each page of a topic shows, where the topic has `count` papers in each of two years."""
    entries = [pick(n, title="Tea", published=date(2025 + n % 2, 1, 1)) for n in range(1, 2 * count + 1)]
    planner = Planner(assemble(content(picks=tuple(entries), topics=(topic("tea", "tea"),))), Cards())
    shown = {}
    for page in (*plan_topics(planner), *plan_topic_years(planner)):
        years = page.context["years"]
        assert isinstance(years, tuple)
        shown[page.path] = [year["year"] for year in years]
    return shown


def test_a_topic_of_few_papers_shows_them_on_one_page() -> None:
    pages = _topic_pages(TOPIC_ON_ONE_PAGE // 2)
    assert pages == {"topics/tea.html": [2026, 2025], "topics/tea.2026.html": [2026], "topics/tea.2025.html": [2025]}


def test_a_topic_of_many_papers_shows_the_newest_year_and_links_to_the_others() -> None:
    pages = _topic_pages(TOPIC_ON_ONE_PAGE // 2 + 1)
    assert pages == {"topics/tea.html": [2026], "topics/tea.2026.html": [2026], "topics/tea.2025.html": [2025]}


# People, organisations, lists ------------------------------------------------------------------------------------


@law
def a_name_on_two_standing_papers_has_a_page(content: Content, site: Site) -> None:
    standing = [paper for paper in site.papers if not paper.paper.withdrawn]
    counts = Counter(name for paper in standing for name in set(paper.paper.authors))
    assert {one.name: len(one.papers) for one in site.authors} == {n: count for n, count in counts.items() if count > 1}
    pages = {one.name: one.path for one in site.authors}
    for paper in site.papers:
        assert paper.author_pages == tuple(pages.get(name) for name in paper.paper.authors)
    assert [one.sort_key for one in site.authors] == sorted(one.sort_key for one in site.authors)


def test_two_authors_of_one_name_make_a_paper_stand_on_their_page_once() -> None:
    site = assemble(content(picks=tuple(pick(n, authors=("Wei Li", "Wei Li")) for n in (1, 2))))
    assert [[paper.id for paper in one.papers] for one in site.authors] == [[paper_id(1), paper_id(2)]]


@law
def an_organisation_that_a_page_links_to_has_a_page(content: Content, site: Site) -> None:
    pages = {one.organisation.path: {paper.id for paper in one.papers} for one in site.organisations}
    for paper in site.papers:
        if paper.organisation is not None:
            assert paper.organisation.url in pages
            assert (paper.id in pages[paper.organisation.url]) == (paper.paper.withdrawn is None)


@law
def curators_have_the_papers_of_their_standing_notes_newest_note_first(content: Content, site: Site) -> None:
    assert [one.curator.name for one in site.curators] == ["Ada Ash", "Bo Birch", "Ida Idle"]
    gone = {paper.id for paper in site.papers if paper.paper.withdrawn}
    for one in site.curators:
        notes = {n.paper: n.date for n in content.notes if n.by == one.curator.handle and not n.retracted}
        assert {paper.id for paper in one.papers} == notes.keys() - gone
        dates = [notes[paper.id] for paper in one.papers]
        assert dates == sorted(dates, reverse=True)
        assert len(one.lists) == sum(written.by == one.curator.handle for written in content.lists)


@law
def reading_lists_keep_their_order_and_their_remarks(content: Content, site: Site) -> None:
    for written, one in zip(content.lists, site.lists, strict=True):
        remarks = {remark.paper: remark.text for remark in written.papers}
        standing = [remark.paper for remark in written.papers if remark.paper not in {p.id for p in one.withdrawn}]
        assert [(paper.id, text) for paper, text in one.papers] == [(found, remarks[found]) for found in standing]
        assert len(one.papers) + len(one.withdrawn) == len(remarks)
        for paper in site.papers:
            assert bool(paper.lists) == (paper.id in remarks)


@law
def what_has_no_order_of_its_own_is_newest_first(content: Content, site: Site) -> None:
    groups = [papers for topic in site.topics for year in topic.years for papers in (year.curated, year.matched)]
    groups += [one.papers for one in site.authors]
    groups += [one.papers for one in site.organisations]
    for papers in groups:
        keys = [(-paper.first.toordinal(), paper.id) for paper in papers]
        assert keys == sorted(keys)


def test_nothing_at_all_makes_an_empty_site() -> None:
    site = assemble(content(curators=()))
    collections = (site.papers, site.days, site.weeks, site.months, site.years, site.topics, site.authors, site.lists)
    assert collections == ((),) * 8
    assert front_day(site.days) is None
