"""What is said of a run, as lines and as Markdown."""

from __future__ import annotations

from datetime import date as Date

import pytest

from daybook.fetch_report import DayReport, FetchReport
from daybook.markdown import render

DAY = Date(2026, 2, 3)
HOSTILE = "dropped <img src=x> [a](javascript:b) `c` **d** | e\\ @f https://example.org/ #1 ~~g~~: Its id is <b>."


def report(*outcomes: str, dry: bool = False) -> FetchReport:
    days = [DayReport("huggingface", DAY, outcome, "3 entries") for outcome in outcomes]
    return FetchReport(tuple(days), 1_234, 56.7, dry)


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [
        ([], 0),
        (["kept"], 0),
        (["new", "grown", "refreshed", "kept", "empty"], 0),
        (["kept", "failed"], 1),
        (["empty", "failed", "failed"], 1),
        (["failed", "failed"], 2),
    ],
)
def test_exit_codes(outcomes: list[str], code: int) -> None:
    assert report(*outcomes).exit_code == code


def test_the_summary_counts_and_tells_what_failed() -> None:
    assert str(report("new", "kept", "kept", "failed")).splitlines() == [
        "2026-02-03 huggingface: failed, 3 entries",
        "4 days: 1 new, 0 grown, 0 refreshed, 2 kept, 0 empty, 1 failed; 1,234 requests made, 57 s waited",
    ]


def test_notices_have_an_end() -> None:
    day = DayReport("arxiv", DAY, "new", "3 entries", tuple(f"notice {number}" for number in range(60)))
    lines = str(FetchReport((day,), 1, 0)).splitlines()
    assert len(lines) == 52
    assert lines[0] == "2026-02-03 arxiv: notice 0"
    assert lines[50] == "and 10 more"


def test_the_summary_as_markdown() -> None:
    days = (
        DayReport("huggingface", DAY, "new", "3 entries", ("something",)),
        DayReport("arxiv", DAY, "failed", "HTTP 500"),
        DayReport("arxiv", DAY, "kept", "3 entries"),
    )
    assert FetchReport(days, 5, 6, dry=True).markdown() == MARKDOWN


MARKDOWN = """\
## Listings

| days of | new | grown | refreshed | kept | empty | failed |
| --- | --: | --: | --: | --: | --: | --: |
| arxiv | 0 | 0 | 0 | 1 | 0 | 1 |
| huggingface | 1 | 0 | 0 | 0 | 0 | 0 |

### Failed

- 2026-02-03 arxiv: failed, HTTP 500

### To look at

- 2026-02-03 huggingface: something

5 requests made, 6 s waited. This was a dry run: nothing was stored.
"""


def test_nothing_in_a_reason_is_markup() -> None:
    day = DayReport("huggingface", DAY, "new", "3 entries", (HOSTILE,))
    page = str(render(FetchReport((day,), 1, 0).markdown()))
    shown = page.partition("<li>")[2].partition("</li>")[0]
    expected = HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert shown.replace("<p>", "").replace("</p>", "").strip() == f"2026-02-03 huggingface: {expected}"
