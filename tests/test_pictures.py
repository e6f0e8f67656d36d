"""The pictures that go with links to pages, and what pages say of them."""

from __future__ import annotations

import struct
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from daybook.assemble import assemble
from daybook.load import load
from daybook.picture_files import picture_files, plan_pictures
from daybook.pictures import HEIGHT, WIDTH, Picture, drawable, fitted, png
from daybook.site import Site
from daybook.tex import plain_text
from daybook.write import write
from tests.html_pages import ParsedPage, ParsedSite
from tests.sites import ROOT, TOY, BuiltSite

ROOM = WIDTH - 144
NASTY = (
    "x",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3,
    "A title of a great many words that goes on and on " * 9,
    "בדיקה של כותרת",
    "深度学习的综述",
    "🎉🎉🎉",
    "",
    r"$\frac{a}{b}$ and \unknown{x}",
    "a\u0301\u202e\u200d\ud800\ufffe\x00b",
)


@pytest.fixture(scope="module")
def toy() -> Site:
    return assemble(load(TOY / "content"))


def opened(body: bytes) -> Image.Image:
    image = Image.open(BytesIO(body))
    image.load()
    return image


def drawn(title: str, otherwise: str = "arXiv:2601.01234") -> Image.Image:
    return opened(png(Picture("Daybook", title, "Must read, says Ada", otherwise)))


# What is drawn ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", NASTY)
def test_any_title_makes_a_picture_that_is_not_blank_and_keeps_its_margins(title: str) -> None:
    image = drawn(title)
    assert image.size == (WIDTH, HEIGHT)
    left, top, right, bottom = ImageChops.difference(
        image.convert("RGB"), Image.new("RGB", image.size, image.convert("RGB").getpixel((0, 0)))
    ).getbbox() or (0, 0, 0, 0)
    assert (left, right) >= (60, 0)
    assert right <= WIDTH - 60
    assert top >= 40
    assert bottom <= HEIGHT - 20
    assert image.convert("RGB").crop((60, 150, WIDTH - 60, 520)).getcolors() != [((WIDTH - 120) * 370, (252, 251, 247))]


@pytest.mark.parametrize("title", NASTY)
def test_files_are_small_and_of_few_colours(title: str) -> None:
    body = png(Picture("Daybook", title, "Must read, says Ada", "arXiv:2601.01234"))
    assert len(body) < 20_000
    width, height, bits, kind = struct.unpack("!IIBB", body[16:26])
    assert (width, height, bits, kind) == (WIDTH, HEIGHT, 2, 3)


@settings(max_examples=60)
@given(st.text(st.characters(codec=None), max_size=120))
@example("i" * 400)
@example("W" * 400)
def test_text_fits_whatever_it_is(title: str) -> None:
    text = drawable(title)
    size, lines = fitted(text, ROOM)
    assert size >= 60
    assert len(lines) <= 5
    whole = "".join(lines).replace(" ", "")
    assert whole == text.replace(" ", "") or (whole.endswith("…") and text.replace(" ", "").startswith(whole[:-1]))
    assert png(Picture("Daybook", title, title, title)) == png(Picture("Daybook", title, title, title))


def test_titles_stand_in_lines_of_whole_words_where_they_can() -> None:
    size, lines = fitted("On Electroencephalography-conditioned models", ROOM)
    assert " ".join(lines) == "On Electroencephalography-conditioned models"
    assert size < 84


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Über façade, Łódź, αβγ ≤ ∞", "Über façade, Łódź, αβγ ≤ ∞"),
        ("Learning in ℝⁿ 🎉", "Learning in Rⁿ"),
        ("ﬁne １２", "ﬁne 12"),
        ("Attention 注意 is", "Attention is"),
        ("深度学习 x", ""),
        ("  a \n b ", "a b"),
        ("", ""),
    ],
)
def test_letters_that_the_typeface_lacks(text: str, left: str) -> None:
    assert drawable(text) == left


def test_a_title_that_cannot_be_drawn_gives_way_to_what_it_is_of() -> None:
    assert drawn("深度学习的综述").tobytes() == drawn("arXiv:2601.01234").tobytes()
    assert drawn("深度学习的综述").tobytes() != drawn("", "x").tobytes()


# What has one -----------------------------------------------------------------------------------------------------


def test_the_site_its_days_its_topics_and_papers_with_a_note_have_one(toy: Site) -> None:
    pages = [page for page, _ in plan_pictures(toy)]
    noted = [paper.path for paper in toy.papers if paper.notes]
    assert noted
    assert pages == ["index.html", *(day.path for day in toy.days), *(one.topic.path for one in toy.topics), *noted]


def test_pages_name_a_picture_that_is_there_with_its_size_and_what_it_says(sites: tuple[BuiltSite, ...]) -> None:
    named: set[str] = set()
    for site in sites:
        for page in ParsedSite(site).framed:
            if "og:image" not in page.meta:
                assert "twitter:card" not in page.meta
                continue
            (address,) = page.meta["og:image"]
            assert address.startswith(f"{site.base_url}/")
            picture = address.removeprefix(f"{site.base_url}/")
            named.add(picture)
            assert page.meta["og:image:alt"][0].strip()
            with Image.open(site.folder / picture) as image:
                assert [str(side) for side in image.size] == [
                    *page.meta["og:image:width"],
                    *page.meta["og:image:height"],
                ]
            assert page.meta["twitter:card"] == ["summary_large_image"]
        made = {path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*.png")}
        assert made <= named


def test_a_setting_leaves_them_out(toy: Site) -> None:
    assert list(picture_files(replace(toy, settings=replace(toy.settings, social_cards=False)))) == []


def test_pages_without_pictures_say_so(tmp_path: Path) -> None:
    from daybook.render import render

    content = load(TOY / "content")
    site = assemble(replace(content, settings=replace(content.settings, social_cards=False)))
    files = {file.path: file for file in render(site, ROOT / "templates")}
    page = ParsedPage("index.html", files["index.html"].body().decode())
    assert "og:image" not in page.meta
    assert "twitter:card" not in page.meta
    assert not [path for path in files if path.endswith(".png")]


def test_what_is_unchanged_is_not_made_again_and_several_processes_make_the_same(toy: Site, tmp_path: Path) -> None:
    write(picture_files(toy), tmp_path / "one")
    assert write(picture_files(toy), tmp_path / "one").written == ()
    write(picture_files(toy), tmp_path / "two", jobs=2)
    made = {path.name: path.read_bytes() for path in (tmp_path / "one").rglob("*.png")}
    assert made
    assert made == {path.name: path.read_bytes() for path in (tmp_path / "two").rglob("*.png")}


def test_a_change_of_the_title_changes_one_picture(toy: Site) -> None:
    before = {file.path: file.fingerprint for file in picture_files(toy)}
    first = toy.topics[0]
    changed = replace(first, topic=replace(first.topic, title=f"{plain_text(first.topic.title)} anew"))
    after = {file.path: file.fingerprint for file in picture_files(replace(toy, topics=(changed, *toy.topics[1:])))}
    assert [path for path in before if before[path] != after[path]] == [first.topic.path.replace(".html", ".png")]


def test_a_text_without_end_takes_no_longer_than_one_that_fills_a_picture() -> None:
    """A source may send anything: what cannot be seen is not measured either."""
    size, lines = fitted("i" * 100_000, 1056)
    assert lines == fitted("i" * 500, 1056)[1]
    assert size == 62
