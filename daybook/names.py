"""From a person's name as a source prints it: a file name, a place in the alphabet."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

# Letters that Unicode does not decompose into a base letter and a mark.
BASE_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"},
)
_PLAIN_NAME = re.compile(r"(?:[A-Z][a-z]+|[A-Z]\.)(?: (?:[A-Z][a-z]+|[A-Z]\.))+")
_LONGEST = 60


def fold(text: str) -> str:
    """Lower case without accents: `Ł. Müller` is `l. muller`. Other scripts stay as they are."""
    # Decomposed first, since what `™` stands for has upper case that `™` itself does not have.
    lower = unicodedata.normalize("NFKD", text).casefold().translate(BASE_LETTERS)
    decomposed = unicodedata.normalize("NFKD", lower)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def slug(name: str) -> str:
    """A file name of ASCII letters, digits and hyphens that belongs to this name alone, for ever.

    A name whose spelling can be read back from its slug (`Ada B. Lovelace`) has just that; every other one
    (`Ada Łovelace`, `ada lovelace`, `李明`) carries a digest of the name, whether or not a namesake exists today,
    so that no page ever moves when one turns up.
    """
    readable = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")
    if _PLAIN_NAME.fullmatch(name) and len(readable) <= _LONGEST:
        return readable
    digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return f"{readable[:_LONGEST].strip('-')}-{digest}".lstrip("-")


def sort_key(name: str) -> str:
    """Family name first, folded; the last word of a name is taken for the family name."""
    words = fold(name).split()
    return " ".join(words[-1:] + words[:-1])


def letter(key: str) -> str:
    """The heading of the A-Z index that a sort key stands under: `a` to `z`, or `other`."""
    return key[0] if key[:1].isascii() and key[:1].isalpha() else "other"
