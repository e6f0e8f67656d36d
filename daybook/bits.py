"""Columns of numbers as the search index writes them: bits, six to a character. search_format.py says which."""

from __future__ import annotations

from base64 import b64encode
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.integer[Any]]


class Codes(NamedTuple):
    """Ints with their lengths in bits."""

    values: Ints
    lengths: Ints


def golomb(numbers: Ints, order: Ints | int) -> Codes:
    """Exponential Golomb codes of some order, or of an order for each number, from 0 up."""
    values = numbers.astype(np.int64) + np.left_shift(np.int64(1), order)
    return Codes(values, 2 * bit_lengths(values) - 1 - order)


def bit_lengths(numbers: Ints) -> Ints:
    """How many bits each number has, those above its highest one left out; numbers from 1 to 2 to the power of 53."""
    return np.frexp(numbers.astype(np.float64))[1].astype(np.int64)


def joined(*columns: Codes) -> Codes:
    """One column behind the other."""
    return Codes(np.concatenate([c.values for c in columns]), np.concatenate([c.lengths for c in columns]))


def text(codes: Codes) -> str:
    """All codes in a row as characters of BASE64, filled up with zeros. No code has more than 32 bits from its first
    one that is set.
    """
    ends = np.cumsum(codes.lengths)
    if not len(ends):
        return ""
    # Each code ends in a word of 32 bits, and may begin in the one before; zeros before it need not be written.
    word = (ends - 1) >> 5
    shifted = codes.values << (31 - ((ends - 1) & 31))
    words = np.zeros(int(word[-1]) + 2, dtype=np.int64)  # the first one stays empty
    firsts = np.flatnonzero(np.diff(word, prepend=-1))
    words[word[firsts] + 1] = np.add.reduceat(shifted & 0xFFFFFFFF, firsts)
    words[word[firsts]] += np.add.reduceat(shifted >> 32, firsts)
    characters = -(-int(ends[-1]) // 6)
    return b64encode(words[1:].astype(">u4").tobytes())[:characters].decode("ascii")
