"""Which days a run asks for."""

from __future__ import annotations

from datetime import date as Date
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybook.due_days import NoSuchDays, Order, due_days

TODAY = Date(2026, 2, 10)
WINDOW = tuple(Date(2026, 1, 27) + timedelta(days=count) for count in range(15))
DAYS = st.dates(Date(2025, 10, 1), TODAY)


def back(days: int) -> Date:
    return TODAY - timedelta(days=days)


def test_the_first_run_asks_for_the_last_two_weeks() -> None:
    assert due_days(Order(), TODAY, (), ()) == WINDOW


def test_a_daily_run_reads_the_last_two_weeks_again() -> None:
    assert due_days(Order(), TODAY, [back(1), back(2), back(30), back(40)], [TODAY]) == WINDOW


def test_after_a_long_absence_it_goes_on_from_the_newest_complete_day() -> None:
    due = due_days(Order(), TODAY, [back(40), back(41)], [back(39)])
    assert due == tuple(back(days) for days in range(39, -1, -1))


def test_what_was_left_partial_is_read_again_however_old_it_is() -> None:
    assert due_days(Order(), TODAY, [back(1), back(99)], [back(300), back(100)]) == (back(300), back(100), *WINDOW)


def test_a_single_date_is_asked_for_even_if_it_is_frozen() -> None:
    assert due_days(Order(date=back(300)), TODAY, [back(300)], ()) == (back(300),)


def test_a_span_goes_on_where_it_was_stopped() -> None:
    order = Order(since=back(40), until=back(12))
    complete = [back(days) for days in (40, 39, 38, 15, 14, 13)]
    expected = tuple(back(days) for days in [*range(37, 15, -1), 14, 13, 12])
    assert due_days(order, TODAY, complete, [back(20)]) == expected


def test_a_span_without_end_goes_up_to_today() -> None:
    assert due_days(Order(since=back(2)), TODAY, (), ()) == (back(2), back(1), TODAY)


@pytest.mark.parametrize(
    ("order", "message"),
    [
        (Order(date=TODAY, since=TODAY), "--date is for one day"),
        (Order(date=TODAY, until=TODAY), "--date is for one day"),
        (Order(until=TODAY), "--until needs --since"),
        (Order(since=TODAY, until=back(1)), "--since 2026-02-10 is after --until 2026-02-09"),
        (Order(date=back(-1)), "2026-02-11 has not begun: today is 2026-02-10"),
        (Order(since=back(-1)), "2026-02-11 has not begun: today is 2026-02-10"),
        (Order(since=back(1), until=back(-1)), "2026-02-11 has not begun: today is 2026-02-10"),
    ],
)
def test_an_order_that_makes_no_sense_is_refused(order: Order, message: str) -> None:
    with pytest.raises(NoSuchDays, match=message):
        due_days(order, TODAY, (), ())


@given(st.sets(DAYS), st.sets(DAYS))
def test_a_default_run_misses_nothing_that_may_change_and_asks_for_nothing_frozen(
    complete: set[Date], others: set[Date]
) -> None:
    partial = others - complete
    due = due_days(Order(), TODAY, complete, partial)
    assert list(due) == sorted(set(due))
    assert {*WINDOW, *partial} <= set(due)
    assert not any(day in complete and day < back(14) for day in due)
    assert all(max(complete) < day for day in due if day not in partial and day < back(14))
