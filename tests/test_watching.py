"""What is told of changes in a checkout: all of them, whatever way an editor saves, and nothing of leftovers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from daybook.watching import changes
from tests.desks import wait_for


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A checkout of which only the changes matter."""
    for folder in ("content/notes", "templates", "static", "daybook/__pycache__"):
        (tmp_path / folder).mkdir(parents=True)
    for path in ("build.py", "content/notes/a.yaml"):
        (tmp_path / path).write_text("old")
    return tmp_path


def told_of(watched: Iterator[frozenset[str]], wanted: set[str]) -> set[str]:
    """What is told until all that is wanted has been."""
    told = set[str]()

    def is_told() -> bool:
        told.update(next(watched))
        return told >= wanted

    wait_for(is_told, f"{wanted}")
    return told


def test_ways_to_save_a_file(tree: Path) -> None:
    """In place; by way of a temporary file; with a backup that takes the old file's name first."""
    watched, note = changes(tree), tree / "content/notes/a.yaml"
    next(watched)
    note.write_text("in place")
    assert told_of(watched, {"content/notes/a.yaml"}) == {"content/notes/a.yaml"}
    (tree / "content/notes/.a.yaml.swp").write_text("by its side")
    (tree / "content/notes/.a.yaml.swp").replace(note)
    assert told_of(watched, {"content/notes/a.yaml"}) == {"content/notes/a.yaml"}
    note.rename(f"{note}~")
    note.write_text("with a backup")
    assert told_of(watched, {"content/notes/a.yaml"}) == {"content/notes/a.yaml"}


def test_files_that_come_go_and_move(tree: Path) -> None:
    watched = changes(tree)
    next(watched)
    (tree / "content/notes/a.yaml").rename(tree / "content/notes/b.yaml")
    assert told_of(watched, {"content/notes/a.yaml", "content/notes/b.yaml"})
    (tree / "content/notes/b.yaml").unlink()
    assert told_of(watched, {"content/notes/b.yaml"})
    (tree / "static/new/deep").mkdir(parents=True)
    assert told_of(watched, {"static/new"})
    (tree / "static/new/deep/x.css").write_text("")
    assert told_of(watched, {"static/new/deep/x.css"})


def test_nothing_is_missed_while_nobody_asks(tree: Path) -> None:
    watched = changes(tree)
    next(watched)
    for number in range(100):
        (tree / f"content/notes/{number}.yaml").write_text("")
    wanted = {f"content/notes/{number}.yaml" for number in range(100)}
    assert next(watched) == wanted


def test_leftovers_are_nothing(tree: Path) -> None:
    watched = changes(tree)
    next(watched)
    for name in (".hidden", "a.yaml~", "#a.yaml#", ".#a.yaml"):
        (tree / "content/notes" / name).write_text("")
    (tree / "daybook/__pycache__/load.cpython-311.pyc").write_text("")
    (tree / "build.py").write_text("new")
    assert told_of(watched, {"build.py"}) == {"build.py"}


def test_a_folder_that_is_replaced_is_watched_still(tree: Path) -> None:
    watched = changes(tree)
    next(watched)
    (tree / "content").rename(tree / "old")
    assert "content" in told_of(watched, {"content"})
    (tree / "content").mkdir()
    assert "content" in told_of(watched, {"content"})
    (tree / "content/site.yaml").write_text("")
    assert told_of(watched, {"content/site.yaml"})
