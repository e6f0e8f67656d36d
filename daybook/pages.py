"""Which pages a site has: a list of page kinds. Adding one is writing a function and listing it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from daybook import api_pages, calendar_pages, follow_pages, people_pages, report_pages, search_pages, subject_pages
from daybook.cards import Cards
from daybook.codes import CODE_GROUPS
from daybook.mistakes import MISTAKES
from daybook.model import Link, Page
from daybook.places import PLACES, SCHEMAS
from daybook.planner import ABOUT, CONTRIBUTORS, CORRECTIONS, HOME, SAVED, Planner
from daybook.record_shapes import OVERRIDE
from daybook.shapes import NOTE
from daybook.site import Site
from daybook.skeleton import explanations
from daybook.vocabulary import ASSISTANCE, INTERESTS, SOURCES, VERDICTS


def plan_pages(site: Site, cards: Cards) -> Iterator[Page]:
    """Every page of the site, in a fixed order."""
    planner = Planner(site, cards)
    for plan in PAGE_KINDS:
        yield from plan(planner)


def plan_about(planner: Planner) -> Iterator[Page]:
    """What this is, how to read it, how to contribute, and the page for addresses that lead nowhere."""
    settings = planner.site.settings
    shared = {
        "settings": settings,
        "verdicts": VERDICTS,
        "interests": INTERESTS,
        "assistance": ASSISTANCE,
        "sources": SOURCES,
        "contributors": CONTRIBUTORS,
        "corrections": CORRECTIONS,
    }
    about = {
        "papers": sum(paper.paper.withdrawn is None for paper in planner.site.papers),
        "days": len(planner.site.days),
    }
    yield Page(
        ABOUT.url,
        "about.html",
        {"frame": planner.frame(ABOUT.url, "About", f"What {settings.title} is."), **shared, **about},
    )
    reading = planner.frame("how-to-read.html", "How to read this", "What the marks mean.", (HOME, ABOUT))
    yield Page("how-to-read.html", "how_to_read.html", {"frame": reading, **shared})
    contributing = planner.frame("contribute.html", "How to contribute", "Add a note, in a browser.", (HOME, ABOUT))
    schemas = tuple(Link(place.form, f"{SCHEMAS}/{place.schema}") for place in PLACES)
    keys = {"note_keys": explanations(NOTE), "correction_keys": explanations(OVERRIDE)}
    yield Page("contribute.html", "contribute.html", {"frame": contributing, "schemas": schemas, **keys, **shared})


def plan_saved(planner: Planner) -> Iterator[Page]:
    """The papers that the reader has saved, which only the browser knows."""
    description = "The papers that you have saved in this browser, and one file of references to all of them."
    frame = planner.frame(SAVED.url, SAVED.title, description, scripts=("saved.js",))
    yield Page(SAVED.url, "saved.html", {"frame": frame})


def plan_mistakes(planner: Planner) -> Iterator[Page]:
    """What each code of the checker means."""
    crumbs = (HOME, ABOUT, Link("How to contribute", "contribute.html"))
    frame = planner.frame("mistakes.html", "Mistakes", "What the check of a note finds, code by code.", crumbs)
    groups = tuple(
        (title, tuple(mistake for mistake in MISTAKES if mistake.code.id.startswith(prefix)))
        for prefix, title in CODE_GROUPS.items()
    )
    yield Page("mistakes.html", "mistakes.html", {"frame": frame, "groups": groups})


def plan_not_found(planner: Planner) -> Iterator[Page]:
    """The page for addresses that lead nowhere.

    A host serves it at any depth, so its links begin at the host's root, with the path of the settings' base_url:
    the one exception to relative links.
    """
    base = urlsplit(planner.site.settings.base_url).path
    frame = planner.frame("404.html", "Not found", "There is no page at this address.")
    yield Page("404.html", "not_found.html", {"frame": replace(frame, root=f"{base}/", indexed=False)})


PAGE_KINDS: list[Callable[[Planner], Iterator[Page]]] = [
    calendar_pages.plan_home,
    calendar_pages.plan_days,
    calendar_pages.plan_weeks,
    calendar_pages.plan_months,
    calendar_pages.plan_years,
    calendar_pages.plan_archive,
    calendar_pages.plan_picks,
    subject_pages.plan_papers,
    subject_pages.plan_topic_index,
    subject_pages.plan_topics,
    subject_pages.plan_topic_years,
    subject_pages.plan_author_index,
    subject_pages.plan_authors,
    subject_pages.plan_organisation_index,
    subject_pages.plan_organisations,
    people_pages.plan_curators,
    people_pages.plan_contributors,
    people_pages.plan_corrections,
    subject_pages.plan_lists,
    follow_pages.plan_follow,
    api_pages.plan_api,
    search_pages.plan_search,
    search_pages.plan_opensearch,
    plan_saved,
    plan_about,
    plan_mistakes,
    report_pages.plan_report,
    report_pages.plan_health,
    plan_not_found,
]
