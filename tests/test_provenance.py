"""Who added and changed each note, as the history has it: renames, merges, squashes, what is cut off, hostile names."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybook.documents import FORBIDDEN
from daybook.git_history import NAMELESS, NoHistory, clean_name, read_history
from daybook.listing_json import dump_provenance
from daybook.load import load
from daybook.provenance import History, Provenance, Touch
from daybook.provenance_file import store
from tests.repositories import BO, Repository, repository
from tests.sites import ROOT, TOY

NOTE = "content/notes/2401.00001.ada.yaml"
TEXT = "".join(f"line: {number}\n" for number in range(20))
FIRST = Touch("Ada Ash", date(2026, 1, 1))


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    """A note that Ada added on the first day of 2026."""
    made = repository(tmp_path / "repository")
    made.write(NOTE, TEXT)
    made.commit("2026-01-01")
    return made


def history(repo: Repository, path: str = NOTE) -> History:
    (found,) = [one for one in read_history(repo.root).files if f"content/{one.path}" == path]
    return found


def test_who_added_a_note_is_who_changed_it_last_until_somebody_does(repo: Repository) -> None:
    assert read_history(repo.root) == Provenance(
        False, (History("notes/2401.00001.ada.yaml", ("Ada Ash",), FIRST, FIRST),)
    )
    repo.write(NOTE, f"{TEXT}more: 1\n")
    repo.commit("2026-01-03", BO)
    repo.write("README.md", "Nothing that people wrote in content/.")
    repo.commit("2026-01-04")
    changed = Touch("Bo Birch", date(2026, 1, 3))
    assert history(repo) == History("notes/2401.00001.ada.yaml", ("Ada Ash", "Bo Birch"), FIRST, changed)


def test_days_are_those_of_utc(repo: Repository) -> None:
    repo.write(NOTE, "x: 1\n")
    repo.commit("2026-01-03T01:00:00+09:00", BO)
    assert history(repo).changed == Touch("Bo Birch", date(2026, 1, 2))


def test_the_order_is_that_of_the_commits_and_not_of_their_clocks(repo: Repository) -> None:
    repo.write(NOTE, "x: 1\n")
    repo.commit("2025-01-01", BO)
    assert history(repo).changed == Touch("Bo Birch", date(2025, 1, 1))
    assert history(repo).added == FIRST


def test_a_note_is_followed_through_renames(repo: Repository) -> None:
    second, third = "content/notes/2401.00002.ada.yaml", "content/notes/2401.00002.bo.yaml"
    repo.git("mv", NOTE, second)
    repo.commit("2026-01-02", BO)
    repo.git("mv", second, third)
    repo.write(third, f"{TEXT}more: 1\n")
    repo.commit("2026-01-03", BO)
    # Another note takes the old name: it is not the same one.
    repo.write(NOTE, "y: 1\n")
    repo.commit("2026-01-04", BO)
    moved = Touch("Bo Birch", date(2026, 1, 3))
    assert history(repo, third) == History("notes/2401.00002.bo.yaml", ("Ada Ash", "Bo Birch"), FIRST, moved)
    added = Touch("Bo Birch", date(2026, 1, 4))
    assert history(repo) == History("notes/2401.00001.ada.yaml", ("Bo Birch",), added, added)


def test_what_is_no_longer_there_is_left_out_and_what_comes_again_begins_anew(repo: Repository) -> None:
    repo.git("rm", "-q", NOTE)
    repo.commit("2026-01-02")
    assert read_history(repo.root).files == ()
    repo.write(NOTE, TEXT)
    repo.commit("2026-01-03", BO)
    again = Touch("Bo Birch", date(2026, 1, 3))
    assert history(repo) == History("notes/2401.00001.ada.yaml", ("Bo Birch",), again, again)


def test_a_merge_counts_only_for_what_it_changed_itself(repo: Repository) -> None:
    other = "content/notes/2401.00002.bo.yaml"
    repo.git("checkout", "-q", "-b", "branch")
    repo.write(other, TEXT)
    repo.commit("2026-01-02", BO)
    repo.git("checkout", "-q", "main")
    repo.write("README.md", "Meanwhile.")
    repo.commit("2026-01-03")
    repo.git("merge", "-q", "--no-ff", "--no-commit", "branch")
    repo.write("content/notes/2401.00003.cy.yaml", "z: 1\n")
    repo.commit("2026-01-04", "Merger <m@example.org>")
    added = Touch("Bo Birch", date(2026, 1, 2))
    assert history(repo, other) == History("notes/2401.00002.bo.yaml", ("Bo Birch",), added, added)
    assert history(repo, "content/notes/2401.00003.cy.yaml").added == Touch("Merger", date(2026, 1, 4))


def test_a_squash_names_its_author_and_credits_the_co_authors(repo: Repository) -> None:
    repo.write(NOTE, "x: 1\n")
    others = "Co-authored-by: Cy Cedar <cy@example.org>\nCo-authored-by: dee@example.org <dee@example.org>"
    repo.commit("2026-01-02", BO, f"A squash\n\n{others}\n")
    assert history(repo).people == ("Ada Ash", "Bo Birch", "Cy Cedar", NAMELESS)
    assert history(repo).changed == Touch("Bo Birch", date(2026, 1, 2))


def test_a_mailmap_holds(repo: Repository) -> None:
    repo.write(".mailmap", "Ada Lovelace <ada@example.org>\n")
    repo.commit("2026-01-02", BO)
    assert history(repo).people == ("Ada Lovelace",)


def test_what_was_before_a_shallow_clone_is_not_known_there(repo: Repository, tmp_path: Path) -> None:
    newer = "content/notes/2401.00002.bo.yaml"
    repo.write("README.md", "x")
    repo.commit("2026-01-02", BO)
    repo.write(newer, TEXT)
    repo.commit("2026-01-03", BO)
    subprocess.run(["git", "clone", "-q", "--depth", "2", repo.root.as_uri(), str(tmp_path / "shallow")], check=True)
    shallow = Repository(tmp_path / "shallow")
    assert read_history(shallow.root).cut_off
    assert history(shallow) == History("notes/2401.00001.ada.yaml")
    added = Touch("Bo Birch", date(2026, 1, 3))
    assert history(shallow, newer) == History("notes/2401.00002.bo.yaml", ("Bo Birch",), added, added)


def test_a_project_below_the_root_of_its_repository_is_no_different(tmp_path: Path) -> None:
    outer = repository(tmp_path)
    outer.write(f"papers/{NOTE}", TEXT)
    outer.commit("2026-01-01")
    assert history(Repository(tmp_path / "papers")).added == FIRST


HOSTILE = ("A\x01\x02commit x", "<script>alert(1)</script>", "a\u202eb", "M\tcontent/x", "ada@x.example")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_forges_nothing(repo: Repository, name: str) -> None:
    repo.write(NOTE, "x: 1\n")
    repo.git("add", "-A")
    repo.git("commit", "-q", "-m", "x", GIT_AUTHOR_NAME=name, GIT_AUTHOR_EMAIL="e@x.example")
    found = history(repo)
    assert found.added == FIRST
    assert found.changed is not None
    assert FORBIDDEN.search(found.changed.by) is None
    assert "@" not in dump_provenance(read_history(repo.root))


@given(st.text())
def test_a_clean_name_is_one_visible_line_without_an_address(name: str) -> None:
    clean = clean_name(name)
    assert clean.strip() == clean != ""
    assert FORBIDDEN.search(clean) is None
    assert "@" not in clean
    assert len(clean) <= 100
    assert clean_name(clean) == clean


def test_without_a_repository_or_commits_there_is_no_history(tmp_path: Path) -> None:
    with pytest.raises(NoHistory, match="git says: fatal: not a git repository"):
        read_history(tmp_path)
    repository(tmp_path)
    with pytest.raises(NoHistory, match="no commits yet"):
        read_history(tmp_path)


def run(root: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(root / "build.py"), "provenance"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def test_the_verb_writes_what_a_build_reads(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    shutil.copytree(TOY / "content", tmp_path / "content")
    (tmp_path / "content" / "provenance.json").unlink()
    shutil.copytree(ROOT / "daybook", tmp_path / "daybook")
    shutil.copy(ROOT / "build.py", tmp_path)
    refused = run(tmp_path)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == "build.py: the repository has no commits yet\n"
    repo.commit("2026-01-01")
    told = run(tmp_path)
    text = (tmp_path / "content" / "provenance.json").read_text("utf-8")
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout == f"content/provenance.json: the history of {len(json.loads(text)['files'])} files\n"
    content = load(tmp_path / "content")
    assert content.provenance == read_history(tmp_path)
    assert len(content.provenance.files) > 20
    # Not one byte depends on when or how often it is written.
    store(tmp_path / "content", content.provenance)
    assert (tmp_path / "content" / "provenance.json").read_text("utf-8") == text == dump_provenance(content.provenance)


def test_the_exported_history_is_not_kept_in_git() -> None:
    """Every contribution would change it, and so no two of them could be merged."""
    assert "/content/provenance.json" in (ROOT / ".gitignore").read_text("utf-8").splitlines()
