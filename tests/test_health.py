"""How fresh a site says it is, in health.json and on every page."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from build import main
from daybook.assemble import assemble
from daybook.health import Health, as_json, health_of, parse
from tests.browser import DESK, PHONE, Window
from tests.nouns import content, entry, listing
from tests.sites import PLACES, BuiltSite

DATES = st.none() | st.dates()
HEALTHS = st.builds(
    Health,
    complete=DATES,
    newest=DATES,
    read=DATES,
    stale_after_days=st.integers(1, 366),
    counts=st.dictionaries(st.text(), st.integers(0)),
    generator=st.text(),
)


@given(HEALTHS)
def test_health_comes_back_from_json(health: Health) -> None:
    assert parse(json.dumps(as_json(health))) == health


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", '{"newest_complete_day": 3}', '{"newest_complete_day": "soon"}']
)
def test_what_is_no_health_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse(text)


def test_the_newest_complete_day_is_that_of_the_home_page() -> None:
    old, new, gone = date(2026, 1, 7), date(2026, 1, 8), date(2026, 1, 9)
    health = health_of(
        assemble(
            content(
                listings=(
                    listing(old, entry(1), read=date(2026, 1, 8)),
                    listing(new, entry(2), read=date(2026, 1, 10), complete=False),
                    listing(gone, entry(3, withdrawn=date(2026, 1, 9)), read=date(2026, 1, 9)),
                )
            )
        )
    )
    assert (health.complete, health.newest, health.read) == (old, new, date(2026, 1, 10))
    assert health.front == old
    assert health.counts == {"days": 3, "papers": 3, "topics": 0}


def test_a_site_without_listings_has_no_day() -> None:
    health = health_of(assemble(content()))
    assert (health.complete, health.newest, health.read, health.front) == (None, None, None, None)


def test_while_no_day_is_complete_the_newest_counts() -> None:
    health = health_of(assemble(content(listings=(listing(date(2026, 1, 7), entry(1), complete=False),))))
    assert (health.complete, health.front) == (None, date(2026, 1, 7))


# The banner: the toy content's newest complete day is 1 January 2027, and its settings allow 5 days -----------------


def told(browser: Browser, site: BuiltSite, place: str, path: str, now: str, width: int = DESK) -> str | None:
    """What the banner of a page says at a time of the reader's clock; nothing else may go wrong there."""
    with browser.new_context() as context:
        window = Window(context)
        window.page.clock.install(time=now)
        window.open(site.homes[place], path, width)
        assert window.faults == []
        shown = window.ask("document.getElementById('stale')?.innerText ?? null")
        return None if shown is None else str(shown)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("path", ["index.html", "papers/2612.00001.html", "search.html"])
def test_an_old_site_says_its_age_on_every_page(browser: Browser, toy_site: BuiltSite, place: str, path: str) -> None:
    assert told(browser, toy_site, place, path, "2027-02-03T12:00:00Z") == (
        "This site is not up to date: its newest day is 1 January 2027, 33 days ago. "
        "You are reading a copy; the original may be newer."
    )


def test_the_page_that_is_not_found_says_it_too(browser: Browser, toy_site: BuiltSite) -> None:
    text = told(browser, toy_site, toy_site.base_place, "404.html", "2027-02-03T12:00:00Z", PHONE)
    assert text == "This site is not up to date: its newest day is 1 January 2027, 33 days ago."


@pytest.mark.parametrize(
    ("now", "is_old"),
    [
        ("2026-11-01T00:00:00Z", False),  # a clock that is behind
        ("2027-01-01T12:00:00Z", False),
        ("2027-01-06T23:59:59Z", False),
        ("2027-01-07T00:00:00Z", True),
    ],
)
def test_a_site_is_old_after_the_days_of_its_settings(
    browser: Browser, toy_site: BuiltSite, now: str, is_old: bool
) -> None:
    assert (told(browser, toy_site, "root", "index.html", now) is not None) == is_old


def test_the_banner_has_a_date_for_machines_and_leads_to_the_original(browser: Browser, toy_site: BuiltSite) -> None:
    with browser.new_context() as context:
        window = Window(context)
        window.page.clock.install(time="2027-02-03T12:00:00Z")
        window.open(toy_site.homes["disk"], "days/2026-12-31.html")
        assert window.ask("document.querySelector('main > #stale time').dateTime") == "2027-01-01"
        address = window.ask("document.querySelector('#stale a').href")
        assert address == f"{toy_site.base_url}/days/2026-12-31.html"


def test_without_scripts_nothing_is_missing(browser: Browser, toy_site: BuiltSite) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(toy_site.homes["root"])
        assert page.locator("#stale").count() == 0
        assert page.locator("main h1").count() == 1


# The verb -----------------------------------------------------------------------------------------------------------


def site_of(folder: Path, complete: date | None) -> Path:
    """As much of a site as the verb looks at."""
    (folder / "index.html").touch()
    health = Health(complete, complete, complete, 7, {}, "tests")
    (folder / "health.json").write_text(json.dumps(as_json(health)), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("age", "words", "code"),
    [
        (7, (), 0),
        (8, (), 1),
        (8, ("--max-age", "8"), 0),
        (1, ("--max-age", "0"), 1),
    ],
)
def test_the_verb_tells_by_its_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], age: int, words: tuple[str, ...], code: int
) -> None:
    day = datetime.now(UTC).date() - timedelta(days=age)
    assert main(["health", "--out", str(site_of(tmp_path, day)), *words]) == code
    told = capsys.readouterr().out
    assert told.startswith(f"the newest complete day is {day}, {age} day")
    assert ("python build.py fetch" in told) == bool(code)


def test_a_site_without_a_complete_day_is_not_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["health", "--out", str(site_of(tmp_path, None))]) == 1
    assert capsys.readouterr().out.startswith("no day is complete; ")


@pytest.mark.parametrize("text", [None, "{}", "no JSON"])
def test_a_health_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str | None) -> None:
    (tmp_path / "index.html").touch()
    if text is not None:
        (tmp_path / "health.json").write_text(text, "utf-8")
    assert main(["health", "--out", str(tmp_path)]) == 2
    assert "health.json cannot be read" in capsys.readouterr().err
