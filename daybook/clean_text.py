"""What sources send, cleaned of what nobody is to see, and of nothing else: TeX, accents and signs stay as they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from daybook.documents import FORBIDDEN

_BLANKS = re.compile(r"\s+")
_BREAKS = re.compile(r"[\t-\r\x1c-\x1f\x85\u2028\u2029]")
# Of an address, browsers take these off at its ends and out of its middle: https://url.spec.whatwg.org/#url-parsing
_AROUND_ADDRESS = "".join(map(chr, range(0x21)))
_IN_ADDRESS = re.compile(r"[\t\n\r]")


def one_line(text: str) -> str:
    """The text on one line, without blanks around it; empty where nothing visible is in it.

    A line break or tab becomes a blank together with the blanks around it. Control characters, halves of surrogate
    pairs and marks that turn the direction of text are taken out (documents.FORBIDDEN). Other blanks stay.
    """
    if text.isprintable():
        return text.strip()
    return FORBIDDEN.sub("", _BLANKS.sub(_unbroken, text)).strip()


def names(texts: Iterable[str]) -> tuple[str, ...]:
    """Names in their order, each once, without those that are empty."""
    return tuple(name for name in dict.fromkeys(map(one_line, texts)) if is_visible(name))


def address(text: str) -> str:
    """A web address as a browser would read it: without blanks around it, line breaks or tabs."""
    return _IN_ADDRESS.sub("", text.strip(_AROUND_ADDRESS))


def is_visible(text: str) -> bool:
    """Is there anything to see? Not in a text of format characters alone, such as zero-width blanks."""
    return any(unicodedata.category(char)[0] not in "CZ" for char in text)


def _unbroken(blanks: re.Match[str]) -> str:
    return " " if _BREAKS.search(blanks[0]) else blanks[0]
