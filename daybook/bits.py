"""Columns of numbers as the search index writes them: bits, six to a character. search_format.py says which."""

from __future__ import annotations

from base64 import b64encode
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.integer[Any]]

_BLOCK = 96  # bits: three words, or sixteen characters


class Codes(NamedTuple):
    """Ints with their lengths in bits."""

    values: Ints
    lengths: Ints


class Column(NamedTuple):
    """Codes of several parts: those of each begin at its number in `bounds`, whose last one is the end of all."""

    codes: Codes
    bounds: Ints


def golomb(numbers: Ints, order: Ints | int) -> Codes:
    """Exponential Golomb codes of some order, or of an order for each number, from 0 up."""
    values = numbers.astype(np.int64) + np.left_shift(np.int64(1), order)
    return Codes(values, 2 * bit_lengths(values) - 1 - order)


def bit_lengths(numbers: Ints) -> Ints:
    """How many bits each number has, those above its highest one left out; numbers from 1 to 2 to the power of 53."""
    return np.frexp(numbers.astype(np.float64))[1].astype(np.int64)


def texts(*columns: Column) -> list[str]:
    """Of each part its codes of all columns, one column behind the other, as characters of BASE64, filled up with
    zeros. No code has more than 32 bits from its first one that is set.
    """
    sizes = np.array([_sizes(column) for column in columns])
    sums = sizes.sum(axis=0)
    blocks = -(-sums // _BLOCK)
    starts = np.cumsum(blocks) - blocks
    begins = starts * _BLOCK + np.cumsum(sizes, axis=0) - sizes
    words = np.zeros(_BLOCK // 32 * int(blocks.sum()) + 1, dtype=np.int64)  # the first one stays empty
    for column, begin in zip(columns, begins, strict=True):
        if len(column.codes.values):
            _put(column, begin, words)
    characters = b64encode(words[1:].astype(">u4").tobytes()).decode("ascii")
    firsts, counts = (starts * (_BLOCK // 6)).tolist(), (-(-sums // 6)).tolist()
    return [characters[first : first + count] for first, count in zip(firsts, counts, strict=True)]


def _sizes(column: Column) -> Ints:
    """The bits of each part."""
    ends = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(column.codes.lengths)])
    sizes: Ints = np.diff(ends[column.bounds])
    return sizes


def _put(column: Column, begins: Ints, words: Ints) -> None:
    """Write the codes into words of 32 bits, those of each part from a bit on."""
    (values, lengths), bounds = column
    ends = np.cumsum(lengths)
    before = np.concatenate([np.zeros(1, dtype=np.int64), ends])[bounds[:-1]]
    lasts = ends + np.repeat(begins - before - 1, np.diff(bounds))
    # Each code ends in one word, and may begin in the one before; zeros before it need not be written.
    word = lasts >> 5
    shifted = values << (31 - (lasts & 31))
    firsts = np.flatnonzero(np.diff(word, prepend=-1))
    words[word[firsts] + 1] += np.add.reduceat(shifted & 0xFFFFFFFF, firsts)
    words[word[firsts]] += np.add.reduceat(shifted >> 32, firsts)
