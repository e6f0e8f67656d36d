"""Cuts a sorted list of words into files of about one size, so that few cuts move when a word is added or grows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from typing import NamedTuple

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
    if not words:
        return []
    return list(_cut(words, list(accumulate(sizes, initial=0)), limit, Part("", 0, len(words)), 0))


def _cut(words: Sequence[str], ends: list[int], limit: int, whole: Part, depth: int) -> Iterator[Part]:
    if ends[whole.end] - ends[whole.start] <= limit or whole.end - whole.start == 1 or depth == _DEEPEST:
        yield whole
        return
    waiting: Part | None = None
    for branch in _branches(words, whole, depth + 1):
        if waiting and ends[branch.end] - ends[waiting.start] <= limit:
            waiting = waiting._replace(end=branch.end)
            continue
        if waiting:
            yield from _cut(words, ends, limit, waiting, depth + 1)
        waiting = branch
    if waiting:
        yield from _cut(words, ends, limit, waiting, depth + 1)


def _branches(words: Sequence[str], whole: Part, depth: int) -> Iterator[Part]:
    """The words of a part by the prefix of so many characters."""
    start = whole.start
    for prefix, group in groupby(range(whole.start, whole.end), key=lambda place: words[place][:depth]):
        end = start + sum(1 for _ in group)
        # What comes before the first branch is less than the key of the whole already.
        yield Part(whole.key if start == whole.start else prefix, start, end)
        start = end
