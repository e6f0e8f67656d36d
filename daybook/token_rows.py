"""Which tokens a long row of bytes has, each once, and where each of them stands.

A text says the same words again and again: what Python has to do for a token is done for distinct ones only.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from daybook.bits import Ints

_BLANK = 32
_MASKS = np.array([(1 << 8 * length) - 1 for length in range(9)], dtype=np.uint64)
# Odd numbers that look like chance; see https://en.wikipedia.org/wiki/Hash_function#Multiplicative_hashing
_FACTORS = (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)


def distinct_tokens(row: bytes) -> tuple[list[bytes], Ints]:
    """The tokens of a row, rarely one twice, and for each that stands there its place among these. The row begins with
    a token and ends with a blank, or is empty.
    """
    bytes_of = np.frombuffer(row + bytes(16), dtype=np.uint8)
    is_blank = bytes_of[: len(row)] == _BLANK
    edges = np.flatnonzero(is_blank[1:] != is_blank[:-1]) + 1
    ends = edges[::2]
    starts = np.concatenate([np.zeros(len(ends[:1]), dtype=edges.dtype), edges[1::2]])
    told = _told(row, bytes_of, starts, ends)
    order = _alike_together(told)
    is_new = np.ones(len(order), dtype=bool)
    is_new[1:] = False
    for column in told:
        ordered = column[order]
        is_new[1:] |= ordered[1:] != ordered[:-1]
    which = np.empty(len(order), dtype=np.int32)
    which[order] = np.cumsum(is_new) - 1
    firsts = order[is_new]
    return [row[s:e] for s, e in zip(starts[firsts].tolist(), ends[firsts].tolist(), strict=True)], which


def _told(row: bytes, bytes_of: NDArray[np.uint8], starts: Ints, ends: Ints) -> list[NDArray[np.uint64]]:
    """Three numbers that tell a token: its first eight bytes, the next eight, and which one it is where it has more."""
    sizes = ends - starts
    eights: NDArray[np.uint64] = np.ndarray(len(row) + 9, dtype="<u8", buffer=bytes_of, strides=(1,))
    rest = np.zeros(len(starts), dtype=np.uint64)
    numbers: dict[bytes, int] = {}
    for place in np.flatnonzero(sizes > 16).tolist():
        rest[place] = numbers.setdefault(row[starts[place] : ends[place]], len(numbers) + 1)
    first = eights[starts] & _MASKS[np.minimum(sizes, 8)]
    second = eights[starts + 8] & _MASKS[np.clip(sizes - 8, 0, 8)]
    return [first, second, rest]


def _alike_together(told: list[NDArray[np.uint64]]) -> Ints:
    """Rows in such an order that those that tell the same stand together, unless others mix with them by chance."""
    count = len(told[0])
    keys = np.zeros(count, dtype=np.uint64)
    for column, factor in zip(told, _FACTORS, strict=True):
        keys += column * np.uint64(factor)  # of the product, what does not fit is left out
    low = np.uint64((1 << count.bit_length()) - 1)
    rows = keys & ~low
    rows += np.arange(count, dtype=np.uint64)
    rows.sort()
    order: Ints = (rows & low).astype(np.int64)
    return order
