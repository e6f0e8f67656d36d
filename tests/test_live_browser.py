"""The writing desk as a curator has it: an editor on one side, a real browser on the other."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import Window
from tests.checkouts import published
from tests.desks import NOTE, PAPER, PATIENCE, RunningDesk, desk_checkout, running_desk

SHEEP = "The sheep were asleep already"
OVER = "#daybook-desk"
HIDE = "(state) => {Object.defineProperty(document, 'visibilityState', {value: state, configurable: true});"
HIDE += "document.dispatchEvent(new Event('visibilitychange'))}"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    with running_desk(desk_checkout(tmp_path_factory.mktemp("desk") / "checkout")) as running:
        yield running


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context() as made:
        made.set_default_timeout(PATIENCE * 1000)
        yield made


@pytest.fixture
def tab(context: BrowserContext, desk: RunningDesk) -> Iterator[Window]:
    """The paper's page, as it stands; in the end the note is as it was."""
    before = (desk.root / NOTE).read_text("utf-8")
    window = Window(context)
    window.open(desk.home, PAPER)
    window.page.get_by_text(SHEEP).first.wait_for()
    yield window
    window.page.goto("about:blank")
    if not (desk.root / NOTE).exists() or (desk.root / NOTE).read_text("utf-8") != before:
        (desk.root / NOTE).write_text(before, "utf-8")


def shows(page: Page, text: str) -> None:
    """Wait until the page has the text, which the overlay does not count for."""
    page.wait_for_function("text => document.body.innerText.includes(text)", arg=text)


def test_a_note_that_is_saved_is_shown(desk: RunningDesk, tab: Window) -> None:
    tab.page.evaluate("scrollTo(0, 200)")
    desk.replace(NOTE, SHEEP, "The lambs were awake")
    shows(tab.page, "The lambs were awake")
    assert tab.page.evaluate("scrollY") == 200
    assert tab.faults == []


def test_a_broken_note_is_told_over_the_page_until_it_is_mended(desk: RunningDesk, tab: Window) -> None:
    desk.replace(NOTE, "verdict: caution", "verdict: <b>cautoin</b>")
    over = tab.page.locator(OVER)
    over.get_by_role("heading", name="1 problem in content/").wait_for()
    text = over.locator(".sheet").inner_text()
    assert f"{NOTE}:5:10" in text
    assert "<b>cautoin</b>" in text
    code = over.get_by_role("link")
    assert tab.ask("url => fetch(url).then(got => got.text())", code.get_attribute("href")).count(
        f'id="{code.inner_text()}"'
    )
    assert tab.page.get_by_text(SHEEP).first.is_visible()
    desk.replace(NOTE, "verdict: <b>cautoin</b>", "verdict: caution")
    over.wait_for(state="detached")
    assert tab.faults == []


def test_whoever_mends_one_of_several_mistakes_stays_where_they_are(desk: RunningDesk, tab: Window) -> None:
    desk.replace(NOTE, "verdict: caution", "verdict: none\n" + "".join(f"nonsense{n}: 1\n" for n in range(20)))
    over = tab.page.locator(OVER)
    over.get_by_role("listitem").nth(9).wait_for()
    over.get_by_role("list").focus()
    over.locator(".sheet").evaluate("sheet => sheet.scrollTop = 200")
    desk.replace(NOTE, "nonsense3: 1\n", "")
    tab.page.wait_for_function(
        f"count => document.querySelector('{OVER}').shadowRoot.querySelectorAll('li').length !== count",
        arg=over.get_by_role("listitem").count(),
    )
    assert over.locator(".sheet").evaluate("sheet => sheet.scrollTop") == 200
    assert tab.ask(f"document.querySelector('{OVER}').shadowRoot.activeElement?.localName") == "ol"


@pytest.mark.parametrize("path", ["along/2026-W53.html", "digests/2026-12-29.html"])
def test_the_overlay_stands_over_pages_with_a_style_of_their_own(desk: RunningDesk, tab: Window, path: str) -> None:
    tab.open(desk.home, path)
    desk.replace(NOTE, "verdict: caution", "verdict: none")
    tab.page.locator(OVER).get_by_role("listitem").wait_for()
    assert tab.ask(f"getComputedStyle(document.querySelector('{OVER}')).position") == "fixed"
    assert tab.faults == []


def test_what_is_undone_before_it_was_built_is_shown_no_more(desk: RunningDesk, tab: Window) -> None:
    """The file of the page was never written, and what stands there is what it was."""
    desk.replace("content/topics/naps.yaml", "title: ", "nonsense: 1\ntitle: ")
    tab.page.locator(OVER).get_by_role("listitem").wait_for()
    desk.replace(NOTE, SHEEP, "It never happened")
    shows(tab.page, "It never happened")
    desk.replace(NOTE, "It never happened", SHEEP)
    desk.replace("content/topics/naps.yaml", "nonsense: 1\ntitle: ", "title: ")
    shows(tab.page, SHEEP)
    tab.page.locator(OVER).wait_for(state="detached")


def test_a_page_that_somebody_deleted_comes_back(desk: RunningDesk, context: BrowserContext) -> None:
    page = context.new_page()
    (desk.root / "_site" / PAPER).unlink()
    page.goto(desk.home + PAPER)
    shows(page, SHEEP)
    shutil.rmtree(desk.root / "_site")
    page.goto(desk.home + "topics.html")
    page.get_by_role("heading", name="Topics").wait_for()


def test_every_tab_is_told_of_mistakes_and_a_new_one_as_well(
    desk: RunningDesk, tab: Window, context: BrowserContext
) -> None:
    other = Window(context)
    other.open(desk.home, "topics.html")
    desk.replace(NOTE, "bjork", "nobody")
    for page in (tab.page, other.page):
        page.locator(OVER).get_by_role("listitem").first.wait_for()
    other.open(desk.home, "authors.html")
    other.page.locator(OVER).get_by_role("button", name="Hide").click()
    other.page.locator(OVER).wait_for(state="detached")
    desk.replace(NOTE, "nobody", "bjork")
    tab.page.locator(OVER).wait_for(state="detached")


def test_only_pages_that_changed_are_loaded_again(desk: RunningDesk, tab: Window, context: BrowserContext) -> None:
    still, second = Window(context), Window(context)
    still.open(desk.home, "mistakes.html")
    second.open(desk.home, PAPER)
    still.page.evaluate("window.stays = true")
    heard = "() => new Promise(done => { const s = new EventSource('/.desk/events'); let n = 0;"
    heard += "s.onmessage = () => { n += 1; if (n == 2) { s.close(); done(true); } }; })"
    still.page.evaluate(f"window.heard = ({heard})(); true")
    desk.replace(NOTE, SHEEP, "Two tabs saw it")
    shows(tab.page, "Two tabs saw it")
    shows(second.page, "Two tabs saw it")
    assert still.page.evaluate("window.heard")
    assert still.page.evaluate("window.stays")
    desk.replace("static/style.css", "#fcfbf7", "#fcfbf8")
    still.page.wait_for_function("() => !window.stays")
    assert tab.faults == still.faults == second.faults == []


def test_a_tab_that_nobody_sees_catches_up_when_it_is_seen(desk: RunningDesk, tab: Window) -> None:
    tab.page.evaluate(HIDE, "hidden")
    desk.replace(NOTE, SHEEP, "It came in the night")
    tab.page.wait_for_function(
        f"() => fetch('/{PAPER}').then(got => got.text()).then(text => text.includes('It came in the night'))"
    )
    assert tab.page.get_by_text(SHEEP).first.is_visible()
    tab.page.evaluate(HIDE, "visible")
    shows(tab.page, "It came in the night")


def test_a_note_may_go_and_come_back_under_another_name(desk: RunningDesk, tab: Window) -> None:
    note = desk.root / NOTE
    elsewhere = desk.root.parent / "elsewhere.yaml"
    note.rename(elsewhere)
    tab.page.wait_for_function("text => !document.body.innerText.includes(text)", arg=SHEEP)
    temporary = note.with_name(f".{note.name}.tmp")
    temporary.write_bytes(elsewhere.read_bytes())
    temporary.replace(note)
    shows(tab.page, SHEEP)


def test_a_tab_waits_for_a_server_that_starts_anew(desk: RunningDesk, tab: Window) -> None:
    tab.page.evaluate("window.stays = true")
    desk.replace("daybook/wording.py", "from __future__", "# changed\nfrom __future__")
    tab.page.wait_for_function("() => !window.stays")
    since = desk.lines[desk.lines.index("the program has changed: starting anew") :]
    assert len([line for line in since if line in desk.builds()]) == 1
    desk.replace(NOTE, SHEEP, "After the restart")
    shows(tab.page, "After the restart")


def test_a_page_that_was_not_there_comes(desk: RunningDesk, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{desk.home}topics/lambs.html")
    page.get_by_role("heading", name="No page here").wait_for()
    topic = desk.root / "content/topics/lambs.yaml"
    topic.write_text("title: Lambs\ndescription: Small sheep.\n", "utf-8")
    page.get_by_role("heading", name="Lambs").wait_for()
    topic.unlink()
    page.get_by_role("heading", name="No page here").wait_for()


def test_nothing_of_the_desk_is_published(desk: RunningDesk, tab: Window) -> None:
    desk.replace(NOTE, SHEEP, "Published once more")
    shows(tab.page, "Published once more")
    assert [path for path, body in published(desk.root / "_site").items() if b"/.desk/" in body] == []


def test_the_overlay_is_for_everybody(desk: RunningDesk, tab: Window) -> None:
    """It fits into narrow windows, and its parts are reached by keyboard."""
    desk.replace(NOTE, "verdict: caution", "verdict: " + "x" * 300)
    tab.page.locator(OVER).get_by_role("listitem").wait_for()
    for width in (320, 1280):
        tab.resize(width)
        assert tab.ask("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert tab.ask(
            f"(sheet => sheet.scrollWidth <= sheet.clientWidth)"
            f"(document.querySelector('{OVER}').shadowRoot.querySelector('.sheet'))"
        )
    tab.page.locator(OVER).get_by_role("button").focus()
    tab.page.keyboard.press("Enter")
    tab.page.locator(OVER).wait_for(state="detached")


def test_the_folder_of_a_checkout_may_have_any_name(tmp_path: Path, context: BrowserContext) -> None:
    with running_desk(desk_checkout(tmp_path / "a .hidden~ folder" / ".ünder this")) as desk:
        page = context.new_page()
        page.goto(desk.home + PAPER)
        desk.replace(NOTE, SHEEP, "Under any name")
        shows(page, "Under any name")
