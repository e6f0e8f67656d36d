"""Our two implementations side by side: what Python finds for many queries, what the browser's scripts find."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import reduce
from pathlib import Path
from typing import Any

from daybook.parallel import cores, spread
from daybook.search import Searcher
from daybook.search_files import SearchFiles
from tests.browser import Window

Found = list[list[Any]]
"""Of each section of an answer: its name, how many papers it has, their digest, the first papers."""

FIRST = 10
_RUN = 50  # queries asked at a time
_DIGEST = 31

# Queries come as JSON, so that what is no text (half a surrogate pair) comes as it is.
_FIND = f"""async queries => {{
  const found = [];
  for (const query of JSON.parse(queries)) {{
    try {{
      const {{ sections }} = await daybook.search(query);
      found.push(sections.map(({{ name, hits }}) => [
        name, hits.length, hits.reduce((digest, {{ paper }}) => (Math.imul(digest, {_DIGEST}) + paper) >>> 0, 0),
        hits.slice(0, {FIRST}).map(({{ paper }}) => paper),
      ]));
    }} catch (error) {{
      found.push([[`raises ${{error}}`]]);
    }}
  }}
  return found;
}}"""


def found_in_browser(window: Window, queries: Sequence[str]) -> list[Found]:
    """What each query finds in a search page that is open."""
    runs = (queries[start : start + _RUN] for start in range(0, len(queries), _RUN))
    return [found for run in runs for found in window.ask(_FIND, json.dumps([*run]))]


def found_in_python(site: Path, queries: Sequence[str]) -> list[Found]:
    """What each query finds on a built site."""
    searcher = Searcher(SearchFiles.of_folder(site))

    def work(number: int, _job: int) -> Found:
        try:
            sections = searcher.search(queries[number]).sections
        except Exception as error:
            return [[f"raises {error!r}"]]
        papers = {name: [hit.paper for hit in hits] for name, hits in sections.items()}
        return [[name, len(each), _digest(each), each[:FIRST]] for name, each in papers.items()]

    return [found for _, found in sorted(spread(work, len(queries), cores()))]


def _digest(papers: Iterable[int]) -> int:
    """Tells lists of papers and their order apart."""
    return reduce(lambda digest, paper: (digest * _DIGEST + paper) & 0xFFFFFFFF, papers, 0)


def open_search(window: Window, home: str, query: str = "") -> None:
    """Show the search page of a site, until it has answered."""
    window.open(home, f"search.html{query}")
    # Not by a function that waits in the page: that is text to evaluate, which the policy of the page forbids.
    while not window.ask("!!window.daybook?.control && !document.querySelector('#search[aria-busy]')"):
        window.page.wait_for_timeout(5)


def report(name: str, asked: Sequence[str], one: Sequence[Found], other: Sequence[Found], shown: int = 10) -> bool:
    """Print how many answers are the same, and those that are not; are all?"""
    differing = [
        (query, here, there)
        for query, here, there in zip(asked, one, other, strict=True)
        if here != there or any("raises" in part[0] for part in here)
    ]
    print(f"{name}: {len(asked) - len(differing):,} of {len(asked):,} queries find the same in the same order")
    for query, here, there in differing[:shown]:
        print(f"  {query!r}\n    {here}\n    {there}")
    return not differing
