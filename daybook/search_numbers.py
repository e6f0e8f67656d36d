"""The numbers by which the search index knows papers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date
from itertools import groupby
from typing import NamedTuple

# A month's numbers are a multiple of this, so that a paper that turns up late moves no other month's as a rule, and
# files of several papers hold those of one month.
_STEP = 32


class Span(NamedTuple):
    """The papers of a day or a month: its first day that has papers, the number of the first of them, their count."""

    date: Date
    first: int
    papers: int


class Numbers(NamedTuple):
    """The number of each paper, the days and months that have papers, and the end of all numbers."""

    of_papers: tuple[int, ...]
    days: tuple[Span, ...]
    months: tuple[Span, ...]
    end: int

    @property
    def scale(self) -> int:
        """All numbers are less than 2 to the power of this."""
        return max(1, (self.end - 1).bit_length())


def number(dates: Sequence[Date]) -> Numbers:
    """The numbers of papers, of whose dates the first one comes first."""
    numbers: list[int] = []
    days: list[Span] = []
    months: list[Span] = []
    end = 0
    for _, month in groupby(dates, key=lambda date: (date.year, date.month)):
        start = end
        for date, papers in groupby(month):
            count = len(list(papers))
            days.append(Span(date, end, count))
            numbers += range(end, end + count)
            end += count
            if start == days[-1].first:
                months.append(days[-1])
        months[-1] = months[-1]._replace(papers=end - start)
        end += -end % _STEP
    return Numbers(tuple(numbers), tuple(days), tuple(months), end)
