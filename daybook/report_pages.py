"""How the build went: the report for people, and the health of the site for machines and for every page."""

from __future__ import annotations

from collections.abc import Iterator

from daybook.health import HEALTH, HEALTH_SCRIPT, as_json, health_of
from daybook.model import Page
from daybook.planner import ABOUT, HOME, REPORT, Planner
from daybook.site_report import report_of
from daybook.words import plain_date


def plan_report(planner: Planner) -> Iterator[Page]:
    """The report of the build."""
    description = "What the sources listed, what became of it, and what somebody should look at."
    yield Page(
        REPORT.url,
        "report.html",
        {
            "frame": planner.frame(REPORT.url, REPORT.title, description, (HOME, ABOUT)),
            "health": health_of(planner.site),
            "report": report_of(planner.site),
        },
    )


def plan_health(planner: Planner) -> Iterator[Page]:
    """health.json; and health.js with the part that pages need, so that it changes no more than once a day."""
    health = health_of(planner.site)
    day = {"day": health.front.isoformat(), "shown": plain_date(health.front)} if health.front else {}
    yield Page(HEALTH, "health.json", {"health": as_json(health)})
    yield Page(HEALTH_SCRIPT, "health.js", {"health": {"stale_after_days": health.stale_after_days, **day}})
