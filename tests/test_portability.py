"""The same bytes work at the root of a host, deeper on a host and opened from disk, in a real browser."""

from __future__ import annotations

import pytest

from tests.browser import DESK, NARROW, PHONE, Window
from tests.sites import KINDS, PLACES, BuiltSite

# What the style sheet gives to the root element, wherever it was loaded from.
STYLED = "getComputedStyle(document.documentElement).getPropertyValue('--paper') !== ''"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("kind", KINDS)
def test_the_toy_site_has_every_kind_of_page(toy_site: BuiltSite, kind: str) -> None:
    assert kind in toy_site.samples


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", sorted({*KINDS} - {"not_found.html"}))
def test_page_works_wherever_it_is(sites: tuple[BuiltSite, ...], window: Window, kind: str, place: str) -> None:
    for site in sites:
        for path in site.samples.get(kind, ()):
            assert faults_of(window, site, place, path) == [], f"{site.name}: {path}"


def test_404_page_works_where_the_settings_say_that_the_site_is(sites: tuple[BuiltSite, ...], window: Window) -> None:
    for site in sites:
        assert faults_of(window, site, site.base_place, "404.html") == [], site.name


def test_404_page_works_at_any_depth(sites: tuple[BuiltSite, ...], window: Window) -> None:
    for site in sites:
        home, path = site.homes[site.base_place], "no/such/page.html"
        # The page itself has the status 404, which the console repeats.
        faults = [fault for fault in faults_of(window, site, site.base_place, path) if not fault.startswith("console")]
        assert faults == [f"status 404: {home}{path}"]


def faults_of(window: Window, site: BuiltSite, place: str, path: str) -> list[str]:
    """What went wrong with a page where it is."""
    window.open(site.homes[place], path)
    return window.faults + ([] if window.ask(STYLED) else ["the style sheet is not applied"])


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_wider_than_the_window(sites: tuple[BuiltSite, ...], window: Window, kind: str) -> None:
    for site in sites:
        for path in site.samples.get(kind, ()):
            window.open(site.homes[site.base_place], path)
            assert too_wide(window) == {}, f"{site.name}: {path}"


def too_wide(window: Window) -> dict[int, int]:
    """By how many pixels the page overflows windows of some widths."""
    found = {}
    for width in (NARROW, PHONE, DESK):
        window.resize(width)
        if pixels := window.ask(TOO_WIDE):
            found[width] = pixels
    return found
