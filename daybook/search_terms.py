"""The lists of terms as Files: chunks of them, and the leaves that say in which chunk a term is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate, islice
from typing import NamedTuple

from daybook import columns, postings
from daybook.cut import Part, cut, cut_and_coded
from daybook.fingerprint import fingerprint
from daybook.front import front_coded
from daybook.model import File
from daybook.postings import Postings, part
from daybook.search_format import DIGITS, FORMS, HEAVY, LEAF, LIGHT, file_name, script, sort_key
from daybook.tokens import stem

_FORMED = 3  # letters of a word that may have other forms

_Draw = Callable[[Sequence[str]], Iterable[bytes]]


class Chunk(NamedTuple):
    """Terms with one file: from which word on, their spans in the tables, how they are named, whether it is a single
    heavy one.
    """

    key: str
    spans: tuple[tuple[int, int], ...]
    named: str
    heavy: bool


class TermFiles:
    """All files of terms. `program` is the fingerprint of what writes them."""

    def __init__(self, tables: Postings, scale: int, program: str) -> None:
        self._tables, self._scale, self._program = tables, scale, program
        self._counts = postings.paper_counts(tables)
        self._forms = _forms(tables.terms, self._counts)
        self._chunks = self._cut_terms(postings.sizes(tables, scale))
        self._of_paths: dict[str, tuple[Chunk, int]] = {}  # the chunk of a file, and which of its files it is
        self.leaves = self._cut_chunks()

    def files(self) -> Iterator[File]:
        for heavy, draw in ((False, self._draw_light), (True, self._draw_heavy)):
            for chunk in self._chunks:
                if chunk.heavy == heavy:
                    yield from self._chunk_files(chunk, draw)
        for leaf in self.leaves:
            yield self._leaf_file(leaf)

    def _cut_terms(self, sizes: Sequence[int]) -> list[Chunk]:
        """The chunks, in order; a heavy one comes behind that light one in whose range its term lies."""
        terms = self._tables.terms
        is_heavy = [size > 8 * HEAVY for size in sizes]
        light = [number for number, heavy in enumerate(is_heavy) if not heavy]
        words = [terms[n] for n in light]
        parts, coded = cut_and_coded(words, [sizes[n] // 8 + len(terms[n]) for n in light], LIGHT)
        all_named = [code + self._forms.get(word, "") for code, word in zip(coded, words, strict=True)]
        chunks = [
            Chunk(one.key, _spans(light[one.start : one.end]), " ".join(all_named[one.start : one.end]), False)
            for one in parts
        ]
        for n, heavy in enumerate(is_heavy):
            if heavy:
                named = DIGITS[0] + terms[n] + self._forms.get(terms[n], "")
                chunks.append(Chunk(terms[n], ((n, n + 1),), named, True))
        return sorted(chunks, key=lambda chunk: (sort_key(chunk.key), chunk.heavy))

    def _cut_chunks(self) -> list[Part]:
        return cut([chunk.key for chunk in self._chunks], [1] * len(self._chunks), LEAF)

    def _chunk_files(self, chunk: Chunk, draw: _Draw) -> Iterator[File]:
        lists = "".join(self._tables.digests[start:end].tobytes().hex() for start, end in chunk.spans)
        mark = fingerprint(self._program, self._scale, chunk.named, lists)
        for number, name in enumerate(_names(chunk)):
            path = _path(name)
            self._of_paths[path] = chunk, number
            yield File(path, mark, partial(_draw_one, draw, path), draw)

    def _draw_light(self, paths: Sequence[str]) -> Iterator[bytes]:
        yield from self._draw(paths, lambda parts: [columns.light(parts, self._scale), columns.places(parts)])

    def _draw_heavy(self, paths: Sequence[str]) -> Iterator[bytes]:
        yield from self._draw(paths, lambda parts: [*columns.heavy(parts, self._scale), columns.places(parts)])

    def _draw(self, paths: Sequence[str], write: Callable[[columns.Parts], list[list[str]]]) -> Iterator[bytes]:
        """The bodies of some files. `write` gives the characters of all their chunks, file by file of a chunk."""
        asked = [self._of_paths[path] for path in paths]
        chunks = {chunk.key: chunk for chunk, _ in asked}
        place_of = dict(zip(chunks, range(len(chunks)), strict=True))
        written = write(self._parts([*chunks.values()]))
        for chunk, number in asked:
            text = written[number][place_of[chunk.key]]
            yield script(_names(chunk)[number], text if number else [chunk.named, text])

    def _parts(self, chunks: Sequence[Chunk]) -> columns.Parts:
        spans = [span for chunk in chunks for span in chunk.spans]
        ends = accumulate((sum(end - start for start, end in chunk.spans) for chunk in chunks), initial=0)
        return columns.parts_of(part(self._tables, spans), list(ends))

    def _leaf_file(self, leaf: Part) -> File:
        """A leaf begins with the light chunk in whose range its key lies, so that no search needs two."""
        chunks = self._chunks[leaf.start : leaf.end]
        if chunks[0].heavy:
            before = reversed(self._chunks[: leaf.start])
            chunks = [*(chunk for chunk in before if not chunk.heavy)][:1] + chunks
        entries = []
        for chunk, code in zip(chunks, front_coded([chunk.key for chunk in chunks]), strict=True):
            heavy = f"={self._counts[chunk.spans[0][0]]}{self._forms.get(chunk.key, '')}" if chunk.heavy else ""
            entries.append(code + heavy)
        name = f"leaves/{file_name(leaf.key)}"
        text = " ".join(entries)
        return File(_path(name), fingerprint(self._program, text), partial(script, name, text))


def _names(chunk: Chunk) -> list[str]:
    """Of the files of a chunk, first of that which names its terms."""
    name = file_name(chunk.key)
    if chunk.heavy:
        return [f"heavy/{name}{column}" for column in ("", "lengths", "passages", "places")]
    return [f"terms/{name}", f"places/{name}"]


def _path(name: str) -> str:
    return f"search/{name}.js"


def _draw_one(draw: _Draw, path: str) -> bytes:
    (body,) = draw([path])
    return body


def _spans(numbers: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Rising numbers as runs, each from its first number up to the one behind its last."""
    if numbers[-1] - numbers[0] == len(numbers) - 1:  # as most are
        return ((numbers[0], numbers[-1] + 1),)
    gaps = [place for place in range(1, len(numbers)) if numbers[place] != numbers[place - 1] + 1]
    starts = [0, *gaps]
    return tuple((numbers[a], numbers[b - 1] + 1) for a, b in zip(starts, [*gaps, len(numbers)], strict=True))


def _forms(terms: Sequence[str], counts: Sequence[int]) -> dict[str, str]:
    """What stands behind each term that has other forms; see search_format.py."""
    families: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for term, count in zip(terms, counts, strict=True):
        if len(term) >= _FORMED and term.isalpha() and term.isascii():
            families[stem(term)].append((-count, term))
    several = [[term for _, term in sorted(family)] for family in families.values() if len(family) > 1]
    against = _against(several)
    forms = {}
    for head, *others in several:
        forms[head] = "|" + ",".join([next(against) for _ in others[:FORMS]])
        forms.update({other: ">" + next(against) for other in others})
    return forms


def _against(families: Sequence[Sequence[str]]) -> Iterator[str]:
    """For each family the codes of the first words behind its head, against that, and of the head against each."""
    pairs = []
    for head, *others in families:
        pairs += [word for other in others[:FORMS] for word in (head, other)]
        pairs += [word for other in others for word in (other, head)]
    return islice(front_coded(pairs), 1, None, 2)
