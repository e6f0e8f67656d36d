r"""How the search index is written down: what daybook/index.py writes, daybook/search_files.py and static/search/ read.

Everything is in classic scripts that call `daybook.take(name, value)`, since from disk nothing else can be loaded.

**Numbers.** Papers are numbered in the order of their first listing; see search_numbers.py. A new day appends.

**Terms** are words, and filters such as `topic:alignment`, which carry no weight. They are sorted by UTF-16 code
units, as JavaScript compares strings, and cut into *chunks* of about LIGHT bytes. A term whose list alone takes more
than HEAVY bytes has files of its own. Where to find what is said by *leaves*, and which leaf by the table that every
search begins with, as in a B-tree. Cuts fall between prefixes (cut.py), so that a list that grows moves few of them.

**Lists of words** are front-coded: each word is the count of characters that it shares with the one before (a digit
of base 36) and the rest, with blanks between words. Behind a term may stand its other forms: `|` and the
suffixes of up to FORMS words of one stem, each front-coded against the term itself, or `>` and the most frequent form,
which has them.

**Bits** are written six to a character of BASE64, highest first. All numbers are exponential Golomb codes (of some
order k: https://en.wikipedia.org/wiki/Exponential-Golomb_coding), so that one function reads them all. A chunk has
these columns, each for all its terms in turn:

1. terms: in how many papers (less one), order 0;
2. papers: the number of the first one, then the gaps (less one), of the order `gap_order`;
3. papers, for words only: in which fields, as a place in MASKS, order 0;
4. cells (a word in a field of a paper): how often (less one), order 0;
5. cells but those of abstracts: the length of the field (less one), LENGTH_ORDERS;
6. papers, for words only: the length of the abstract, ABSTRACT_ORDER;
7. cells but those of titles: in which passages. Where the word stands more than once, how many of them (less one),
   order 0; the first one, PASSAGE_ORDERS; the gaps between them (less one), order 1.

A heavy term has columns 6 and 7 in files of their own, since most searches need them of some of their words only.
Where words stand among each other, for phrases, is in another file for each chunk: for all cells of all words that are
not joined, for all times: the first place, PLACE_ORDERS, or the gap (less one), GAP_ORDER; the number of stop words
right before, order 0; and each of them, in STOP_BITS bits.

Weights are lunr's (https://lunrjs.com, version 2.3.9: BM25 with k1 = 1.2 and b = 0.75, rounded to three decimals); a
search computes them from the lists, so that a new paper changes no list but those of its own terms.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from daybook.compact_json import compact

VERSION = 1

TITLE, ABSTRACT, AUTHORS, NOTES, TOPICS = range(5)
FIELDS = ("title", "abstract", "authors", "notes", "topics")
FILTER = len(FIELDS)  # stands for the field of what is no word
IS_PROSE = (False, True, False, True, False)  # of FIELDS: their passages are sentences

LIGHT = 2_400  # bytes of a chunk
HEAVY = 2_500
LEAF = 48  # chunks and heavy terms of a leaf
WORDS = 4_000  # characters of a file of the vocabulary, before compression
FORMS = 8
PAPERS = 2  # papers in a file of what results show
LIKES = 32  # papers in a file of the words that tell them from others
LIKE_WORDS = 20
VOTES = 4_096  # numbers of papers in a file of votes

BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

_A, _T, _U = 1 << ABSTRACT, 1 << TITLE, 1 << AUTHORS
_COMMON = (_A, _A | _T, _U, _T)
MASKS = (*_COMMON, *(mask for mask in range(1, 1 << len(FIELDS)) if mask not in _COMMON))
"""Sets of fields as bits, the most common ones first."""

LENGTH_ORDERS = {TITLE: 4, AUTHORS: 4, NOTES: 5, TOPICS: 2}
ABSTRACT_ORDER = 7
PASSAGE_ORDERS = {ABSTRACT: 1, AUTHORS: 1, NOTES: 1, TOPICS: 0}
PLACE_ORDERS = {TITLE: 2, ABSTRACT: 5, AUTHORS: 2, NOTES: 4, TOPICS: 2}
GAP_ORDER = 5
STOP_BITS = 7

K1, B = 1.2, 0.75
BOOSTS = (1.0, 1.0, 1.0, 2.0, 0.5)  # of FIELDS: what is in a note counts most

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_BEYOND = re.compile("[\ue000-\U0010ffff]")  # where the order of code points and that of code units differ
_PLAIN = re.compile(r"[a-z0-9]")


def gap_order(papers: int, scale: int) -> int:
    """The order of the gaps in a list of so many papers, where all numbers are below 2 to the power of `scale`."""
    return max(0, scale - papers.bit_length() - 1)


def in_order(terms: Iterable[str]) -> list[str]:
    """Terms sorted as JavaScript does."""
    ordered = sorted(terms)
    return sorted(ordered, key=sort_key) if _BEYOND.search("".join(ordered)) else ordered


def sort_key(term: str) -> bytes:
    """The UTF-16 code units of a term."""
    return term.encode("utf-16-be", "surrogatepass")


def front_decoded(coded: Iterable[str], word: str = "") -> Iterator[str]:
    """What front.py has coded; `word` is the one before the first."""
    for code in coded:
        word = word[: int(code[0], 36)] + code[1:]
        yield word


def file_name(key: str) -> str:
    """The name of the file for what begins at a key: portable, and no device of Windows."""
    return "".join(char if _PLAIN.match(char) else f"_{ord(char):x}_" for char in key) + "-"


def script(name: str, value: object) -> bytes:
    """The file that hands a value to the page. What a list has beside numbers is on lines of its own."""
    if isinstance(value, list) and not all(isinstance(item, int) for item in value):
        text = "[\n" + ",\n".join(map(compact, value)) + "]"
    else:
        text = compact(value)
    return f"daybook.take({json.dumps(name)},{text});\n".encode("utf-8", "replace")
