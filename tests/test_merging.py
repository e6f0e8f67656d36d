"""Many people can write about the same papers at once: their branches merge, and what comes out is valid."""

from __future__ import annotations

from pathlib import Path

from daybook.git_history import read_history
from daybook.load import load
from tests.branches import PAPERS, contribute, merge_all, merged, start


def test_branches_with_notes_on_the_same_papers_merge_without_a_conflict(tmp_path: Path) -> None:
    """`python -m tests.bench.merging` does it with fifty."""
    repo, conflicts, problems = merged(tmp_path / "repository", 3)
    assert (conflicts, problems) == ([], ())
    notes = [note for note in load(repo.root / "content").notes if note.by.startswith("curator-")]
    assert len(notes) == 3 * len(PAPERS)
    added = {one.path: one.added.by for one in read_history(repo.root).files if one.added}
    assert {added[f"notes/{note.paper}.{note.by}.yaml"] for note in notes} == {"Curator 0", "Curator 1", "Curator 2"}


def test_a_conflict_would_be_seen(tmp_path: Path) -> None:
    repo = start(tmp_path / "repository")
    branches = [contribute(repo, number) for number in range(2)]
    for branch in branches:
        repo.git("checkout", "-q", branch)
        repo.write("content/topics/naps.yaml", f"title: Naps\ndescription: By {branch}.\n")
        repo.commit("2027-01-07")
    repo.git("checkout", "-q", "main")
    assert list(merge_all(repo, branches)) == branches[1:]
