"""The lists of terms as they are read from the search index; search_format.py says how they are written down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from daybook.search_format import (
    ABSTRACT,
    ABSTRACT_ORDER,
    BASE64,
    FIELDS,
    GAP_ORDER,
    LENGTH_ORDERS,
    MASKS,
    PASSAGE_ORDERS,
    PLACE_ORDERS,
    STOP_BITS,
    TITLE,
    front_decoded,
    gap_order,
)

_VALUES = {char: format(value, "06b") for value, char in enumerate(BASE64)}


@dataclass(slots=True)
class Cell:
    """A word in a field of a paper: how often, the length of the field, in which passages."""

    field: int
    frequency: int = 0
    length: int = 0
    passages: tuple[int, ...] = (0,)


@dataclass(slots=True)
class Posting:
    """A term in a paper. A filter has no cells."""

    paper: int
    cells: list[Cell] = field(default_factory=list)


@dataclass(slots=True)
class Term:
    """A term with its list, by paper. `forms` are the other words of its stem, as far as they stand with it, or the
    one that has them. `chunk` names its file; one that is `heavy` has files of its own.
    """

    text: str
    chunk: str
    heavy: bool
    forms: tuple[str, ...]
    head: str | None
    postings: dict[int, Posting] = field(default_factory=dict)

    @property
    def is_filter(self) -> bool:
        return ":" in self.text

    @property
    def fields(self) -> int:
        """In how many fields of papers it stands."""
        return sum(len(posting.cells) for posting in self.postings.values())


Places = dict[int, dict[int, list[tuple[int, tuple[int, ...]]]]]
"""By paper and field, each time that a word stands there: its place, the numbers of the stop words right before it."""


class _Bits:
    """Reads exponential Golomb codes."""

    def __init__(self, text: str) -> None:
        self._bits = "".join(map(_VALUES.__getitem__, text))
        self._place = 0

    def number(self, order: int) -> int:
        first = self._bits.index("1", self._place)
        end = first + (first - self._place) + 1 + order
        self._place = end
        return int(self._bits[first:end], 2) - (1 << order)

    def plain(self, length: int) -> int:
        start, self._place = self._place, self._place + length
        return int(self._bits[start : self._place], 2)


def read_light(said: Sequence[str], chunk: str, scale: int) -> list[Term]:
    """The terms of a light chunk."""
    named, text = said
    bits = _Bits(text)
    terms = [*_named(named, chunk, heavy=False)]
    _read_papers_and_fields(terms, bits, scale)
    _read_abstract_lengths(terms, bits)
    _read_passages(terms, bits)
    return terms


def read_heavy(files: Sequence[Sequence[str]], chunk: str, scale: int) -> Term:
    """A heavy term, from its files but that of places."""
    (named, text), lengths, passages = files
    terms = [*_named(named, chunk, heavy=True)]
    _read_papers_and_fields(terms, _Bits(text), scale)
    _read_abstract_lengths(terms, _Bits(str(lengths)))
    _read_passages(terms, _Bits(str(passages)))
    return terms[0]


def read_places(text: str, terms: Iterable[Term]) -> dict[str, Places]:
    """Where each of some words stands; joined words are left out. `terms` are all of a chunk."""
    bits = _Bits(text)
    return {
        term.text: {
            posting.paper: {cell.field: list(_times(bits, cell)) for cell in posting.cells}
            for posting in term.postings.values()
        }
        for term in terms
        if not (term.is_filter or "-" in term.text or "." in term.text)
    }


def _times(bits: _Bits, cell: Cell) -> Iterator[tuple[int, tuple[int, ...]]]:
    place, order = -1, PLACE_ORDERS[cell.field]
    for _ in range(cell.frequency):
        place += bits.number(order) + 1
        yield place, tuple(bits.plain(STOP_BITS) for _ in range(bits.number(0)))
        order = GAP_ORDER


def _named(named: str, chunk: str, *, heavy: bool) -> Iterator[Term]:
    """The terms that a text names, with their forms, still without lists."""
    word = ""
    for entry in named.split(" "):
        code, mark, forms = _parted(entry)
        word = next(front_decoded([code], word))
        others = tuple(next(front_decoded([form], word)) for form in forms.split(",") if form)
        yield Term(word, chunk, heavy, others if mark == "|" else (), others[0] if mark == ">" else None)


def _parted(entry: str) -> tuple[str, str, str]:
    for mark in "|>":
        if mark in entry:
            return entry.partition(mark)
    return entry, "", ""


def _read_papers_and_fields(terms: list[Term], bits: _Bits, scale: int) -> None:
    """Columns 1 to 5."""
    counts = [bits.number(0) + 1 for _ in terms]
    for term, count in zip(terms, counts, strict=True):
        order, paper = gap_order(count, scale), -1
        for _ in range(count):
            paper += bits.number(order) + 1
            term.postings[paper] = Posting(paper)
    for posting in _postings(terms):
        mask = MASKS[bits.number(0)]
        posting.cells = [Cell(one) for one in range(len(FIELDS)) if mask & 1 << one]
    for cell in _cells(terms):
        cell.frequency = bits.number(0) + 1
    for cell in _cells(terms):
        if cell.field != ABSTRACT:
            cell.length = bits.number(LENGTH_ORDERS[cell.field]) + 1


def _read_abstract_lengths(terms: list[Term], bits: _Bits) -> None:
    """Column 6."""
    for posting in _postings(terms):
        length = bits.number(ABSTRACT_ORDER)
        for cell in posting.cells:
            if cell.field == ABSTRACT:
                cell.length = length


def _read_passages(terms: list[Term], bits: _Bits) -> None:
    """Column 7."""
    for cell in _cells(terms):
        if cell.field != TITLE:
            count = bits.number(0) + 1 if cell.frequency > 1 else 1
            passages = [bits.number(PASSAGE_ORDERS[cell.field])]
            for _ in range(count - 1):
                passages.append(passages[-1] + bits.number(1) + 1)
            cell.passages = tuple(passages)


def _postings(terms: Iterable[Term]) -> Iterator[Posting]:
    return (posting for term in terms if not term.is_filter for posting in term.postings.values())


def _cells(terms: Iterable[Term]) -> Iterator[Cell]:
    return (cell for posting in _postings(terms) for cell in posting.cells)
