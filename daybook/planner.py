"""What every page kind starts from: the site, its cards made once, and the frame around a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date
from functools import cache

from daybook.api_shapes import api_path
from daybook.cards import Card, Cards
from daybook.digests import HTML, TEXT, digest_path
from daybook.feeds import SITE_PAGE, FeedLinks
from daybook.fingerprint import fingerprint
from daybook.model import Link, Settings
from daybook.references import FORMATS
from daybook.site import CuratedPaper, Site, period_path, picture_path
from daybook.tex import plain_text
from daybook.words import month_name

DESCRIPTION_LENGTH = 200

HOME = Link("Home", "index.html")
ARCHIVE = Link("Archive", "archive.html")
TOPICS = Link("Topics", "topics.html")
LISTS = Link("Lists", "lists.html")
CURATORS = Link("Curators", "curators.html")
AUTHORS = Link("Authors", "authors.html")
ORGANISATIONS = Link("Organisations", "organisations.html")
ABOUT = Link("About", "about.html")
CONTRIBUTORS = Link("Contributors", "contributors.html")
CORRECTIONS = Link("Corrections", "corrections.html")
PICKS = Link("Picks", "picks.html")
REPORT = Link("Report", "report.html")
SEARCH = Link("Search", "search.html")
FOLLOW = Link("Follow", "follow.html")
SAVED = Link("Saved papers", "saved.html")

NAVIGATION = (ARCHIVE, TOPICS, LISTS, CURATORS, AUTHORS, ORGANISATIONS, ABOUT)
_IN_MASTHEAD = {link.url for link in (HOME, SEARCH, *NAVIGATION)}


@dataclass(frozen=True, slots=True, repr=False)
class Masthead:
    """What surrounds every page of a site. Its `repr` is a digest, so that pages are fingerprinted cheaply."""

    settings: Settings
    navigation: tuple[Link, ...]
    digest: str

    def __repr__(self) -> str:
        return f"Masthead({self.digest})"


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds a page: its names, its place in the site, the way back, the feeds that go with it.


    `heading` and `about` may have markup; what is made of them is made when the page is drawn. `follow` is the feed of
    just what the page shows, `cite` the files with its references, `json` the file that tells programs the same,
    `mail` those of its digest, `scripts` those of static/ that it alone runs, `picture` what other sites show with a
    link to it, with what it says.
    """

    masthead: Masthead
    path: str
    heading: str
    about: str
    root: str
    crumbs: tuple[Link, ...]
    kind: str
    indexed: bool = True
    feeds: tuple[FeedLinks, ...] = ()
    follow: FeedLinks | None = None
    cite: tuple[Link, ...] = ()
    json: str = ""
    mail: tuple[Link, ...] = ()
    scripts: tuple[str, ...] = ()
    picture: Link | None = None

    @property
    def title(self) -> str:
        return plain_text(self.heading)

    @property
    def description(self) -> str:
        """The beginning of `about`, cut at a word."""
        text = plain_text(self.about)
        if len(text) <= DESCRIPTION_LENGTH:
            return text
        start = text[: DESCRIPTION_LENGTH - 2]
        return f"{start.rpartition(' ')[0] or start} …"

    @property
    def canonical(self) -> str:
        return f"{self.masthead.settings.base_url}/{'' if self.path == HOME.url else self.path}"

    @property
    def here(self) -> str:
        """The path, if the masthead leads to this page."""
        return self.path if self.path in _IN_MASTHEAD else ""

    @property
    def section(self) -> str:
        """The page that this one belongs to, if the masthead leads to it."""
        section = self.crumbs[1].url if len(self.crumbs) > 1 else self.path
        return section if section in _IN_MASTHEAD else ""

    @property
    def site_title(self) -> str:
        return self.masthead.settings.title

    @property
    def licences(self) -> tuple[str, str, str]:
        """Those of notes, metadata and counts."""
        licences = self.masthead.settings.licences
        return (licences.notes, licences.metadata, licences.counts)


def digest_links(key: str) -> tuple[Link, ...]:
    """The digest of a day or a week, in its forms."""
    return (Link("HTML", digest_path(key, HTML)), Link("plain text", digest_path(key, TEXT)))


class Planner:
    """The site with what every page kind needs at hand: cards made once, frames."""

    def __init__(self, site: Site, cards: Cards) -> None:
        self.site = site
        self._masthead = Masthead(site.settings, NAVIGATION, fingerprint(site.settings, NAVIGATION))
        self._site_feed = FeedLinks(site.settings.title, SITE_PAGE)
        self.card = cards.of
        self._periods = {period.path for period in (*site.weeks, *site.months, *site.years)}
        self.dated_crumbs = cache(self._dated_crumbs)

    def cards(self, papers: Iterable[CuratedPaper]) -> tuple[Card, ...]:
        return tuple(map(self.card, papers))

    def frame(
        self,
        path: str,
        title: str,
        description: str,
        crumbs: tuple[Link, ...] = (HOME,),
        kind: str = "website",
        follow: FeedLinks | None = None,
        cite: bool = False,
        json: bool = False,
        digest: str | None = None,
        scripts: tuple[str, ...] = (),
        picture: Link | None = None,
    ) -> Frame:
        """`crumbs` lead from home to the page above this one; the second of them is its section. `digest` is a key.

        `kind` is one of https://ogp.me/#types.
        `picture` is the page, with its title, whose picture goes with this one; where there is none, the site's does,
        but not with kinds of which there are tens of thousands.
        """
        return Frame(
            self._masthead,
            path,
            title,
            description,
            "../" * path.count("/"),
            crumbs,
            kind,
            feeds=(follow, self._site_feed) if follow else (self._site_feed,),
            follow=follow,
            cite=tuple(Link(form.label, form.path(path)) for form in FORMATS) if cite else (),
            json=api_path(path) if json else "",
            mail=digest_links(digest) if digest else (),
            scripts=scripts,
            picture=self._picture(picture, kind),
        )

    def _picture(self, page: Link | None, kind: str) -> Link | None:
        if not page and kind == "website":
            page = Link(self.site.settings.title, HOME.url)
        return Link(page.title, picture_path(page.url)) if page and self.site.settings.social_cards else None

    def paper_links(self, papers: Iterable[CuratedPaper]) -> tuple[Link, ...]:
        return tuple(Link(paper.paper.title, paper.path) for paper in papers)

    def _dated_crumbs(self, day: Date, *kinds: str) -> tuple[Link, ...]:
        """The breadcrumbs of a date: its year, month or week, as asked for, where they have a page."""
        year, week, _ = day.isocalendar()
        crumbs = {
            "year": Link(f"{day.year}", period_path("year", f"{day.year:04d}")),
            "month": Link(month_name(day).split()[0], period_path("month", day.isoformat()[:7])),
            "week": Link(f"Week {week}", period_path("week", f"{year:04d}-W{week:02d}")),
        }
        return tuple(crumbs[kind] for kind in kinds if crumbs[kind].url in self._periods)
