"""What words have in common with the ones before them in a list; search_format.py says how such lists are written."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from daybook.bits import Ints
from daybook.search_format import DIGITS


def front_coded(words: Sequence[str]) -> list[str]:
    """Each word as a digit for what it shares with the one before, and the rest."""
    return coded(words, shared(words))


def coded(words: Sequence[str], counts: Ints) -> list[str]:
    """As `front_coded`, where `counts` are what is shared."""
    return [DIGITS[count] + word[count:] for count, word in zip(counts.tolist(), words, strict=True)]


def shared(words: Sequence[str]) -> Ints:
    """With how many characters, as far as a digit tells, each word begins as the one before does."""
    lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
    characters = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    starts = np.cumsum(lengths) - lengths
    most = np.zeros(len(words), dtype=np.int64)
    np.minimum(np.minimum(lengths[1:], lengths[:-1]), len(DIGITS) - 1, out=most[1:])
    counts = np.zeros(len(words), dtype=np.int64)
    alike = np.flatnonzero(most)
    for place in range(len(DIGITS)):
        alike = alike[most[alike] > place]
        alike = alike[characters[starts[alike] + place] == characters[starts[alike - 1] + place]]
        counts[alike] += 1
    return counts


def begins(counts: Ints, start: int, end: int, length: int) -> list[int]:
    """From `start` up to `end`, the first one and each word that has not its first `length` characters of the one
    before; `counts` is what is shared.
    """
    return [start, *(np.flatnonzero(counts[start + 1 : end] < length) + start + 1).tolist()]
