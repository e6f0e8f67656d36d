"""How problems put things: values that are safe to print, lists of words, and the nearest words to a mistaken one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import SequenceMatcher, get_close_matches

_SHOWN = 60


def escape(text: str) -> str:
    """The text with everything that a terminal or a log would not show as it stands written as an escape.

    That is control characters, line ends and the like, and `##[`: GitHub's runner obeys what follows it in a log.
    """
    return "".join(char if char.isprintable() else _escaped(char) for char in text).replace("##[", r"##\x5b")


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def quote(text: str) -> str:
    """A value in double quotes, escaped and shortened: it may be hostile and a megabyte long."""
    return f'"{escape(text)}"' if len(text) <= _SHOWN else f'"{escape(text[: _SHOWN - 1])}…"'


def character(char: str) -> str:
    """How to name a character that cannot be shown: `U+202E`."""
    return f"U+{ord(char):04X}"


def either(words: Iterable[str], last: str = " or ") -> str:
    """`a`, `a or b`, `a, b or c`."""
    *most, final = words
    return f"{', '.join(most)}{last}{final}" if most else final


def nearest(word: str, known: Collection[str]) -> list[str]:
    """Up to three of the known words that `word` may have been meant for, about equally likely, best first."""
    short = word[:_SHOWN].casefold()
    close = get_close_matches(short, sorted(known), n=3, cutoff=0.6)
    unlike = sorted((1 - SequenceMatcher(a=each, b=short).ratio(), each) for each in close)
    return [each for distance, each in unlike if distance < unlike[0][0] + 0.1]


def did_you_mean(words: Collection[str], rule: str) -> str:
    """A remedy: the words that may have been meant, where there are any, and the rule."""
    return f"did you mean {either(map(quote, words))}? {rule[:1].upper()}{rule[1:]}" if words else rule
