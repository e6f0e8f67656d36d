"""How long a reader waits: `python tests/bench/search_latency.py CORPUS.jsonl.gz [PAPERS]` (50,000), beside Pagefind.

For each of 40 queries, one to three words of the title of some paper, a browser with an empty cache opens the search
page with the query in its address (`opened`: from the start of the navigation to the first results); then three more
queries are typed into the same page (`typed`: from the keystroke to the answer, with the pause of 80 ms in which ours
waits for the next one; `searched` is without it). Pagefind, asked by its programming interface, waits for none.

The longest task of the main thread of each page is from the trace that Chromium keeps: how long it `lasted` by the
clock, which other work of the machine makes longer (its load is printed), and how long it `worked`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playwright.sync_api import Browser, Page

from tests.bench.search_queries import title_queries
from tests.bench.search_sides import FIRST_RESULTS, Side, both_sides, told
from tests.browser import chromium

PAPERS = 50_000
VISITS, TYPED = 40, 3
SEED = 6
GOAL = 50  # milliseconds: what is longer delays a keystroke, https://www.w3.org/TR/longtasks/
PAUSE = 80  # of our page

_CATEGORIES = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"]

# Notes when the first results were drawn, in milliseconds since the navigation began. The page itself does: Playwright
# would first evaluate a script of its own there, for 10 ms of the processor in one task.
_WATCH = f"""window.answered = new Promise(done => new MutationObserver((_, observer) => {{
  if (!document.querySelector("{FIRST_RESULTS}")) return;
  observer.disconnect();
  done(performance.now());
}}).observe(document, {{ childList: true, subtree: true }}));"""


class Task(NamedTuple):
    """What a thread did at one go, in milliseconds of the clock and of the processor."""

    lasted: float
    worked: float


class Visit(NamedTuple):
    """Milliseconds until the first answer and until each typed one; what the main thread did."""

    opened: float
    typed: list[float]
    tasks: list[Task]


def visit(browser: Browser, side: Side, queries: Sequence[str]) -> Visit:
    """Open the first query with an empty cache, type the others."""
    first, *others = queries
    with browser.new_context() as context:
        page = context.new_page()
        page.add_init_script(_WATCH)
        browser.start_tracing(page=page, categories=_CATEGORIES)
        page.goto(side.address(first))
        opened = float(page.evaluate("window.answered"))
        page.wait_for_load_state("networkidle")
        typed = [_typed(page, side, query) for query in others]
        trace = json.loads(browser.stop_tracing())["traceEvents"]
        return Visit(opened, typed, [*_tasks(trace, side.home)])


def _typed(page: Page, side: Side, query: str) -> float:
    return float(page.evaluate(side.ask_again, query))


def _tasks(trace: list[dict[str, Any]], home: str) -> Iterator[Task]:
    """Each task of the main thread of a site's page: Chromium has pages of its own, too."""
    main = {
        (event["pid"], event["tid"])
        for event in trace
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    ours = {event["pid"] for event in trace if home in json.dumps(event.get("args", {}))}
    for event in trace:
        is_task = event["name"] == "RunTask" and "dur" in event
        if is_task and event["pid"] in ours and (event["pid"], event["tid"]) in main:
            yield Task(event["dur"] / 1000, event.get("tdur", 0) / 1000)


def show(side: Side, visits: Sequence[Visit], pause: int) -> None:
    """Print the table of a side, in milliseconds."""
    typed = [one for visit in visits for one in visit.typed]
    print(f"  {side.name:9} opened    {told([visit.opened for visit in visits])}")
    print(f"  {'':9} typed     {told(typed)}")
    print(f"  {'':9} searched  {told([one - pause for one in typed])}")
    for name in Task._fields:
        longest = [max(getattr(task, name) for task in visit.tasks) for visit in visits]
        over = sum(one > GOAL for one in longest)
        print(f"  {'':9} {name:8}  {told(longest)}  {over} of {len(longest)} over {GOAL}", flush=True)


def main() -> None:
    """Build, visit both in turn, print both tables."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    size = int(sys.argv[2]) if len(sys.argv) > 2 else PAPERS
    with both_sides(Path(sys.argv[1]), size) as (papers, sides), chromium() as browser:
        queries = title_queries(papers, VISITS * (1 + TYPED), (2, 1, 3, 2), SEED)
        asked = [queries[start : start + 1 + TYPED] for start in range(0, len(queries), 1 + TYPED)]
        visits = [[visit(browser, side, each) for side in sides] for each in asked]
        print(
            f"{size:,} papers, {len(asked)} visits of {1 + TYPED} queries; milliseconds; load {os.getloadavg()[0]:.1f}"
        )
        for side, pause, each in zip(sides, (PAUSE, 0), zip(*visits, strict=True), strict=True):
            show(side, each, pause)


if __name__ == "__main__":
    main()
