"""Whatever the content, its pages make one web: no link leads nowhere, and home leads everywhere."""

from __future__ import annotations

import posixpath
import re
from html import unescape

import pytest
from hypothesis import example, given, settings

from daybook.assemble import assemble
from daybook.export import export
from daybook.model import Content
from daybook.render import render
from tests.contents import contents
from tests.nouns import content
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
