"""Law 4: an incremental build touches only what has changed, and equals a clean one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from daybook.fingerprint import fingerprint
from daybook.model import Changes, File
from daybook.write import clean, write
from tests.trees import NEW, OLD, built, files, stamps, tree, unasked

RECORDS = {".daybook-receipt", ".daybook-owed"}


def test_first_build_writes_everything_that_is_planned_and_a_receipt(tmp_path: Path) -> None:
    changes = write(files(OLD), tmp_path / "not" / "there" / "yet")
    published = tree(tmp_path / "not" / "there" / "yet")
    assert changes == Changes(8, tuple(sorted(OLD)), ())
    assert {path: body.decode() for path, body in published.items() if body and path not in RECORDS} == OLD
    assert RECORDS & published.keys() == {".daybook-receipt"}
    assert tree(tmp_path / "not" / "there").keys() == {"yet", *(f"yet/{path}" for path in published)}


def test_two_clean_builds_are_equal_to_the_last_byte(tmp_path: Path) -> None:
    assert built(OLD, tmp_path / "a") == built(dict(reversed(OLD.items())), tmp_path / "b")


def test_files_may_come_from_a_generator_and_are_written_in_their_order(tmp_path: Path) -> None:
    asked: list[str] = []

    def file(path: str) -> File:
        def body() -> bytes:
            asked.append(path)
            return b""

        return File(path, "", body)

    write((file(path) for path in ("z", "a/b", "m")), tmp_path)
    assert asked == ["z", "a/b", "m"]


def test_progress_counts_the_files_that_have_to_be_made(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    write(files(OLD), tmp_path)
    write(files(OLD | {"index.html": "changed", "new.html": "new"}), tmp_path, lambda *count: heard.append(count))
    assert heard == [(1, 2), (2, 2)]


class Body(bytes):
    """Counts how many of its kind are alive."""

    alive = 0

    def __init__(self, *_: object) -> None:
        Body.alive += 1

    def __del__(self) -> None:
        Body.alive -= 1


def test_one_body_at_a_time_is_in_memory(tmp_path: Path) -> None:
    def body() -> bytes:
        assert Body.alive == 0
        return Body(b"large")

    assert len(write([File(str(number), "", body) for number in range(3)], tmp_path).written) == 3


def test_published_files_have_the_mode_that_the_user_chose(tmp_path: Path) -> None:
    write(files({"a": ""}), tmp_path)
    (tmp_path / "by hand").write_text("")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "by hand").stat().st_mode


# The next build --------------------------------------------------------------------------------------------------


def test_an_unchanged_plan_touches_nothing_and_asks_for_nothing(tmp_path: Path) -> None:
    write(files(OLD), tmp_path)
    before = stamps(tmp_path)
    changes = write([File(path, fingerprint(text), unasked) for path, text in OLD.items()], tmp_path)
    assert changes == Changes(8, (), ())
    assert stamps(tmp_path) == before


def test_only_what_has_another_fingerprint_is_asked_for(tmp_path: Path) -> None:
    write(files({"a": "a", "b": "b"}), tmp_path)
    changes = write([File("a", fingerprint("a"), unasked), *files({"b": "changed"})], tmp_path)
    assert changes.written == ("b",)
    assert (tmp_path / "b").read_text() == "changed"


def test_a_new_fingerprint_for_the_same_body_is_only_noted(tmp_path: Path) -> None:
    write([File("a", "first", lambda: b"same")], tmp_path)
    before = stamps(tmp_path)["a"]
    assert write([File("a", "second", lambda: b"same")], tmp_path).written == ()
    assert stamps(tmp_path)["a"] == before
    assert write([File("a", "second", unasked)], tmp_path).written == ()


def test_a_reader_keeps_what_it_opened(tmp_path: Path) -> None:
    write(files(OLD), tmp_path)
    with (tmp_path / "same-length.html").open() as reader:
        write(files(NEW), tmp_path)
        assert reader.read() == "old"


def damage_nothing(out: Path) -> None:
    """For the edits of content alone."""


def delete_a_file(out: Path) -> None:
    (out / "papers/2.html").unlink()


def delete_a_folder(out: Path) -> None:
    shutil.rmtree(out / "papers")


def lengthen_a_file(out: Path) -> None:
    with (out / "index.html").open("a") as stream:
        stream.write("graffiti")


def empty_a_file(out: Path) -> None:
    (out / "index.html").write_bytes(b"")


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(OLD, id="nothing"),
        pytest.param(NEW, id="much at once"),
        pytest.param(OLD | {"papers/9.html": "nine"}, id="add"),
        pytest.param(OLD | {"new/folder/9.html": "nine"}, id="add in a new folder"),
        pytest.param({path: OLD[path] for path in OLD if path != "papers/2.html"}, id="remove"),
        pytest.param(OLD | {"papers/1.html": "ONE"}, id="change to the same length"),
        pytest.param(
            {path: OLD[path] for path in OLD if path != "days/2026/01.html"}, id="remove the last of a folder"
        ),
        pytest.param({("moved.html" if p == "index.html" else p): text for p, text in OLD.items()}, id="rename"),
        pytest.param({p.lower(): text for p, text in OLD.items()}, id="case of a file"),
        pytest.param({p.replace("papers", "Papers"): text for p, text in OLD.items()}, id="case of a folder"),
        pytest.param({("topics/x/y" if p == "topics" else p): text for p, text in OLD.items()}, id="file to folder"),
        pytest.param({p.split("/")[0]: text for p, text in OLD.items()}, id="folders to files"),
        pytest.param({}, id="remove all"),
    ],
)
@pytest.mark.parametrize(
    "damage", [damage_nothing, delete_a_file, delete_a_folder, lengthen_a_file, empty_a_file], ids=lambda f: f.__name__
)
def test_an_incremental_build_equals_a_clean_one(
    edit: dict[str, str], damage: Callable[[Path], None], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    before = built(OLD, out)
    damage(out)
    changes = write(files(edit), out)
    assert tree(out) == built(edit, tmp_path / "afresh")
    assert set(changes.removed) <= OLD.keys() - edit.keys()
    write(files(OLD), out)
    assert tree(out) == before


# Cleaning --------------------------------------------------------------------------------------------------------


def test_clean_removes_what_builds_made_and_the_folder(tmp_path: Path) -> None:
    write(files(OLD), tmp_path / "out")
    assert clean(tmp_path / "out") == Changes(0, (), tuple(sorted(OLD)))
    assert tree(tmp_path) == {}


def test_clean_leaves_foreign_files(tmp_path: Path) -> None:
    write(files(OLD), tmp_path / "out")
    (tmp_path / "out/papers/mine").write_text("mine")
    clean(tmp_path / "out")
    assert tree(tmp_path) == {"out": None, "out/papers": None, "out/papers/mine": b"mine"}


def test_clean_has_nothing_to_do_where_nothing_was_built(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder in ("absent", "empty"):
        assert clean(tmp_path / folder) == Changes(0, (), ())
    assert tree(tmp_path) == {"empty": None}
