"""Which word stands where, in all papers: tables sorted by word, and what the index writes of a range of words.

The tables lie above each other: a term has a *posting* a paper, a posting a *cell* a field that the word stands in, and
a cell an *occurrence* a time. Of each row it is known where its rows in the table below begin.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from typing import NamedTuple

import numpy as np

from daybook import bits
from daybook.bits import Codes, Ints
from daybook.search_format import (
    ABSTRACT,
    ABSTRACT_ORDER,
    FIELDS,
    LENGTH_ORDERS,
    MASKS,
    PASSAGE_ORDERS,
    PLACE_ORDERS,
    STOP_BITS,
    TITLE,
    in_order,
)
from daybook.tokens import BREAK, LONGEST, STOP_NUMBERS, words_of

_BATCH = 500_000  # tokens that are read at once
_TERM, _JOINED, _BREAK = -1, -2, -3
_FILTER = len(FIELDS)  # stands for the field of what is no word


class Indexed(NamedTuple):
    """What the index takes of a paper: its number, the tokens of its fields, its filters."""

    number: int
    fields: Sequence[Sequence[str]]
    filters: Sequence[str]


@dataclass(frozen=True, slots=True)
class Postings:
    """All tables. `terms` are sorted; `*_starts` have one value more than rows, where the rows below them end.

    Of each occurrence: its passage, counted from 0; its place among the words of its field that are no stop words, and
    one more for every passage that ended before, -1 for a joined word, whose parts have one each; and how many
    stop words are right before it: those before the number `stop_ends` of `stops`.
    """

    terms: list[str]
    posting_starts: Ints
    papers: Ints
    masks: Ints
    abstract_lengths: Ints
    cell_starts: Ints
    fields: Ints
    lengths: Ints
    occurrence_starts: Ints
    passages: Ints
    places: Ints
    stop_counts: Ints
    stop_ends: Ints
    stops: Ints


def gather(papers: Iterable[Indexed]) -> Postings:
    """The tables of some papers, which come in the order of their numbers."""
    reader = _Reader()
    for paper in papers:
        reader.add(paper)
    text = reader.text()
    return _sorted(reader.terms, text, reader.groups(), np.concatenate(reader.stops))


class _Text(NamedTuple):
    """Words in the order in which they stand in papers; rows are occurrences. A group is a field of a paper."""

    term: Ints
    group: Ints
    passage: Ints
    place: Ints
    stop_counts: Ints
    stop_ends: Ints


class _Reader:
    """Takes papers in and turns their tokens into numbers, a batch at a time so that memory stays small."""

    def __init__(self) -> None:
        self._tokens: defaultdict[str, int] = defaultdict()
        self._tokens.default_factory = self._tokens.__len__
        self._atoms = _Atoms()
        self._numbers: list[int] = []  # of the tokens of this batch
        self._sizes: list[int] = []  # of the groups of this batch
        self._groups: list[tuple[int, int]] = []  # paper and field, of all batches
        self._batches: list[_Text] = []
        self._lengths: list[Ints] = []
        self.stops: list[Ints] = []
        self._stopped = 0

    @property
    def terms(self) -> list[str]:
        return list(self._atoms.known)

    def add(self, paper: Indexed) -> None:
        for field, said in enumerate((*paper.fields, [BREAK, *paper.filters])):
            if said:
                self._numbers.extend(map(self._tokens.__getitem__, said))
                self._sizes.append(len(said))
                self._groups.append((paper.number, field))
        if len(self._numbers) > _BATCH:
            self._read()

    def text(self) -> _Text:
        self._read()
        return _Text(*map(np.concatenate, zip(*self._batches, strict=True)))

    def groups(self) -> tuple[Ints, Ints, Ints]:
        """The paper, the field and the length of each group."""
        papers, fields = np.array(self._groups, dtype=np.int32).reshape(-1, 2).T
        return papers, fields, np.concatenate(self._lengths)

    def _read(self) -> None:
        self._atoms.add(islice(self._tokens, len(self._atoms.counts), None))
        starts, flat, counts = self._atoms.columns()
        tokens, sizes = np.array(self._numbers, dtype=np.int32), np.array(self._sizes, dtype=np.int32)
        count = counts[tokens]
        atom = flat[_ranges(starts[tokens], count)]
        group = np.repeat(np.repeat(np.arange(len(sizes), dtype=np.int32), sizes), count)
        self._take(atom, group, np.searchsorted(group, np.arange(len(sizes))))
        self._numbers, self._sizes = [], []

    def _take(self, atom: Ints, group: Ints, first: Ints) -> None:
        """A batch of atoms, with the group that each is in and where each of the groups begins."""
        kind = self._atoms.kinds()[atom]
        is_stop, is_break, is_joined, stands = kind >= 0, kind == _BREAK, kind == _JOINED, kind == _TERM
        is_term = stands | is_joined
        stopped = np.cumsum(is_stop, dtype=np.int32)
        before = stopped - np.maximum.accumulate(np.where(is_stop | is_joined, 0, stopped))
        passage = _since(np.cumsum(is_break, dtype=np.int32), first, group) - 1
        standing = np.cumsum(stands, dtype=np.int32)
        place = np.where(is_joined, -1, _since(standing, first, group) - stands + passage)
        columns = (
            atom, group + (len(self._groups) - len(first)), passage, place,
            np.where(stands, np.roll(before, 1), 0), stopped + self._stopped,
        )  # fmt: skip
        self._batches.append(_Text(*(column[is_term].astype(np.int32) for column in columns)))
        self._lengths.append(np.bincount(group[is_term], minlength=len(first)).astype(np.int32))
        self.stops.append(kind[is_stop])
        self._stopped += len(self.stops[-1])


class _Atoms:
    """What tokens fall into: breaks, stop words and terms, each once; a joined word before its parts."""

    def __init__(self) -> None:
        self.known: defaultdict[str, int] = defaultdict()
        self.known.default_factory = self.known.__len__
        self.counts: list[int] = []
        self._flat: list[int] = []
        self._joined: set[str] = set()
        self._kinds: list[int] = []

    def add(self, tokens: Iterable[str]) -> None:
        for token in tokens:
            if token.isascii() and token.isalnum() and len(token) <= LONGEST:
                self._flat.append(self.known[token])
                self.counts.append(1)
                continue
            texts = self._fallen(token)
            self._flat.extend(map(self.known.__getitem__, texts))
            self.counts.append(len(texts))

    def _fallen(self, token: str) -> list[str]:
        if token == BREAK or ":" in token:
            return [token]
        texts = []
        for word in words_of(token):
            texts += [word.term, *word.parts]
            if word.parts:
                self._joined.add(word.term)
        return texts

    def columns(self) -> tuple[Ints, Ints, Ints]:
        """For each token where its atoms begin among all of them, those, and how many it has."""
        counts = np.array(self.counts, dtype=np.int32)
        return _starts_of(counts), np.array(self._flat, dtype=np.int32), counts

    def kinds(self) -> Ints:
        """For each atom its number among the stop words, or _TERM, _JOINED or _BREAK."""
        self._kinds.extend(map(self._kind, islice(self.known, len(self._kinds), None)))
        return np.array(self._kinds, dtype=np.int32)

    def _kind(self, text: str) -> int:
        if text == BREAK:
            return _BREAK
        return _JOINED if text in self._joined else STOP_NUMBERS.get(text, _TERM)


def _sorted(atoms: list[str], text: _Text, groups: tuple[Ints, Ints, Ints], stops: Ints) -> Postings:
    used = np.flatnonzero(np.bincount(text.term, minlength=len(atoms)))
    number_of = {atoms[number]: number for number in used.tolist()}
    terms = in_order(number_of)
    ranks = np.zeros(len(atoms), dtype=np.int32)
    ranks[[number_of[term] for term in terms]] = np.arange(len(terms))
    term = ranks[text.term]
    order = np.argsort(term, kind="stable")
    term, group = term[order], text.group[order]
    cells = _changes(term, group)
    term, paper, field, length = term[cells], *(column[group[cells]] for column in groups)
    postings = _changes(term, paper)
    abstracts = np.zeros(1 + groups[0].max(initial=0), dtype=np.int32)
    of_abstracts = groups[1] == ABSTRACT
    abstracts[groups[0][of_abstracts]] = groups[2][of_abstracts]
    return Postings(
        terms=terms,
        posting_starts=np.append(_changes(term[postings]), len(postings)),
        papers=paper[postings],
        masks=np.add.reduceat(1 << field, postings) if len(postings) else postings,
        abstract_lengths=abstracts[paper[postings]],
        cell_starts=np.append(postings, len(cells)),
        fields=field,
        lengths=length,
        occurrence_starts=np.append(cells, len(order)),
        passages=text.passage[order],
        places=text.place[order],
        stop_counts=text.stop_counts[order],
        stop_ends=text.stop_ends[order],
        stops=stops,
    )


def _since(counted: Ints, first: Ints, group: Ints) -> Ints:
    """A running count, less what it was before the group began."""
    since: Ints = counted - np.append(np.int32(0), counted)[first][group]
    return since


def _ranges(starts: Ints, counts: Ints) -> Ints:
    """The numbers from each start on, as many as it counts, one range behind the other."""
    ranges: Ints = np.repeat(starts - _starts_of(counts), counts) + np.arange(counts.sum())
    return ranges


def _changes(*columns: Ints) -> Ints:
    """The rows in which a column differs from the row before, the first row among them."""
    if not len(columns[0]):
        return np.zeros(0, dtype=np.int32)
    changed = np.ones(len(columns[0]), dtype=bool)
    changed[1:] = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    return np.flatnonzero(changed)


def _starts_of(counts: Ints) -> Ints:
    """Where the rows of each of some groups begin, which have such counts."""
    starts: Ints = np.cumsum(counts) - counts
    return starts


def _differences(numbers: Ints, firsts: Ints) -> Ints:
    """Each number less the one before, but for those that are first in their row."""
    differences: Ints = np.diff(numbers, prepend=0)
    differences[firsts] = numbers[firsts]
    return differences


# What is written -------------------------------------------------------------------------------------------------


def _by_field(orders: dict[int, int]) -> Ints:
    return np.array([orders.get(field, 0) for field in range(len(FIELDS))], dtype=np.int32)


_LENGTH_ORDERS, _PASSAGE_ORDERS, _PLACE_ORDERS = map(_by_field, (LENGTH_ORDERS, PASSAGE_ORDERS, PLACE_ORDERS))
_MASK_RANKS = np.zeros(1 << len(FIELDS), dtype=np.int32)
_MASK_RANKS[list(MASKS)] = np.arange(len(MASKS))


def part(tables: Postings, spans: Sequence[tuple[int, int]]) -> Postings:
    """The tables of some terms only: those from the first number of each span up to its second one."""
    postings = [(int(tables.posting_starts[start]), int(tables.posting_starts[end])) for start, end in spans]
    cells = [(int(tables.cell_starts[start]), int(tables.cell_starts[end])) for start, end in postings]
    times = [(int(tables.occurrence_starts[start]), int(tables.occurrence_starts[end])) for start, end in cells]
    return Postings(
        terms=[term for start, end in spans for term in tables.terms[start:end]],
        posting_starts=_part_of_starts(tables.posting_starts, spans),
        papers=_part_of(tables.papers, postings),
        masks=_part_of(tables.masks, postings),
        abstract_lengths=_part_of(tables.abstract_lengths, postings),
        cell_starts=_part_of_starts(tables.cell_starts, postings),
        fields=_part_of(tables.fields, cells),
        lengths=_part_of(tables.lengths, cells),
        occurrence_starts=_part_of_starts(tables.occurrence_starts, cells),
        passages=_part_of(tables.passages, times),
        places=_part_of(tables.places, times),
        stop_counts=_part_of(tables.stop_counts, times),
        stop_ends=_part_of(tables.stop_ends, times),
        stops=tables.stops,
    )


def _part_of(column: Ints, spans: Sequence[tuple[int, int]]) -> Ints:
    return np.concatenate([column[start:end] for start, end in spans])


def _part_of_starts(starts: Ints, spans: Sequence[tuple[int, int]]) -> Ints:
    return _ends(np.concatenate([np.diff(starts[start : end + 1]) for start, end in spans]))


def _ends(counts: Ints) -> Ints:
    """Where rows of such counts begin, and where the last one ends."""
    return np.concatenate([np.zeros(1, dtype=np.int32), np.cumsum(counts)])


def _frequencies(rows: Postings) -> Ints:
    """How often, for each cell."""
    return np.diff(rows.occurrence_starts)


def _stop_words(rows: Postings) -> Ints:
    """The numbers of the stop words before each occurrence, one after the other."""
    counts = rows.stop_counts
    first = rows.stop_ends - counts - _starts_of(counts)
    stops: Ints = rows.stops[np.repeat(first, counts) + np.arange(counts.sum())]
    return stops


def papers_and_fields(rows: Postings, scale: int) -> Codes:
    """Columns 1 to 5."""
    counts = np.diff(rows.posting_starts)
    gaps = _differences(rows.papers + 1, rows.posting_starts[:-1]) - 1
    orders = np.maximum(0, scale - bits.bit_lengths(counts) - 1)
    masks = rows.masks[rows.masks < 1 << _FILTER]
    of_words = rows.fields < _FILTER
    told = of_words & (rows.fields != ABSTRACT)
    return bits.joined(
        bits.golomb(counts - 1, 0),
        bits.golomb(gaps, np.repeat(orders, counts)),
        bits.golomb(_MASK_RANKS[masks], 0),
        bits.golomb(_frequencies(rows)[of_words] - 1, 0),
        bits.golomb(rows.lengths[told] - 1, _LENGTH_ORDERS[rows.fields[told]]),
    )


def abstract_lengths(rows: Postings) -> Codes:
    """Column 6."""
    return bits.golomb(rows.abstract_lengths[rows.masks < 1 << _FILTER], ABSTRACT_ORDER)


def passages(rows: Postings) -> Codes:
    """Column 7."""
    cell = np.repeat(np.arange(len(rows.fields)), _frequencies(rows))
    told = (rows.fields != TITLE) & (rows.fields < _FILTER)
    kept = told[cell]
    cell, passage = cell[kept], rows.passages[kept]
    distinct = _changes(cell, passage)
    cell, passage = cell[distinct], passage[distinct]
    firsts = _changes(cell)
    orders = np.ones(len(cell), dtype=np.int32)
    orders[firsts] = _PASSAGE_ORDERS[rows.fields[cell[firsts]]]
    codes = bits.golomb(_differences(passage + 1, firsts) - 1, orders)
    counts = bits.golomb(np.diff(np.append(firsts, len(cell))) - 1, 0)
    several = _frequencies(rows)[cell[firsts]] > 1
    where = firsts[several]
    return Codes(
        np.insert(codes.values, where, counts.values[several]), np.insert(codes.lengths, where, counts.lengths[several])
    )


def places(rows: Postings) -> Codes:
    """Where words stand, of another file."""
    cell = np.repeat(np.arange(len(rows.fields)), _frequencies(rows))
    told = (rows.places >= 0) & (rows.fields < _FILTER)[cell]
    cell, place, stop_counts = cell[told], rows.places[told], rows.stop_counts[told]
    firsts = _changes(cell)
    orders = np.full(len(cell), 5, dtype=np.int32)
    orders[firsts] = _PLACE_ORDERS[rows.fields[cell[firsts]]]
    gap_codes, count_codes = bits.golomb(_differences(place + 1, firsts) - 1, orders), bits.golomb(stop_counts, 0)
    starts = _starts_of(2 + stop_counts)
    values = np.empty(int((2 + stop_counts).sum()), dtype=np.int32)
    lengths = np.full(len(values), STOP_BITS, dtype=np.int32)
    of_stops = np.ones(len(values), dtype=bool)
    for offset, codes in ((0, gap_codes), (1, count_codes)):
        values[starts + offset], lengths[starts + offset] = codes
        of_stops[starts + offset] = False
    values[of_stops] = _stop_words(rows)
    return Codes(values, lengths)


def digest(rows: Postings) -> str:
    """A digest of all that is written of the range."""
    digested = blake2b(digest_size=16)
    columns: tuple[Ints, ...] = (
        rows.posting_starts, rows.papers, rows.masks, rows.abstract_lengths, rows.fields, rows.lengths,
        rows.occurrence_starts, rows.passages, rows.places, rows.stop_counts, _stop_words(rows),
    )  # fmt: skip
    digested.update("\n".join(rows.terms).encode("utf-8", "surrogatepass"))
    for column in columns:
        digested.update(column.tobytes())
    return digested.hexdigest()


def paper_counts(tables: Postings) -> list[int]:
    """In how many papers each term is."""
    counts: list[int] = np.diff(tables.posting_starts).tolist()
    return counts


def field_sizes(tables: Postings) -> tuple[list[int], list[int]]:
    """For each field, how many papers have words in it, and how many words all together."""
    kept = tables.fields < len(FIELDS)
    papers = np.repeat(tables.papers, np.diff(tables.cell_starts))[kept]
    fields, lengths = tables.fields[kept], tables.lengths[kept]
    _, first = np.unique(papers * len(FIELDS) + fields, return_index=True)
    totals = np.bincount(fields[first], weights=lengths[first], minlength=len(FIELDS))
    counts = np.bincount(fields[first], minlength=len(FIELDS))
    return counts.tolist(), [int(total) for total in totals]


def sizes(tables: Postings, scale: int) -> list[int]:
    """About how many bits the list of each term takes, without the places."""
    counts = np.diff(tables.posting_starts)
    cells = np.diff(tables.cell_starts[tables.posting_starts])
    times = np.diff(tables.occurrence_starts[tables.cell_starts[tables.posting_starts]])
    about: list[int] = (
        counts * (np.maximum(0, scale - bits.bit_lengths(counts)) + 12) + 3 * cells + 4 * times
    ).tolist()
    return about


def telling(tables: Postings, scale: int, count: int) -> dict[int, list[str]]:
    """For each paper up to `count` words that tell it from others: often in it, in few others, first the most telling.

    Rarity is measured in whole bits, so that a new paper changes next to nothing here.
    """
    counts = np.diff(tables.posting_starts)
    plain = np.array([term.isalpha() and len(term) > 2 for term in tables.terms], dtype=bool)
    rarity = np.where(plain & (counts > 1), scale - bits.bit_lengths(counts), 0)
    said = np.minimum(_frequencies(tables) * _TELLING[tables.fields], _MOST_TELLING)
    weight = np.repeat(rarity, counts) * (np.add.reduceat(said, tables.cell_starts[:-1]) if len(said) else said)
    term, paper = np.repeat(np.arange(len(counts)), counts), tables.papers
    kept = weight > 0
    term, paper, weight = term[kept], paper[kept], weight[kept]
    order = np.argsort(paper * np.int64(1 << 20) - weight, kind="stable")
    term, paper = term[order], paper[order]
    firsts = _changes(paper)
    ends = np.append(firsts[1:], len(paper))
    return {
        int(paper[first]): [tables.terms[number] for number in term[first : min(first + count, end)].tolist()]
        for first, end in zip(firsts.tolist(), ends.tolist(), strict=True)
    }


_TELLING = np.array([3, 1, 0, 2, 0, 0], dtype=np.int64)  # by field, filters last
_MOST_TELLING = 8
