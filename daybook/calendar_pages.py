"""The pages of days, weeks, months and years, home and the archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date as Date

from daybook.along import along_links
from daybook.charts import Calendar, draw_calendar
from daybook.model import Link, Page
from daybook.planner import ARCHIVE, HOME, PICKS, Planner
from daybook.site import CuratedPaper, Day, Period
from daybook.vocabulary import VERDICTS
from daybook.words import count_of, long_date, month_name, week_name

HOME_TITLES = 4
ARCHIVE_YEARS = 4  # that the archive shows day by day; those before have it on their own pages


def front_day(days: tuple[Day, ...]) -> Day | None:
    """The day that home shows: the newest complete one with papers; while none is complete, the newest."""
    standing = [day for day in days if day.papers]
    return next((day for day in standing if day.complete), standing[0] if standing else None)


def plan_home(planner: Planner) -> Iterator[Page]:
    """The front page: one day in full, the days before it in brief."""
    site = planner.site
    front = front_day(site.days)
    settings = site.settings
    standing = [day for day in site.days if day.papers]
    earlier = [day for day in standing if front and day.date < front.date][: settings.home_days - 1]
    filling = [day for day in standing if front and day.date > front.date]
    yield Page(
        HOME.url,
        "home.html",
        {
            "frame": planner.frame(HOME.url, settings.title, settings.tagline, crumbs=()),
            "day": _day_context(planner, front) if front else None,
            "filling": tuple(Link(long_date(day.date), day.path) for day in filling),
            "earlier": tuple(
                {
                    "day": _day_link(day),
                    "count": len(day.papers),
                    "complete": day.complete,
                    "papers": planner.cards(day.papers[:HOME_TITLES]),
                }
                for day in earlier
            ),
            "lists": tuple(
                (Link(one.reading_list.title, one.reading_list.path), len(one.papers)) for one in site.lists
            ),
        },
    )


def plan_days(planner: Planner) -> Iterator[Page]:
    """One page a day with papers."""
    for day in planner.site.days:
        title = long_date(day.date)
        count = count_of(len(day.papers), "paper")
        yield Page(
            day.path,
            "day.html",
            {
                "frame": planner.frame(
                    day.path,
                    title,
                    f"{count} listed on {title}.",
                    (HOME, ARCHIVE, *planner.dated_crumbs(day.date, "year", "month", "week")),
                    cite=bool(day.papers),
                    json=True,
                    picture=_day_link(day),
                    digest=day.date.isoformat() if day.papers else None,
                ),
                "day": _day_context(planner, day),
                "neighbours": day.neighbours,
            },
        )


def _day_context(planner: Planner, day: Day) -> dict[str, object]:
    return {
        "date": day.date,
        "link": _day_link(day),
        "introduction": day.introduction.text if day.introduction else None,
        "editor": Link(day.editor.name, day.editor.path) if day.editor else None,
        "lead": tuple((planner.card(paper), paper.notes[0] if paper.notes else None) for paper in day.lead),
        "cards": planner.cards(day.others),
        "withdrawn": planner.paper_links(day.withdrawn),
        "count": len(day.papers),
        "noted": sum(bool(paper.notes) for paper in day.papers),
        # A paper that was listed on another day, too, carries that reading's votes where it is newer.
        "votes_read": _span(paper.read for paper in day.papers if paper.entry.votes is not None),
        "read": max(part.read for part in day.coverage),
        "complete": day.complete,
        "coverage": day.coverage,
    }


def _span(dates: Iterable[Date | None]) -> tuple[Date, Date] | None:
    """The first and the last of some dates."""
    known = [day for day in dates if day is not None]
    return (min(known), max(known)) if known else None


def plan_weeks(planner: Planner) -> Iterator[Page]:
    """One page an ISO week, its days with the cards of papers that have a note and the titles of the others."""
    yield from (
        _period_page(planner, week, "week.html", week_name(week.start), ("year",)) for week in planner.site.weeks
    )


def plan_months(planner: Planner) -> Iterator[Page]:
    """One page a month: every day's titles."""
    for month in planner.site.months:
        yield _period_page(planner, month, "month.html", month_name(month.start), ("year",))


def plan_years(planner: Planner) -> Iterator[Page]:
    """One page a year: its months with their days, and what had a note."""
    yield from (_period_page(planner, year, "year.html", year.key, ()) for year in planner.site.years)


def _period_page(planner: Planner, period: Period, template: str, title: str, above: tuple[str, ...]) -> Page:
    papers = {paper.id: paper for day in period.days for paper in day.papers}
    noted = [paper for paper in papers.values() if paper.notes]
    return Page(
        period.path,
        template,
        {
            "frame": planner.frame(
                period.path,
                title,
                f"{count_of(len(papers), 'paper')} listed in {title}.",
                (HOME, ARCHIVE, *_period_crumbs(planner, period, *above)),
                digest=period.key if period.kind == "week" and papers else None,
            ),
            "title": title,
            "start": period.start,
            "end": period.end,
            "count": len(papers),
            "noted": len(noted),
            "neighbours": period.neighbours,
            "days": tuple(
                {
                    "day": _day_link(day),
                    "date": day.date,
                    "complete": day.complete,
                    "count": len(day.papers),
                    "noted": planner.cards(paper for paper in day.papers if paper.notes),
                    "others": planner.cards(paper for paper in day.papers if not paper.notes),
                }
                for day in period.days
            )
            if period.kind != "year"
            else (),
            "months": tuple(
                {"month": Link(month_name(month.start), month.path), "days": _day_counts(month.days)}
                for month in planner.site.months
                if period.kind == "year" and month.start.year == period.start.year
            ),
            "along": along_links(period.key) if period.kind == "week" else (),
            "best": planner.cards(paper for paper in noted if _is_must_read(paper)) if period.kind == "year" else (),
            "calendar": _calendar(planner, period) if period.kind == "year" else None,
        },
    )


def _calendar(planner: Planner, year: Period) -> Calendar:
    counts = {day.date: len(day.papers) for day in planner.site.days if day.papers}
    return draw_calendar(int(year.key), counts, max(counts.values()))


def _period_crumbs(planner: Planner, period: Period, *above: str) -> tuple[Link, ...]:
    """A week over the turn of a year belongs to the year that its number names, if that one has a page."""
    numbered = next((year for year in planner.site.years if year.key == period.key[:4]), None)
    return planner.dated_crumbs(numbered.days[0].date if numbered else period.days[0].date, *above)


def _is_must_read(paper: CuratedPaper) -> bool:
    return any(signed.note.verdict == VERDICTS[0].value for signed in paper.notes)


def _day_counts(days: Iterable[Day]) -> tuple[tuple[Date, str, int, bool], ...]:
    """Date, path, number of papers and whether the day is complete, oldest first."""
    return tuple((day.date, day.path, len(day.papers), day.complete) for day in sorted(days, key=lambda day: day.date))


def _day_link(day: Day) -> Link:
    return Link(long_date(day.date), day.path)


def _papers(period: Period) -> int:
    """How many there are in all its days, each counted once."""
    return len({paper.id for day in period.days for paper in day.papers})


def plan_archive(planner: Planner) -> Iterator[Page]:
    """Every day of every year: a calendar to look at, a table to click in."""
    site = planner.site
    standing = [day for day in site.days if day.papers]
    shown, earlier = site.years[:ARCHIVE_YEARS], site.years[ARCHIVE_YEARS:]
    yield Page(
        ARCHIVE.url,
        "archive.html",
        {
            "frame": planner.frame(ARCHIVE.url, "Archive", "Every day with papers, in a calendar."),
            "calendars": tuple(_calendar(planner, year) for year in shown),
            "earlier": tuple((Link(year.key, year.path), _papers(year)) for year in earlier),
            "years": tuple(
                {
                    "year": Link(year.key, year.path),
                    "papers": _papers(year),
                    "months": tuple(
                        {"month": Link(month_name(month.start).split()[0], month.path), "days": _day_counts(month.days)}
                        for month in site.months
                        if month.start.year == year.start.year
                    ),
                    "weeks": tuple(
                        Link(week_name(week.start), week.path)
                        for week in site.weeks
                        if any(day.date.year == year.start.year for day in week.days)
                    ),
                }
                for year in shown
            ),
            "days": len(standing),
            "emptied": tuple(_day_link(day) for day in site.days if not day.papers),
            "papers": sum(paper.paper.withdrawn is None for paper in site.papers),
            "picks": sum(paper.paper.withdrawn is None for paper in site.picks),
        },
    )


def plan_picks(planner: Planner) -> Iterator[Page]:
    """The papers that no listing has, newest first."""
    picks = planner.site.picks
    standing = [paper for paper in picks if paper.paper.withdrawn is None]
    withdrawn = [paper for paper in picks if paper.paper.withdrawn is not None]
    frame = planner.frame(PICKS.url, PICKS.title, "Papers that curators chose and no listing has.", (HOME, ARCHIVE))
    context = {
        "frame": frame,
        "cards": planner.cards(standing),
        "withdrawn": planner.paper_links(withdrawn),
    }
    yield Page(PICKS.url, "picks.html", context)
