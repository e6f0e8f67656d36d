"""Our search and Pagefind's side by side: the same papers, the same server, a page each that shows ten results."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote_plus

from tests.bench.gzip_server import hosted
from tests.bench.pagefind import make_index
from tests.bench.search_site import PlainPaper, build_search, plain_papers, read_site, write_pages

FIRST_RESULTS = "#answers h3"
"""What stands in both pages as soon as there are results."""

# As little as a page can have that searches with Pagefind as its manual says and shows the titles of what is found.
_PAGEFIND_PAGE = """<!doctype html>
<html lang="en">
<title>Search</title>
<link rel="icon" href="data:,">
<div id="answers"></div>
<script type="module">
import * as pagefind from "/pagefind/pagefind.js";
window.find = async text => {
  const { results } = await pagefind.search(text);
  const shown = await Promise.all(results.slice(0, 10).map(result => result.data()));
  document.getElementById("answers").replaceChildren(...shown.map(({ meta }) => {
    const title = document.createElement("h3");
    title.textContent = meta.title;
    return title;
  }));
};
await find(new URLSearchParams(location.search).get("q"));
</script>
</html>
"""

# Types into the box of our page; the answer is there when the status changes.
_TYPE = """text => new Promise(done => {
  const [box, status] = ["q", "status"].map(id => document.getElementById(id));
  const start = performance.now();
  new MutationObserver((_, observer) => {
    observer.disconnect();
    done(performance.now() - start);
  }).observe(status, { childList: true });
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
})"""

_FIND = """async text => {
  const start = performance.now();
  await window.find(text);
  return performance.now() - start;
}"""


@dataclass(frozen=True, slots=True)
class Side:
    """A search: the address of its site, its page, and JavaScript that asks the open page something else and gives
    the milliseconds until the answer stands there. `icon` is the path of what browsers show beside the title.
    """

    name: str
    home: str
    page: str
    ask_again: str
    icon: str | None

    def address(self, query: str) -> str:
        """The page that answers a query."""
        return f"{self.home}{self.page}?q={quote_plus(query)}"


@contextmanager
def both_sides(corpus: Path, count: int) -> Iterator[tuple[list[PlainPaper], list[Side]]]:
    """The newest papers of a corpus, with ours and Pagefind as long as this lasts."""
    with tempfile.TemporaryDirectory() as name:
        root, ours, theirs = (Path(name, part) for part in ("checkout", "ours", "theirs"))
        site = read_site(corpus, count, root)
        build_search(site, root, ours)
        papers = plain_papers(site)
        write_pages(papers, theirs)
        (theirs / "find.html").write_text(_PAGEFIND_PAGE, encoding="utf-8")
        make_index(theirs)
        with hosted(ours) as our_home, hosted(theirs) as their_home:
            yield (
                papers,
                [
                    Side("ours", our_home, "search.html", _TYPE, "static/favicon.svg"),
                    Side("Pagefind", their_home, "find.html", _FIND, None),
                ],
            )


def told(values: Sequence[float]) -> str:
    """Median, 95th percentile and maximum, for a table."""
    return f"median {statistics.median(values):9,.0f}  p95 {p95(values):9,.0f}  max {max(values):9,.0f}"


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    return sorted(values)[-(len(values) // 20) - 1]
