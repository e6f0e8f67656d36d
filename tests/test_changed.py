"""What a branch answers for: told by a real repository."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from daybook.changed import NotComparable, branch_since
from daybook.load import check
from tests.test_check import laid_out

NOTE = "content/notes/2601.00001.ada.yaml"


def git(root: Path, *arguments: str) -> None:
    given = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(root), *given, *arguments], check=True, capture_output=True)


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-qm", "A step")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with one mistake on `main`, and a branch checked out."""
    git(tmp_path, "init", "-q", "-b", "main")
    laid_out("base", tmp_path)
    write(tmp_path, "content/topics/broken.yaml", "title: Broken\ndescription: x\nparent: nowhere\n")
    commit(tmp_path)
    git(tmp_path, "checkout", "-qb", "branch")
    return tmp_path


def write(root: Path, path: str, text: str) -> None:
    (root / path).write_text(text, "utf-8")


def told(root: Path, reference: str = "main") -> list[tuple[str, str]]:
    """Path and code of what the branch answers for."""
    problems = branch_since(root, reference).answers_for(check(root / "content"), check)
    return [(problem.path, problem.code) for problem in problems]


def test_an_old_mistake_elsewhere_does_not_count(root: Path) -> None:
    write(root, "content/curators/bo.yaml", "name: Bo\n")
    commit(root)
    assert [problem.path for problem in check(root / "content")] == ["content/topics/broken.yaml"]
    assert told(root) == []


def test_a_mistake_in_a_changed_file_counts_committed_or_not(root: Path) -> None:
    write(root, "content/curators/bo.yaml", "nme: Bo\n")
    both = [("content/curators/bo.yaml", "DB301"), ("content/curators/bo.yaml", "DB302")]
    assert told(root) == both
    commit(root)
    assert told(root) == both


def test_all_mistakes_of_a_changed_file_count(root: Path) -> None:
    write(root, "content/topics/broken.yaml", "title: Less broken\ndescription: x\nparent: nowhere\n")
    assert told(root) == [("content/topics/broken.yaml", "DB401")]


def test_a_mistake_that_the_branch_causes_elsewhere_counts(root: Path) -> None:
    (root / "content/topics/oversight.yaml").unlink()
    commit(root)
    assert told(root) == [(NOTE, "DB401")]


def test_what_main_did_since_does_not_count(root: Path) -> None:
    write(root, "content/curators/bo.yaml", "name: Bo\n")
    commit(root)
    git(root, "checkout", "-q", "main")
    write(root, "content/curators/cy.yaml", "nme: Cy\n")
    commit(root)
    git(root, "checkout", "-q", "branch")
    assert told(root) == []
    git(root, "merge", "-q", "main")
    assert told(root) == []


def test_settings_that_a_branch_deletes_are_missed(root: Path) -> None:
    (root / "content/site.yaml").unlink()
    assert told(root) == [("content/site.yaml", "DB110")]


def test_a_site_in_a_folder_of_a_repository(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    write(tmp_path, "README", "")
    commit(tmp_path)
    git(tmp_path, "checkout", "-qb", "branch")
    (tmp_path / "site").mkdir()
    laid_out("base", tmp_path / "site")
    write(tmp_path, "site/content/curators/bo.yaml", "nme: Bo\n")
    commit(tmp_path)
    assert {path for path, _ in told(tmp_path / "site")} == {"content/curators/bo.yaml"}
    assert told(tmp_path / "site", "branch") == []
    (tmp_path / "site" / "content" / "topics" / "oversight.yaml").unlink()
    assert told(tmp_path / "site", "branch") == [(NOTE, "DB401")]


def test_names_that_git_would_quote(root: Path) -> None:
    write(root, 'content/topics/ü "\n.yaml', "title: x\n")
    assert {path for path, _ in told(root)} == {'content/topics/ü "\\n.yaml'}


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("nowhere", 'git: it knows no commit "nowhere"; fetch its history (git fetch --unshallow), or name another'),
        ("--output=x", 'git: it knows no commit "--output=x"; fetch its history'),
        ("lonely", 'git: "lonely" and this branch have no commit in common; fetch its history'),
    ],
)
def test_without_a_beginning_nothing_is_told(root: Path, reference: str, said: str) -> None:
    git(root, "checkout", "-q", "--orphan", "lonely")
    write(root, "content/README.md", "Begun anew.")
    commit(root)
    git(root, "checkout", "-q", "branch")
    with pytest.raises(NotComparable) as caught:
        told(root, reference)
    assert str(caught.value).startswith(said)


def test_without_a_repository_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotComparable, match="not a git repository"):
        told(tmp_path)


def test_without_git_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotComparable, match="git is not installed"):
        told(tmp_path)
