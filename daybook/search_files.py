"""Reads a search index that index.py made, file by file. static/search/files.js does the same."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from daybook.search_format import LIKES, PAPERS, VERSION, VOTES, file_name, front_decoded, sort_key
from daybook.search_lists import Places, Term, read_heavy, read_light, read_places


class NoIndex(OSError):
    """There is no search index where one was looked for, or it is not of this version; the message says what to do."""


class _Leaf(NamedTuple):
    keys: list[str]
    heavy: set[str]


class SearchFiles:
    """A search index; `read` gives the text of one of its files by its path. Each is read once, when it is asked for.

    Raises NoIndex where `read` raises OSError.
    """

    def __init__(self, read: Callable[[str], str]) -> None:
        self._read = read
        self._taken: dict[str, Any] = {}
        self._chunks: dict[str, dict[str, Term]] = {}
        self.tables: dict[str, Any] = self.take("tables")
        if self.tables["version"] != VERSION:
            raise NoIndex("the search index is one of another version; build the site again")
        self.scale = int(self.tables["scale"])

    @classmethod
    def of_folder(cls, site: Path) -> SearchFiles:
        """The index of a built site."""
        return cls(lambda path: (site / path).read_text(encoding="utf-8"))

    def take(self, name: str) -> Any:
        """What a file of the index holds."""
        if name not in self._taken:
            path = f"search/{name}.js"
            try:
                text = self._read(path)
            except OSError as error:
                raise NoIndex(f"cannot read {error.filename or path} ({error.strerror}); build the site") from error
            self._taken[name] = json.loads(f"[{text.strip().removeprefix('daybook.take(').removesuffix(');')}]")[1]
        return self._taken[name]

    # Terms -------------------------------------------------------------------------------------------------------

    def term(self, text: str) -> Term | None:
        """A term with its list; None where no paper has it."""
        leaf = self._leaf(at_or_before(self._leaf_keys, text))
        if text in leaf.heavy:
            return self._heavy_chunk(file_name(text), text)
        return self._light_chunk(file_name(at_or_before(leaf.keys, text))).get(text)

    @cached_property
    def _leaf_keys(self) -> list[str]:
        return list(front_decoded(self.tables["leaves"].split(" ")))

    def _leaf(self, key: str) -> _Leaf:
        entries = self.take(f"leaves/{file_name(key)}").split(" ")
        keys = list(front_decoded(entry.partition("=")[0] for entry in entries))
        heavy = ["=" in entry for entry in entries]
        return _Leaf(
            [key for key, is_heavy in zip(keys, heavy, strict=True) if not is_heavy],
            {key for key, is_heavy in zip(keys, heavy, strict=True) if is_heavy},
        )

    def _light_chunk(self, name: str) -> dict[str, Term]:
        if name not in self._chunks:
            self._chunks[name] = {term.text: term for term in read_light(self.take(f"terms/{name}"), name, self.scale)}
        return self._chunks[name]

    def _heavy_chunk(self, name: str, text: str) -> Term:
        if f"={name}" not in self._chunks:
            parts = [self.take(f"heavy/{name}{part}") for part in ("", "lengths", "passages")]
            self._chunks[f"={name}"] = {text: read_heavy(parts, name, self.scale)}
        return self._chunks[f"={name}"][text]

    def places(self, term: Term) -> Places:
        """Where a word stands."""
        if term.heavy:
            return read_places(self.take(f"heavy/{term.chunk}places"), [term])[term.text]
        return read_places(self.take(f"places/{term.chunk}"), self._light_chunk(term.chunk).values())[term.text]

    # Others ------------------------------------------------------------------------------------------------------

    def words(self, start: str) -> Iterator[tuple[str, int]]:
        """The words of the vocabulary that begin with something, each with the length of its count in bits."""
        yield from self._listed("words", 0, start)

    def neighbours(self, text: str) -> Iterator[tuple[str, int]]:
        """The plain words of the light chunk that a text would be in, as `words` has them: rare ones, too."""
        leaf = self._leaf(at_or_before(self._leaf_keys, text))
        for word, term in self._light_chunk(file_name(at_or_before(leaf.keys, text))).items():
            if word.isalnum():
                yield word, len(term.postings).bit_length()

    def beginning(self, start: str) -> Iterator[tuple[str, int]]:
        """All words that begin with something, joined ones too, as `words` has them."""
        for leaf in map(self._leaf, _reaching(self._leaf_keys, start)):
            terms = [term for word in leaf.heavy if word.startswith(start) and (term := self.term(word))]
            for key in _reaching(leaf.keys, start):
                terms += self._light_chunk(file_name(key)).values()
            for term in terms:
                if term.text.startswith(start) and ":" not in term.text:  # it is no word that has one
                    yield term.text, len(term.postings).bit_length()

    def endings(self, end: str) -> Iterator[tuple[str, int]]:
        """The words of the vocabulary that end with something."""
        yield from ((word[::-1], bits) for word, bits in self._listed("endings", 1, end[::-1]))

    def _listed(self, folder: str, number: int, start: str) -> Iterator[tuple[str, int]]:
        for key in _reaching(list(front_decoded(self.take("vocabulary")[number].split(" "))), start):
            coded = self.take(f"{folder}/{file_name(key)}").split(" ")
            digits = [int(code[-1], 36) for code in coded]
            for word, bits in zip(front_decoded(code[:-1] for code in coded), digits, strict=True):
                if word.startswith(start):
                    yield word, bits

    def result(self, paper: int) -> list[Any]:
        """What a result shows of a paper."""
        block: list[list[Any]] = self.take(f"papers/{paper // PAPERS}")
        return block[paper % PAPERS]

    def likes(self, paper: int) -> list[str]:
        """The terms that say what a paper is about."""
        return str(self.take(f"likes/{paper // LIKES}")[paper % LIKES]).split(" ")

    def votes(self, paper: int) -> int:
        """The votes of a paper, -1 where there are none."""
        return int(self.take(f"votes/{paper // VOTES}")[paper % VOTES])


def at_or_before(keys: list[str], text: str) -> str:
    """The last of some sorted keys that is not after a text; the first one where all are."""
    place = bisect_right(keys, sort_key(text), key=sort_key)
    return keys[max(0, place - 1)]


def _reaching(keys: list[str], start: str) -> list[str]:
    """Of the first words of files, sorted, those of files in which words may stand that begin with something."""
    following = [*map(sort_key, keys[1:]), None]
    return [
        key
        for key, after in zip(keys, following, strict=True)
        if (after is None or after > sort_key(start)) and (sort_key(key) <= sort_key(start) or key.startswith(start))
    ]
