"""Small sites to search, and the page in which the browser searches them."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from daybook.assemble import assemble
from daybook.index import index
from daybook.model import Content
from daybook.search import Searcher
from daybook.search_files import SearchFiles
from daybook.tabulate import tabulate
from daybook.write import write
from tests.browser import Window
from tests.sites import BuiltSite

# What a search finds, in the browser: the name of each section with papers and scores, in their order.
FOUND_BY_JAVASCRIPT = """async queries => {
    const found = [];
    for (const query of queries) {
        const answer = await daybook.search(query);
        found.push(answer.sections.map(({name, hits}) => [name, hits.map(hit => [hit.paper, hit.score])]));
    }
    return found;
}"""


def indexed(content: Content, folder: Path) -> Searcher:
    """The index of some content, written to a folder and read from there."""
    site = assemble(content)
    write(index(site, tabulate(site, folder / "checkout")), folder / "site")
    return Searcher(SearchFiles.of_folder(folder / "site"))


def found(searcher: Searcher, query: str, limit: int = 10) -> list[str]:
    """The identifiers of the papers that a query finds, in their order, without the `2601.` that they begin with."""
    return [searcher.files.result(hit.paper)[0].removeprefix("2601.") for hit in searcher.search(query, limit).hits]


def found_by_python(searcher: Searcher, queries: Iterable[str]) -> list[Any]:
    """What FOUND_BY_JAVASCRIPT should return."""
    return [
        [[name, [[hit.paper, hit.score] for hit in hits]] for name, hits in searcher.search(query).sections.items()]
        for query in queries
    ]


def open_search(window: Window, site: BuiltSite, query: str = "", place: str = "root") -> None:
    """The search page of a site, when it is ready."""
    window.open(site.homes[place], f"search.html{query}")
    wait_until(window, "!!window.daybook?.control")


def wait_until(window: Window, condition: str) -> None:
    """Wait for a condition in JavaScript. Playwright's own way evaluates text in the page, which its policy forbids."""
    deadline = time.monotonic() + 20
    while not window.ask(condition):
        assert time.monotonic() < deadline, condition
        window.page.wait_for_timeout(10)
