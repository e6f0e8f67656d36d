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
    """A phrase as it stands in a searchable text, and a word without which it cannot: that is much faster to see."""

    text: str
    word: str | None
    phrase: str

    def is_in(self, said: Searchable) -> bool:
        return (self.word is None or self.word in said.words) and self.text in said.text


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
    any_of, all_of, none_of = _needles(rule.any), _needles(rule.all), _needles(rule.none)
    categories = rule.categories

    def matched(said: Searchable, entry: Entry) -> str | None:
        found = [needle.phrase for needle in all_of if needle.is_in(said)]
        if len(found) < len(all_of) or any(needle.is_in(said) for needle in none_of):
            return None
        if any_of or categories:
            one = _first(any_of, said) or _shared(categories, entry.paper.categories)
            if one is None:
                return None
            found.insert(0, one)
        return ", ".join(found) or None

    return matched


def _needles(phrases: tuple[str, ...]) -> tuple[_Needle, ...]:
    return tuple(map(_needle, phrases))


def _needle(phrase: str) -> _Needle:
    """What to look for: whole words, unless a final `*` lets the last one go on."""
    is_open = phrase.endswith("*")
    text = words(phrase).rstrip() if is_open else words(phrase)
    whole = text.split()[:-1] if is_open else text.split()
    return _Needle(text, max(whole, key=len, default=None), phrase)


def _first(needles: tuple[_Needle, ...], said: Searchable) -> str | None:
    return next((needle.phrase for needle in needles if needle.is_in(said)), None)


def _shared(wanted: tuple[str, ...], given: tuple[str, ...]) -> str | None:
    return next((category for category in wanted if category in given), None)
