"""Queries that nobody would type but somebody who wants to break the search."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Sequence

from tests.bench.search_site import PlainPaper

_OPERATORS = (
    '"',
    '""',
    "-",
    "--",
    "*",
    "**",
    ":",
    "..",
    "|",
    ">",
    "=",
    "~",
    "^",
    "+",
    "(",
    ")",
    "\\",
    "/",
    "%",
    "&",
    "#",
)
_FIELDS = ("title:", "author:", "note:", "topic:", "org:", "curator:", "has:", "is:", "date:", "like:", "sort:", "id:")
_VALUES = (
    "note", "code", "withdrawn", "newest", "votes", "alignment", "none", "2026", "2026-02", "2026-02-31",
    "2025-W53", "2026-W54", "0000", "9999-12-31", "2026..", "..2026", "2026..2025", "..", "2510.13912",
    "hep-th/9901001", "2401.99999", "arXiv:2510.13912v2", "https://arxiv.org/abs/2510.13912",
    "10.48550/arXiv.2510.13912", "%32%35", "Infinity", "NaN",
)  # fmt: skip
_PROTOTYPES = (
    "constructor", "__proto__", "prototype", "toString", "valueOf", "hasOwnProperty", "__defineGetter__", "undefined",
    "null", "true", "length", "then",
)  # fmt: skip
_HOSTILE = (
    "<script>window.pwned=1</script>", "<img src=x onerror=window.pwned=1>", "<svg/onload=window.pwned=1>",
    '"><iframe srcdoc="<script>parent.pwned=1</script>">', "javascript:window.pwned=1", "</title><b>", "{{7*7}}",
    "${window.pwned=1}", "'-(window.pwned=1)-'", "<a href=javascript:alert(1)>", "&lt;b&gt;", "<!--", "]]>", "../../..",
)  # fmt: skip
_UNICODE = (
    "é", "e\u0301", "ß", "ẞ", "İ", "ı", "ς", "Σ", "ﬁ", "Ⅷ", "①", "²", "½", "١٢", "ª", "º", "Ω", "ǆ", "Ł", "ø",
    "ﷺ", "\u200b", "\u200d", "\ufeff", "\u202e", "\u2066", "\xad", "\u2011", "\u2013", "\u2014", "\u2212", "“",
    "”", "«", "»", "機械学習", "が", "か\u3099", "ﾊﾟ", "한국어", "\u1112\u1161", "𠮷", "👩\u200d🔬", "🏳️",
    "\U0001d400", "\ud800", "\udc00", "\uffff", "\u0345", "\u1e9e", "\u212a", "\u2126", "\u0130", "ไทย", "हिन्दी",
    "עברית", "\u0640", "\u3164", "\u00b7",
)  # fmt: skip
_BLANKS = (
    " ",
    " ",
    " ",
    "  ",
    "\t",
    "\n",
    "\r\n",
    "\x00",
    "\x1f",
    "\x7f",
    "\x85",
    "\xa0",
    "\u2028",
    "\u3000",
    "\u180e",
)
_ASSIGNED = [
    chr(code) for code in range(0x30000) if unicodedata.category(chr(code)) not in ("Cn", "Co", "Cs")
]  # by the tables of Python, which are older than those of browsers


def fuzzed(papers: Sequence[PlainPaper], count: int, seed: int) -> list[str]:
    """So many queries; many pieces are words and names of papers, so that something can be found."""
    chance = random.Random(seed)
    said = [word for paper in papers for word in (*paper.title.split(), *" ".join(paper.authors).split())]
    pieces: list[Callable[[], str]] = [
        lambda: chance.choice(said),
        lambda: chance.choice(said),
        lambda: _mangled(chance, chance.choice(said)),
        lambda: chance.choice(_OPERATORS),
        lambda: chance.choice(_FIELDS),
        lambda: chance.choice(_FIELDS) + chance.choice((*_VALUES, *said[:50])),
        lambda: chance.choice((*_VALUES, *_PROTOTYPES)),
        lambda: chance.choice(_HOSTILE),
        lambda: chance.choice(_UNICODE),
        lambda: "".join(chance.choices(_ASSIGNED, k=chance.randint(1, 4))),
        lambda: chr(chance.randrange(0x20)),
    ]

    def make() -> str:
        most = 8 if chance.random() < 0.95 else 400
        row = (chance.choice(pieces)() + chance.choice(("", *_BLANKS)) for _ in range(chance.randint(1, most)))
        text = "".join(row) * (1 if chance.random() < 0.98 else 50)
        # Halves of a surrogate pair that meet are one character in JavaScript.
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")

    return [make() for _ in range(count)]


def _mangled(chance: random.Random, word: str) -> str:
    """A word with a letter replaced, doubled, left out or in another case, or cut."""
    place = chance.randrange(len(word))
    start, letter, end = word[:place], word[place], word[place + 1 :]
    return chance.choice((start + "e" + end, start + 2 * letter + end, start + end, start, word.upper(), f"{start}*"))
