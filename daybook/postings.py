"""Which word stands where in some papers: tables in the order of words.

The tables lie above each other: a term has a *posting* a paper, a posting a *cell* a field that the word stands in, a
cell an *occurrence* a time, and an occurrence the stop words right before it. Of each row it is known where its rows in
the table below begin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from daybook import bits
from daybook.bits import Ints
from daybook.parallel import beside
from daybook.rows import bounds_of, changes, counts_of, numbering, ranges, sorted_rows, starts_of, with_end
from daybook.search_format import ABSTRACT, FIELDS, FILTER, in_order

Digests = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Postings:
    """All tables. `*_starts` have one value more than the rows above, where the rows of the last one end.

    Of a term: two numbers in `digests` that tell its list from any other. Of a paper: in `lengths`, by its number, how
    many words are in each field. Of a posting: the number of the paper, the fields as bits. Of an occurrence: its
    passage, counted from 0, and its place among the words of its field that are no stop words, counted from 1, and one
    more for every passage that ended before; 0 for a joined word, whose parts have one each. Of a stop word: which.
    """

    terms: list[str]
    digests: Digests
    lengths: Ints
    posting_starts: Ints
    papers: Ints
    masks: Ints
    cell_starts: Ints
    fields: Ints
    occurrence_starts: Ints
    passages: Ints
    places: Ints
    stop_starts: Ints
    stops: Ints

    @property
    def abstract_lengths(self) -> Ints:
        """Of each posting."""
        lengths: Ints = self.lengths[self.papers, ABSTRACT]
        return lengths

    @property
    def field_lengths(self) -> Ints:
        """Of each cell."""
        lengths: Ints = self.lengths[np.repeat(self.papers, counts_of(self.cell_starts)), self.fields]
        return lengths


# The tables from above: where the rows of each begin, and its columns.
_TABLES = (
    ("posting_starts", ("papers", "masks")),
    ("cell_starts", ("fields",)),
    ("occurrence_starts", ("passages", "places")),
    ("stop_starts", ("stops",)),
)


def part(tables: Postings, spans: Sequence[tuple[int, int]]) -> Postings:
    """The tables of some terms only: those from the first number of each span up to its second one."""
    made: dict[str, Any] = {
        "terms": [term for start, end in spans for term in tables.terms[start:end]],
        "digests": _cut(tables.digests, spans),
        "lengths": tables.lengths,
    }
    for starts_name, columns in _TABLES:
        starts = getattr(tables, starts_name)
        made[starts_name] = _cut_starts(starts, spans)
        spans = [(int(starts[start]), int(starts[end])) for start, end in spans]
        made.update({column: _cut(getattr(tables, column), spans) for column in columns})
    return Postings(**made)


def _cut(column: NDArray[Any], spans: Sequence[tuple[int, int]]) -> NDArray[Any]:
    if len(spans) == 1:
        return column[slice(*spans[0])]
    return np.concatenate([column[start:end] for start, end in spans])


def _cut_starts(starts: Ints, spans: Sequence[tuple[int, int]]) -> Ints:
    if len(spans) == 1:
        (start, end) = spans[0]
        from_zero: Ints = starts[start : end + 1] - starts[start]
        return from_zero
    counts = np.concatenate([counts_of(starts[start : end + 1]) for start, end in spans])
    return bounds_of(counts)


def merge(parts: Sequence[Postings], firsts: Sequence[int], end: int) -> Postings:
    """The tables of all papers from those of some, whose numbers begin at 0 there and at `firsts` here, rising from
    part to part; all are below `end`. So the list of a term is those of the parts, one behind the other.
    """
    parts = [replace(one, papers=one.papers + first) for one, first in zip(parts, firsts, strict=True)]
    numbers = numbering()
    came = [np.fromiter(map(numbers.__getitem__, one.terms), np.int32, len(one.terms)) for one in parts]
    terms = in_order(numbers)
    ranks = np.empty(len(terms), dtype=np.int32)
    ranks[[numbers[term] for term in terms]] = np.arange(len(terms))
    # Of each list of each part the number of its term; `order` puts all lists in the order of terms, then of parts.
    term = ranks[_end_to_end(came, np.int32)]
    order = np.argsort(term, kind="stable")
    lists = changes(term[order])
    lengths = np.zeros((end, FILTER + 1), dtype=np.int32)
    for one, first in zip(parts, firsts, strict=True):
        lengths[first : first + len(one.lengths)] = one.lengths
    made: dict[str, Any] = {"terms": terms, "lengths": lengths, "digests": _summed(parts, firsts, order, lists)}
    bounds = [one.posting_starts for one in parts]
    below = np.add.reduceat(_end_to_end(map(counts_of, bounds))[order], lists) if len(lists) else lists
    for starts_name, columns in _TABLES:
        made[starts_name] = bounds_of(below)
        if starts_name != "posting_starts":
            bounds = [getattr(one, starts_name)[bound] for one, bound in zip(parts, bounds, strict=True)]
        put = _mover(bounds, order)
        made.update({column: put([getattr(one, column) for one in parts]) for column in columns})
        if name := _BELOW.get(starts_name):
            below = put([counts_of(getattr(one, name)) for one in parts])
    return Postings(**made)


_BELOW = dict(pairwise(name for name, _ in _TABLES))


def _mover(bounds: Sequence[Ints], order: Ints) -> Callable[[Sequence[Ints]], Ints]:
    """Puts the rows of parts, in each of which `bounds` part the lists, into the order of all lists."""
    counts = _end_to_end(map(counts_of, bounds))
    starts = np.empty(len(order), dtype=np.int64)
    starts[order] = starts_of(counts[order])
    places: list[Ints] = []
    first = 0
    for bound in bounds:
        here = slice(first, first + len(bound) - 1)
        places.append(ranges(starts[here], counts[here]))
        first = here.stop

    def put(columns: Sequence[Ints]) -> Ints:
        merged = np.empty(int(counts.sum()), dtype=columns[0].dtype if columns else np.int32)

        def put_half(half: int) -> None:
            for column, place in islice(zip(columns, places, strict=True), half, None, 2):
                merged[place] = column

        beside(partial(put_half, 0), partial(put_half, 1))
        return merged

    return put


def _end_to_end(columns: Iterable[Ints], kind: type[np.integer[Any]] = np.int64) -> Ints:
    return np.concatenate([np.zeros(0, dtype=kind), *columns], dtype=kind)


def _summed(parts: Sequence[Postings], firsts: Sequence[int], order: Ints, lists: Ints) -> Digests:
    """The digest of a term: the sum of those of its lists, each mixed with where the numbers of its part begin."""
    if not len(lists):
        return np.zeros((0, 2), dtype=np.uint64)
    mixed = [mix(one.digests + mix(np.uint64(first))) for one, first in zip(parts, firsts, strict=True)]
    summed: Digests = np.add.reduceat(np.concatenate(mixed)[order], lists, axis=0)
    return summed


def mix(numbers: Any) -> Any:
    """Numbers that look like chance, of numbers of 64 bits: splitmix64, https://prng.di.unimi.it/splitmix64.c."""
    with np.errstate(over="ignore"):
        mixed = numbers + np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return mixed ^ (mixed >> np.uint64(31))


# What is known of all terms --------------------------------------------------------------------------------------


def paper_counts(tables: Postings) -> list[int]:
    """In how many papers each term is."""
    counts: list[int] = counts_of(tables.posting_starts).tolist()
    return counts


def field_sizes(tables: Postings) -> tuple[list[int], list[int]]:
    """For each field, how many papers have words in it, and how many words all together."""
    lengths = tables.lengths[:, : len(FIELDS)]
    return np.count_nonzero(lengths, axis=0).tolist(), lengths.sum(axis=0).tolist()


def sizes(tables: Postings, scale: int) -> list[int]:
    """About how many bits the list of each term takes, without the places."""
    counts = counts_of(tables.posting_starts)
    cells = tables.cell_starts[tables.posting_starts]
    times = tables.occurrence_starts[cells]
    orders = np.maximum(0, scale - bits.bit_lengths(counts))
    about: list[int] = (counts * (orders + 12) + 3 * counts_of(cells) + 4 * counts_of(times)).tolist()
    return about


_TELLING = np.array([3, 1, 0, 2, 0, 0], dtype=np.int8)  # by field, filters last
_MOST_TELLING = 8


def telling(tables: Postings, scale: int, count: int) -> dict[int, str]:
    """For each paper up to `count` words that tell it from others: often in it, in few others, first the most telling.

    Rarity is measured in whole bits, so that a new paper changes next to nothing here.
    """
    counts = counts_of(tables.posting_starts)
    plain = np.array([len(term) > 2 and term.isalpha() for term in tables.terms], dtype=bool)
    rarity = np.where(plain & (counts > 1), scale - bits.bit_lengths(counts), 0)
    # Millions of rows: in small numbers, which take an eighth of the memory, this takes half the time.
    times = np.minimum(counts_of(tables.occurrence_starts), _MOST_TELLING).astype(np.int8)
    said = np.minimum(times * _TELLING[tables.fields], _MOST_TELLING)
    weight = np.repeat(rarity.astype(np.int16), counts)
    weight *= np.add.reduceat(said, tables.cell_starts[:-1], dtype=np.int16) if len(said) else said
    kept = np.flatnonzero(weight > 0)
    term, paper, weight = np.repeat(np.arange(len(counts)), counts)[kept], tables.papers[kept], weight[kept]
    order = sorted_rows(paper.astype(np.int64) * (1 << 10) - weight)
    term, paper = term[order], paper[order]
    firsts = changes(paper)
    shown = np.minimum(counts_of(with_end(firsts, len(paper))), count)
    words = iter([tables.terms[number] for number in term[ranges(firsts, shown)].tolist()])
    return {
        of_paper: " ".join(islice(words, number))
        for of_paper, number in zip(paper[firsts].tolist(), shown.tolist(), strict=True)
    }
