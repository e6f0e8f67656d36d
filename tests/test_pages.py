"""Whatever the content, its pages make one web: no link leads nowhere, and home leads everywhere."""

from __future__ import annotations

import posixpath
import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from hypothesis import example, given, settings

from daybook.assemble import assemble
from daybook.cards import Cards
from daybook.export import export
from daybook.model import Content
from daybook.pages import plan_pages
from daybook.render import render
from tests.contents import contents
from tests.nouns import content, entry, listing, note, paper_id, topic
from tests.sites import ROOT

# Whole contents are large, and are shown only where a test fails.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

_HREF = re.compile(r'<a\b[^>]* href="([^"]*)"')


def web(content: Content) -> tuple[dict[str, set[str]], set[str]]:
    """The pages that a site of some content has, each with the files that it links to; and all that there is."""
    site = assemble(content)
    files = {file.path: file for file in [*render(site, ROOT / "templates"), *export(site)]}
    pages = {path: file.body().decode("utf-8") for path, file in files.items() if path.endswith(".html")}
    return {path: set(_targets(path, text)) for path, text in pages.items() if path != "404.html"}, set(files)


def _targets(path: str, text: str) -> list[str]:
    addresses = (re.split("[?#]", unescape(address))[0] for address in _HREF.findall(text))
    return [
        posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
        for address in addresses
        if address and ":" not in address
    ]


@example(content())
@given(contents())
@settings(max_examples=30)
def test_links_lead_to_pages_and_home_leads_to_all_of_them(content: Content) -> None:
    links, there = web(content)
    assert {(path, to) for path, targets in links.items() for to in targets if to not in there} == set()
    reached: set[str] = set()
    waiting = ["index.html"]
    while waiting:
        new = (links[waiting.pop()] & links.keys()) - reached
        reached |= new
        waiting += new
    assert links.keys() - reached == set()


def test_no_page_grows_without_end() -> None:
    """What a curator writes much of, or a topic has very many papers of, is split by month; nothing is lost."""
    many = range(1, 900)
    notes = tuple(note(n, date=date(2026, 1 + n % 3, 5), topics=("many",)) for n in range(1, 80))
    days = tuple(listing(date(2026, 1 + month, 5), *(entry(n) for n in many if n % 3 == month)) for month in range(3))
    rule = topic("many", "paper")
    pages: dict[str, Any] = {
        page.path: page.context
        for page in plan_pages(assemble(content(listings=days, notes=notes, topics=(rule,))), Cards())
    }
    year = pages["topics/many.2026.html"]["years"][0]
    assert (len(year["curated"]), year["matched"], [link.url for link, _ in year["months"]]) == (
        79, (), [f"topics/many.2026-0{month}.html" for month in (3, 2, 1)],
    )  # fmt: skip
    by_month = [pages[link.url]["years"][0]["matched"] for link, _ in year["months"]]
    assert {card.id for lines in by_month for card, *_ in lines} == {paper_id(n) for n in many if n >= 80}
    curator = pages["curators/ada.html"]
    assert (curator["count"], len(curator["cards"])) == (79, 60)
    shown = [card.id for link, _ in curator["months"] for card in pages[link.url]["cards"]]
    assert shown[:60] == [card.id for card in curator["cards"]]
    assert len(shown) == len(set(shown)) == 79
