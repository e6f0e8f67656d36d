"""The page that leads to all that can be followed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from daybook.feeds import ALL_FEEDS, CALENDAR, GROUPS, NOTES_PAGE, SITE_PAGE, FeedLinks, author_links, outline_path
from daybook.model import Link, Page
from daybook.planner import AUTHORS, FOLLOW, HOME, ORGANISATIONS, Planner, digest_links
from daybook.settings import ADDRESS
from daybook.site import Site
from daybook.tex import plain_text


def plan_follow(planner: Planner) -> Iterator[Page]:
    """Every feed but those of authors and organisations, of which there are too many: they are on their pages."""
    site = planner.site
    mail = site.settings.mail
    description = "Feeds of everything here, for any feed reader and any calendar."
    many = (
        (ORGANISATIONS, "organisations", len(site.organisations)),
        (AUTHORS, "authors", sum(author_links(one) is not None for one in site.authors)),
    )
    yield Page(
        FOLLOW.url,
        "follow.html",
        {
            "frame": planner.frame(FOLLOW.url, "Follow", description, (HOME,)),
            "site_feed": FeedLinks(site.settings.title, SITE_PAGE),
            "notes_feed": FeedLinks("Notes", NOTES_PAGE),
            "groups": tuple(
                (GROUPS[kind], Link("OPML", outline_path(kind)), feeds) for kind, feeds in _few(site) if feeds
            ),
            "queries": tuple((FeedLinks(plain_text(one.query.title), one.query.path), one.query.text, len(one.papers))
                             for one in site.queries),
            "many": tuple((index, Link("OPML", outline_path(kind)), count) for index, kind, count in many if count),
            "outlines": tuple(Link(GROUPS[kind], outline_path(kind)) for kind in ("site", "notes")),
            "all_feeds": ALL_FEEDS,
            "query_outline": outline_path("queries"),
            "calendar": CALENDAR,
            "subscribe": site.settings.subscribe,
            "leave": tuple(url for url in mail.unsubscribe if ADDRESS not in url) if mail else (),
            "digests": tuple(_newest(site)),
        },
    )  # fmt: skip


def _newest(site: Site) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """The digests of the newest day and the newest week that have papers."""
    days = (day.date.isoformat() for day in site.days if day.papers)
    weeks = (week.key for week in site.weeks if any(day.papers for day in week.days))
    for name, keys in (("day", days), ("week", weeks)):
        yield from ((name, digest_links(key)) for key in islice(keys, 1))


def _few(site: Site) -> Iterator[tuple[str, tuple[FeedLinks, ...]]]:
    yield "topics", tuple(FeedLinks(plain_text(one.topic.title), one.topic.path) for one in site.topics)
    yield "lists", tuple(FeedLinks(plain_text(one.reading_list.title), one.reading_list.path) for one in site.lists)
    yield "curators", tuple(FeedLinks(one.curator.name, one.curator.path) for one in site.curators)
