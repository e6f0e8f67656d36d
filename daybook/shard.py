"""Reads the words of some papers into tables, and keeps these as bytes: what one process can do without the others."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain
from typing import Any

import numpy as np

from daybook.bits import Ints
from daybook.postings import Digests, Postings, mix
from daybook.rows import changes, counts_of, ranges, since, starts_of, with_end
from daybook.search_format import FILTER, in_order
from daybook.tokens import BREAK, STOP_NUMBERS, fallen, is_joined

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
    head = json.dumps([tables.terms, *(column.size for column in columns)]).encode()
    return b"".join((head, b"\n", *(column.tobytes() for column in columns)))


def load(body: bytes) -> Postings:
    """What `dump` was given."""
    head, _, rest = body.partition(b"\n")
    terms, *sizes = json.loads(head)
    columns: dict[str, Any] = {}
    start = 0
    for (name, kind), size in zip(_KINDS.items(), sizes, strict=True):
        column = np.frombuffer(rest, dtype=kind, count=size, offset=start)
        start += column.nbytes
        if name.endswith("_starts"):
            columns[name] = with_end(starts_of(column), int(column.sum()))
        else:
            columns[name] = column.reshape(_SHAPES.get(name, (-1,)))
    return Postings(terms=terms, **columns)


def read(papers: Iterable[Sequence[Sequence[str]]]) -> Postings:
    """The tables of papers, each of which is the tokens of its fields and its filters. Their numbers begin at 0."""
    known: defaultdict[str, int] = defaultdict()
    known.default_factory = known.__len__
    numbers: list[int] = []
    sizes: list[int] = []
    for fields in papers:
        for tokens in fields:
            numbers.extend(map(known.__getitem__, tokens))
            sizes.append(len(tokens))
    atoms: defaultdict[str, int] = defaultdict()
    atoms.default_factory = atoms.__len__
    falls = [[atoms[text] for text in fallen(token)] for token in known]
    counts = np.array(list(map(len, falls)), dtype=np.int64)
    token = np.array(numbers, dtype=np.int64)
    flat = np.array(list(chain.from_iterable(falls)), dtype=np.int64)
    atom = flat[ranges(starts_of(counts)[token], counts[token])]
    group = np.repeat(np.repeat(np.arange(len(sizes)), sizes), counts[token])
    return _tables(list(atoms), atom, group, len(sizes))


def _tables(texts: list[str], atom: Ints, group: Ints, groups: int) -> Postings:
    """`texts` are those of atoms: breaks, stop words and terms; a joined word comes before its parts. A group is a
    field of a paper, or its filters.
    """
    kind = np.array(list(map(_kind, texts)), dtype=np.int64)[atom]
    is_stop, is_break, is_joined, stands = kind >= 0, kind == _BREAK, kind == _JOINED, kind == _TERM
    is_term = stands | is_joined
    first = np.searchsorted(group, np.arange(groups))
    stopped = np.cumsum(is_stop)
    before: Ints = stopped - np.maximum.accumulate(np.where(is_stop | is_joined, 0, stopped))
    passage = since(np.cumsum(is_break), first, group) - 1
    place = np.where(is_joined, 0, since(np.cumsum(stands), first, group) - stands + passage + 1)
    stops = np.minimum(np.where(stands, np.roll(before, 1), 0), _MOST_STOPS)
    terms, ranks = _ranked(texts, atom[is_term])
    order = np.argsort(ranks[atom[is_term]], kind="stable")
    rows = np.flatnonzero(is_term)[order]
    return _stacked(
        terms,
        ranks[atom[rows]],
        group[rows],
        np.bincount(group[is_term], minlength=groups).reshape(-1, FILTER + 1),
        {
            "passages": np.minimum(passage[rows], _MOST),
            "places": np.where(place[rows] > _MOST, 0, place[rows]),
            "stop_starts": with_end(starts_of(stops[rows]), int(stops[rows].sum())),
            "stops": kind[is_stop][ranges(stopped[rows] - stops[rows], stops[rows])],
        },
    )


def _ranked(texts: list[str], used: Ints) -> tuple[list[str], Ints]:
    """The terms among some texts that are used, sorted, and for each number of a text its place among them."""
    numbers = np.flatnonzero(np.bincount(used, minlength=len(texts))).tolist()
    number_of = {texts[number]: number for number in numbers}
    terms = in_order(number_of)
    ranks = np.zeros(len(texts), dtype=np.int64)
    ranks[[number_of[term] for term in terms]] = np.arange(len(terms))
    return terms, ranks


def _stacked(terms: list[str], term: Ints, group: Ints, lengths: Ints, occurrences: dict[str, Ints]) -> Postings:
    """The tables above occurrences, which come in the order of terms."""
    cells = changes(term, group)
    paper, field = np.divmod(group[cells], FILTER + 1)
    postings = changes(term[cells], paper)
    tables = Postings(
        terms=terms,
        digests=np.zeros((0, 2), dtype=np.uint64),
        lengths=lengths,
        posting_starts=with_end(changes(term[cells][postings]), len(postings)),
        papers=paper[postings],
        masks=np.add.reduceat(1 << field, postings) if len(postings) else postings,
        cell_starts=with_end(postings, len(cells)),
        fields=field,
        occurrence_starts=with_end(cells, len(term)),
        **occurrences,
    )
    return replace(tables, digests=_digests(tables))


def _digests(tables: Postings) -> Digests:
    """Sums over all occurrences, each mixed with all that is said of it."""
    said = (tables.passages.astype(np.uint64) << np.uint64(40)) + (
        (tables.places + 1).astype(np.uint64) << np.uint64(8)
    )
    counts = counts_of(tables.stop_starts)
    for place in range(int(counts.max(initial=0))):
        has = np.flatnonzero(counts > place)
        stops = tables.stops[tables.stop_starts[has] + place]
        said[has] += mix((stops.astype(np.uint64) + np.uint64(1)) * np.uint64(1_000 + place))
    cell = (tables.field_lengths.astype(np.uint64) << np.uint64(8)) + tables.fields.astype(np.uint64)
    posting = (tables.papers.astype(np.uint64) << np.uint64(32)) + tables.abstract_lengths.astype(np.uint64)
    cell += mix(np.repeat(posting, counts_of(tables.cell_starts)))
    said += mix(np.repeat(cell, counts_of(tables.occurrence_starts)))
    firsts = tables.occurrence_starts[tables.cell_starts[tables.posting_starts[:-1]]]
    both = [mix(said), mix(said ^ np.uint64(0x5DEECE66D))]
    return np.stack([np.add.reduceat(one, firsts) if len(firsts) else one for one in both], axis=1)


@cache
def _kind(text: str) -> int:
    """The number of a stop word, or what it is otherwise."""
    if text == BREAK:
        return _BREAK
    return _JOINED if is_joined(text) else STOP_NUMBERS.get(text, _TERM)
