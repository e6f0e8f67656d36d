"""Pages on paper: what is to read, the addresses of what they name, and nothing that only a screen can use."""

from __future__ import annotations

from tests.browser import Window
from tests.sites import BuiltSite

SHOWN = """[...document.querySelectorAll("nav, form, button, .take-along, .cite, .skip, .add, details, .colophon")]
    .filter(element => element.checkVisibility()).map(element => element.outerHTML.slice(0, 80))"""
# Of the links of a paper and of texts, those whose address is not printed as it is; those within the site have none.
UNTOLD = """[...document.querySelectorAll(".get a, .links a, .prose a")].filter(link => {
    const told = getComputedStyle(link, "::after").content;
    const address = link.getAttribute("href");
    return told !== (address.startsWith("http") ? `" (${address})"` : "none");
}).map(link => link.outerHTML)"""


def test_paper_has_no_controls_and_tells_where_links_lead(sites: tuple[BuiltSite, ...], window: Window) -> None:
    for site in sites:
        for kind in ("home.html", "day.html", "week.html", "topic.html", "paper.html"):
            for path in site.samples[kind]:
                window.open(site.homes["disk"], path)
                window.page.emulate_media(media="print")
                assert window.ask(SHOWN) == [], path
                assert window.ask(UNTOLD) == [], path
