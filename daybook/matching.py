"""Does a topic's rule hold for a paper? Phrases against title, abstract and keywords; categories exactly."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from daybook.model import Entry, Match

_BETWEEN_WORDS = re.compile(r"[\W_]+")
# What that does to ASCII, and lower case: most texts are nothing else.
_ASCII = "".join(char.lower() if char.isalnum() else " " for char in map(chr, range(128)))


class Searchable(NamedTuple):
    """What phrases are looked for in: the words of some texts in their order, and the same words as a set."""

    text: str
    words: frozenset[str]


class _Needle(NamedTuple):
    """A phrase as it stands in a searchable text; its place among others."""

    place: int
    text: str
    phrase: str


class _Needles:
    """Phrases in their order, each by a word without which it cannot be in a text: those few are fast to see."""

    def __init__(self, phrases: tuple[str, ...]) -> None:
        self._wordless: list[_Needle] = []
        self._by_word: dict[str, list[_Needle]] = {}
        for place, phrase in enumerate(phrases):
            word, text = _needle(phrase)
            found = self._wordless if word is None else self._by_word.setdefault(word, [])
            found.append(_Needle(place, text, phrase))
        self._words = frozenset(self._by_word)
        self.count = len(phrases)

    def found(self, said: Searchable) -> list[str]:
        """Those that are in a text, in their order."""
        possible = [needle for word in self._words & said.words for needle in self._by_word[word]] + self._wordless
        return [needle.phrase for needle in sorted(possible) if needle.text in said.text] if possible else []


Matcher = Callable[[Searchable, Entry], str | None]


def searchable(entry: Entry) -> Searchable:
    """The words of a paper, a full stop between two texts, so that no phrase goes across."""
    paper = entry.paper
    text = ".".join(map(words, (paper.title, paper.abstract or "", *entry.keywords)))
    return Searchable(text, frozenset(text.split()))


def words(text: str) -> str:
    """`Human-AI  Teams` is ` human ai teams `: runs of letters and digits, with a blank on each side."""
    if text.isascii():
        return f" {' '.join(text.translate(_ASCII).split())} "
    return f" {_BETWEEN_WORDS.sub(' ', unicodedata.normalize('NFC', text).casefold()).strip()} "


def matcher(rule: Match) -> Matcher:
    """The rule as a function of (searchable words, entry) that returns what matched, or None.

    A rule holds when one of `any` or of `categories` does (where either is given), all of `all` do and none of
    `none` does.
    """
    any_of, all_of, none_of = _Needles(rule.any), _Needles(rule.all), _Needles(rule.none)
    categories = rule.categories

    def matched(said: Searchable, entry: Entry) -> str | None:
        found = all_of.found(said) if all_of.count else []
        if len(found) < all_of.count or (none_of.count and none_of.found(said)):
            return None
        if any_of.count or categories:
            one = next(iter(any_of.found(said)), None) or _shared(categories, entry.paper.categories)
            if one is None:
                return None
            found.insert(0, one)
        return ", ".join(found) or None

    return matched


def _needle(phrase: str) -> tuple[str | None, str]:
    """What to look for: whole words, unless a final `*` lets the last one go on. The longest whole word first."""
    is_open = phrase.endswith("*")
    text = words(phrase).rstrip() if is_open else words(phrase)
    whole = text.split()[:-1] if is_open else text.split()
    return max(whole, key=len, default=None), text


def _shared(wanted: tuple[str, ...], given: tuple[str, ...]) -> str | None:
    return next((category for category in wanted if category in given), None)
