"""What the search index writes of some terms: the columns of search_format.py, as codes."""

from __future__ import annotations

import numpy as np

from daybook import bits
from daybook.bits import Codes, Ints
from daybook.postings import Postings
from daybook.rows import changes, counts_of, differences, ranges, starts_of
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


def _frequencies(rows: Postings) -> Ints:
    """How often, for each cell."""
    return counts_of(rows.occurrence_starts)


def papers_and_fields(rows: Postings, scale: int) -> Codes:
    """Columns 1 to 5."""
    counts = counts_of(rows.posting_starts)
    gaps = differences(rows.papers + 1, rows.posting_starts[:-1]) - 1
    orders = np.maximum(0, scale - bits.bit_lengths(counts) - 1)
    masks = rows.masks[rows.masks < 1 << FILTER]
    of_words = rows.fields < FILTER
    told = of_words & (rows.fields != ABSTRACT)
    return bits.joined(
        bits.golomb(counts - 1, 0),
        bits.golomb(gaps, np.repeat(orders, counts)),
        bits.golomb(_MASK_RANKS[masks], 0),
        bits.golomb(_frequencies(rows)[of_words] - 1, 0),
        bits.golomb(rows.field_lengths[told] - 1, _LENGTH_ORDERS[rows.fields[told]]),
    )


def abstract_lengths(rows: Postings) -> Codes:
    """Column 6."""
    return bits.golomb(rows.abstract_lengths[rows.masks < 1 << FILTER], ABSTRACT_ORDER)


def passages(rows: Postings) -> Codes:
    """Column 7."""
    cell = np.repeat(np.arange(len(rows.fields)), _frequencies(rows))
    told = ((rows.fields != TITLE) & (rows.fields < FILTER))[cell]
    cell, passage = cell[told], rows.passages[told].astype(np.int64)
    distinct = changes(cell, passage)
    cell, passage = cell[distinct], passage[distinct]
    firsts = changes(cell)
    of_firsts = cell[firsts]
    orders = np.ones(len(cell), dtype=np.int64)
    orders[firsts] = _PASSAGE_ORDERS[rows.fields[of_firsts]]
    counts = np.empty(len(firsts), dtype=np.int64)
    counts[:-1] = firsts[1:]
    counts[-1:] = len(cell)
    several = _frequencies(rows)[of_firsts] > 1
    return _before(
        bits.golomb(differences(passage + 1, firsts) - 1, orders),
        firsts[several],
        bits.golomb((counts - firsts - 1)[several], 0),
    )


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


def places(rows: Postings) -> Codes:
    """Where words stand among each other: what is in a file of its own."""
    cell = np.repeat(np.arange(len(rows.fields)), _frequencies(rows))
    told = (rows.places > 0) & (rows.fields < FILTER)[cell]
    cell, place, stops = cell[told], rows.places[told].astype(np.int64), counts_of(rows.stop_starts)[told]
    firsts = changes(cell)
    orders = np.full(len(cell), GAP_ORDER, dtype=np.int64)
    orders[firsts] = _PLACE_ORDERS[rows.fields[cell[firsts]]]
    starts = starts_of(stops + 2)
    values = np.empty(int(stops.sum()) + 2 * len(stops), dtype=np.int64)
    lengths = np.full(len(values), STOP_BITS, dtype=np.int64)
    values[starts], lengths[starts] = bits.golomb(differences(place, firsts) - 1, orders)
    values[starts + 1], lengths[starts + 1] = bits.golomb(stops, 0)
    values[ranges(starts + 2, stops)] = rows.stops[ranges(rows.stop_starts[:-1][told], stops)]
    return Codes(values, lengths)
