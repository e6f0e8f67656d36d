"""build.py as a person runs it: what it prints, what it returns, what it refuses."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.checkouts import published

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the program with the toy content."""
    root = tmp_path / "checkout"
    for name in ("daybook", "templates", "static"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copytree(ROOT / "tests" / "toy" / "content", root / "content")
    shutil.copy(ROOT / "build.py", root)
    return root


def run(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(root / "build.py"), *words], capture_output=True, text=True, cwd=root)


def test_a_build_says_what_it_did(checkout: Path) -> None:
    first, second = run(checkout), run(checkout, "build")
    assert (first.returncode, first.stderr) == (0, "")
    count = len(published(checkout / "_site"))
    assert count > 100
    assert first.stdout.startswith(f"{count} files in _site: {count} changed, 0 removed, in ")
    assert second.stdout.startswith(f"{count} files in _site: 0 changed, 0 removed, in ")


def test_problems_are_printed_and_the_site_stays(checkout: Path) -> None:
    run(checkout)
    before = (checkout / "_site" / "index.html").read_bytes()
    (checkout / "content" / "curators" / "idle.yaml").write_text("nmae: Idle\n", "utf-8")
    for verb in ("build", "check"):
        ended = run(checkout, verb)
        assert ended.returncode == 1
        assert 'content/curators/idle.yaml:1:1: DB301 unknown key "nmae"; did you mean "name"?' in ended.stdout
    assert (checkout / "_site" / "index.html").read_bytes() == before


@pytest.mark.parametrize("inside", ["content/out", "static/out", "templates", "daybook/site"])
def test_a_site_never_becomes_its_own_source(checkout: Path, inside: str) -> None:
    ended = run(checkout, "build", "--out", inside)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "which the site is built from" in ended.stderr
    assert run(checkout, "check").returncode == 0


def test_a_site_without_its_style_is_not_built(checkout: Path) -> None:
    shutil.rmtree(checkout / "static")
    ended = run(checkout)
    assert ended.returncode == 2
    assert "it holds the style sheet" in ended.stderr


def test_a_name_that_hosts_fold_is_refused(checkout: Path) -> None:
    (checkout / "static" / "STYLE.css").write_text("", "utf-8")
    ended = run(checkout)
    assert ended.returncode == 2
    assert "STYLE.css cannot be published" in ended.stderr


def test_clean_removes_what_builds_made(checkout: Path) -> None:
    run(checkout)
    count = len(published(checkout / "_site"))
    (checkout / "_site" / "mine.txt").write_text("kept", "utf-8")
    assert run(checkout, "clean").stdout == f"{count} files removed from _site\n"
    assert [path.name for path in (checkout / "_site").iterdir()] == ["mine.txt"]
