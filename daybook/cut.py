"""Cuts a sorted list of words into files of about one size, so that few cuts move when a word is added or grows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from daybook.bits import Ints
from daybook.front import begins, coded, shared

_DEEPEST = 12  # characters: words that share more of them stay together, however many they are


class Part(NamedTuple):
    """The words from `start` up to `end`; every word before them is less than `key`, and none of them is."""

    key: str
    start: int
    end: int


def cut(words: Sequence[str], sizes: Sequence[int], limit: int) -> list[Part]:
    """Parts of at most `limit`, but where a single word, or what shares a long prefix, is larger.

    Words that share a prefix are kept together where they fit into one part, and with those of the next prefixes as
    long as all fit. So a change of sizes moves cuts within the smallest prefix that is too large for one part.
    """
    return _cut(words, shared(words), sizes, limit)


def cut_and_coded(words: Sequence[str], sizes: Sequence[int], limit: int) -> tuple[list[Part], list[str]]:
    """As `cut`, and each word front-coded, where from each part on a list of its own begins."""
    counts = shared(words)
    parts = _cut(words, counts, sizes, limit)
    counts[[part.start for part in parts]] = 0
    return parts, coded(words, counts)


def _cut(words: Sequence[str], counts: Ints, sizes: Sequence[int], limit: int) -> list[Part]:
    if not words:
        return []
    return list(_Cutter(words, counts, list(accumulate(sizes, initial=0)), limit).cut(Part("", 0, len(words)), 0))


class _Cutter(NamedTuple):
    """Words, what each of them shares with the one before, and the sum of the sizes before each."""

    words: Sequence[str]
    shared: Ints
    ends: list[int]
    limit: int

    def cut(self, whole: Part, depth: int) -> Iterator[Part]:
        if self._fits(whole.start, whole.end) or whole.end - whole.start == 1 or depth == _DEEPEST:
            yield whole
            return
        waiting: Part | None = None
        for branch in self._branches(whole, depth + 1):
            if waiting and self._fits(waiting.start, branch.end):
                waiting = waiting._replace(end=branch.end)
                continue
            if waiting:
                yield from self.cut(waiting, depth + 1)
            waiting = branch
        if waiting:
            yield from self.cut(waiting, depth + 1)

    def _fits(self, start: int, end: int) -> bool:
        return self.ends[end] - self.ends[start] <= self.limit

    def _branches(self, whole: Part, depth: int) -> Iterator[Part]:
        """The words of a part by the prefix of so many characters."""
        starts = begins(self.shared, whole.start, whole.end, depth)
        for start, end in zip(starts, [*starts[1:], whole.end], strict=True):
            # What comes before the first branch is less than the key of the whole already.
            yield Part(whole.key if start == whole.start else self.words[start][:depth], start, end)
