"""The kind of value that is a query."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from daybook import codes
from daybook.kinds import VISIBLE, Written, visible
from daybook.report import Report
from daybook.wording import quote

if TYPE_CHECKING:
    from daybook.query import Query


@dataclass(frozen=True)
class StandingQuery(Written):
    """A query that is asked again and again: it says which papers, not in which order. See daybook/query.py."""

    @property
    def wanted(self) -> str:
        return "a query as the search page takes it"

    @property
    def pattern(self) -> str:
        """What a query says is for the checker alone."""
        return VISIBLE

    def accept(self, text: str, report: Report) -> str | None:
        # The words of queries need the stemmer, which takes longer to import than most contents to check.
        from daybook.query import parse

        if not visible(text, report):
            return None
        for message, remedy in _wrong(text, parse(f"{text} ")):
            report.add(codes.BAD_QUERY, f"{report.name}: {message}", remedy)
        return text


def _wrong(text: str, query: Query) -> Iterator[tuple[str, str]]:
    if "\n" in text:
        yield "it has more than one line", "write it in one"
    for part, reason in query.refused:
        yield f"{quote(part)} means nothing", reason
    if query.like or query.sort != "relevance":
        yield "like: and sort: say in which order", "leave them out: a feed is newest first"
    if query.paper:
        yield f"{quote(text)} names one paper, which nothing new comes to", "look for words, topics or names"
    if not (query.wanted or query.phrases or query.filters or query.spans or query.refused):
        yield f"{quote(text)} looks for nothing", "add words that not every paper has, or a filter such as has:code"
