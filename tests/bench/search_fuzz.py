"""Can a query break the search? `python tests/bench/search_fuzz.py CORPUS.jsonl.gz [QUERIES] [PAPERS]` (10,000, 2,000).

Queries are random rows of pieces (fuzzed.py), the same ones each time. Neither implementation may raise anything, and
both must find the same papers in the same order. Then a sample of them is opened as `?q=` in the real page: nothing of
them may run there, no dialog may open, and the console must stay empty.
"""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playwright.sync_api import Dialog

from daybook.query import parse
from tests.bench.fuzzed import fuzzed
from tests.bench.search_site import plain_papers, searchable
from tests.bench.search_twins import found_in_browser, found_in_python, open_search, report
from tests.browser import Window, chromium

QUERIES, PAPERS, OPENED = 10_000, 2_000, 500
SEED = 4


def opened(window: Window, home: str, queries: list[str]) -> list[str]:
    """What went wrong when each query was opened in the page."""
    faults: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    window.page.on("dialog", dismiss)
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
        queries = fuzzed(plain_papers(site), count, SEED)
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
