"""The search page as a reader uses it: typing, links, keyboard, history, controls; and where something is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from daybook.words import number, short_date
from tests.browser import DESK, PHONE, Window
from tests.searching import open_search, wait_until
from tests.sites import PLACES, BuiltSite
from tests.test_accessibility import SCHEMES, axe, violations

__all__ = ["axe"]

FIRST = "#answers h3 a"


@pytest.fixture
def fresh(browser: Browser) -> Iterator[Window]:
    """A browser that knows nothing of earlier visits."""
    with browser.new_context() as context:
        yield Window(context)


@pytest.fixture
def page(fresh: Window, toy_site: BuiltSite) -> Iterator[Window]:
    """The search page of the toy site in such a browser."""
    open_search(fresh, toy_site)
    yield fresh
    assert fresh.faults == []


def ask(window: Window, query: str) -> Page:
    """Type a query, and wait for the answer to it."""
    window.page.fill("#q", query)
    settled(window)
    return window.page


def settled(window: Window) -> None:
    """Wait until no search is under way, the pause before it included."""
    window.page.wait_for_timeout(120)
    wait_until(window, "!document.getElementById('search').hasAttribute('aria-busy')")


def hold(page: Page, pattern: str) -> Callable[[], None]:
    """Let the answers to some requests wait until what this gives is called."""
    held: list[Route] = []
    released = False

    def answer(route: Route) -> None:
        if released:
            route.continue_()
        else:
            held.append(route)

    def release() -> None:
        nonlocal released
        released = True
        for route in held:
            route.continue_()

    page.route(pattern, answer)
    return release


def titles(page: Page) -> list[str]:
    return page.locator(FIRST).all_inner_texts()


def test_results_appear_as_one_types(page: Window) -> None:
    page.page.locator("#q").press_sequentially("counting sh", delay=20)
    settled(page)
    assert titles(page.page)[0].startswith("Counting Sheep")
    assert page.page.locator("#help").is_hidden()
    page.page.fill("#q", "")
    expect(page.page.locator("#answers")).to_be_empty()
    expect(page.page.locator("#help")).to_be_visible()


def test_dates_and_numbers_are_written_as_on_all_other_pages(page: Window) -> None:
    days = [date(2026, month, day) for month in range(1, 13) for day in (1, 28)]
    written = page.ask("days => days.map(daybook.shortDate)", [day.isoformat() for day in days])
    assert written == [short_date(day) for day in days]
    counts = [0, 7, 999, 1_000, 50_000, 999_999, 1_234_567]
    assert page.ask("counts => counts.map(daybook.grouped)", counts) == [number(count) for count in counts]


def test_a_result_says_what_it_is_and_why_it_stands_there(page: Window) -> None:
    result = ask(page, "sheep pillow").locator("#answers li").first
    assert result.locator("h3 a").get_attribute("href") == "papers/2612.00001.html"
    assert "sheep" in [text.lower() for text in result.locator("mark").all_inner_texts()]
    expect(result.locator(".byline")).to_contain_text("Tove Lind")
    expect(result.locator(".remark .verdict").first).to_have_text(re.compile("Must read|Caution"))
    expect(result.locator("time")).to_have_attribute("datetime", "2026-12-28")
    expect(result.locator(".number")).to_have_text(re.compile(r"match \d+\.\d"))
    expect(page.page.locator("#answers h2").first).to_have_text(re.compile(r"^\d+ papers? with all your words$"))
    expect(page.page.locator("#answers .order").first).to_contain_text("The best match first")


def test_the_address_has_the_query(page: Window, toy_site: BuiltSite) -> None:
    query = 'sheep -nap title:"of" date:..2027 & % + #'
    ask(page, query)
    address = page.page.url
    assert "search.html?q=" in address
    found = titles(page.page)
    page.page.goto("about:blank")
    page.page.goto(address)
    settled(page)
    assert page.page.input_value("#q") == query
    assert titles(page.page) == found
    assert page.page.title() == f"{query} · Toy & <Sons>"


def test_back_and_forward(page: Window) -> None:
    for query in ("sheep", "pillow", "nap"):
        ask(page, query)
        page.page.press("#q", "Enter")
        settled(page)
    for step, query in (("back", "pillow"), ("back", "sheep"), ("forward", "pillow")):
        page.page.evaluate(f"history.{step}()")
        settled(page)
        assert page.page.input_value("#q") == query
        assert page.page.title().startswith(f"{query} · ")
        assert titles(page.page)


def test_typing_is_one_visit(page: Window) -> None:
    before = page.ask("history.length")
    page.page.locator("#q").press_sequentially("counting sheep", delay=90)
    settled(page)
    assert page.ask("history.length") == before + 1


def test_a_box_on_every_page_leads_to_the_results(toy_site: BuiltSite, window: Window) -> None:
    for path in ("index.html", "papers/2612.00001.html", "topics/naps.html"):
        window.open(toy_site.homes["root"], path)
        window.page.fill(".find input", "sheep & naps")
        window.page.press(".find input", "Enter")
        window.page.wait_for_url("**/search.html?q=sheep*")
        window.page.wait_for_selector(FIRST)
        assert window.page.input_value("#q") == "sheep & naps"
        assert window.faults == []


@pytest.mark.parametrize("place", PLACES)
def test_the_box_works_wherever_the_site_is(toy_site: BuiltSite, window: Window, place: str) -> None:
    window.open(toy_site.homes[place], "papers/2612.00001.html")
    window.page.fill(".find input", "pillow")
    window.page.press(".find input", "Enter")
    window.page.wait_for_selector(FIRST)
    assert window.page.url.startswith(toy_site.homes[place])
    window.page.click(FIRST)
    window.page.wait_for_selector("article.paper")
    assert window.faults == []


@pytest.mark.parametrize(
    "typed",
    ["2612.00001", " arXiv:2612.00001v2", "https://huggingface.co/papers/2612.00001", "10.48550/arXiv.2612.00001"],
)
def test_an_identifier_leads_to_the_paper(page: Window, toy_site: BuiltSite, typed: str) -> None:
    ask(page, typed)
    expect(page.page.locator("#notices a")).to_have_attribute("href", "papers/2612.00001.html")
    page.page.press("#q", "Enter")
    page.page.wait_for_selector("article.paper")
    page.page.goto(f"{toy_site.homes['root']}index.html")
    page.page.fill(".find input", typed)
    page.page.press(".find input", "Enter")
    page.page.wait_for_selector("article.paper")
    page.page.go_back()
    page.page.wait_for_selector(".kicker")  # the search page is not in between


def test_an_identifier_that_is_not_here(page: Window) -> None:
    ask(page, "2401.99999")
    expect(page.page.locator("#notices")).to_contain_text("No paper here is 2401.99999.")
    expect(page.page.locator("#notices a")).to_have_attribute("href", "https://arxiv.org/abs/2401.99999")


def test_the_paper_that_is_named_is_announced_and_nothing_of_its_address(page: Window) -> None:
    ask(page, "https://arxiv.org/abs/2612.00001")
    expect(page.page.locator("#status")).to_have_text("This is the identifier of a paper here.")
    expect(page.page.locator("#notices")).to_have_text("This is the identifier of a paper here: go to it.")
    for query in ("2401.99999", "like:2401.99999"):
        ask(page, query)
        expect(page.page.locator("#notices")).to_contain_text("No paper here is 2401.99999.")
    ask(page, "shepp")
    expect(page.page.locator("#status")).to_have_text(re.compile(r"^\d+ papers? found for sheep"))


def test_what_was_made_of_a_query_is_told(page: Window) -> None:
    for query, told in (
        ("shepp", "No paper has “shepp”: showing results for sheep."),
        ("shee", "Words that begin with “shee”: sheep"),
        ("zzyzx sheep", "No paper has “zzyzx”: left out."),
        ("the sheep", "Too common to look for: the."),
        ("sheep has:wings", "Not understood: has:wings (has: knows note, code, project)."),
        ("sh*p sheep", "a * can only stand at the end of a word"),
        ("sh* sheep", "Not understood: sh* (a * takes 3 letters before it)."),
    ):
        ask(page, query)
        expect(page.page.locator("#notices")).to_contain_text(told)
        assert titles(page.page), query


def test_many_words_that_begin_so_are_told_in_short(sites: tuple[BuiltSite, ...], window: Window) -> None:
    open_search(window, next(site for site in sites if site.name == "shipped"), "?q=con*")
    expect(window.page.locator("#notices")).to_have_text(
        re.compile(r"^Words that begin with “con”: (\w+, ){5}\w+ and \d+ more\.$")
    )


def test_nothing_found_says_so_and_what_to_do(page: Window) -> None:
    for query, advice in (
        ("zzyzx", "No paper has “zzyzx”"),
        ('"sheep counting"', "must stand in just this order"),
        ("sheep topic:quantum date:1999", "Fewer conditions find more"),
    ):
        ask(page, query)
        expect(page.page.locator("#status")).to_have_text("No paper was found.")
        expect(page.page.locator("#notices")).to_contain_text(advice)
        expect(page.page.locator("#answers")).to_be_empty()


def test_counts_are_announced(page: Window) -> None:
    status = page.page.locator("#status")
    assert status.get_attribute("role") == "status"
    ask(page, "date:2026..")
    expect(status).to_have_text(re.compile(r"^\d+ papers found"))


def test_the_keyboard_goes_from_the_box_to_the_results_and_back(page: Window) -> None:
    ask(page, "date:2026..")
    page.page.focus("#q")
    for key, place in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0)):
        page.page.keyboard.press(key)
        expect(page.page.locator(FIRST).nth(place)).to_be_focused()
    page.page.keyboard.press("ArrowUp")
    expect(page.page.locator("#q")).to_be_focused()
    page.page.keyboard.press("ArrowDown")
    page.page.keyboard.press("Enter")
    page.page.wait_for_selector("article.paper")


def test_more_results_on_demand(page: Window) -> None:
    ask(page, "sort:newest has:note -zzyzx")
    ask(page, "sort:newest date:2026..")
    assert len(titles(page.page)) == 10
    button = page.page.locator("#answers button:not(.save)")
    while button.is_visible():
        shown = len(titles(page.page))
        button.click()
        wait_until(page, f"document.querySelectorAll('{FIRST}').length > {shown}")
        expect(page.page.locator(FIRST).nth(shown)).to_be_focused()
    total = int(re.findall(r"\d+", page.page.locator("#status").inner_text())[0])
    assert len(titles(page.page)) == total


def test_more_results_come_once_however_often_they_are_asked_for(page: Window) -> None:
    ask(page, "sort:newest date:2026..")
    page.page.locator("#answers button:not(.save)").dblclick()
    wait_until(page, f"document.querySelectorAll('{FIRST}').length > 10")
    page.page.wait_for_timeout(100)
    links = [link.get_attribute("href") for link in page.page.locator(FIRST).all()]
    assert len(links) == len(set(links))


def test_more_results_that_cannot_be_loaded_may_be_asked_for_again(fresh: Window, toy_site: BuiltSite) -> None:
    open_search(fresh, toy_site)
    ask(fresh, "sort:newest date:2026..")
    fresh.page.route("**/search/papers/*", lambda route: route.abort())
    button = fresh.page.locator("#answers button:not(.save)")
    button.click()
    expect(fresh.page.locator("#status")).to_contain_text("More could not be loaded: papers/")
    fresh.page.unroute("**/search/papers/*")
    button.click()
    wait_until(fresh, f"document.querySelectorAll('{FIRST}').length > 10")


def test_a_slow_answer_is_not_taken_for_the_one_of_before(fresh: Window, toy_site: BuiltSite) -> None:
    """And what is written in a control meanwhile stays."""
    open_search(fresh, toy_site)
    ask(fresh, "sheep")
    release = hold(fresh.page, "**/search/**")
    fresh.page.click("summary")
    fresh.page.fill("#q", "pillow")
    expect(fresh.page.locator("#status")).to_have_text("Searching …")
    expect(fresh.page.locator("#answers")).to_have_attribute("aria-busy", "true")
    fresh.page.locator("#author").press_sequentially("Ber")
    release()
    settled(fresh)
    expect(fresh.page.locator("#status")).to_contain_text("found")
    assert fresh.page.locator("#answers").get_attribute("aria-busy") is None
    assert fresh.page.input_value("#author") == "Ber"
    fresh.page.keyboard.press("Enter")
    settled(fresh)
    assert fresh.page.input_value("#q") == "pillow author:Ber"


def test_what_is_typed_before_the_script_is_there_is_searched(fresh: Window, toy_site: BuiltSite) -> None:
    release = hold(fresh.page, "**/static/search.js")
    fresh.page.goto(f"{toy_site.homes['root']}search.html", wait_until="commit")
    fresh.page.fill("#q", "sheep")
    release()
    fresh.page.wait_for_selector(FIRST)
    assert fresh.page.input_value("#q") == "sheep"


def test_controls_work_before_the_first_answer(fresh: Window, toy_site: BuiltSite) -> None:
    release = hold(fresh.page, "**/search/tables.js")
    fresh.page.goto(f"{toy_site.homes['root']}search.html?q=sheep", wait_until="commit")
    fresh.page.click("summary")
    wait_until(fresh, "!!window.daybook?.control")
    fresh.page.select_option("#topic", "sleep")
    assert fresh.page.input_value("#q") == "sheep topic:sleep"
    release()
    fresh.page.wait_for_selector(FIRST)
    assert fresh.page.input_value("#topic") == "sleep"


def test_controls_understand_the_query_however_it_is_written(page: Window) -> None:
    page.page.click("summary")
    ask(page, 'has:Code topic:SLEEP sort:Newest author:“Anna Berg” sheep "counting')
    assert [page.page.input_value(one) for one in ("#topic", "#sort", "#author")] == ["sleep", "newest", "Anna Berg"]
    assert page.page.is_checked("text=with code")
    page.page.uncheck("text=with code")
    settled(page)
    assert page.page.input_value("#q") == 'topic:SLEEP sort:Newest author:"Anna Berg" sheep "counting"'
    ask(page, "-topic:Sleep -topic:naps sheep")
    page.page.select_option("#topic", "sleep")
    settled(page)
    assert page.page.input_value("#q") == "-topic:naps sheep topic:sleep"


def test_controls_write_the_query_and_show_it(page: Window) -> None:
    page.page.click("summary")
    for control, value, query in (
        ("#topic", "naps", "topic:naps"),
        ("#sort", "votes", "topic:naps sort:votes"),
        ("#topic", "", "sort:votes"),
        ("#author", "Anna Berg", 'sort:votes author:"Anna Berg"'),
        ("#from", "2026-12", 'sort:votes author:"Anna Berg" date:2026-12..'),
        ("#to", "2027", 'sort:votes author:"Anna Berg" date:2026-12..2027'),
        ("#from", "", 'sort:votes author:"Anna Berg" date:..2027'),
    ):
        locator = page.page.locator(control)
        if control in ("#topic", "#sort"):
            locator.select_option(value)
        else:
            locator.fill(value)
            locator.blur()
        settled(page)
        assert page.page.input_value("#q") == query
    page.page.check("text=with a note")
    settled(page)
    assert page.page.input_value("#q").endswith(" has:note")
    ask(page, "sheep topic:sleep curator:bjork has:code date:2026-01..2027")
    assert [page.page.input_value(one) for one in ("#topic", "#curator", "#from", "#to", "#author", "#sort")] == [
        "sleep", "bjork", "2026-01", "2027", "", "",
    ]  # fmt: skip
    assert page.page.is_checked("text=with code")
    assert not page.page.is_checked("text=with a note")


def test_what_is_left_out_may_be_left_out_of_every_search(page: Window) -> None:
    ask(page, "sheep -topic:naps")
    without = titles(page.page)
    ask(page, "sheep")
    assert titles(page.page) != without
    ask(page, "sheep -topic:naps")
    page.page.click("#keep")
    settled(page)
    assert page.page.input_value("#q") == "sheep"
    assert titles(page.page) == without
    expect(page.page.locator("#left-out")).to_contain_text("-topic:naps")
    page.page.reload()
    settled(page)
    assert titles(page.page) == without
    page.page.click("#left-out button")
    settled(page)
    assert titles(page.page) != without
    expect(page.page.locator("#left-out")).to_be_hidden()


def test_what_is_left_out_changes_nothing_else_of_a_query(page: Window) -> None:
    for said in ("-“counting sheep”", '-"at noon', "-topic:naps"):
        ask(page, said)
        page.page.click("#keep")
        settled(page)
        assert page.page.input_value("#q") == ""
    expect(page.page.locator("#left-out")).to_contain_text('-"counting sheep" -"at noon" -topic:naps')
    for query in ("shee", '"language mod'):  # both may go on, or end
        ask(page, query)
        expect(page.page.locator("#status")).to_contain_text("found" if query == "shee" else "No paper")
    ask(page, "shee")
    expect(page.page.locator("#notices")).to_contain_text("Words that begin with “shee”")
    ask(page, "2612.00001")
    page.page.press("#q", "Enter")
    page.page.wait_for_selector("article.paper")


def test_a_part_that_cannot_be_loaded_is_told_and_may_be_tried_again(browser: Browser, toy_site: BuiltSite) -> None:
    with browser.new_context() as context:
        window = Window(context)
        window.page.route("**/search/terms/*", lambda route: route.abort())
        open_search(window, toy_site)
        ask(window, "sheep")
        expect(window.page.locator("#status")).to_have_text("The search failed.")
        expect(window.page.locator("#notices")).to_contain_text("could not be loaded: terms/")
        window.page.unroute("**/search/terms/*")
        window.page.click("text=Try again")
        window.page.wait_for_selector(FIRST)


def test_a_part_that_was_cut_short_is_told(browser: Browser, toy_site: BuiltSite) -> None:
    with browser.new_context() as context:
        window = Window(context)
        cut = 'daybook.take(document.currentScript.src.match(/terms[^.]*/)[0], ["0sheep 0tea", "AA"]);'
        window.page.route("**/search/terms/*", lambda route: route.fulfill(body=cut, content_type="text/javascript"))
        open_search(window, toy_site)
        ask(window, "sheep")
        expect(window.page.locator("#status")).to_have_text("The search failed.")


def test_without_javascript_the_page_leads_elsewhere(browser: Browser, toy_site: BuiltSite) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{toy_site.homes['root']}search.html?q=sheep")
        expect(page.locator("noscript")).to_be_visible()
        assert [link.get_attribute("href") for link in page.locator("noscript a").all()] == [
            "topics.html", "authors.html", "organisations.html", "curators.html", "archive.html",
        ]  # fmt: skip


def test_storage_that_is_switched_off_is_no_failure(browser: Browser, toy_site: BuiltSite) -> None:
    with browser.new_context() as context:
        context.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('off'); }})")
        window = Window(context)
        open_search(window, toy_site)
        ask(window, "sheep -nap")
        window.page.click("#keep")
        settled(window)
        assert titles(window.page)
        assert window.faults == []


def test_nothing_is_loaded_before_the_search_is_used(browser: Browser, toy_site: BuiltSite) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url.removeprefix(toy_site.homes["root"])))
        page.goto(f"{toy_site.homes['root']}index.html")
        page.goto(f"{toy_site.homes['root']}search.html")
        page.wait_for_timeout(300)
        assert [path for path in asked if path.startswith("search/")] == []


@pytest.mark.parametrize(
    "query",
    [
        "<img src=x onerror=window.pwned=1>", '"><script>window.pwned=1</script>', "title:<svg/onload=window.pwned=1>",
        "javascript:window.pwned=1", "like:javascript:window.pwned=1", "constructor __proto__ toString",
        "author:__proto__", "\\u003cimg src=x onerror=window.pwned=1\\u003e", "%3Cscript%3E",
        "../../../etc/passwd", "topic:../../index",
        "\U0001f40f \u202e \u0000 \ufeff", "a" * 5000, '"' * 999, "-" * 500, "(" * 300, "sheep " * 400, ": : : -:",
    ],
)  # fmt: skip
def test_a_hostile_query_does_nothing(page: Window, query: str) -> None:
    ask(page, query)
    assert page.ask("window.pwned") is None
    page.page.reload()
    settled(page)
    assert page.ask("window.pwned") is None
    assert page.page.locator("#status").is_visible() or page.page.locator("#help").is_visible()


def test_axe_finds_nothing_in_answers(toy_site: BuiltSite, axe: Window) -> None:
    for query in ("?q=sheep", "?q=sheep+pillow+zzyzx+the", "?q=nothing+topic:none", "?q=sheep+-nap+sort:votes"):
        open_search(axe, toy_site, query)
        axe.page.click("summary")
        settled(axe)
        for scheme in SCHEMES:
            for width in (PHONE, DESK):
                axe.page.emulate_media(color_scheme=scheme)
                axe.resize(width)
                assert violations(axe) == {}, f"{query}, {scheme}, {width} px"
                assert axe.ask("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
