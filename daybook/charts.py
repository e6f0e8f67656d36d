"""The geometry of the pictures; the templates draw it as SVG, in user units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta

from daybook.site import WeekCount

CELL = 14
GAP = 3
LEVELS = 4

BAR = 9
BAR_GAP = 3
TREND_HEIGHT = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the calendar: where it stands, how many papers it has, its shade (0 for none to LEVELS)."""

    x: int
    y: int
    date: Date
    count: int
    level: int


@dataclass(frozen=True, slots=True)
class MonthLabel:
    """Where the name of a month stands above the calendar."""

    x: int
    date: Date


@dataclass(frozen=True, slots=True)
class Calendar:
    """One year: a column a week (Monday on top), a cell a day."""

    year: int
    width: int
    height: int
    cells: tuple[Cell, ...]
    months: tuple[MonthLabel, ...]
    days: int


def draw_calendar(year: int, counts: Mapping[Date, int], most: int) -> Calendar:
    """The calendar of a year; shades are relative to `most`, the largest count of all years."""
    first = Date(year, 1, 1)
    lead = first.weekday()
    days = [first + timedelta(days=n) for n in range((Date(year + 1, 1, 1) - first).days)]
    step = CELL + GAP

    def column(day: Date) -> int:
        return ((day - first).days + lead) // 7

    cells = tuple(
        Cell(column(day) * step, day.weekday() * step, day, counts.get(day, 0), shade(counts.get(day, 0), most))
        for day in days
    )
    return Calendar(
        year=year,
        width=(column(days[-1]) + 1) * step - GAP,
        height=7 * step - GAP,
        cells=cells,
        months=tuple(MonthLabel(column(day) * step, day) for day in days if day.day == 1),
        days=sum(day in counts for day in days),
    )


def shade(count: int, most: int) -> int:
    """0 for an empty day; otherwise 1 to LEVELS in equal steps up to `most`."""
    return -(-count * LEVELS // max(most, 1))


@dataclass(frozen=True, slots=True)
class Bar:
    """A week of a trend: the left and upper edge of its bar, its height, what it stands for."""

    x: int
    y: int
    height: int
    week: WeekCount


@dataclass(frozen=True, slots=True)
class Trend:
    """Papers a week, as bars."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    most: int
    papers: int


def draw_trend(weeks: Iterable[WeekCount]) -> Trend:
    """Bars as high as the counts; a week with papers is never invisible."""
    counted = tuple(weeks)
    most = max((week.count for week in counted), default=0)
    bars = []
    for n, week in enumerate(counted):
        height = max(2, round(week.count * TREND_HEIGHT / most)) if week.count else 0
        bars.append(Bar(n * (BAR + BAR_GAP), TREND_HEIGHT - height, height, week))
    width = max(1, len(bars) * (BAR + BAR_GAP) - BAR_GAP)
    return Trend(width, TREND_HEIGHT, tuple(bars), most, sum(week.count for week in counted))
