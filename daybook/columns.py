"""What the search index writes of some terms: the columns of search_format.py, as characters.

All is made of many files at once, since a table of a file is so short that each step would cost more than its numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from daybook import bits
from daybook.bits import Codes, Column, Ints
from daybook.postings import Postings
from daybook.rows import bounds_of, changes, counts_of, differences, ranges
from daybook.search_format import (
    ABSTRACT,
    ABSTRACT_ORDER,
    FIELDS,
    FILTER,
    GAP_ORDER,
    LENGTH_ORDERS,
    MASKS,
    PASSAGE_ORDERS,
    PLACE_ORDERS,
    STOP_BITS,
    TITLE,
)


def _by_field(orders: dict[int, int]) -> Ints:
    return np.array([orders.get(field, 0) for field in range(len(FIELDS))], dtype=np.int64)


_LENGTH_ORDERS, _PASSAGE_ORDERS, _PLACE_ORDERS = map(_by_field, (LENGTH_ORDERS, PASSAGE_ORDERS, PLACE_ORDERS))
_MASK_RANKS = np.zeros(1 << len(FIELDS), dtype=np.int64)
_MASK_RANKS[list(MASKS)] = np.arange(len(MASKS))


class Parts(NamedTuple):
    """Tables of the terms of several files; the terms of each begin at its number in `bounds`, which ends with the end
    of all.
    """

    rows: Postings
    bounds: Ints

    @property
    def postings(self) -> Ints:
        """Where the postings of each part begin."""
        return self.rows.posting_starts[self.bounds]

    @property
    def cells(self) -> Ints:
        """Where the cells of each part begin."""
        return self.rows.cell_starts[self.postings]


def parts_of(rows: Postings, bounds: Sequence[int]) -> Parts:
    """Tables whose terms are parted at some of them."""
    return Parts(rows, np.array(bounds, dtype=np.int64))


def light(parts: Parts, scale: int) -> list[str]:
    """Columns 1 to 7 of each part."""
    return bits.texts(*_papers_and_fields(parts, scale), _abstract_lengths(parts), _passages(parts))


def heavy(parts: Parts, scale: int) -> tuple[list[str], list[str], list[str]]:
    """Columns 1 to 5, column 6 and column 7 of each part."""
    lists = bits.texts(*_papers_and_fields(parts, scale))
    return lists, bits.texts(_abstract_lengths(parts)), bits.texts(_passages(parts))


def _frequencies(rows: Postings) -> Ints:
    """How often, for each cell."""
    return counts_of(rows.occurrence_starts)


def _papers_and_fields(parts: Parts, scale: int) -> list[Column]:
    """Columns 1 to 5."""
    rows = parts.rows
    counts = counts_of(rows.posting_starts)
    gaps = differences(rows.papers + 1, rows.posting_starts[:-1]) - 1
    orders = np.maximum(0, scale - bits.bit_lengths(counts) - 1)
    masked = np.flatnonzero(rows.masks < 1 << FILTER)
    of_words = np.flatnonzero(rows.fields < FILTER)
    told = of_words[rows.fields[of_words] != ABSTRACT]
    return [
        Column(bits.golomb(counts - 1, 0), parts.bounds),
        Column(bits.golomb(gaps, np.repeat(orders, counts)), parts.postings),
        _picked(bits.golomb(_MASK_RANKS[rows.masks[masked]], 0), masked, parts.postings),
        _picked(bits.golomb(_frequencies(rows)[of_words] - 1, 0), of_words, parts.cells),
        _picked(bits.golomb(rows.field_lengths[told] - 1, _LENGTH_ORDERS[rows.fields[told]]), told, parts.cells),
    ]


def _picked(codes: Codes, rows: Ints, bounds: Ints) -> Column:
    """Codes of some rows of a table, whose numbers rise; those of each part begin at its number in `bounds`."""
    return Column(codes, np.searchsorted(rows, bounds))


def _abstract_lengths(parts: Parts) -> Column:
    """Column 6."""
    masked = np.flatnonzero(parts.rows.masks < 1 << FILTER)
    return _picked(bits.golomb(parts.rows.abstract_lengths[masked], ABSTRACT_ORDER), masked, parts.postings)


def _passages(parts: Parts) -> Column:
    """Column 7."""
    rows = parts.rows
    cell = np.repeat(np.arange(len(rows.fields)), _frequencies(rows))
    told = ((rows.fields != TITLE) & (rows.fields < FILTER))[cell]
    cell, passage = cell[told], rows.passages[told].astype(np.int64)
    distinct = changes(cell, passage)
    cell, passage = cell[distinct], passage[distinct]
    firsts = changes(cell)
    of_firsts = cell[firsts]
    orders = np.ones(len(cell), dtype=np.int64)
    orders[firsts] = _PASSAGE_ORDERS[rows.fields[of_firsts]]
    counts = np.diff(firsts, append=len(cell))
    several = _frequencies(rows)[of_firsts] > 1
    codes = _before(
        bits.golomb(differences(passage + 1, firsts) - 1, orders),
        firsts[several],
        bits.golomb((counts - 1)[several], 0),
    )
    # Before the codes of a part are those of its rows, and the counts put in.
    bounds = np.searchsorted(cell, parts.cells)
    return Column(codes, bounds + np.searchsorted(firsts[several], bounds))


def _before(codes: Codes, places: Ints, others: Codes) -> Codes:
    """Codes with others put in, each before the one at its place; the places rise."""
    shift = np.zeros(len(codes.values) + 1, dtype=np.int64)
    shift[places] = 1
    at = np.arange(len(codes.values)) + np.cumsum(shift[:-1])
    merged = []
    for column, other in zip(codes, others, strict=True):
        both = np.empty(len(column) + len(other), dtype=np.int64)
        both[at] = column
        both[places + np.arange(len(places))] = other
        merged.append(both)
    return Codes(*merged)


def places(parts: Parts) -> list[str]:
    """Where words stand among each other: what is in a file of its own, of each part."""
    rows = parts.rows
    cell = np.repeat(np.arange(len(rows.fields)), _frequencies(rows))
    told = (rows.places > 0) & (rows.fields < FILTER)[cell]
    cell, place, stops = cell[told], rows.places[told].astype(np.int64), counts_of(rows.stop_starts)[told]
    firsts = changes(cell)
    orders = np.full(len(cell), GAP_ORDER, dtype=np.int64)
    orders[firsts] = _PLACE_ORDERS[rows.fields[cell[firsts]]]
    starts = bounds_of(stops + 2)
    at = starts[:-1]
    values = np.empty(int(starts[-1]), dtype=np.int64)
    lengths = np.full(len(values), STOP_BITS, dtype=np.int64)
    values[at], lengths[at] = bits.golomb(differences(place, firsts) - 1, orders)
    values[at + 1], lengths[at + 1] = bits.golomb(stops, 0)
    values[ranges(at + 2, stops)] = rows.stops[ranges(rows.stop_starts[:-1][told], stops)]
    return bits.texts(Column(Codes(values, lengths), starts[np.searchsorted(cell, parts.cells)]))
