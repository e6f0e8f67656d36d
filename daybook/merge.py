"""One paper from all that was said of it.

The merge rule. What describes the work itself (title, authors, abstract, date, categories) comes from the source that
holds the work: arXiv before any listing (vocabulary.PRECEDENCE); within a source from the highest version, then from
the newest reading. What only listings add (organisation, code, keywords) comes from the newest reading that has it.
The counts (votes, comments, stars) come together from the newest reading that has any, so that one date holds for all
of them, even when they are lower, for counts do fall. The version is the highest that any source knows; a withdrawal
that any source reports holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from daybook.model import Entry, Listing, Paper
from daybook.vocabulary import PRECEDENCE

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Sighting:
    """An entry with the source that gave it, and the date of its reading (None where a pick has no counts)."""

    source: str
    read: date | None
    entry: Entry


def seen_on(listing: Listing, entry: Entry) -> date:
    """The day on which a source last showed an entry: when its listing was read, or before, where it has gone."""
    return min(listing.read, entry.last_seen or listing.read)


def merge(sightings: Iterable[Sighting]) -> Entry:
    """The merged entry of one paper. `sightings` are all of one paper, at least one."""
    seen = sorted(sightings, key=_authority)
    if len(seen) == 1:
        return seen[0].entry
    newest = sorted(seen, key=_recency)
    counted = next((sighting.entry for sighting in newest if _has_counts(sighting.entry)), seen[0].entry)
    return Entry(
        paper=_merge_papers([sighting.entry.paper for sighting in seen]),
        votes=counted.votes,
        comments=counted.comments,
        stars=counted.stars,
        organisation=_first_known(newest, lambda entry: entry.organisation),
        submitter=_first_known(newest, lambda entry: entry.submitter),
        code=_first_known(newest, lambda entry: entry.code),
        project=_first_known(newest, lambda entry: entry.project),
        discussion=_first_known(newest, lambda entry: entry.discussion),
        keywords=_first_known(newest, lambda entry: entry.keywords or None) or (),
        summary=_first_known(newest, lambda entry: entry.summary),
        last_seen=_last_seen(seen),
    )


def counts_read(sightings: Iterable[Sighting]) -> date | None:
    """When the counts that `merge` kept were read: the newest reading that has any."""
    return max((s.read for s in sightings if s.read and _has_counts(s.entry)), default=None)


def _last_seen(sightings: list[Sighting]) -> date | None:
    """A paper has gone only when every source that had it has lost it."""
    days = [sighting.entry.last_seen for sighting in sightings]
    return None if None in days else max((day for day in days if day), default=None)


def _merge_papers(papers: list[Paper]) -> Paper:
    """`papers` come most authoritative first."""
    best = papers[0]
    return Paper(
        id=best.id,
        title=best.title,
        authors=best.authors,
        published=best.published,
        abstract=next((paper.abstract for paper in papers if paper.abstract), None),
        categories=next((paper.categories for paper in papers if paper.categories), ()),
        version=max((paper.version for paper in papers if paper.version), default=None),
        withdrawn=min((paper.withdrawn for paper in papers if paper.withdrawn), default=None),
    )


def _authority(sighting: Sighting) -> tuple[int, int, int, str]:
    return (
        PRECEDENCE.index(sighting.source),
        -(sighting.entry.paper.version or 0),
        -(sighting.read or date.min).toordinal(),
        repr(sighting.entry),  # two readings of one day: any fixed order will do
    )


def _recency(sighting: Sighting) -> tuple[int, tuple[int, int, int, str]]:
    return -(sighting.read or date.min).toordinal(), _authority(sighting)


def _has_counts(entry: Entry) -> bool:
    return any(count is not None for count in (entry.votes, entry.comments, entry.stars))


def _first_known(newest: list[Sighting], get: Callable[[Entry], _Value | None]) -> _Value | None:
    return next((value for sighting in newest if (value := get(sighting.entry)) is not None), None)
