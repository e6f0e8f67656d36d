"""Everyone can read the site: axe-core's rules, the keyboard, less motion, paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser

from tests.browser import DESK, PHONE, Window
from tests.outside import find_npm_file
from tests.sites import KINDS, BuiltSite

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

AXE = """tags => axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]})"""

# Everything that the Tab key should stop at, in the order of the document.
STOPS = """() => [...document.querySelectorAll("a[href], summary, button, input, select, textarea")]
    .filter(element => element.checkVisibility() && !element.disabled)"""

# The place of the focused element among the stops (-1: none of them), and whether its ring is seen.
FOCUSED = """() => {
    const element = document.activeElement, style = getComputedStyle(element);
    const ringed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
        && style.outlineColor !== getComputedStyle(document.body).backgroundColor;
    return [stops.indexOf(element), ringed];
}"""

# The focused element as a reader sees it: whether it is on top where it stands, its text, whether it is in <main>.
SEEN = """() => {
    const element = document.activeElement, box = element.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return {seen: top === element && box.height >= 24, text: element.textContent, inside: !!element.closest("main")};
}"""

MOVING = """() => [...document.querySelectorAll("*")].filter(element => {
    const style = getComputedStyle(element);
    return style.animationName !== "none" || style.transitionDuration !== "0s" || style.scrollBehavior !== "auto";
}).map(element => element.outerHTML.slice(0, 100))"""

# Text that is not dark, and backgrounds that are not nearly white, as [element, colour].
INKED = """() => {
    const channels = colour => colour.match(/[\\d.]+/g).map(Number);
    const faults = [];
    for (const element of document.querySelectorAll("html, body, body *")) {
        if (!element.checkVisibility() || element.closest("svg")) continue;
        const style = getComputedStyle(element), ink = channels(style.color), ground = channels(style.backgroundColor);
        const written = [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
        if (written && Math.max(...ink.slice(0, 3)) > 0x55) faults.push([element.outerHTML.slice(0, 80), style.color]);
        if (ground[3] !== 0 && Math.min(...ground.slice(0, 3)) < 0xee)
            faults.push([element.outerHTML.slice(0, 80), style.backgroundColor]);
    }
    return faults;
}"""


@pytest.fixture(scope="session")
def axe(browser: Browser) -> Iterator[Window]:
    """A window in which axe-core may run: the site's policy, which forbids it, is off."""
    with browser.new_context(bypass_csp=True) as context:
        context.add_init_script(path=find_npm_file("axe-core/axe.min.js"))
        yield Window(context)


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(sites: tuple[BuiltSite, ...], axe: Window, kind: str) -> None:
    for site in sites:
        for path in site.samples.get(kind, ()):
            axe.open(site.homes[site.base_place], path)
            for scheme in SCHEMES:
                for width in (PHONE, DESK):
                    axe.page.emulate_media(color_scheme=scheme)
                    axe.resize(width)
                    assert violations(axe) == {}, f"{site.name}: {path}, {scheme}, {width} px"


def violations(window: Window) -> dict[str, list[str]]:
    """What axe-core finds: the elements by the rule that they break."""
    found: dict[str, Any] = window.ask(AXE, TAGS)
    return {rule["help"]: [node["html"] for node in rule["nodes"]] for rule in found["violations"]}


def test_tab_reaches_every_link_in_order_with_a_ring(sites: tuple[BuiltSite, ...], window: Window) -> None:
    for site in sites:
        window.open(site.homes[site.base_place], "index.html")
        count = window.ask(f"() => (globalThis.stops = ({STOPS})()).length")
        order = tabbed(window, count)
        assert [place for place, _ in order if place >= 0] == list(range(count)), site.name
        assert [place for place, ringed in order if not ringed] == [], site.name


def tabbed(window: Window, count: int) -> list[tuple[int, bool]]:
    """Where the Tab key leads until it has reached `count` stops or leaves the page, and whether each has a ring."""
    order: list[tuple[int, bool]] = []
    while sum(place >= 0 for place, _ in order) < count:
        window.page.keyboard.press("Tab")
        if window.ask("document.activeElement === document.body"):
            break
        order.append(tuple(window.ask(FOCUSED)))
    return order


def test_skip_link_appears_when_focused_and_leads_to_the_content(shipped_site: BuiltSite, window: Window) -> None:
    for width in (PHONE, DESK):
        window.open(shipped_site.homes["root"], "index.html", width)
        window.page.keyboard.press("Tab")
        first = window.ask(SEEN)
        assert (first["seen"], first["inside"]) == (True, False), first
        window.page.keyboard.press("Enter")
        window.page.keyboard.press("Tab")
        assert window.ask(SEEN)["inside"]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_moves_for_readers_who_want_less_motion(shipped_site: BuiltSite, window: Window, kind: str) -> None:
    for path in shipped_site.samples.get(kind, ()):
        window.open(shipped_site.homes[shipped_site.base_place], path)
        window.page.emulate_media(reduced_motion="reduce")
        assert window.ask(MOVING) == []


@pytest.mark.parametrize("kind", KINDS)
def test_paper_gets_black_on_white_without_navigation(toy_site: BuiltSite, window: Window, kind: str) -> None:
    """Also for readers whose screen is dark."""
    window.open(toy_site.homes[toy_site.base_place], toy_site.samples[kind][0])
    window.page.emulate_media(media="print", color_scheme="dark")
    assert window.ask("[...document.querySelectorAll('nav')].filter(nav => nav.checkVisibility()).length") == 0
    assert window.ask("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert window.ask("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert window.ask(INKED) == []
