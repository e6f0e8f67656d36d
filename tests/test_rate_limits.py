"""How long a service asks us to wait, as its headers say it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybook.rate_limits import rate_limit, retry_after

NOW = datetime(2026, 2, 10, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("0", 0),
        ("Tue, 10 Feb 2026 12:05:00 GMT", 300),
        ("Tue, 10 Feb 2026 14:05:00 +0200", 300),
        ("Tuesday, 10-Feb-26 12:01:00 GMT", 60),
        ("Tue Feb 10 12:01:00 2026", 60),
        ("Tue, 10 Feb 2026 12:05:00 -0000", 300),
        ("Tue, 10 Feb 2026 11:00:00 GMT", 0),
        ("", 0),
        ("-5", 0),
        ("1.5", 0),
        ("soon", 0),
        ("9" * 30, 0),
        ("Tue, 32 Feb 2026 12:05:00 GMT", 0),
        ("Tue, 10 Feb 2026 12:05:00 +9999", 0),
    ],
)
def test_retry_after(value: str, seconds: float) -> None:
    assert retry_after(value, NOW) == seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ('"api";r=0;t=120', 120),
        ('"api"; t=120; r=0', 120),
        ('"api";r=1;t=120', 0),
        ('"api";r=499;t=300', 0),
        ('"api";r=0;t=5, "pages";r=0;t=50, "resolvers";r=7;t=500', 50),
        ('"a;r=0;t=9, b";r=3;t=9', 0),
        ('"api";r=0', 0),
        ('"api";t=120', 0),
        ('"api";r=0;t=-1', 0),
        ('"api";r=0.5;t=9', 0),
        ("100, 100;w=60", 0),
        ("", 0),
    ],
)
def test_rate_limit(value: str, seconds: float) -> None:
    assert rate_limit(value) == seconds


@given(st.text() | st.from_regex(r'("[a-z]*"(;[rt]=[0-9]{1,3}){0,3},? ?){0,3}'))
def test_any_header_means_some_number_of_seconds(value: str) -> None:
    assert 0 <= retry_after(value, NOW) < float("inf")
    assert 0 <= rate_limit(value) < float("inf")
