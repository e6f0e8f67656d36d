"""The lists of terms as Files: chunks of them, and the leaves that say in which chunk a term is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from daybook import bits, columns, postings
from daybook.cut import Part, cut
from daybook.fingerprint import fingerprint
from daybook.model import File
from daybook.postings import Postings, part
from daybook.search_format import FORMS, HEAVY, LEAF, LIGHT, file_name, front_coded, script, sort_key
from daybook.tokens import stem

_FORMED = 3  # letters of a word that may have other forms


class Chunk(NamedTuple):
    """Terms with one file: from which word on, their spans in the tables, whether it is a single heavy one."""

    key: str
    spans: tuple[tuple[int, int], ...]
    heavy: bool


class TermFiles:
    """All files of terms. `program` is the fingerprint of what writes them."""

    def __init__(self, tables: Postings, scale: int, program: str) -> None:
        self._tables, self._scale, self._program = tables, scale, program
        self._counts = postings.paper_counts(tables)
        self._forms = _forms(tables.terms, self._counts)
        sizes = postings.sizes(tables, scale)
        self._rows = lru_cache(maxsize=1)(partial(part, tables))  # files of one chunk are made in a row
        self._heavy = [size > 8 * HEAVY for size in sizes]
        self._chunks = self._cut_terms(sizes)
        self.leaves = self._cut_chunks()

    def files(self) -> Iterator[File]:
        for chunk in self._chunks:
            yield from self._chunk_files(chunk)
        for leaf in self.leaves:
            yield self._leaf_file(leaf)

    def _cut_terms(self, sizes: Sequence[int]) -> list[Chunk]:
        """The chunks, in order; a heavy one comes behind that light one in whose range its term lies."""
        terms = self._tables.terms
        light = [number for number, heavy in enumerate(self._heavy) if not heavy]
        parts = cut([terms[n] for n in light], [sizes[n] // 8 + len(terms[n]) for n in light], LIGHT)
        chunks = [Chunk(one.key, _spans(light[one.start : one.end]), False) for one in parts]
        chunks += [Chunk(terms[n], ((n, n + 1),), True) for n, heavy in enumerate(self._heavy) if heavy]
        return sorted(chunks, key=lambda chunk: (sort_key(chunk.key), chunk.heavy))

    def _cut_chunks(self) -> list[Part]:
        return cut([chunk.key for chunk in self._chunks], [1] * len(self._chunks), LEAF)

    def _chunk_files(self, chunk: Chunk) -> Iterator[File]:
        terms = [term for start, end in chunk.spans for term in self._tables.terms[start:end]]
        named = " ".join(code + self._forms.get(term, "") for code, term in zip(front_coded(terms), terms, strict=True))
        lists = b"".join(self._tables.digests[start:end].tobytes() for start, end in chunk.spans)
        mark = fingerprint(self._program, self._scale, named, lists)
        name = file_name(chunk.key)
        draw_terms = partial(self._draw_terms, named)
        files: dict[str, Callable[[Chunk, str], bytes]]
        if chunk.heavy:
            files = {
                f"heavy/{name}": draw_terms,
                f"heavy/{name}lengths": self._draw_lengths,
                f"heavy/{name}passages": self._draw_passages,
                f"heavy/{name}places": self._draw_places,
            }
        else:
            files = {f"terms/{name}": draw_terms, f"places/{name}": self._draw_places}
        for path, draw in files.items():
            yield File(f"search/{path}.js", mark, partial(draw, chunk, path))

    def _draw_terms(self, named: str, chunk: Chunk, name: str) -> bytes:
        rows = self._rows(chunk.spans)
        made = [columns.papers_and_fields(rows, self._scale)]
        if not chunk.heavy:
            made += [columns.abstract_lengths(rows), columns.passages(rows)]
        return script(name, [named, bits.text(bits.joined(*made))])

    def _draw_lengths(self, chunk: Chunk, name: str) -> bytes:
        return script(name, bits.text(columns.abstract_lengths(self._rows(chunk.spans))))

    def _draw_passages(self, chunk: Chunk, name: str) -> bytes:
        return script(name, bits.text(columns.passages(self._rows(chunk.spans))))

    def _draw_places(self, chunk: Chunk, name: str) -> bytes:
        return script(name, bits.text(columns.places(self._rows(chunk.spans))))

    def _leaf_file(self, leaf: Part) -> File:
        """A leaf begins with the light chunk in whose range its key lies, so that no search needs two."""
        chunks = self._chunks[leaf.start : leaf.end]
        if chunks[0].heavy:
            before = reversed(self._chunks[: leaf.start])
            chunks = [*(chunk for chunk in before if not chunk.heavy)][:1] + chunks
        entries = []
        for chunk, code in zip(chunks, front_coded(chunk.key for chunk in chunks), strict=True):
            heavy = f"={self._counts[chunk.spans[0][0]]}{self._forms.get(chunk.key, '')}" if chunk.heavy else ""
            entries.append(code + heavy)
        name = f"leaves/{file_name(leaf.key)}"
        text = " ".join(entries)
        return File(f"search/{name}.js", fingerprint(self._program, text), partial(script, name, text))


def _spans(numbers: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Rising numbers as runs, each from its first number up to the one behind its last."""
    gaps = [place for place in range(1, len(numbers)) if numbers[place] != numbers[place - 1] + 1]
    starts = [0, *gaps]
    return tuple((numbers[a], numbers[b - 1] + 1) for a, b in zip(starts, [*gaps, len(numbers)], strict=True))


def _forms(terms: Sequence[str], counts: Sequence[int]) -> dict[str, str]:
    """What stands behind each term that has other forms; see search_format.py."""
    families: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for term, count in zip(terms, counts, strict=True):
        if term.isalpha() and term.isascii() and len(term) >= _FORMED:
            families[stem(term)].append((-count, term))
    forms = {}
    for family in families.values():
        if len(family) > 1:
            head, *others = [term for _, term in sorted(family)[: FORMS + 1]]
            forms[head] = "|" + ",".join(_against(head, other) for other in others)
            forms.update({term: ">" + _against(term, head) for _, term in family if term != head})
    return forms


def _against(known: str, word: str) -> str:
    """A word front-coded against one that is known."""
    return front_coded((known, word))[1]
