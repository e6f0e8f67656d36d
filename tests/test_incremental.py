"""The fourth law: whatever is edited, an incremental build equals a clean one and writes only what shows the edit."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from jinja2 import TemplateNotFound

from daybook.listing_json import dump_listing
from tests.checkouts import built, published, toy_checkout
from tests.nouns import entry, listing
from tests.random_edits import killed, run
from tests.trees import stamps, tree

Edit = Callable[[Path], None]
EDITS: dict[str, Edit] = {}


def edit(change: Edit) -> Edit:
    """A change of a checkout."""
    EDITS[change.__name__] = change
    return change


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def in_listing(root: Path, name: str, change: Callable[[dict[str, Any]], None]) -> None:
    """Change what a listing says, `2026-12-31.huggingface`."""
    path = root / "content" / "listings" / name[:4] / name[5:7] / f"{name}.json"
    said = json.loads(path.read_text("utf-8"))
    change(said)
    path.write_text(json.dumps(said, ensure_ascii=False, indent=2, sort_keys=True) + "\n", "utf-8")


SHEEP_NOTE = "content/notes/2612.00001.mara-quill.yaml"


@edit
def the_text_of_a_note(root: Path) -> None:
    replace(root / SHEEP_NOTE, "marker-sheep-note", "other words")


@edit
def the_summary_of_a_note(root: Path) -> None:
    replace(root / SHEEP_NOTE, "at the price of a pillow", "for nothing")


@edit
def the_verdict_of_a_note(root: Path) -> None:
    replace(root / SHEEP_NOTE, "must-read", "worth-reading")


@edit
def the_topics_of_a_note(root: Path) -> None:
    replace(root / SHEEP_NOTE, "[sheep, reward-models]", "[quantum]")


@edit
def a_new_note(root: Path) -> None:
    text = (root / "content/notes/2612.00005.bjork.yaml").read_text("utf-8")
    new = text.replace("2612.00005", "2612.00006").replace("bjork", "idle").replace("author", "none")
    (root / "content/notes/2612.00006.idle.yaml").write_text(new, "utf-8")


@edit
def a_note_less(root: Path) -> None:
    (root / "content/notes/2612.00003.bjork.yaml").unlink()


@edit
def a_note_taken_back(root: Path) -> None:
    with (root / "content/notes/2612.00010.bjork.yaml").open("a") as note:
        note.write("retracted:\n  date: 2027-01-02\n  reason: Pillows differ.\n")


@edit
def a_new_day(root: Path) -> None:
    new = entry(5, title="A Nap on Tuesday", authors=("Anna Berg", "ada ash"), published=date(2027, 1, 5), votes=3)
    day = listing(date(2027, 1, 5), new)
    (root / "content/listings/2027/01/2027-01-05.huggingface.json").write_text(dump_listing(day), "utf-8")


@edit
def a_day_that_is_over(root: Path) -> None:
    for source in ("arxiv", "huggingface"):
        in_listing(root, f"2027-01-04.{source}", lambda said: said.update(complete=True, read="2027-01-06"))


@edit
def counts_read_again(root: Path) -> None:
    def count(said: dict[str, Any]) -> None:
        said["read"] = "2027-01-09"
        for place, one in enumerate(said["entries"]):
            one["votes"] = 7 * place

    in_listing(root, "2026-12-31.huggingface", count)


@edit
def a_paper_less(root: Path) -> None:
    in_listing(root, "2026-12-31.huggingface", lambda said: said["entries"].pop(0))


@edit
def a_paper_withdrawn(root: Path) -> None:
    in_listing(root, "2026-12-28.arxiv", lambda said: said["entries"][0]["paper"].update(withdrawn="2027-01-03"))


@edit
def a_paper_with_another_title(root: Path) -> None:
    in_listing(root, "2026-12-29.arxiv", lambda said: said["entries"][0]["paper"].update(title="A Short Title"))


@edit
def a_pick_less(root: Path) -> None:
    (root / "content/picks/1201.0007.json").unlink()


@edit
def an_introduction_rewritten(root: Path) -> None:
    replace(root / "content/days/2026-12-28.yaml", "marker-introduction", "other words")


@edit
def an_introduction_less(root: Path) -> None:
    (root / "content/days/2027-01-01.yaml").unlink()


@edit
def the_rule_of_a_topic(root: Path) -> None:
    replace(root / "content/topics/rest.yaml", '[pillow*, "warm water"]', "[birds]")


@edit
def the_title_of_a_topic(root: Path) -> None:
    replace(root / "content/topics/quantum.yaml", "Quantum matters", "Quantum things")


@edit
def the_place_of_a_topic(root: Path) -> None:
    replace(root / "content/topics/naps.yaml", "parent: sleep", "parent: empty-shelf")


@edit
def a_new_topic(root: Path) -> None:
    text = "title: Birds\ndescription: They sing.\nmatch:\n  any: [bird*, owl*]\n"
    (root / "content/topics/birds.yaml").write_text(text, "utf-8")


@edit
def the_name_of_a_curator(root: Path) -> None:
    replace(root / "content/curators/mara-quill.yaml", "Mara Quill", "Mara Feather")


@edit
def the_order_of_a_list(root: Path) -> None:
    replace(
        root / "content/lists/before-you-nap.yaml",
        '  - paper: "2612.00001"\n  - paper: "2612.00012"\n    remark: Then drink.\n',
        '  - paper: "2612.00012"\n    remark: Then drink.\n  - paper: "2612.00001"\n',
    )


@edit
def a_list_less(root: Path) -> None:
    (root / "content/lists/all-gone.yaml").unlink()


@edit
def the_title_of_the_site(root: Path) -> None:
    replace(root / "content/site.yaml", "Toy & <Sons>", "Toys")


@edit
def the_address_of_the_site(root: Path) -> None:
    replace(root / "content/site.yaml", "https://example.org/toy", "https://toys.example")


@edit
def a_template(root: Path) -> None:
    replace(root / "templates/_card.html", 'class="card"', 'class="card new"')


@edit
def the_style(root: Path) -> None:
    replace(root / "static/style.css", ":root {", ":root { --new: 1;")


@edit
def a_new_static_file(root: Path) -> None:
    (root / "static" / "deep").mkdir()
    (root / "static" / "deep" / "new.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a checkout of the toy content and its site, not to be changed."""
    folder = tmp_path_factory.mktemp("before")
    built(toy_checkout(folder / "checkout"), folder / "site")
    return folder


@pytest.fixture
def copy(before: Path, tmp_path: Path) -> Path:
    """A copy of that folder, to be changed."""
    shutil.copytree(before, tmp_path / "copy")
    return tmp_path / "copy"


@pytest.mark.parametrize("name", EDITS)
def test_after_an_edit_an_incremental_build_equals_a_clean_one(name: str, before: Path, copy: Path) -> None:
    EDITS[name](copy / "checkout")
    changes = built(copy / "checkout", copy / "site")
    built(copy / "checkout", copy / "clean")
    old, new = published(before / "site"), published(copy / "site")
    assert tree(copy / "site") == tree(copy / "clean")
    assert list(changes.written) == sorted(path for path in new if new[path] != old.get(path))
    assert list(changes.removed) == sorted(old.keys() - new.keys())
    assert new != old


def test_after_one_edit_upon_another_an_incremental_build_equals_a_clean_one(before: Path, copy: Path) -> None:
    for change in EDITS.values():
        change(copy / "checkout")
        built(copy / "checkout", copy / "site")
    built(copy / "checkout", copy / "clean")
    assert tree(copy / "site") == tree(copy / "clean")
    built(before / "checkout", copy / "site")
    assert tree(copy / "site") == tree(before / "site")


@pytest.mark.parametrize("seed", range(1_000, 1_004))
def test_after_random_edits_and_kills_an_incremental_build_equals_a_clean_one(seed: int, copy: Path) -> None:
    (copy / "site").rename(copy / "checkout" / "_site")
    run(copy / "checkout", seed, steps=3)


def test_a_kill_among_random_edits_ends_the_build(copy: Path) -> None:
    (copy / "site").rename(copy / "checkout" / "_site")
    the_text_of_a_note(copy / "checkout")
    assert [killed(copy / "checkout", step) for step in (1, 5, 10_000)] == ["killed", "killed", "not killed"]


def test_a_template_behind_a_symbolic_link_is_one(copy: Path) -> None:
    """A link to a folder, and one in it that leads back, which nobody follows for ever."""
    root, out = copy / "checkout", copy / "site"
    elsewhere = copy / "elsewhere"
    (root / "templates" / "along").rename(elsewhere)
    (root / "templates" / "along").symlink_to(elsewhere)
    built(root, out)
    (elsewhere / "back").symlink_to(root / "templates")
    replace(elsewhere / "week.html", "<body", '<body class="changed"')
    assert pages(built(root, out).written) == ["along/2026-W53.html", "along/2027-W01.html"]


def test_a_folder_of_templates_that_has_another_name_is_missed(copy: Path) -> None:
    templates = copy / "checkout" / "templates"
    (templates / "along").rename(templates / "elsewhere")
    with pytest.raises(TemplateNotFound):
        built(copy / "checkout", copy / "site")


def test_a_second_build_touches_nothing(copy: Path) -> None:
    stood = stamps(copy / "site")
    changes = built(copy / "checkout", copy / "site")
    assert (changes.written, changes.removed) == ((), ())
    assert stamps(copy / "site") == stood


@pytest.mark.parametrize(
    ("change", "old"),
    [
        (the_text_of_a_note, "marker-sheep-note"),
        (the_summary_of_a_note, "at the price of a pillow"),
        (an_introduction_rewritten, "marker-introduction"),
        (the_title_of_a_topic, "Quantum matters"),
        (the_name_of_a_curator, "Mara Quill"),
        (the_style, ":root { color-scheme: light dark; --paper: #fcfbf7"),
    ],
)
def test_only_the_pages_that_show_it_are_written(change: Edit, old: str, before: Path, copy: Path) -> None:
    shown = ((path, b" ".join(text(path, body).split())) for path, body in published(before / "site").items())
    showing = pages(path for path, body in shown if old.encode() in body)
    change(copy / "checkout")
    assert pages(built(copy / "checkout", copy / "site").written) == showing
    assert 0 < len(showing) < 120


def text(path: str, body: bytes) -> bytes:
    """What a file says: that of a book is packed."""
    if not path.endswith(".epub"):
        return body
    with ZipFile(BytesIO(body)) as book:
        return b"".join(book.read(name) for name in book.namelist())


def pages(paths: Iterable[str]) -> list[str]:
    """The paths besides those of the search index, whose files hold parts of words, and of pictures of words."""
    return sorted(path for path in paths if not path.startswith("search/") and not path.endswith(".png"))


def test_a_note_shows_on_the_page_of_its_paper_and_where_it_leads(copy: Path) -> None:
    the_text_of_a_note(copy / "checkout")
    written = built(copy / "checkout", copy / "site").written
    shown = [path for path in pages(written) if path.endswith(".html")]
    assert shown == ["along/2026-W53.html", "days/2026-12-28.html", "papers/2612.00001.html"]
    assert len(written) < 50
