"""Templates that are kept compiled: a page never depends on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from daybook import render
from daybook.kept import Kept


def drawn(templates: Path) -> str:
    return render.make_environment(templates).get_template("nap.html").render(hours=2)


def kept(templates: Path) -> Path:
    (path,) = Kept(templates.parent, "templates").folder.iterdir()
    return path


@pytest.fixture(name="templates")
def templates_(tmp_path: Path) -> Path:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "nap.html").write_text("A nap of {{ hours }} hours\n")
    return folder


def test_a_template_is_compiled_once(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(templates) == "A nap of 2 hours\n"
    monkeypatch.setattr("jinja2.Environment.compile", lambda *_: pytest.fail("compiled again"))
    assert drawn(templates) == "A nap of 2 hours\n"


@pytest.mark.parametrize(
    "harm",
    [
        Path.unlink,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-9]),
        lambda path: path.write_bytes(path.read_bytes().replace(b"nap", b"cat")),
    ],
)
def test_what_is_damaged_is_compiled_again(templates: Path, harm: Callable[[Path], object]) -> None:
    drawn(templates)
    before = kept(templates).read_bytes()
    harm(kept(templates))
    assert drawn(templates) == "A nap of 2 hours\n"
    assert kept(templates).read_bytes() == before


def test_what_a_killed_process_left_does_not_stay(templates: Path) -> None:
    drawn(templates)
    path = kept(templates)
    path.rename(path.with_name(f".daybook-tmp-{path.name}"))
    drawn(templates)
    assert kept(templates) == path


def test_a_template_that_changed_is_compiled_again(templates: Path) -> None:
    drawn(templates)
    (templates / "nap.html").write_text("A cat of {{ hours }} years\n")
    assert drawn(templates) == "A cat of 2 years\n"
    assert len(list(Kept(templates.parent, "templates").folder.iterdir())) == 1  # the old one gave way


def test_another_program_compiles_again(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may read templates in another way."""
    drawn(templates)
    before = kept(templates).read_bytes()
    monkeypatch.setattr(render, "program_fingerprint", lambda *_: "another")
    drawn(templates)
    assert kept(templates).read_bytes() != before
