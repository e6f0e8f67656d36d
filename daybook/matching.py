"""Does a topic's rule hold for a paper? Phrases against title, abstract and keywords; categories exactly."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
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
    """A phrase, as it stands in a searchable text, its whole words, and whether it is no more than one of them."""

    phrase: str
    text: str
    words: frozenset[str]
    is_word: bool

    def is_in(self, said: Searchable) -> bool:
        return self.words <= said.words and (self.is_word or self.text in said.text)


class _Needles:
    """Phrases, each by a word without which it cannot be in a text: those few are fast to see."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._wordless: list[_Needle] = []
        self._by_word: dict[str, list[_Needle]] = {}
        for phrase in phrases:
            needle = _needle(phrase)
            longest = max(needle.words, key=len, default=None)
            needles = self._wordless if longest is None else self._by_word.setdefault(longest, [])
            needles.append(needle)
        self._words = frozenset(self._by_word)

    def found(self, said: Searchable) -> set[str]:
        """Those that are in a text."""
        possible = [needle for word in self._words & said.words for needle in self._by_word[word]] + self._wordless
        return {needle.phrase for needle in possible if needle.is_in(said)}


Matcher = Callable[[Searchable, Entry], dict[str, str]]


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


def matcher(rules: Mapping[str, Match]) -> Matcher:
    """Rules, by their names, as a function of (searchable words, entry) that returns what matched, by the names of
    those that hold, in their order.

    A rule holds when one of `any` or of `categories` does (where either is given), all of `all` do and none of
    `none` does.
    """
    # Most rules have nothing in common with most papers, and need not be looked at.
    needles = _Needles({phrase for rule in rules.values() for phrase in (*rule.any, *rule.all, *rule.none)})
    named = list(rules.items())
    places: dict[str, list[int]] = {}
    for place, (_, rule) in enumerate(named):
        for clue in {*rule.any, *rule.all, *rule.categories}:
            places.setdefault(clue, []).append(place)

    def matched(said: Searchable, entry: Entry) -> dict[str, str]:
        found, categories = needles.found(said), entry.paper.categories
        possible = {place for clue in (*found, *categories) for place in places.get(clue, ())}
        holding = ((name, _matched(rule, found, categories)) for name, rule in (named[n] for n in sorted(possible)))
        return {name: words for name, words in holding if words is not None}

    return matched


def _matched(rule: Match, found: set[str], categories: tuple[str, ...]) -> str | None:
    """What of the rule matches a paper in which some phrases were found; None where it does not hold."""
    if not found.issuperset(rule.all) or not found.isdisjoint(rule.none):
        return None
    if not rule.any and not rule.categories:
        return ", ".join(rule.all)
    one = next((phrase for phrase in rule.any if phrase in found), None) or _shared(rule.categories, categories)
    return None if one is None else ", ".join((one, *rule.all))


def _needle(phrase: str) -> _Needle:
    """What to look for: whole words, unless a final `*` lets the last one go on."""
    is_open = phrase.endswith("*")
    text = words(phrase).rstrip() if is_open else words(phrase)
    whole = text.split()[:-1] if is_open else text.split()
    return _Needle(phrase, text, frozenset(whole), is_word=not is_open and len(whole) == 1)


def _shared(wanted: tuple[str, ...], given: tuple[str, ...]) -> str | None:
    return next((category for category in wanted if category in given), None)
