"""What every page kind starts from: the site, its cards made once, and the frame around a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date
from textwrap import shorten

from daybook.cards import Card, make_card
from daybook.feeds import SITE_PAGE, FeedLinks
from daybook.model import Link, PaperId
from daybook.references import FORMATS
from daybook.site import CuratedPaper, Site, period_path
from daybook.tex import plain_text
from daybook.words import month_name

DESCRIPTION_LENGTH = 300

HOME = Link("Home", "index.html")
ARCHIVE = Link("Archive", "archive.html")
TOPICS = Link("Topics", "topics.html")
LISTS = Link("Lists", "lists.html")
CURATORS = Link("Curators", "curators.html")
AUTHORS = Link("Authors", "authors.html")
ORGANISATIONS = Link("Organisations", "organisations.html")
ABOUT = Link("About", "about.html")
PICKS = Link("Picks", "picks.html")
SEARCH = Link("Search", "search.html")
FOLLOW = Link("Follow", "follow.html")

NAVIGATION = (ARCHIVE, TOPICS, LISTS, CURATORS, AUTHORS, ORGANISATIONS, ABOUT)


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds a page: its names, its place in the site, the way back, the feeds that go with it.

    `follow` is the feed of just what the page shows, `cite` the files with its references, `scripts` those of static/
    that it runs.
    """

    path: str
    title: str
    description: str
    site_title: str
    tagline: str
    language: str
    root: str
    canonical: str
    section: str
    crumbs: tuple[Link, ...]
    navigation: tuple[Link, ...]
    licences: tuple[str, str, str]
    repository: str
    kind: str = "website"
    indexed: bool = True
    feeds: tuple[FeedLinks, ...] = ()
    follow: FeedLinks | None = None
    cite: tuple[Link, ...] = ()
    scripts: tuple[str, ...] = ()


class Planner:
    """The site with what every page kind needs at hand: cards made once, frames."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._site_feed = FeedLinks(site.settings.title, SITE_PAGE)
        self._cards = {paper.id: make_card(paper) for paper in site.papers}
        self._periods = {period.path for period in (*site.weeks, *site.months, *site.years)}

    def cards(self, papers: Iterable[CuratedPaper]) -> tuple[Card, ...]:
        return tuple(self._cards[paper.id] for paper in papers)

    def card(self, paper_id: PaperId) -> Card:
        return self._cards[paper_id]

    def frame(
        self,
        path: str,
        title: str,
        description: str,
        crumbs: tuple[Link, ...] = (HOME,),
        kind: str = "website",
        follow: FeedLinks | None = None,
        cite: bool = False,
        scripts: tuple[str, ...] = (),
    ) -> Frame:
        """`crumbs` lead from home to the page above this one; the second of them is its section."""
        settings = self.site.settings
        return Frame(
            path=path,
            title=plain_text(title),
            description=shorten(plain_text(description), DESCRIPTION_LENGTH, placeholder=" …"),
            site_title=settings.title,
            tagline=settings.tagline,
            language=settings.language,
            root="../" * path.count("/"),
            canonical=f"{settings.base_url}/{'' if path == HOME.url else path}",
            section=crumbs[1].url if len(crumbs) > 1 else path,
            crumbs=crumbs,
            navigation=NAVIGATION,
            licences=(settings.licences.notes, settings.licences.metadata, settings.licences.counts),
            repository=settings.repository,
            kind=kind,
            feeds=(follow, self._site_feed) if follow else (self._site_feed,),
            follow=follow,
            cite=tuple(Link(form.label, form.path(path)) for form in FORMATS) if cite else (),
            scripts=scripts,
        )

    def paper_links(self, papers: Iterable[CuratedPaper]) -> tuple[Link, ...]:
        return tuple(Link(paper.paper.title, paper.path) for paper in papers)

    def dated_crumbs(self, day: Date, *kinds: str) -> tuple[Link, ...]:
        """The breadcrumbs of a date: its year, month or week, as asked for, where they have a page."""
        year, week, _ = day.isocalendar()
        crumbs = {
            "year": Link(f"{day.year}", period_path("year", f"{day.year:04d}")),
            "month": Link(month_name(day).split()[0], period_path("month", day.isoformat()[:7])),
            "week": Link(f"Week {week}", period_path("week", f"{year:04d}-W{week:02d}")),
        }
        return tuple(crumbs[kind] for kind in kinds if crumbs[kind].url in self._periods)
