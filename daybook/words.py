"""Dates and numbers as the pages write them, in English whatever the machine's locale."""

from __future__ import annotations

from datetime import date as Date

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def long_date(day: Date) -> str:
    """`Wednesday, 7 January 2026`."""
    return f"{_DAYS[day.weekday()]}, {plain_date(day)}"


def plain_date(day: Date) -> str:
    """`7 January 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_date(day: Date) -> str:
    """`7 Jan 2026`."""
    return f"{day.day} {short_month(day)} {day.year}"


def short_month(day: Date) -> str:
    """`Jan`."""
    return _MONTHS[day.month - 1][:3]


def month_name(day: Date) -> str:
    """`January 2026`."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def week_name(day: Date) -> str:
    """`Week 2 of 2026`: the ISO week of a date."""
    year, week, _ = day.isocalendar()
    return f"Week {week} of {year}"


def year_name(day: Date) -> str:
    """`2026`."""
    return str(day.year)


def number(count: int) -> str:
    """`4,059`."""
    return f"{count:,}"


def count_of(count: int, singular: str) -> str:
    """`1 paper`, `2 papers`."""
    return f"{number(count)} {singular}" if count == 1 else f"{number(count)} {singular}s"
