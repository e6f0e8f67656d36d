"""What becomes of a stored day, or a stored pick, when a source is read again: it grows, and never loses anything.

The newer of the two readings says what an entry is and counts; what it leaves out stays as the older one had it, and
so do the entries that it no longer lists, marked with the day on which they were last seen. An archive can be read in
any order: a reading of long ago adds what is missing and takes nothing back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date as Date

from daybook.model import Dropped, Entry, Listing, Paper, PaperId, Pick

_Day = dict[PaperId, Entry]


def grow(
    stored: Listing | None,
    source: str,
    day: Date,
    entries: Iterable[Entry],
    dropped: Iterable[Dropped],
    today: Date,
) -> Listing | None:
    """The day after a reading on `today` (UTC): the stored one itself where nothing changed, None where there is none.

    A day without entries is not stored, and an answer without entries takes nothing away: it tells that the day is
    over, and no more. A day is complete when it is over (UTC) at a reading. `read` moves only with what is read. Of an
    entry that stands twice in the answer, the first place counts.
    """
    answered = _once(entries)
    if stored is None:
        return Listing(source, day, today, day < today, tuple(answered.values()), tuple(dropped)) if answered else None
    grown = replace(stored, complete=stored.complete or day < today)
    if answered:
        union = _union(stored, answered, today)
        grown = replace(grown, entries=union, dropped=_dropped(stored, tuple(dropped), union, today))
        grown = grown if grown == stored else replace(grown, read=max(stored.read, today))
    return stored if grown == stored else grown


def grow_pick(stored: Pick | None, new: Pick) -> Pick:
    """The pick after its paper was read again: the stored one itself where nothing changed.

    Of two readings of one source the higher version, then the newer one, says what the paper is. Another source adds
    what the stored one does not say of the paper, and nothing that is its own (counts, links): a pick is of one source.
    """
    if stored is None:
        return new
    if stored.source != new.source:
        grown = replace(stored, entry=replace(stored.entry, paper=_fill(stored.entry.paper, new.entry.paper)))
    elif _age(new) >= _age(stored):
        grown = Pick(new.source, _join(new.entry, stored.entry), new.read or stored.read)
    else:
        grown = replace(stored, entry=_join(stored.entry, new.entry))
    return stored if grown == stored else grown


def _union(stored: Listing, answered: _Day, today: Date) -> tuple[Entry, ...]:
    """The newer reading's entries in its order, then those that only the older one has, in theirs."""
    before = {entry.paper.id: entry for entry in stored.entries}
    if today >= stored.read:
        newer, older, seen = answered, before, stored.read
    else:
        newer, older, seen = before, answered, today
    listed = [_join(entry, older[paper]) if paper in older else entry for paper, entry in newer.items()]
    gone = [replace(entry, last_seen=entry.last_seen or seen) for paper, entry in older.items() if paper not in newer]
    if newer is before:
        listed = [_seen_again(entry, today) if entry.paper.id in answered else entry for entry in listed]
    return (*listed, *gone)


def _seen_again(entry: Entry, day: Date) -> Entry:
    """An entry that had gone already, and that an older reading still has."""
    return replace(entry, last_seen=max(entry.last_seen, day)) if entry.last_seen else entry


def _dropped(stored: Listing, dropped: tuple[Dropped, ...], kept: Iterable[Entry], today: Date) -> tuple[Dropped, ...]:
    """What the newer reading dropped, then what only the older one did and nobody has kept since."""
    newer, older = (dropped, stored.dropped) if today >= stored.read else (stored.dropped, dropped)
    known = {each.what for each in newer} | {entry.paper.id.text for entry in kept}
    return (*newer, *(each for each in older if each.what not in known))


def _once(entries: Iterable[Entry]) -> _Day:
    found: _Day = {}
    for entry in entries:
        first = found.get(entry.paper.id)
        found[entry.paper.id] = _join(first, entry) if first else entry
    return found


def _join(newer: Entry, older: Entry) -> Entry:
    """An entry of which the older reading fills the gaps; `last_seen` is the newer one's."""
    return Entry(
        paper=_fill(newer.paper, older.paper),
        votes=older.votes if newer.votes is None else newer.votes,
        comments=older.comments if newer.comments is None else newer.comments,
        stars=older.stars if newer.stars is None else newer.stars,
        organisation=newer.organisation or older.organisation,
        submitter=newer.submitter or older.submitter,
        code=newer.code or older.code,
        project=newer.project or older.project,
        discussion=newer.discussion or older.discussion,
        keywords=newer.keywords or older.keywords,
        summary=newer.summary or older.summary,
        last_seen=newer.last_seen,
    )


def _fill(paper: Paper, other: Paper) -> Paper:
    """The paper with what only the other one says."""
    return replace(
        paper,
        abstract=paper.abstract or other.abstract,
        categories=paper.categories or other.categories,
        version=paper.version or other.version,
        withdrawn=paper.withdrawn or other.withdrawn,
    )


def _age(pick: Pick) -> tuple[int, Date]:
    return pick.entry.paper.version or 0, pick.read or Date.min
