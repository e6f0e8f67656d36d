"""What a first search costs a reader: `python tests/bench/search_bytes.py CORPUS.jsonl.gz [SIZE ...]` prints bytes and
requests before the first answer, at 10,000 papers if no size is given, and beside them those of Pagefind.

For each of 200 queries, two words of the title of some paper, a browser that has nothing in its cache opens the search
page with the query in its address. Every response counts, with its headers, that was there when the first results were
drawn; so does our icon, which a browser without a window does not ask for. Pagefind's page is as small as can be, and
has no icon. The same server compresses both on the fly.
"""

from __future__ import annotations

import statistics
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Request

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.search_queries import title_queries
from tests.bench.search_sides import FIRST_RESULTS, Side, both_sides, told
from tests.browser import chromium

SIZES = (10_000,)
GOALS = {10_000: 35_000, 50_000: 60_000}  # bytes in the median, by papers
QUERIES = 200
SEED = 5

# Notes what the page had loaded when the first results were drawn.
_WATCH = f"""new MutationObserver((_, observer) => {{
  if (!document.querySelector("{FIRST_RESULTS}")) return;
  observer.disconnect();
  window.loaded = performance.getEntriesByType("resource").map(entry => entry.name);
}}).observe(document, {{ childList: true, subtree: true }});"""

_LATE = """performance.getEntriesByType("resource").map(entry => entry.name).filter(name => !loaded.includes(name))"""


class Loaded(NamedTuple):
    """A response: the path of the file, and its bytes on the wire, headers included."""

    path: str
    size: int


def first_answer(browser: Browser, side: Side, query: str) -> list[Loaded]:
    """What a browser with an empty cache loads before it shows the first results."""
    with browser.new_context() as context:
        page, finished = _watched(context)
        page.add_init_script(_WATCH)
        page.goto(side.address(query))
        page.wait_for_selector(FIRST_RESULTS)
        page.wait_for_load_state("networkidle")
        late = set(page.evaluate(_LATE))
        return [_loaded(request) for request in finished if request.url not in late]


def icon(browser: Browser, side: Side) -> list[Loaded]:
    """The icon of a side's pages, if it has one."""
    if side.icon is None:
        return []
    with browser.new_context() as context:
        page, finished = _watched(context)
        page.goto(side.home + side.icon)
        return [_loaded(request) for request in finished]


def _watched(context: BrowserContext) -> tuple[Page, list[Request]]:
    page = context.new_page()
    finished: list[Request] = []
    page.on("requestfinished", lambda request: finished.append(request))
    return page, finished


def _loaded(request: Request) -> Loaded:
    response = request.response()
    assert response
    assert response.ok, request.url
    sizes = request.sizes()
    # Of the script that a worker begins with Chromium knows the headers only.
    body = sizes["responseBodySize"] or int(response.headers["content-length"])
    return Loaded(urlsplit(request.url).path.removeprefix("/"), sizes["responseHeadersSize"] + body)


def show(name: str, answers: Sequence[Sequence[Loaded]]) -> float:
    """Print the table of a side; returns the median of bytes."""
    sizes = [sum(one.size for one in answer) for answer in answers]
    print(f"  {name:9} bytes     {told(sizes)}")
    print(f"  {'':9} requests  {told([len(answer) for answer in answers])}")
    kinds: dict[str, list[int]] = defaultdict(list)
    for answer in answers:
        for path, size in answer:
            kinds[_kind(path)].append(size)
    for kind, each in sorted(kinds.items(), key=lambda item: -sum(item[1])):
        share, count = sum(each) / len(answers), len(each) / len(answers)
        print(f"    {kind:34} {share:9,.0f} bytes a query: {count:4.1f} of {statistics.mean(each):7,.0f}")
    return statistics.median(sizes)


def _kind(path: str) -> str:
    """The folder of files of which there are many, the path of any other."""
    return f"{PurePosixPath(path).parent}/" if path.count("/") > 1 else path


def measure(corpus: Path, size: int) -> None:
    """Print both tables of one size."""
    with both_sides(corpus, size) as (papers, sides), chromium() as browser:
        queries = title_queries(papers, QUERIES, (2,), SEED)
        print(f"{size:,} papers, {len(queries)} queries of two words", flush=True)
        medians = []
        for side in sides:
            icons = icon(browser, side)
            medians.append(show(side.name, [icons + first_answer(browser, side, query) for query in queries]))
    print(f"  {medians[0] / medians[1]:.0%} of Pagefind's bytes in the median", flush=True)
    if goal := GOALS.get(size):
        print(f"  goal {goal:,} bytes: {'reached' if medians[0] <= goal else 'missed'}", flush=True)


def main() -> None:
    """Measure each size, smallest first."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    for size in sorted(int(word) for word in sys.argv[2:]) or SIZES:
        measure(Path(sys.argv[1]), size)


if __name__ == "__main__":
    main()
