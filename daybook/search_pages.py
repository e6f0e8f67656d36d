"""The search page, and what browsers need to offer the search themselves."""

from __future__ import annotations

from collections.abc import Iterator

from daybook.model import Link, Page
from daybook.planner import SEARCH, Planner
from daybook.tokens import words

# https://github.com/dewitt/opensearch, draft 6 of OpenSearch 1.1
_SHORT_NAME = 16  # characters


def plan_search(planner: Planner) -> Iterator[Page]:
    """The search page; the search itself happens in the browser."""
    site = planner.site
    yield Page(
        SEARCH.url,
        "search.html",
        {
            "frame": planner.frame(SEARCH.url, "Search", f"Search the papers and notes of {site.settings.title}."),
            "topics": tuple(Link(one.topic.title, one.topic.slug) for one in site.topics),
            "curators": tuple(Link(one.curator.name, one.curator.handle) for one in site.curators),
            "examples": tuple(_examples(planner)),
        },
    )


def plan_opensearch(planner: Planner) -> Iterator[Page]:
    """The OpenSearch description."""
    settings = planner.site.settings
    context = {"name": settings.title[:_SHORT_NAME].strip(), "title": settings.title, "base": settings.base_url}
    yield Page("opensearch.xml", "opensearch.xml", context)


def _examples(planner: Planner) -> Iterator[tuple[str, str]]:
    """The query language by examples that find something here."""
    site = planner.site
    yield "language models", "papers with all of these words come first"
    yield '"language models"', "the words in just this order"
    yield "models -language", "without a word; the minus works with everything below, too"
    yield "align*", "words that begin so"
    if site.topics:
        yield f"topic:{site.topics[0].topic.slug}", "in a topic"
    if site.authors:
        names = [word.term for word in words(max(site.authors, key=lambda author: len(author.papers)).name)]
        yield f"author:{names[-1]}", "in the names of authors; title: and note: work alike"
    if site.organisations:
        yield f"org:{site.organisations[0].organisation.slug}", "from an organisation"
    if site.curators:
        yield f"curator:{site.curators[0].curator.handle}", "with a note by this curator"
    yield "has:note", "with a note; has:code, has:project and is:withdrawn work alike"
    if site.months:
        yield (
            f"date:{site.months[0].key}",
            "listed in a month; also a year, week or day, or a span with .. between",
        )
    if site.papers:
        yield f"like:{site.papers[-1].id}", "papers that share its words"
        yield site.papers[-1].id.text, "an identifier, or any address of a paper, leads to its page"
    yield "models sort:newest", "in another order: sort:newest or sort:votes"
