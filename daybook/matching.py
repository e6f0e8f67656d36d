"""Does a topic's rule hold for a paper? Phrases against title, abstract and keywords; categories exactly."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from daybook.model import Entry, Match

_BETWEEN_WORDS = re.compile(r"[\W_]+")

Matcher = Callable[[str, Entry], str | None]


def searchable(entry: Entry) -> str:
    """The words that phrases are looked for in, a full stop between two texts, so that no phrase goes across."""
    paper = entry.paper
    return ".".join(map(words, (paper.title, paper.abstract or "", *entry.keywords)))


def words(text: str) -> str:
    """`Human-AI  Teams` is ` human ai teams `: runs of letters and digits, with a blank on each side."""
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    return f" {_BETWEEN_WORDS.sub(' ', composed.casefold()).strip()} "


def matcher(rule: Match) -> Matcher:
    """The rule as a function of (searchable text, entry) that returns what matched, or None.

    A rule holds when one of `any` or of `categories` does (where either is given), all of `all` do and none of
    `none` does.
    """
    any_of, all_of, none_of = _needles(rule.any), _needles(rule.all), _needles(rule.none)
    categories = rule.categories

    def matched(text: str, entry: Entry) -> str | None:
        found = [phrase for needle, phrase in all_of if needle in text]
        if len(found) < len(all_of) or any(needle in text for needle, _ in none_of):
            return None
        if any_of or categories:
            one = _first(any_of, text) or _shared(categories, entry.paper.categories)
            if one is None:
                return None
            found.insert(0, one)
        return ", ".join(found) or None

    return matched


def _needles(phrases: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((_needle(phrase), phrase) for phrase in phrases)


def _needle(phrase: str) -> str:
    """What to look for in a searchable text: whole words, unless a final `*` lets the last one go on."""
    return words(phrase).rstrip() if phrase.endswith("*") else words(phrase)


def _first(needles: tuple[tuple[str, str], ...], text: str) -> str | None:
    return next((phrase for needle, phrase in needles if needle in text), None)


def _shared(wanted: tuple[str, ...], given: tuple[str, ...]) -> str | None:
    return next((category for category in wanted if category in given), None)
