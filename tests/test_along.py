"""Weeks to take along: one HTML page and one EPUB each, which need nothing else."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybook import epub, markdown, tex
from daybook.along import along_links
from tests.browser import DESK, NARROW, Window
from tests.epubs import checked, parts
from tests.html_pages import ParsedPage
from tests.sites import BuiltSite

OPF = "{http://www.idpf.org/2007/opf}"
MATH = "{http://www.w3.org/1998/Math/MathML}math"
HOSTILE = st.text(st.characters(codec=None), max_size=200) | st.text(
    "<>&\"'$\\`*_[]()|~-#\n \x00\x0b\ud800\ufffeab1!", max_size=60
)


@pytest.fixture(scope="module")
def weeks(sites: tuple[BuiltSite, ...]) -> list[tuple[BuiltSite, str]]:
    """The weeks of both sites, by their keys."""
    found = [(site, path.stem) for site in sites for path in sorted((site.folder / "weeks").glob("*.html"))]
    assert len(found) >= 3
    return found


def files(site: BuiltSite, key: str) -> tuple[Path, Path]:
    html, book = along_links(key)
    return site.folder / html.url, site.folder / book.url


# The page ---------------------------------------------------------------------------------------------------------


def test_the_page_needs_no_other_file(weeks: list[tuple[BuiltSite, str]]) -> None:
    for site, key in weeks:
        page = ParsedPage(f"along/{key}.html", files(site, key)[0].read_text("utf-8"))
        assert {tag for tag, _, _ in page.addresses} == {"a"}
        assert not page.scripts
        assert {urlsplit(address).scheme for address in page.links if address[0] != "#"} <= {"http", "https", "mailto"}
        assert {address[1:] for address in page.links if address[0] == "#"} <= set(page.ids)


def test_the_policy_of_the_page_allows_its_style_and_nothing_else(weeks: list[tuple[BuiltSite, str]]) -> None:
    for site, key in weeks:
        text = files(site, key)[0].read_text("utf-8")
        (style,) = re.findall("<style>(.*?)</style>", text, re.DOTALL)
        digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert f"default-src 'none'; style-src 'sha256-{digest}';" in text


@pytest.mark.parametrize("width", [NARROW, DESK])
def test_the_page_opens_from_disk(weeks: list[tuple[BuiltSite, str]], window: Window, width: int) -> None:
    for site, key in weeks:
        window.open(site.homes["disk"], f"along/{key}.html", width)
        assert window.faults == []
        assert window.ask("getComputedStyle(document.body).overflowWrap") == "anywhere"
        assert window.ask("document.documentElement.scrollWidth") <= width


def test_both_files_hold_each_paper_of_the_week_once_and_each_note_in_full(
    weeks: list[tuple[BuiltSite, str]],
) -> None:
    for site, key in weeks:
        listed = set(re.findall(r'href="\.\./papers/([^"]+)\.html"', (site.folder / f"weeks/{key}.html").read_text()))
        page, book = files(site, key)
        html = page.read_text("utf-8")
        xhtml = "".join(part.decode() for name, part in parts(book.read_bytes()).items() if name.endswith(".xhtml"))
        for text in (html, xhtml):
            stood = re.findall(r'<section class="paper" id="p([^"]+)"', text)
            assert len(stood) == len(set(stood))
            assert set(stood) == listed
        assert html.count('<div class="note">') == xhtml.count('<div class="note">')


def test_week_pages_link_both_files(weeks: list[tuple[BuiltSite, str]]) -> None:
    for site, key in weeks:
        page = ParsedPage(f"weeks/{key}.html", (site.folder / f"weeks/{key}.html").read_text("utf-8"))
        assert {f"../along/{key}.html", f"../along/{key}.epub"} <= set(page.links)


# The EPUB ---------------------------------------------------------------------------------------------------------


def test_epubcheck_finds_nothing(weeks: list[tuple[BuiltSite, str]]) -> None:
    assert checked(files(site, key)[1] for site, key in weeks) == []


def test_epubcheck_is_asked_and_answers(weeks: list[tuple[BuiltSite, str]], tmp_path: Path) -> None:
    found = parts(files(*weeks[0])[1].read_bytes())
    found.pop("mimetype")
    found["EPUB/nav.xhtml"] = found["EPUB/nav.xhtml"].replace(b"<h1", b'<h1 style="color:" hidden="x"')
    (tmp_path / "bad.epub").write_bytes(epub.pack(found))
    assert checked([tmp_path / "bad.epub"]) != []


def test_the_type_stands_first_as_it_is_and_nothing_tells_when_or_where_it_was_made(
    weeks: list[tuple[BuiltSite, str]],
) -> None:
    for site, key in weeks:
        book = files(site, key)[1]
        assert book.read_bytes()[30:58] == b"mimetypeapplication/epub+zip"
        with ZipFile(book) as container:
            members = container.infolist()
        assert members[0].compress_type == ZIP_STORED
        assert [one.filename for one in members[1:]] == sorted(one.filename for one in members[1:])
        told = {(one.date_time, one.create_system, one.external_attr, one.extra) for one in members}
        assert told == {((1980, 1, 1, 0, 0, 0), 3, 0o644 << 16, b"")}


def test_it_has_a_document_for_each_day_and_says_which_have_formulas(weeks: list[tuple[BuiltSite, str]]) -> None:
    formulas = 0
    for site, key in weeks:
        found = parts(files(site, key)[1].read_bytes())
        package = ElementTree.fromstring(found["EPUB/package.opf"])
        items = {item.get("href"): item.get("properties") for item in package.iter(f"{OPF}item")}
        days = sorted(path for path in items if path and re.fullmatch(r"\d{4}-\d\d-\d\d\.xhtml", path))
        page = (site.folder / f"weeks/{key}.html").read_text("utf-8")
        assert days == sorted(f"{day}.xhtml" for day in re.findall('<h2 id="d([^"]+)"', page))
        for path in days:
            assert (items[path] == "mathml") == (b"<math" in found[f"EPUB/{path}"])
            formulas += items[path] == "mathml"
    assert formulas


def test_programs_that_know_no_mathml_show_each_formula_once(weeks: list[tuple[BuiltSite, str]]) -> None:
    for site, key in weeks:
        found = parts(files(site, key)[1].read_bytes())
        page = files(site, key)[0].read_text("utf-8")
        texts = [text.decode() for path, text in found.items() if path.endswith(".xhtml")]
        formulas = [formula for text in texts for formula in ElementTree.fromstring(text).iter(MATH)]
        sources = re.findall("<annotation[^>]*>([^<]*)<", page)
        assert {formula.get("alttext") for formula in formulas} == {" ".join(unescape(one).split()) for one in sources}
        assert not any("<annotation" in text or "<semantics" in text for text in texts)


@given(HOSTILE)
def test_whatever_is_written_its_xhtml_is_well_formed(text: str) -> None:
    for drawn in (markdown.render(text), tex.abstract(text), tex.inline(text)):
        ElementTree.fromstring(f"<div>{epub.as_xhtml(drawn)}</div>")


def test_the_same_parts_make_the_same_file_in_whatever_order() -> None:
    one = epub.pack({"a": b"1", "b": b"2"})
    assert one == epub.pack({"b": b"2", "a": b"1"})
    assert parts(one) == {"mimetype": b"application/epub+zip", "a": b"1", "b": b"2"}
