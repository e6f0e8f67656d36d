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

START = "\0"
"""The token before a text."""

BREAK = "|"
"""The token between passages, with blanks around it in texts, where it counts as a blank otherwise."""

DASHES = dict.fromkeys(map(ord, "\u2010\u2012\u2013"), "-")  # NFKD has made U+2010 of U+2011
LETTERS = BASE_LETTERS | {ord("ß"): "ss", ord("ς"): "σ"} | DASHES

# Chinese, Japanese and Korean are written without blanks, or with few: they are indexed by pairs of characters.
CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
_VOICED = "\u3099\u309a"  # marks that make other letters of kana
_PLAIN = rf"[^\W_{CJK}]+"
_WORD = re.compile(rf"[{CJK}]+|{_PLAIN}(?:(?:-|(?<=[0-9])\.(?=[0-9])){_PLAIN})*")
_JOINT = re.compile("[-.]")
_TEX_COMMAND = re.compile(r"\\[A-Za-z]+")
# Tokens of texts, before words are made of them: what is between blanks when all is a blank in UTF-8 but letters,
# digits, the marks that matter and what is not ASCII, which is looked at token by token.
_MARKS = "-.!?|"
_NO_MARK = re.compile(rf"[^\w{CJK}.!?|-]|_")
_TABLE = "".join(
    char.lower() if char.isalnum() else char if char in _MARKS + START else " " for char in map(chr, range(128))
).encode() + bytes(range(128, 256))
_ENDS = {True: ".!?", False: "!?"}  # of sentences in prose; elsewhere a full stop ends none
_SHORT = frozenset(["al", "approx", "cf", "dr", "e.g", "eq", "etc", "fig", "i.e", "mr", "st", "vs"])
_CJK_START = re.compile(f"[{CJK}]")
STOP_NUMBERS = {word: number for number, word in enumerate(STOP_WORDS)}


def fold(text: str) -> str:
    """Lower case, without accents, with plain hyphens: `Čech–Łukasiewicz` is `cech-lukasiewicz`."""
    if text.isascii():
        return text.lower()
    marked = unicodedata.normalize("NFKD", text)
    marks = {ord(char): None for char in set(marked) if unicodedata.category(char)[0] == "M" and char not in _VOICED}
    return unicodedata.normalize("NFC", marked.translate(marks).lower().translate(LETTERS))


class Word(NamedTuple):
    """A word of a text: the term that it is found by, and its parts where it is joined of several (`k-means`)."""

    term: str
    parts: tuple[str, ...] = ()


def words(text: str) -> Iterator[Word]:
    """The words of a text in their order, stop words too. TeX commands are none."""
    for found in _WORD.findall(fold(_TEX_COMMAND.sub(" ", text))):
        yield from _words_of(found)


def _words_of(token: str) -> list[Word]:
    """One word as a rule; pairs of characters for what is written without blanks."""
    if _JOINT.search(token):
        return [Word(token[:LONGEST], tuple(part[:LONGEST] for part in _JOINT.split(token)))]
    if _CJK_START.match(token):
        return [Word(pair) for pair in _pairs(token)]
    return [Word(token[:LONGEST])]


def _pairs(run: str) -> list[str]:
    return [run[start : start + 2] for start in range(max(1, len(run) - 1))]


@cache
def stem(term: str) -> str:
    """What the forms of an English word share: Porter's stem, as lunr makes it. Other words are their own."""
    return str(_STEMMER.stem(term)) if term.isascii() and term.isalpha() else term


_STEMMER = PorterStemmer()


def tokenise(texts: Iterable[str]) -> list[bytes]:
    """The tokens of all texts in a row, each text's behind a START; `fallen` says which words they are."""
    return plain_row(texts).split()


def plain_row(texts: Iterable[str]) -> bytes:
    """What `tokenise` splits: tokens with blanks between and behind them.

    This sees every word of the site, so it does no more than it must.
    """
    joined = "".join([f"{START} {text.replace(START, ' ')} " for text in texts])
    if "\\" in joined:
        joined = _TEX_COMMAND.sub(" ", joined)
    return joined.encode("utf-8", "surrogatepass").translate(_TABLE)


def fallen(token: bytes, is_prose: bool) -> tuple[str, ...]:
    """What a token falls into: terms, a joined word before its parts, and a BREAK where a sentence ends."""
    if token.isalnum() and len(token) <= LONGEST:
        return (token.decode("ascii"),)
    text = token.decode("utf-8", "surrogatepass")
    if text.isascii():
        return _fallen(text, _ENDS[is_prose])
    parts = _NO_MARK.sub(" ", fold(text)).split()
    return tuple(one for part in parts for one in _fallen(part, _ENDS[is_prose]))


def _fallen(text: str, ends: str) -> tuple[str, ...]:
    if text in (START, BREAK):
        return (text,)
    bare = text.rstrip(ends)
    found = _plainly_joined(bare) or tuple(
        part for found in _WORD.findall(text) for word in _words_of(found) for part in (word.term, *word.parts)
    )
    # Roughly: not where an abbreviation or an initial ends in a full stop.
    return (*found, BREAK) if bare != text and len(bare) != 1 and bare not in _SHORT else found


def _plainly_joined(text: str) -> tuple[str, ...]:
    """A word and, where it has hyphens, its parts; nothing where this is not sure. Most words are such."""
    parts = text.split("-")
    if len(text) > LONGEST or not text.isascii() or not all(map(str.isalnum, parts)):
        return ()
    return (text, *parts) if len(parts) > 1 else (text,)


def is_joined(term: str) -> bool:
    """Is this word joined of several?"""
    return ("-" in term or "." in term) and ":" not in term
