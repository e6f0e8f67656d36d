"""Can a query break the search? `python tests/bench/search_fuzz.py CORPUS.jsonl.gz [QUERIES] [PAPERS]` (10,000 and 2,000).

Queries are random rows of the pieces below, the same ones each time. Neither implementation may raise anything, and both
must find the same papers in the same order. Then a sample of them is opened as `?q=` in the real page: nothing of them
may run there, no dialog may open, and the console must stay empty.
"""

from __future__ import annotations

import random
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from daybook.query import parse
from tests.bench.search_site import PlainPaper, plain_papers, searchable
from tests.bench.search_twins import found_in_browser, found_in_python, open_search, report
from tests.browser import Window, chromium

QUERIES, PAPERS, OPENED = 10_000, 2_000, 500
SEED = 4

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
    "note", "code", "withdrawn", "newest", "votes", "alignment", "none", "2026", "2026-02", "2026-02-31", "2025-W53",
    "2026-W54", "0000", "9999-12-31", "2026..", "..2026", "2026..2025", "..", "2510.13912", "hep-th/9901001", "2401.99999",
    "arXiv:2510.13912v2", "https://arxiv.org/abs/2510.13912", "10.48550/arXiv.2510.13912", "%32%35", "Infinity", "NaN",
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
    "é", "e\u0301", "ß", "ẞ", "İ", "ı", "ς", "Σ", "ﬁ", "Ⅷ", "①", "²", "½", "١٢", "ª", "º", "Ω", "ǆ", "Ł", "ø", "ﷺ",
    "\u200b", "\u200d", "\ufeff", "\u202e", "\u2066", "\xad", "\u2011", "\u2013", "\u2014", "\u2212", "“", "”", "«", "»",
    "機械学習", "が", "か\u3099", "ﾊﾟ", "한국어", "\u1112\u1161", "𠮷", "👩\u200d🔬", "🏳️", "\U0001d400", "\ud800", "\udc00",
    "\uffff", "\u0345", "\u1e9e", "\u212a", "\u2126", "\u0130", "ไทย", "हिन्दी", "עברית", "\u0640", "\u3164", "\u00b7",
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


def fuzzed(papers: list[PlainPaper], count: int) -> list[str]:
    """So many queries; many pieces are words and names of papers, so that something can be found."""
    chance = random.Random(SEED)
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


def opened(window: Window, home: str, queries: list[str]) -> list[str]:
    """What went wrong when each query was opened in the page."""
    faults: list[str] = []
    window.page.on("dialog", lambda dialog: (faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    window.page.on("console", lambda message: faults.append(f"console: {message.text}"))
    for query in queries:
        before = len(faults)
        open_search(window, home, f"?q={quote(query, errors='replace')}")
        faults += window.faults
        if window.ask("window.pwned !== undefined || window.length > 0"):
            faults.append("a script ran, or there is a frame")
        if window.ask("document.getElementById('status').textContent") == "The search failed.":
            faults.append("the search failed")
        if len(faults) > before:
            faults.append(f"  at {query!r}")
    return faults


def main() -> None:
    """Build, ask both implementations, open a sample."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    count, size = [*map(int, sys.argv[2:]), *(QUERIES, PAPERS)[len(sys.argv) - 2 :]]
    with searchable(Path(sys.argv[1]), size) as (site, out), chromium() as browser, browser.new_context() as context:
        queries = fuzzed(plain_papers(site), count)
        window = Window(context)
        open_search(window, f"{out.as_uri()}/")
        print(f"{size:,} papers; the longest query has {max(map(len, queries)):,} characters", flush=True)
        in_python = found_in_python(out, queries)
        same = report("Python and browser", queries, in_python, found_in_browser(window, queries))
        some = sum(any(part[1] for part in found if len(part) > 1) for found in in_python)
        print(f"{some:,} of {count:,} found something", flush=True)
        # A paper's identifier leads to its page, which this site does not have.
        sample = [query for query in queries if parse(query).paper is None][:OPENED]
        faults = opened(window, f"{out.as_uri()}/", sample)
        print(f"{len(sample)} opened in the page: {len(faults) or 'no'} faults")
        print(*faults[:20], sep="\n", end="\n" if faults else "")
    sys.exit(0 if same and not faults else 1)


if __name__ == "__main__":
    main()
