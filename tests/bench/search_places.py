"""Is the search the same everywhere? `python tests/bench/search_places.py CORPUS.jsonl.gz [PAPERS]` (10,000).

1. The same site is opened from disk, at the root of a host and under a path of one. In each place 100 queries must show
   the same results, without a word on the console, an error, or a request for anything outside of the site.
2. 1,000 queries of every kind must find the same papers in the same order in Python and in the browser.
"""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playwright.sync_api import Browser

from tests.bench.gzip_server import hosted
from tests.bench.search_queries import queries_of_every_kind
from tests.bench.search_site import searchable
from tests.bench.search_twins import found_in_browser, found_in_python, open_search, report
from tests.browser import Window, chromium

PAPERS = 10_000
SHOWN_QUERIES, TWIN_QUERIES = 100, 1_000
SEED = 3
PREFIX = "a/b"

Shown = tuple[str, str, str]
"""The status, the notices and the answers of a page, as a reader sees them."""

_SHOWN = "['status', 'notices', 'answers'].map(id => document.getElementById(id).innerText)"


def shown_at(browser: Browser, home: str, queries: list[str]) -> tuple[list[Shown], list[str]]:
    """What the search page of a site shows for each query in its address, and all that went wrong."""
    faults: list[str] = []
    shown: list[Shown] = []
    with browser.new_context() as context:
        window = Window(context)
        window.page.on("console", lambda message: faults.append(f"console: {message.text}"))
        for query in queries:
            open_search(window, home, f"?q={quote(query)}")
            shown.append((*window.ask(_SHOWN),))
            faults += window.faults
    return shown, faults


def same_everywhere(browser: Browser, homes: dict[str, str], queries: list[str]) -> bool:
    """Print what each place shows otherwise than the first one."""
    shown = {place: shown_at(browser, home, queries) for place, home in homes.items()}
    first, _ = next(iter(shown.values()))
    for place, (pages, faults) in shown.items():
        same = sum(one == other for one, other in zip(pages, first, strict=True))
        print(f"{place}: {same} of {len(queries)} pages as on disk; {len(faults)} messages and requests too many")
        print(*(f"  {fault}\n" for fault in faults[:5]), sep="", end="", flush=True)
    found = sum(not status.startswith("No") for status, *_ in first)
    print(f"{found} of {len(queries)} found something")
    return all(pages == first and not faults for pages, faults in shown.values())


def main() -> None:
    """Build, look everywhere, ask both implementations."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    size = int(sys.argv[2]) if len(sys.argv) > 2 else PAPERS
    with searchable(Path(sys.argv[1]), size) as (site, out), ExitStack() as stack:
        asked = queries_of_every_kind(site, TWIN_QUERIES, SEED)
        texts = [one.text for one in asked]
        (out.parent / PREFIX).parent.mkdir()
        (out.parent / PREFIX).symlink_to(out)
        homes = {
            "from disk": f"{out.as_uri()}/",
            "at a root": stack.enter_context(hosted(out)),
            f"under /{PREFIX}/": f"{stack.enter_context(hosted(out.parent))}{PREFIX}/",
        }
        browser = stack.enter_context(chromium())
        # A paper's identifier leads to its page, which this site does not have.
        plain = [one.text for one in asked if one.kind != "paper"]
        is_same = same_everywhere(browser, homes, plain[:SHOWN_QUERIES])
        window = Window(stack.enter_context(browser.new_context()))
        open_search(window, homes["from disk"])
        print(f"{size:,} papers; kinds: {dict(Counter(one.kind for one in asked))}", flush=True)
        twins = report("Python and browser", texts, found_in_python(out, texts), found_in_browser(window, texts))
    sys.exit(0 if is_same and twins else 1)


if __name__ == "__main__":
    main()
