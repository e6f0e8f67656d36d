"""Words: how texts become terms of the search index, and how what a reader types becomes them too.

Every word is found as it is seen: in any case, with or without accents, a hyphenated word whole and by its parts. The
same rules stand in static/search/words.js; tests/test_search_words.py holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from lunr.stemmer import PorterStemmer  # type: ignore[import-untyped]
from lunr.stop_word_filter import WORDS  # type: ignore[import-untyped]

from daybook.names import BASE_LETTERS

STOP_WORDS: tuple[str, ...] = tuple(sorted(WORDS))
"""Words so common that they are not indexed, but for phrases; their places here are numbers in the index."""

LONGEST = 60
"""Characters of a word that count; what is longer than that was not written to be read."""

BREAK = "|"
"""The token between passages; in texts it counts as a blank."""

LETTERS = BASE_LETTERS | {ord("ß"): "ss", ord("ς"): "σ"}
DASHES = dict.fromkeys(map(ord, "\u2010\u2012\u2013"), "-")  # NFKD has made U+2010 of U+2011

# Chinese, Japanese and Korean are written without blanks, or with few: they are indexed by pairs of characters.
CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
_VOICED = "\u3099\u309a"  # marks that make other letters of kana
_PLAIN = rf"[^\W_{CJK}]+"
_JOINED = r"{0}(?:(?:-|(?<=[0-9])\.(?=[0-9])){0})*|\|"
_TOKEN = re.compile(f"[{CJK}]+|{_JOINED.format(_PLAIN)}")
_ASCII_TOKEN = re.compile(_JOINED.format("[a-z0-9]+"))  # the same for most texts, in half the time
_JOINT = re.compile("[-.]")
_TEX_COMMAND = re.compile(r"\\[A-Za-z]+")
_CJK_START = re.compile(f"[{CJK}]")
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z0-9\"'(\[])|\n\s*\n")
STOP_NUMBERS = {word: number for number, word in enumerate(STOP_WORDS)}


def fold(text: str) -> str:
    """Lower case, without accents, with plain hyphens: `Čech–Łukasiewicz` is `cech-lukasiewicz`."""
    if text.isascii():
        return text.lower()
    marked = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in marked if char in _VOICED or unicodedata.category(char)[0] != "M")
    return unicodedata.normalize("NFC", bare.lower().translate(LETTERS).translate(DASHES))


class Word(NamedTuple):
    """A word of a text: the term that it is found by, and its parts where it is joined of several (`k-means`)."""

    term: str
    parts: tuple[str, ...] = ()


def words(text: str) -> Iterator[Word]:
    """The words of a text in their order, stop words too. TeX commands are none."""
    for token in _tokens(text.replace(BREAK, " ")):
        yield from words_of(token)


def _tokens(text: str) -> list[str]:
    folded = fold(_TEX_COMMAND.sub(" ", text) if "\\" in text else text)
    return (_ASCII_TOKEN if folded.isascii() else _TOKEN).findall(folded)


def words_of(token: str) -> list[Word]:
    """One word as a rule; pairs of characters for what is written without blanks."""
    if not token.isalnum():
        return [Word(token[:LONGEST], tuple(part[:LONGEST] for part in _JOINT.split(token)))]
    if _CJK_START.match(token):
        return [Word(pair) for pair in _pairs(token)]
    return [Word(token[:LONGEST])]


def _pairs(run: str) -> list[str]:
    return [run[start : start + 2] for start in range(max(1, len(run) - 1))]


def sentences(text: str) -> list[str]:
    """The sentences of a text without their full stops, roughly: one in a name may end one, too."""
    return _SENTENCE_END.split(text)


@cache
def stem(term: str) -> str:
    """What the forms of an English word share: Porter's stem, as lunr makes it. Other words are their own."""
    return str(_STEMMER.stem(term)) if term.isascii() and term.isalpha() else term


_STEMMER = PorterStemmer()


def tokenise(passages: Iterable[str]) -> list[str]:
    """The tokens of some passages (sentences, names) in their order, a BREAK before each passage.

    A token is what `words_of` makes words of: this sees every word of the site, so it does no more than it must.
    """
    return _tokens("".join(BREAK + passage.replace(BREAK, " ") for passage in passages))
