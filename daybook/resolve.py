"""What named queries find: each is asked of the search index that this build makes, as a reader would ask it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from daybook.model import File
from daybook.search import Searcher
from daybook.search_files import SearchFiles
from daybook.search_numbers import number
from daybook.site import Site


def resolve(site: Site, index: Iterable[File]) -> Site:
    """The site with the papers that each of its named queries finds, newest first.

    `index` are the planned files of the site's search index. Of these only what a query needs is made, in memory:
    the language, the words and the answers are those of the search page, and nothing depends on what was published.
    """
    if not site.queries:
        return site
    planned = {file.path: file for file in index}
    searcher = Searcher(SearchFiles(lambda path: planned[path].body().decode()))
    numbers = number([paper.first for paper in site.papers]).of_papers
    papers = dict(zip(numbers, site.papers, strict=True))
    queries = (
        replace(one, papers=tuple(papers[found] for found in searcher.matching(one.query.text))) for one in site.queries
    )
    return replace(site, queries=tuple(queries))
