"""What a word that no paper has stands for: what it may become when it goes on, or what it was meant to be."""

from __future__ import annotations

import re
from collections.abc import Iterable

from daybook.search_files import SearchFiles

MOST_COMPLETIONS, MOST_CORRECTIONS = 6, 3
_SHORTEST_START, _SHORTEST_MISTAKE = 3, 4  # letters
_NUMBER = re.compile("[0-9]+")


def completions(files: SearchFiles, start: str) -> list[str]:
    """Words that begin so, those in most papers first."""
    if len(start) < _SHORTEST_START:
        return []
    known = [*files.words(start), *files.neighbours(start)]
    return _best((word, size) for word, size in known if word.startswith(start) and word != start)[:MOST_COMPLETIONS]


def beginnings(files: SearchFiles, start: str) -> list[str]:
    """All words that begin so, in the same order."""
    return _best((word, size) for word, size in files.beginning(start) if word != start)


def corrections(files: SearchFiles, typed: str) -> list[str]:
    """Words that differ by one letter more, less, other, or by two that changed places; those in most papers first.

    Of two such words the beginning or the end is the same. In words of four or five letters two of the middle that
    changed places are not noticed. Another number is not what was meant.
    """
    length = len(typed)
    if length < _SHORTEST_MISTAKE or _NUMBER.fullmatch(typed):
        return []
    half = max(2, (length - 1) // 2)
    start, end = typed[:half], typed[half + (length > 5) :]
    known = [*files.words(start), *files.neighbours(typed), *files.endings(end)]
    return _best((word, size) for word, size in known if is_one_edit(typed, word))[:MOST_CORRECTIONS]


def is_one_edit(one: str, other: str) -> bool:
    """Is one letter added, left out or replaced, or have two neighbours changed places?"""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    if len(one) != len(other):
        longer, shorter = (one, other) if len(one) > len(other) else (other, one)
        return longer[start + 1 :] == shorter[start:]
    if one[start + 1 :] == other[start + 1 :]:
        return True
    swapped = one[start : start + 2] == other[start : start + 2][::-1]
    return swapped and one[start + 2 :] == other[start + 2 :]


def _best(known: Iterable[tuple[str, int]]) -> list[str]:
    """Each word once; `known` has how many papers they are in, in bits."""
    sizes = dict(known)
    return sorted(sizes, key=lambda word: (-sizes[word], word))
