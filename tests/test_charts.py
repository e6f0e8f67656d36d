"""The geometry of calendars and trends."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from daybook.charts import BAR, CELL, LEVELS, TREND_HEIGHT, draw_calendar, draw_trend, shade
from daybook.site import WeekCount

YEARS = st.integers(1990, 2190)
COUNTS = st.lists(st.just(0) | st.integers(0, 500), max_size=60)


def _weeks(counts: list[int]) -> list[WeekCount]:
    return [WeekCount(date(2026, 1, 5) + timedelta(weeks=n), count) for n, count in enumerate(counts)]


@given(YEARS)
def test_a_calendar_has_every_day_of_its_year_in_a_cell_of_its_own(year: int) -> None:
    calendar = draw_calendar(year, {}, 0)
    days = [cell.date for cell in calendar.cells]
    assert days == [date(year, 1, 1) + timedelta(n) for n in range(len(days))]
    assert days[-1] == date(year, 12, 31)
    assert len({(cell.x, cell.y) for cell in calendar.cells}) == len(days)


@given(YEARS)
def test_cells_stand_inside_the_picture_and_fill_it(year: int) -> None:
    calendar = draw_calendar(year, {}, 0)
    assert {min(cell.x for cell in calendar.cells), min(cell.y for cell in calendar.cells)} == {0}
    assert max(cell.x for cell in calendar.cells) + CELL == calendar.width
    assert max(cell.y for cell in calendar.cells) + CELL == calendar.height


@given(YEARS)
def test_a_row_is_a_weekday_and_a_column_a_week(year: int) -> None:
    cells = draw_calendar(year, {}, 0).cells
    for before, cell in pairwise(cells):
        assert (cell.x > before.x) == (cell.date.weekday() == 0)
        assert (cell.y < before.y) == (cell.date.weekday() == 0)


@given(YEARS)
def test_the_name_of_a_month_stands_over_its_first_day(year: int) -> None:
    calendar = draw_calendar(year, {}, 0)
    columns = {cell.date: cell.x for cell in calendar.cells}
    assert [label.date.month for label in calendar.months] == list(range(1, 13))
    assert all(columns[label.date] == label.x for label in calendar.months)


def test_only_the_days_of_the_year_count() -> None:
    counts = {date(2025, 12, 31): 7, date(2026, 1, 1): 2, date(2026, 12, 31): 3, date(2027, 1, 1): 9}
    calendar = draw_calendar(2026, counts, 9)
    assert calendar.days == 2
    shown = {cell.date: cell.count for cell in calendar.cells if cell.count}
    assert shown == {date(2026, 1, 1): 2, date(2026, 12, 31): 3}


@given(st.integers(1, 300), st.data())
def test_shades_rise_with_the_count_and_an_empty_day_has_none(most: int, data: st.DataObject) -> None:
    less, more = sorted((data.draw(st.integers(1, most)), data.draw(st.integers(1, most))))
    assert 0 == shade(0, most) < shade(less, most) <= shade(more, most) <= LEVELS


@given(st.integers(LEVELS, 300))
def test_the_fullest_day_has_the_deepest_shade(most: int) -> None:
    assert (shade(1, most), shade(most, most)) == (1, LEVELS)


@given(COUNTS)
def test_bars_stand_on_the_ground_side_by_side(counts: list[int]) -> None:
    trend = draw_trend(_weeks(counts))
    assert [bar.week.count for bar in trend.bars] == counts
    assert all(bar.y + bar.height == TREND_HEIGHT == trend.height for bar in trend.bars)
    assert all(before.x + BAR < bar.x for before, bar in pairwise(trend.bars))
    assert trend.width == (trend.bars[-1].x + BAR if counts else 1)


@given(COUNTS)
def test_bars_are_as_high_as_the_counts(counts: list[int]) -> None:
    trend = draw_trend(_weeks(counts))
    assert (trend.most, trend.papers) == (max(counts, default=0), sum(counts))
    for bar in trend.bars:
        assert (bar.height == 0) == (bar.week.count == 0)
        assert bar.height == TREND_HEIGHT or bar.week.count < trend.most or trend.most == 0
    by_count = sorted(trend.bars, key=lambda bar: bar.week.count)
    assert [bar.height for bar in by_count] == sorted(bar.height for bar in trend.bars)
