"""From valid content to the site: every collection that has a page, and what is next to what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from daybook import names
from daybook.model import Content, Curator, Introduction, Link, Listing, Organisation, PaperId, Topic
from daybook.papers import ancestors, annotate, curate
from daybook.people import assemble_contributors, assemble_curators
from daybook.site import (
    Author,
    Coverage,
    CuratedPaper,
    Day,
    ListPapers,
    Neighbours,
    OrganisationPapers,
    Period,
    QueryPapers,
    Site,
    TopicPapers,
    TopicYear,
    WeekCount,
)
from daybook.words import month_name, plain_date, week_name, year_name

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

TREND_WEEKS = 52


def assemble(content: Content) -> Site:
    """The site of some content. Pure: the same content gives the same site."""
    papers = curate(content)
    by_id = {paper.id: paper for paper in papers}
    standing = tuple(paper for paper in papers if paper.paper.withdrawn is None)
    newest_first = tuple(sorted(standing, key=lambda paper: (-paper.first.toordinal(), paper.id)))
    days = assemble_days(content, by_id)
    return Site(
        settings=content.settings,
        papers=papers,
        days=days,
        weeks=assemble_periods("week", days),
        months=assemble_periods("month", days),
        years=assemble_periods("year", days),
        topics=assemble_topics(content, newest_first),
        authors=assemble_authors(newest_first),
        organisations=assemble_organisations(newest_first),
        curators=assemble_curators(content, papers),
        lists=assemble_lists(content, by_id),
        picks=tuple(paper for paper in reversed(papers) if not paper.appearances),
        contributors=assemble_contributors(content.provenance),
        cut_off=content.provenance.cut_off if content.provenance else None,
        queries=assemble_queries(content),
    )


def proof(site: Site, content: Content, papers: Collection[PaperId]) -> Site:
    """The part of a site that the pages of some papers and of their days are made from, with the content's notes.

    Whatever else notes change, such as the papers of topics, is as it was.
    """
    of_papers = replace(content, notes=tuple(note for note in content.notes if note.paper in papers))
    before = (paper for paper in site.papers if paper.id in papers)
    anew = {paper.id: paper for paper in annotate(before, of_papers)}
    dates = {appearance.date for paper in anew.values() for appearance in paper.appearances}
    days = [_with_papers(day, anew) for day in site.days if day.date in dates]
    shown = {paper.id: paper for day in days for paper in (*day.papers, *day.withdrawn)} | anew
    related = site.related or ((),) * len(site.papers)
    kept = [(shown[paper.id], alike) for paper, alike in zip(site.papers, related, strict=True) if paper.id in shown]
    standing, alike = zip(*kept, strict=True) if kept else ((), ())
    return replace(site, papers=standing, related=alike, days=tuple(days))


def _with_papers(day: Day, anew: dict[PaperId, CuratedPaper]) -> Day:
    lead, papers, withdrawn = (
        tuple(anew.get(paper.id, paper) for paper in papers) for papers in (day.lead, day.papers, day.withdrawn)
    )
    return replace(day, lead=lead, papers=papers, withdrawn=withdrawn)


# Days, weeks, months, years -------------------------------------------------------------------------------------


def assemble_days(content: Content, by_id: dict[PaperId, CuratedPaper]) -> tuple[Day, ...]:
    """Every day that a listing has papers for, newest first, each with its neighbours."""
    curators = {curator.handle: curator for curator in content.curators}
    introductions = {introduction.date: introduction for introduction in content.introductions}
    listings = _group(content.listings, lambda listing: listing.date)
    days = [
        _assemble_day(day, listings[day], introductions.get(day), curators, by_id)
        for day in sorted(listings)
        if any(listing.entries for listing in listings[day])
    ]
    # A day whose papers were all withdrawn keeps its page, and nothing but the archive leads there.
    standing = _with_neighbours([day for day in days if day.papers], lambda day: Link(plain_date(day.date), day.path))
    emptied = [day for day in days if not day.papers]
    return tuple(sorted([*standing, *emptied], key=lambda day: day.date, reverse=True))


def _assemble_day(
    day: date,
    listings: list[Listing],
    introduction: Introduction | None,
    curators: dict[str, Curator],
    by_id: dict[PaperId, CuratedPaper],
) -> Day:
    """Most votes first; papers without votes after them, in their source's order."""
    coverage, ids = _cover(listings, by_id)
    papers = sorted((by_id[paper_id] for paper_id in ids), key=lambda paper: _day_order(paper, day))
    leading = introduction.lead if introduction else ()
    return Day(
        date=day,
        lead=tuple(paper for paper_id in leading if (paper := by_id[paper_id]).paper.withdrawn is None),
        papers=tuple(paper for paper in papers if paper.paper.withdrawn is None),
        withdrawn=tuple(paper for paper in papers if paper.paper.withdrawn is not None),
        introduction=introduction,
        editor=curators[introduction.by] if introduction else None,
        coverage=coverage,
    )


def _day_order(paper: CuratedPaper, day: date) -> tuple[int, str, int, PaperId]:
    votes = paper.entry.votes
    place = min((a.source, a.rank) for a in paper.appearances if a.date == day)
    return (1 if votes is None else -votes, *place, paper.id)


def _cover(listings: list[Listing], by_id: dict[PaperId, CuratedPaper]) -> tuple[tuple[Coverage, ...], list[PaperId]]:
    """What became of each source's entries, and the day's papers in the order of first sight."""
    seen: dict[PaperId, None] = {}
    coverage = []
    for listing in sorted(listings, key=lambda listing: listing.source):
        ids = [entry.paper.id for entry in listing.entries]
        new = [paper_id for paper_id in ids if paper_id not in seen]
        withdrawn = sum(by_id[paper_id].paper.withdrawn is not None for paper_id in new)
        coverage.append(
            Coverage(
                source=listing.source,
                listed=len(ids) + len(listing.dropped),
                kept=len(new) - withdrawn,
                merged=len(ids) - len(new),
                withdrawn=withdrawn,
                dropped=listing.dropped,
                read=listing.read,
                complete=listing.complete,
            )
        )
        seen.update(dict.fromkeys(new))
    return tuple(coverage), list(seen)


_PERIOD_NAMES = {"week": week_name, "month": month_name, "year": year_name}


def assemble_periods(kind: str, days: tuple[Day, ...]) -> tuple[Period, ...]:
    """The weeks, months or years that have days, newest first; their papers are those of their days."""
    spans = {"week": _week_of, "month": _month_of, "year": _year_of}
    groups = _group((day for day in days if day.papers), lambda day: spans[kind](day.date))
    periods = [Period(kind, *span, days=tuple(groups[span])) for span in sorted(groups)]
    return _with_neighbours(periods, lambda period: Link(_PERIOD_NAMES[kind](period.start), period.path))


def _week_of(day: date) -> tuple[str, date, date]:
    """The ISO 8601 week: it begins on Monday and belongs to the year that holds its Thursday."""
    year, week, weekday = day.isocalendar()
    monday = day - timedelta(days=weekday - 1)
    return f"{year:04d}-W{week:02d}", monday, monday + timedelta(days=6)


def _month_of(day: date) -> tuple[str, date, date]:
    start = day.replace(day=1)
    return day.isoformat()[:7], start, (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _year_of(day: date) -> tuple[str, date, date]:
    return f"{day.year:04d}", date(day.year, 1, 1), date(day.year, 12, 31)


# Topics ---------------------------------------------------------------------------------------------------------


def assemble_topics(content: Content, newest_first: tuple[CuratedPaper, ...]) -> tuple[TopicPapers, ...]:
    """Each declared topic with its papers, in the order of the tree: a topic, then its children, by title."""
    by_slug = {topic.slug: topic for topic in content.topics}
    curators = {curator.handle: Link(curator.name, curator.path) for curator in content.curators}
    members: dict[str, list[CuratedPaper]] = {topic.path: [] for topic in content.topics}
    for paper in newest_first:
        for membership in paper.topics:
            members[membership.topic.url].append(paper)
    mondays = _trend_weeks(newest_first)
    children = _group(_by_title(content.topics), lambda topic: topic.parent)

    def assemble_topic(topic: Topic) -> TopicPapers:
        return TopicPapers(
            topic=topic,
            owners=tuple(curators[handle] for handle in topic.owners),
            parents=tuple(_topic_link(by_slug[slug]) for slug in reversed(ancestors(topic, by_slug))),
            children=tuple((_topic_link(child), len(members[child.path])) for child in children.get(topic.slug, ())),
            years=_by_year(members[topic.path]),
            trend=_trend(members[topic.path], mondays),
            count=len(members[topic.path]),
        )

    return tuple(assemble_topic(topic) for topic in _in_tree_order(None, children))


def _by_title(topics: Iterable[Topic]) -> list[Topic]:
    return sorted(topics, key=lambda topic: (names.fold(topic.title), topic.slug))


def _in_tree_order(parent: str | None, children: dict[str | None, list[Topic]]) -> Iterable[Topic]:
    for topic in children.get(parent, ()):
        yield topic
        yield from _in_tree_order(topic.slug, children)


def _topic_link(topic: Topic) -> Link:
    return Link(topic.title, topic.path)


def _by_year(papers: Iterable[CuratedPaper]) -> tuple[TopicYear, ...]:
    years = _group(papers, lambda paper: paper.first.year)
    return tuple(
        TopicYear(
            year=year,
            curated=tuple(paper for paper in years[year] if paper.notes),
            matched=tuple(paper for paper in years[year] if not paper.notes),
        )
        for year in sorted(years, reverse=True)
    )


def _trend_weeks(newest_first: tuple[CuratedPaper, ...]) -> tuple[date, ...]:
    """The Mondays of the year of weeks that ends with the newest paper: the same weeks for every topic."""
    if not newest_first:
        return ()
    last = _week_of(newest_first[0].first)[1]
    return tuple(last - timedelta(weeks=back) for back in range(TREND_WEEKS - 1, -1, -1))


def _trend(papers: Iterable[CuratedPaper], mondays: tuple[date, ...]) -> tuple[WeekCount, ...]:
    counts = dict.fromkeys(mondays, 0)
    for paper in papers:
        monday = paper.first - timedelta(days=paper.first.weekday())
        if monday in counts:
            counts[monday] += 1
    return tuple(WeekCount(monday, count) for monday, count in counts.items())


# People and organisations ---------------------------------------------------------------------------------------


def assemble_authors(newest_first: tuple[CuratedPaper, ...]) -> tuple[Author, ...]:
    """Every name that has a page, by family name."""
    papers_of: dict[str, list[CuratedPaper]] = defaultdict(list)
    for paper in newest_first:
        # A name that stands twice on a paper brings it once.
        for name, path in dict(zip(paper.paper.authors, paper.author_pages, strict=True)).items():
            if path is not None:
                papers_of[name].append(paper)
    authors = (
        Author(name, key := names.sort_key(name), names.letter(key), tuple(papers))
        for name, papers in papers_of.items()
    )
    return tuple(sorted(authors, key=lambda author: (author.sort_key, author.name)))


def assemble_organisations(newest_first: tuple[CuratedPaper, ...]) -> tuple[OrganisationPapers, ...]:
    """Every organisation that a listing gives, by name; where listings spell it differently, the newest name holds."""
    organisations: dict[str, Organisation] = {}
    papers_of: dict[str, list[CuratedPaper]] = defaultdict(list)
    for paper in newest_first:
        if (organisation := paper.entry.organisation) is not None:
            organisations.setdefault(organisation.slug, organisation)
            papers_of[organisation.slug].append(paper)
    found = [OrganisationPapers(organisations[slug], tuple(papers)) for slug, papers in papers_of.items()]
    return tuple(sorted(found, key=lambda one: (names.fold(one.organisation.name), one.organisation.slug)))


def assemble_lists(content: Content, by_id: dict[PaperId, CuratedPaper]) -> tuple[ListPapers, ...]:
    """Every reading list, by title, with its papers in its own order."""
    curators = {curator.handle: curator for curator in content.curators}
    found = []
    for reading_list in sorted(content.lists, key=lambda one: (names.fold(one.title), one.slug)):
        papers = [(by_id[remark.paper], remark.text) for remark in reading_list.papers]
        found.append(
            ListPapers(
                reading_list=reading_list,
                curator=curators[reading_list.by],
                papers=tuple((paper, text) for paper, text in papers if paper.paper.withdrawn is None),
                withdrawn=tuple(paper for paper, _ in papers if paper.paper.withdrawn is not None),
            )
        )
    return tuple(found)


def assemble_queries(content: Content) -> tuple[QueryPapers, ...]:
    """Every named query, by title, still without an answer."""
    by_title = sorted(content.queries, key=lambda one: (names.fold(one.title), one.slug))
    return tuple(QueryPapers(query, ()) for query in by_title)


# Shared ---------------------------------------------------------------------------------------------------------


def _group(values: Iterable[_Value], key: Callable[[_Value], _Key]) -> dict[_Key, list[_Value]]:
    groups: dict[_Key, list[_Value]] = defaultdict(list)
    for value in values:
        groups[key(value)].append(value)
    return dict(groups)


_Neighbour = TypeVar("_Neighbour", Day, Period)


def _with_neighbours(oldest_first: list[_Neighbour], link: Callable[[_Neighbour], Link]) -> tuple[_Neighbour, ...]:
    """Newest first, each with links to the one before and the one after it in time."""
    links = [None, *(link(one) for one in oldest_first), None]
    linked = [replace(one, neighbours=Neighbours(links[i], links[i + 2])) for i, one in enumerate(oldest_first)]
    return tuple(reversed(linked))
