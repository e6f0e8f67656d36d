"""Which days of a source are asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta

REFRESHED = timedelta(days=14)
"""How long votes and comments of a day are read again. They settle in one or two weeks; then the day is frozen."""

_DAY = timedelta(days=1)


class NoSuchDays(Exception):
    """An order that cannot be carried out; says why."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to fetch: one `date`, the span from `since` to `until`, or with neither what may have changed.

    With `dry` nothing is stored.
    """

    date: Date | None = None
    since: Date | None = None
    until: Date | None = None
    dry: bool = False


def due_days(order: Order, today: Date, complete: Collection[Date], partial: Collection[Date]) -> tuple[Date, ...]:
    """The days to ask for, oldest first; `complete` and `partial` are those that are stored.

    A single date is asked for, whatever is stored. In a span, days that are frozen are left out, so that a backfill
    goes on where it stopped. Without either: all from the newest complete day on, the last 14 days at least, and
    every partial day. Raises NoSuchDays.
    """
    _refuse(order, today)
    if order.date:
        return (order.date,)
    frozen = {day for day in complete if day < today - REFRESHED}
    if order.since:
        asked = set(_span(order.since, order.until or today))
    else:
        fresh = today - REFRESHED
        asked = {*_span(min(max(complete) + _DAY, fresh) if complete else fresh, today), *partial}
    return tuple(sorted(asked - frozen))


def _refuse(order: Order, today: Date) -> None:
    if order.date and (order.since or order.until):
        raise NoSuchDays("--date is for one day, --since and --until are for a span: give the one or the other")
    if order.until and not order.since:
        raise NoSuchDays("--until needs --since: from when on?")
    if order.since and order.until and order.since > order.until:
        raise NoSuchDays(f"--since {order.since} is after --until {order.until}")
    latest = max(filter(None, (order.date, order.since, order.until)), default=today)
    if latest > today:
        raise NoSuchDays(f"{latest} has not begun: today is {today} (UTC)")


def _span(first: Date, last: Date) -> Iterable[Date]:
    return (first + timedelta(days=count) for count in range((last - first).days + 1))
