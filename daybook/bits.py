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
    """All codes in a row as characters of BASE64, filled up with zeros."""
    lengths = codes.lengths
    total = int(lengths.sum())
    if total == 0:
        return ""
    ends = np.cumsum(lengths)
    # For each bit, how far it is from the end of its code.
    back = np.repeat(ends, lengths) - 1 - np.arange(total)
    bits = (np.repeat(codes.values, lengths) >> back) & 1
    return b64encode(np.packbits(bits.astype(np.uint8)).tobytes()).decode("ascii").rstrip("=")
