"""How fresh a site is: what `health.json` and `health.js` at its root say, for machines and for every page.

A build knows no clock, so they hold dates; how old those are is worked out by whoever reads them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Date

from daybook import __version__
from daybook.site import Site

HEALTH = "health.json"
HEALTH_SCRIPT = "health.js"

_DATES = {"newest_complete_day": "complete", "newest_day": "newest", "listings_read": "read"}


@dataclass(frozen=True, slots=True)
class Health:
    """`complete`: the newest complete day with papers; `newest`: the newest day with papers, complete or not; `read`:
    when a listing was last read (all UTC). None where no listing has papers. `counts` of what the site holds, by name.
    """

    complete: Date | None
    newest: Date | None
    read: Date | None
    stale_after_days: int
    counts: Mapping[str, int]
    generator: str

    @property
    def front(self) -> Date | None:
        """The day that the home page shows: the newest complete one; while none is complete, the newest."""
        return self.complete or self.newest


def health_of(site: Site) -> Health:
    """The health of a site."""
    standing = [day for day in site.days if day.papers]
    return Health(
        complete=max((day.date for day in standing if day.complete), default=None),
        newest=max((day.date for day in standing), default=None),
        read=max((part.read for day in site.days for part in day.coverage), default=None),
        stale_after_days=site.settings.stale_after_days,
        counts={"days": len(site.days), "papers": len(site.papers), "topics": len(site.topics)},
        generator=f"Daybook {__version__}",
    )


def as_json(health: Health) -> dict[str, object]:
    """What health.json holds: dates as ISO 8601 writes them, or null."""
    dates = {key: getattr(health, name) for key, name in _DATES.items()}
    return {
        **{key: day.isoformat() if day else None for key, day in dates.items()},
        "stale_after_days": health.stale_after_days,
        "counts": dict(health.counts),
        "generator": health.generator,
    }


def parse(text: str) -> Health:
    """What `as_json` wrote. Raises ValueError for anything else."""
    held = json.loads(text)
    try:
        dates = {name: Date.fromisoformat(held[key]) if held[key] else None for key, name in _DATES.items()}
        counts = {str(name): int(count) for name, count in held["counts"].items()}
        return Health(
            **dates, stale_after_days=int(held["stale_after_days"]), counts=counts, generator=held["generator"]
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not the health of a site: {error}") from None
