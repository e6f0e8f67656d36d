"""Small steps that tables of rows are made and read with. A table lies on another: each row of it is in one row there,
and of that it is known where its rows begin.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import count
from typing import Any

import numpy as np

from daybook.bits import Ints


def numbering() -> defaultdict[Any, int]:
    """Numbers whatever it is asked for, as it comes."""
    return defaultdict(count().__next__)


def changes(*columns: Ints) -> Ints:
    """The rows in which a column differs from the row before, the first row among them."""
    changed = np.ones(len(columns[0]), dtype=bool)
    for number, column in enumerate(columns):
        if number:
            changed[1:] |= column[1:] != column[:-1]
        else:
            np.not_equal(column[1:], column[:-1], out=changed[1:])
    return np.flatnonzero(changed)


def bounds_of(counts: Ints) -> Ints:
    """Where the rows of each of some groups begin, which have such counts, and where those of the last one end."""
    kind = _kind(int(counts.sum()))
    bounds = np.empty(len(counts) + 1, dtype=kind)
    bounds[0] = 0
    np.cumsum(counts, dtype=kind, out=bounds[1:])
    return bounds


def starts_of(counts: Ints) -> Ints:
    """Where the rows of each of some groups begin, which have such counts."""
    starts: Ints = bounds_of(counts)[:-1]
    return starts


def differences(numbers: Ints, firsts: Ints) -> Ints:
    """Each number less the one before, but for those that are first in their row."""
    less = numbers.astype(np.int64)
    less[1:] -= numbers[:-1]
    less[firsts] = numbers[firsts]
    return less


def counts_of(starts: Ints) -> Ints:
    """How many rows lie between each start and the next one."""
    counts: Ints = starts[1:] - starts[:-1]
    return counts


def with_end(starts: Ints, end: int) -> Ints:
    """The starts of some rows, and the end of the last one."""
    ends = np.empty(len(starts) + 1, dtype=_kind(end))
    ends[:-1] = starts
    ends[-1] = end
    return ends


def since(counted: Ints, first: Ints, group: Ints) -> Ints:
    """A running count, less what it was before the group began."""
    before = np.concatenate([np.zeros(1, dtype=counted.dtype), counted])
    grown: Ints = counted - before[first][group]
    return grown


def ranges(starts: Ints, counts: Ints) -> Ints:
    """The numbers from each start on, as many as it counts, one range behind the other."""
    total = int(counts.sum())
    kind = _kind(total + int(starts.max(initial=0)))
    numbers: Ints = np.repeat((starts - starts_of(counts)).astype(kind), counts)
    numbers += np.arange(total, dtype=kind)
    return numbers


def sorted_rows(keys: Ints) -> Ints:
    """Where the rows of each key are, by key: a stable sort, but faster since it is one of numbers that differ. Keys
    and rows are below 2 to the power of 31.
    """
    rows = (keys.astype(np.int64) << 32) + np.arange(len(keys))
    rows.sort()
    return rows & 0xFFFFFFFF


def _kind(most: int) -> type[np.integer[Any]]:
    """What numbers up to one fit into; halving them halves the time of the long columns."""
    return np.int32 if most < 2**31 else np.int64
