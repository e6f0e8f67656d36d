"""Papers that a reader saves: kept in the browser, shown on a page, taken away as the references that the site has."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
from playwright.sync_api import Browser, BrowserContext, Download, expect

from daybook.assemble import assemble
from daybook.load import load
from daybook.references import reference
from daybook.saved_references import path as script_path
from tests.browser import DESK, NARROW, PHONE, Window
from tests.hostile import CHARACTERS, MARKUP
from tests.searching import wait_until
from tests.sites import PLACES, ROOT, TOY, BuiltSite
from tests.test_accessibility import SCHEMES, axe, violations

__all__ = ["axe"]

SHEEP, NAP = "2612.00001", "2612.00002"
KEPT = "papers => localStorage.setItem(`daybook-saved:${new URL('.', location).pathname}`, JSON.stringify(papers))"


@pytest.fixture
def reader(browser: Browser) -> Iterator[Window]:
    """A window of a browser that knows nothing of earlier visits."""
    with browser.new_context() as context:
        yield Window(context)


def stems(site: BuiltSite) -> list[str]:
    return sorted(path.name.removesuffix(".html") for path in (site.folder / "papers").glob("*.html"))


def keep(window: Window, home: str, papers: Iterable[dict[str, str]]) -> None:
    """Open the page of saved papers with these in it."""
    window.open(home, "saved.html")
    window.ask(KEPT, list(papers))
    window.page.reload(wait_until="load")


def paper(stem: str, text: str = "A title") -> dict[str, str]:
    return {"stem": stem, "title": text, "authors": text, "when": text}


def file_of(window: Window, label: str) -> tuple[str, bytes]:
    """The name and the content of the file that a button gives."""
    with window.page.expect_download() as download:
        window.page.get_by_role("button", name=label, exact=True).click()
    given: Download = download.value
    return given.suggested_filename, Path(given.path()).read_bytes()


def shown(window: Window) -> list[str]:
    return [str(title) for title in window.page.locator("#saved h3").all_text_contents()]


def entries(text: str) -> list[tuple[str, dict[str, Any]]]:
    """What bibtexparser reads: the fields by their keys."""
    return [
        (one.key, {field.key: field.value for field in one.fields}) for one in bibtexparser.parse_string(text).entries
    ]


@pytest.mark.parametrize("place", PLACES)
def test_what_is_saved_becomes_a_file_of_the_sites_own_references(
    toy_site: BuiltSite, reader: Window, place: str
) -> None:
    home = toy_site.homes[place]
    reader.open(home, "index.html")
    card = reader.page.locator(".card").first
    title = card.locator("h3 a").text_content()
    stem = Path(str(card.locator("h3 a").get_attribute("href"))).stem
    card.get_by_role("button", name="Save").click()
    expect(card.locator(".save")).to_have_text("Saved")
    other = next(one for one in stems(toy_site) if one != stem)
    reader.page.goto(f"{home}papers/{other}.html")
    reader.page.locator(".get .save").click()
    reader.page.goto(f"{home}saved.html")
    assert shown(reader)[1] == title
    name, text = file_of(reader, "BibTeX file")
    own = [(toy_site.folder / f"papers/{one}.bib").read_text("utf-8") for one in (other, stem)]
    assert name == "saved-papers.bib"
    assert entries(text.decode()) == [entry for one in own for entry in entries(one)]
    assert reader.page.locator("#status").text_content() == "2 references are in the file."
    assert reader.faults == []


@pytest.mark.parametrize(("label", "suffix"), [("BibTeX file", ".bib"), ("RIS file", ".ris")])
def test_the_references_of_all_papers_are_those_of_the_site(
    parsed: Any, reader: Window, label: str, suffix: str
) -> None:
    site: BuiltSite = parsed.site
    keep(reader, site.homes["disk"], map(paper, stems(site)))
    name, text = file_of(reader, label)
    own = [(site.folder / f"papers/{stem}{suffix}").read_bytes() for stem in stems(site)]
    assert name == f"saved-papers{suffix}"
    assert text == (b"\n" if suffix == ".bib" else b"").join(own)
    assert reader.faults == []


def test_every_paper_is_in_one_script_that_others_do_not_move(sites: tuple[BuiltSite, ...]) -> None:
    for site, root in zip(sites, (ROOT, TOY), strict=True):
        for one in assemble(load(root / "content")).papers:
            script = (site.folder / script_path(one.id)).read_text("utf-8")
            rows = json.loads(script.removeprefix("daybook.refer(").removesuffix(");\n"))
            assert f"{rows[one.id.stem][0]}-{one.id.stem}" == reference(one.paper).key


def test_references_can_be_copied(toy_site: BuiltSite, browser: Browser) -> None:
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        window = Window(context)
        keep(window, toy_site.homes["root"], [paper(SHEEP)])
        window.page.get_by_role("button", name="Copy BibTeX").click()
        expect(window.page.locator("#status")).to_have_text("The reference is copied.")
        assert window.ask("navigator.clipboard.readText()") == (toy_site.folder / f"papers/{SHEEP}.bib").read_text()


def test_where_nothing_can_be_copied_the_text_is_selected(toy_site: BuiltSite, reader: Window) -> None:
    keep(reader, toy_site.homes["disk"], [paper(SHEEP)])
    reader.ask("() => { navigator.clipboard.writeText = () => Promise.reject(); document.execCommand = () => false; }")
    reader.page.get_by_role("button", name="Copy RIS").click()
    expect(reader.page.locator("#status")).to_have_text("The reference is selected: copy it with your keyboard.")
    selected = reader.ask("document.getElementById('text').value")
    assert selected == (toy_site.folder / f"papers/{SHEEP}.ris").read_text("utf-8")


def test_a_paper_that_is_gone_from_the_site_is_left_out_and_said_to_be(toy_site: BuiltSite, reader: Window) -> None:
    keep(reader, toy_site.homes["disk"], [paper("9912.99999"), paper(SHEEP)])
    _, text = file_of(reader, "BibTeX file")
    assert text == (toy_site.folder / f"papers/{SHEEP}.bib").read_bytes()
    said = "The reference is in the file. 1 of the list could not be found and is left out."
    assert reader.page.locator("#status").text_content() == said


def test_a_search_offers_to_save_what_it_finds(toy_site: BuiltSite, reader: Window) -> None:
    reader.open(toy_site.homes["root"], "search.html?q=counting+sheep")
    wait_until(reader, "!!document.querySelector('#answers .save')")
    reader.page.locator("#answers .save").first.click()
    reader.page.goto(f"{toy_site.homes['root']}saved.html")
    assert shown(reader)[0].startswith("Counting Sheep")
    assert reader.faults == []


def test_saving_again_takes_it_back_here_and_in_other_windows(toy_site: BuiltSite, browser: Browser) -> None:
    with browser.new_context() as context:
        page, lists = Window(context), Window(context)
        page.open(toy_site.homes["root"], f"papers/{SHEEP}.html")
        lists.open(toy_site.homes["root"], "saved.html")
        expect(lists.page.locator("#empty")).to_be_visible()
        page.page.locator(".save").click()
        expect(lists.page.locator("#saved h3")).to_have_count(1)
        page.page.locator(".save").click()
        expect(lists.page.locator("#saved h3")).to_have_count(0)
        expect(lists.page.locator("#empty")).to_be_visible()


def test_the_keyboard_removes_and_the_focus_stays_in_the_list(toy_site: BuiltSite, reader: Window) -> None:
    keep(reader, toy_site.homes["root"], [paper(SHEEP, "One"), paper(NAP, "Two"), paper("2612.00003", "Three")])
    reader.page.get_by_role("button", name="Remove: Two").focus()
    reader.page.keyboard.press("Enter")
    assert shown(reader) == ["One", "Three"]
    assert reader.ask("document.activeElement.ariaLabel") == "Remove: Three"
    assert reader.page.locator("#status").text_content() == "Removed “Two”."
    reader.page.keyboard.press("Enter")
    reader.page.keyboard.press("Enter")
    assert reader.ask("document.activeElement.id") == "undo"
    reader.page.keyboard.press("Enter")
    assert shown(reader) == ["One"]
    assert reader.ask("document.activeElement.textContent") == "BibTeX file"
    reader.page.get_by_role("button", name="Remove all").click()
    reader.page.keyboard.press("Enter")
    assert shown(reader) == ["One"]


def test_a_list_goes_to_another_browser_as_a_file_and_is_merged(
    toy_site: BuiltSite, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "list.json"
    for own, expected, said in (
        ([paper(SHEEP, "One"), paper(NAP, "Two")], ["One", "Two"], None),
        ([paper(NAP, "Mine")], ["Mine", "One"], "1 of the file was added, 1 stood here already."),
    ):
        with browser.new_context() as context:
            window = Window(context)
            keep(window, toy_site.homes["disk"], own)
            if said:
                window.page.set_input_files("#file", file)
                expect(window.page.locator("#status")).to_have_text(said)
            assert shown(window) == expected
            file.write_bytes(file_of(window, "Keep the list as a file")[1])
            assert window.faults == []


@pytest.mark.parametrize("body", ["", "{", "null", "[1, {}]", '[{"stem": "../x"}]', '{"stem": "2612.00001"}', "\0\xff"])
def test_a_file_that_is_no_list_changes_nothing(toy_site: BuiltSite, reader: Window, tmp_path: Path, body: str) -> None:
    (tmp_path / "list.json").write_bytes(body.encode("latin-1"))
    keep(reader, toy_site.homes["root"], [paper(SHEEP, "One")])
    reader.page.set_input_files("#file", tmp_path / "list.json")
    expect(reader.page.locator("#status")).to_have_text("There is no list of saved papers in this file.")
    assert shown(reader) == ["One"]
    assert reader.faults == []


def test_what_a_file_brought_is_taken_back(toy_site: BuiltSite, reader: Window, tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text(json.dumps([paper(NAP, "Two"), paper("2612.00003", "Three")]), "utf-8")
    keep(reader, toy_site.homes["root"], [paper(SHEEP, "One")])
    reader.page.set_input_files("#file", tmp_path / "list.json")
    expect(reader.page.locator("#status")).to_have_text("2 of the file were added.")
    reader.page.locator("#undo").click()
    assert shown(reader) == ["One"]


def test_nothing_that_is_kept_or_taken_in_runs(toy_site: BuiltSite, reader: Window, tmp_path: Path) -> None:
    texts = [*MARKUP, *(text for text in CHARACTERS if text)]
    hostile = [paper(f"2601.{number:05d}", text) for number, text in enumerate(texts, 1)]
    bad = [
        {**paper(SHEEP), "stem": stem} for stem in ("javascript:window.pwned=1", "../../x", '"><script>', "//x.example")
    ]
    (tmp_path / "list.json").write_text(json.dumps([*hostile, *bad, {"stem": 1}, None, "x"]), encoding="utf-8")
    keep(reader, toy_site.homes["root"], [])
    reader.page.set_input_files("#file", tmp_path / "list.json")
    expect(reader.page.locator("#saved h3")).to_have_count(len(hostile))
    assert shown(reader) == ask_back(reader, texts)
    assert reader.ask("window.pwned") is None
    assert set(reader.ask("[...document.querySelectorAll('#saved a')].map(one => new URL(one.href).host)")) == {
        reader.ask("location.host")
    }
    assert reader.faults == []


def ask_back(window: Window, texts: list[str]) -> list[str]:
    """Texts as they come back from the browser."""
    return list(window.ask("texts => texts", texts))


def test_titles_of_the_site_are_kept_as_text(parsed: Any, reader: Window) -> None:
    """Odd ones, formulas as their TeX."""
    site: BuiltSite = parsed.site
    for path in site.samples["day.html"] + site.samples["paper.html"]:
        reader.open(site.homes["disk"], path)
        for button in reader.page.locator(".save").all():
            button.click()
    reader.open(site.homes["disk"], "saved.html")
    assert shown(reader)
    assert not [title for title in shown(reader) if title != " ".join(title.split()) or not title]
    assert reader.faults == []


def test_sites_of_one_host_keep_lists_of_their_own(toy_site: BuiltSite, reader: Window, tmp_path: Path) -> None:
    shutil.copytree(toy_site.folder, tmp_path / "other")
    keep(reader, toy_site.homes["disk"], [paper(SHEEP)])
    reader.open(f"{(tmp_path / 'other').as_uri()}/", "saved.html")
    assert shown(reader) == []


def test_nothing_is_offered_without_javascript(toy_site: BuiltSite, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        for path in ("index.html", f"papers/{SHEEP}.html"):
            page.goto(toy_site.homes["root"] + path)
            assert page.locator("button.save").count() == 0
        page.goto(f"{toy_site.homes['root']}saved.html")
        expect(page.locator("noscript")).to_be_visible()
        assert page.locator("main button:visible, main input:visible").count() == 0


def refusing(context: BrowserContext, what: str) -> Window:
    context.add_init_script(what)
    return Window(context)


def test_a_browser_that_refuses_storage_is_offered_nothing(toy_site: BuiltSite, browser: Browser) -> None:
    with browser.new_context() as context:
        refused = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no'); }})"
        window = refusing(context, refused)
        for path in ("index.html", f"papers/{SHEEP}.html"):
            window.open(toy_site.homes["root"], path)
            assert window.page.locator(".save").count() == 0
        window.open(toy_site.homes["root"], "saved.html")
        said = "Your browser does not let this site keep anything, so no paper can be saved."
        assert window.page.locator("#status").text_content() == said
        assert window.faults == []


def test_a_full_storage_is_said_to_be(toy_site: BuiltSite, browser: Browser) -> None:
    with browser.new_context() as context:
        window = refusing(context, "Storage.prototype.setItem = () => { throw new DOMException('full'); }")
        window.open(toy_site.homes["root"], f"papers/{SHEEP}.html")
        window.page.locator(".save").click()
        assert window.page.locator(".save").text_content() == "Your browser did not keep it"
        assert window.faults == []


def test_axe_finds_nothing_on_a_full_page_and_nothing_overflows(toy_site: BuiltSite, axe: Window) -> None:
    long = paper("2601.00002", "Unbreakable" * 40)
    keep(axe, toy_site.homes["root"], [paper(SHEEP), long])
    axe.page.get_by_role("button", name="Remove: A title").click()
    axe.ask("() => { document.getElementById('text').hidden = false; }")
    for scheme in SCHEMES:
        axe.page.emulate_media(color_scheme=scheme)
        for width in (NARROW, PHONE, DESK, 1920):
            axe.resize(width)
            assert violations(axe) == {}, (scheme, width)
            assert axe.ask("document.documentElement.scrollWidth <= innerWidth"), width
    keep(axe, toy_site.homes["root"], [])
