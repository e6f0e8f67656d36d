"""A build that finds the site standing as it would make it does nothing; any doubt costs a build, and nothing else."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from daybook import standing
from tests.checkouts import built, published, toy_checkout
from tests.sites import ROOT


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    return toy_checkout(tmp_path / "checkout")


def stands(checkout: Path) -> bool:
    out = checkout / "_site"
    return standing.standing(checkout, out, standing.sources_mark(checkout)) is not None


def test_a_second_build_finds_the_site_standing(checkout: Path) -> None:
    assert not stands(checkout)
    first = built(checkout, checkout / "_site")
    assert stands(checkout)
    again = built(checkout, checkout / "_site")
    assert (again.planned, again.written, again.removed) == (first.planned, (), ())


def _append(path: str) -> Callable[[Path], object]:
    return lambda root: (root / path).write_bytes((root / path).read_bytes() + b"\n")


def _link(path: Path) -> None:
    """A symbolic link to what was there."""
    elsewhere = path.parents[1] / "elsewhere"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)


DOUBTS: list[Callable[[Path], object]] = [
    _append("content/site.yaml"),
    _append("templates/frame.html"),
    _append("static/style.css"),
    lambda root: (root / "content/topics/rest.yaml").rename(root / "content/topics/rests.yaml"),
    lambda root: next((root / "content/notes").iterdir()).unlink(),
    lambda root: (root / "static/search.js/more.js").write_text("0;\n"),
    lambda root: (root / "_site/index.html").unlink(),
    lambda root: (root / "_site/index.html").write_text("short"),
    lambda root: _link(root / "_site/index.html"),
    lambda root: _link(root / "_site/papers"),
    lambda root: _link(root / "_site/api"),
    lambda root: (root / "_site/.daybook-owed").write_text("?"),
    lambda root: next((root / standing.FOLDER).iterdir()).write_text("?"),
    lambda root: next((root / standing.FOLDER).iterdir()).write_bytes(b"\xff"),
    lambda root: next((root / standing.FOLDER).iterdir()).unlink(),
]


@pytest.mark.parametrize("doubt", DOUBTS)
def test_any_doubt_costs_a_build(checkout: Path, doubt: Callable[[Path], object]) -> None:
    built(checkout, checkout / "_site")
    doubt(checkout)
    assert not stands(checkout)


def test_links_to_folders_lead_nowhere_but_in_templates(checkout: Path) -> None:
    """A link in content/ may lead to the whole disk; it is seen, and what is behind it is not."""
    elsewhere = checkout.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "more.html").write_text("")
    marks = [standing.sources_mark(checkout)]
    for folder in ("content", "static", "templates"):
        (checkout / folder / "link").symlink_to(elsewhere)
        marks.append(standing.sources_mark(checkout))
    assert len(set(marks)) == 4
    (elsewhere / "more.html").write_text("other")
    assert standing.sources_mark(checkout) != marks[-1]
    (checkout / "templates" / "link").unlink()
    assert standing.sources_mark(checkout) == marks[-2]


def test_another_folder_is_another_site(checkout: Path) -> None:
    built(checkout, checkout / "_site")
    built(checkout, checkout / "elsewhere")
    assert stands(checkout)
    assert published(checkout / "_site") == published(checkout / "elsewhere")


def test_sources_that_changed_during_the_build_are_not_believed(checkout: Path) -> None:
    mark = standing.sources_mark(checkout)
    built(checkout, checkout / "_site")
    next((checkout / standing.FOLDER).iterdir()).unlink()
    _append("content/site.yaml")(checkout)
    standing.keep(checkout, checkout / "_site", mark)
    _undo = (checkout / "content/site.yaml").read_bytes()[:-1]
    (checkout / "content/site.yaml").write_bytes(_undo)
    assert standing.sources_mark(checkout) == mark
    assert not stands(checkout)


def test_a_record_that_cannot_be_kept_is_no_failure(checkout: Path) -> None:
    (checkout / ".cache").mkdir(exist_ok=True)
    (checkout / standing.FOLDER).write_text("in the way")
    built(checkout, checkout / "_site")
    assert not stands(checkout)


def test_what_cannot_be_read_is_left_to_the_build(checkout: Path) -> None:
    os.mkfifo(checkout / "content/pipe")
    (checkout / "content/dangling").symlink_to("nowhere")
    assert re.fullmatch("[0-9a-f]{32}", standing.sources_mark(checkout))


def test_every_package_that_decides_over_bytes_counts() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {re.split("[<>=]", requirement)[0] for requirement in project["dependencies"]}
    assert declared - set(standing.LIBRARIES) == {"httpx", "watchfiles"}
