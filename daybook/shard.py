"""Reads the words of some papers into tables, and keeps these as bytes: what one process can do without the others."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, compress, islice, pairwise
from typing import Any

import numpy as np

from daybook.bits import Ints
from daybook.postings import Digests, Postings, mix, part
from daybook.rows import bounds_of, changes, counts_of, numbering, ranges, since, sorted_rows, starts_of, with_end
from daybook.search_format import FILTER, IS_PROSE, in_order
from daybook.token_rows import distinct_tokens
from daybook.tokens import BREAK, START, STOP_NUMBERS, fallen, is_joined, plain_row

_TERM, _JOINED, _BREAK = -1, -2, -3
# How columns are kept; of where rows begin, how many there are. Places are kept one higher, so that none is below 0.
_KINDS = {
    "lengths": "<i4", "digests": "<u8", "posting_starts": "<i4", "papers": "<i4", "masks": "u1", "cell_starts": "u1",
    "fields": "u1", "occurrence_starts": "<u2", "passages": "<u2", "places": "<u2", "stop_starts": "u1", "stops": "u1",
}  # fmt: skip
_SHAPES = {"lengths": (-1, FILTER + 1), "digests": (-1, 2)}
# What does not fit is cut: of a text of so many words, the rest is found by its words, but not in phrases.
_MOST, _MOST_STOPS = 2**16 - 1, 2**8 - 1


def dump(tables: Postings) -> bytes:
    """The tables as bytes, for `load`."""
    columns = [
        (counts_of(getattr(tables, name)) if name.endswith("_starts") else getattr(tables, name)).astype(kind)
        for name, kind in _KINDS.items()
    ]
    sizes = " ".join(str(column.size) for column in columns)
    head = "\n".join([sizes, *tables.terms]).encode("utf-8", "surrogatepass")  # no word has a line end
    return b"".join((b"%d\n" % len(head), head, *(column.tobytes() for column in columns)))


def load(body: bytes) -> Postings:
    """What `dump` was given."""
    begin = body.index(b"\n") + 1
    start = begin + int(body[:begin])
    sizes, *terms = body[begin:start].decode("utf-8", "surrogatepass").split("\n")
    columns: dict[str, Any] = {}
    for (name, kind), size in zip(_KINDS.items(), map(int, sizes.split()), strict=True):
        # A copy, since long columns that lie anywhere among bytes take longer to be put elsewhere.
        column = np.frombuffer(body, dtype=kind, count=size, offset=start).copy()
        start += column.nbytes
        if name.endswith("_starts"):
            columns[name] = bounds_of(column)
        else:
            columns[name] = column.reshape(_SHAPES.get(name, (-1,)))
    return Postings(terms=terms, **columns)


class Vocabulary:
    """Every token that one process has read, and the texts that these fall into, each of which has a number."""

    def __init__(self) -> None:
        self.texts = numbering()
        self._kinds = array("h")
        self._falls = [_Falls(self.texts, partial(fallen, is_prose=is_prose)) for is_prose in (False, True)]
        self._filters = _Falls(self.texts, lambda text: (text,))

    def read(self, texts: Sequence[Sequence[str]], filters: Sequence[Sequence[str]]) -> tuple[Ints, Ints]:
        """The numbers of what stands in the fields of each paper and in its filters, and how many there are of each."""
        streams = []
        for is_prose, falls in enumerate(self._falls):
            fields = [field for field, prose in enumerate(IS_PROSE) if prose == is_prose]
            row = plain_row([of_paper[field] for of_paper in texts for field in fields])
            streams.append((fields, falls.of(*distinct_tokens(row))))
        streams.append(([FILTER], self._filters.of([one for of_paper in filters for one in (START, *of_paper)])))
        return _in_turn(streams, self.texts[START])

    def kinds(self) -> Ints:
        """For each text whether it is a break, a stop word (its number) or a term."""
        self._kinds.extend(map(_kind, islice(self.texts, len(self._kinds), None)))
        return np.frombuffer(self._kinds, dtype=np.int16)


class _Falls:
    """Tokens with what they fall into: the numbers of texts."""

    def __init__(self, texts: defaultdict[str, int], fall: Callable[[Any], tuple[str, ...]]) -> None:
        self._texts, self._fall = texts, fall
        self._tokens = numbering()
        self._flat, self._counts = array("i"), array("i")

    def of(self, tokens: Sequence[bytes | str], which: Ints | None = None) -> Ints:
        """What tokens fall into, one behind the other; `which` tells them by their places among those given."""
        numbers = np.fromiter(map(self._tokens.__getitem__, tokens), dtype=np.int32, count=len(tokens))
        numbers = numbers if which is None else numbers[which]
        falls = list(map(self._fall, islice(self._tokens, len(self._counts), None)))
        self._flat.extend(map(self._texts.__getitem__, chain.from_iterable(falls)))
        self._counts.extend(map(len, falls))
        flat, counts = (np.frombuffer(column, dtype=np.int32) for column in (self._flat, self._counts))
        found: Ints = flat[ranges(starts_of(counts)[numbers], counts[numbers])]
        return found


class Runs:
    """Papers in runs of so many each."""

    def __init__(self, counts: Ints) -> None:
        self.counts, self.firsts = counts, starts_of(counts)
        self.run = np.repeat(np.arange(len(counts)), counts)  # of each paper


def _in_turn(streams: Sequence[tuple[Sequence[int], Ints]], start: int) -> tuple[Ints, Ints]:
    """Streams of some fields of each paper, a paper's fields in turn, as one stream of all fields, and the counts of
    each; fields begin with `start`.
    """
    begins = [np.flatnonzero(numbers == start) for _, numbers in streams]
    papers = len(begins[-1])
    counts, starts = np.empty((2, papers, FILTER + 1), dtype=np.int64)
    before = 0
    for (fields, numbers), begin in zip(streams, begins, strict=True):
        counts[:, fields] = np.diff(begin, append=len(numbers)).reshape(papers, -1)
        starts[:, fields] = begin.reshape(papers, -1) + before
        before += len(numbers)
    numbers = np.concatenate([numbers for _, numbers in streams])
    return numbers[ranges(starts.ravel(), counts.ravel())], counts.ravel()


def read(
    texts: Sequence[Sequence[str]], filters: Sequence[Sequence[str]], runs: Sequence[int], vocabulary: Vocabulary
) -> list[Postings]:
    """The tables of runs of papers, each of so many; of each paper the texts of its fields and its filters are given.
    The numbers of each run begin at 0.
    """
    found, counts = vocabulary.read(texts, filters)
    kind = vocabulary.kinds()[found]
    is_stop, is_break, is_joined, stands = kind >= 0, kind == _BREAK, kind == _JOINED, kind == _TERM
    group = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    first = starts_of(counts)
    stopped = np.cumsum(is_stop, dtype=np.int32)
    before = stopped - np.maximum.accumulate(np.where(is_stop | is_joined, 0, stopped))
    is_term = np.flatnonzero(stands | is_joined)
    terms, ranks = _ranked(vocabulary.texts, found[is_term])
    # Terms are told apart by their runs, too: the tables of all runs stand behind each other.
    papers = Runs(np.array(runs, dtype=np.int64))
    key = ranks[found[is_term]] + (papers.run * len(terms))[group[is_term] // (FILTER + 1)]
    order = sorted_rows(key)
    rows, key = is_term[order], key[order]
    passage = since(np.cumsum(is_break, dtype=np.int32), first, group)[rows] - 1
    place = since(np.cumsum(stands, dtype=np.int32), first, group)[rows] + passage
    stops = np.minimum(np.where(stands[rows], before[rows - 1], 0), _MOST_STOPS)
    return _stacked(
        terms,
        papers,
        key,
        group[rows],
        np.bincount(group[is_term], minlength=len(counts)).reshape(-1, FILTER + 1),
        {
            "passages": np.minimum(passage, _MOST),
            "places": np.where(is_joined[rows] | (place > _MOST), 0, place),
            "stop_starts": bounds_of(stops),
            "stops": kind[is_stop][ranges(stopped[rows] - stops, stops)],
        },
    )


def _ranked(texts: dict[str, int], used: Ints) -> tuple[list[str], Ints]:
    """The terms among all texts that are used, sorted, and for each number of a text its place among them."""
    is_used = np.zeros(len(texts), dtype=bool)
    is_used[used] = True
    terms = in_order(compress(texts, is_used.tolist()))
    ranks = np.zeros(len(texts), dtype=np.int32)
    ranks[[texts[term] for term in terms]] = np.arange(len(terms))
    return terms, ranks


def _stacked(
    terms: list[str], papers: Runs, key: Ints, group: Ints, lengths: Ints, occurrences: dict[str, Ints]
) -> list[Postings]:
    """The tables above occurrences, which come in the order of runs and, in these, of terms."""
    cells = changes(key, group)
    paper, field = np.divmod(group[cells], FILTER + 1)
    postings = changes(key[cells], paper)
    of_terms = changes(key[cells][postings])
    which = key[cells][postings][of_terms]
    tables = Postings(
        terms=[terms[number] for number in (which % max(1, len(terms))).tolist()],
        digests=np.zeros((0, 2), dtype=np.uint64),
        lengths=lengths,
        posting_starts=with_end(of_terms, len(postings)),
        papers=paper[postings],
        masks=np.add.reduceat(1 << field, postings) if len(postings) else postings,
        cell_starts=with_end(postings, len(cells)),
        fields=field,
        occurrence_starts=with_end(cells, len(key)),
        **occurrences,
    )
    tables = replace(tables, digests=_digests(tables, papers))
    bounds = np.searchsorted(which, np.arange(len(papers.counts) + 1) * len(terms)).tolist()
    return [_of_run(tables, papers, run, start, end) for run, (start, end) in enumerate(pairwise(bounds))]


def _of_run(tables: Postings, papers: Runs, run: int, start: int, end: int) -> Postings:
    """The tables of some terms, which are all of one run, with the numbers that its papers have."""
    first = int(papers.firsts[run])
    one = part(tables, [(start, end)])
    return replace(one, papers=one.papers - first, lengths=tables.lengths[first : first + int(papers.counts[run])])


def _digests(tables: Postings, papers: Runs) -> Digests:
    """Sums over all occurrences, each mixed with all that is said of it."""
    numbers = tables.papers - papers.firsts[papers.run[tables.papers]]
    said = (tables.passages.astype(np.uint64) << np.uint64(40)) + (
        (tables.places + 1).astype(np.uint64) << np.uint64(8)
    )
    counts = counts_of(tables.stop_starts)
    for place in range(int(counts.max(initial=0))):
        has = np.flatnonzero(counts > place)
        stops = tables.stops[tables.stop_starts[has] + place]
        said[has] += mix((stops.astype(np.uint64) + np.uint64(1)) * np.uint64(1_000 + place))
    cell = (tables.field_lengths.astype(np.uint64) << np.uint64(8)) + tables.fields.astype(np.uint64)
    posting = (numbers.astype(np.uint64) << np.uint64(32)) + tables.abstract_lengths.astype(np.uint64)
    cell += mix(np.repeat(posting, counts_of(tables.cell_starts)))
    said += mix(np.repeat(cell, counts_of(tables.occurrence_starts)))
    firsts = tables.occurrence_starts[tables.cell_starts[tables.posting_starts[:-1]]]
    both = [mix(said), mix(said ^ np.uint64(0x5DEECE66D))]
    return np.stack([np.add.reduceat(one, firsts) if len(firsts) else one for one in both], axis=1)


def _kind(text: str) -> int:
    """The number of a stop word, or what it is otherwise."""
    if text in (START, BREAK):
        return _BREAK
    return _JOINED if is_joined(text) else STOP_NUMBERS.get(text, _TERM)
