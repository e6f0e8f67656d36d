"""Many curators at once: branches of one commit that all write about the same papers, on one day, for one topic."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from daybook.load import check
from daybook.model import Problem
from tests.checkouts import toy_checkout
from tests.repositories import Repository, repository

PAPERS = ("2612.00002", "2612.00007", "2701.00001")
"""Papers of the toy content; the note of each is of one day and one topic."""


def start(folder: Path) -> Repository:
    """A repository of the toy content."""
    toy_checkout(folder)
    repo = repository(folder)
    repo.write(".gitignore", "/.cache/\n/content/provenance.json\n")
    (folder / "content" / "provenance.json").unlink()
    repo.commit("2027-01-05", message="All so far")
    return repo


def contribute(repo: Repository, number: int) -> str:
    """A branch of the first commit with a new curator and a note on each of the papers; returns its name."""
    handle, branch = f"curator-{number}", f"notes-{number}"
    repo.git("checkout", "-q", "-b", branch, "main")
    repo.write(f"content/curators/{handle}.yaml", f"name: Curator {number}\ngithub: {handle}\n")
    for paper in PAPERS:
        repo.write(f"content/notes/{paper}.{handle}.yaml", note(paper, handle))
    repo.commit("2027-01-06", f"Curator {number} <c{number}@example.org>", f"Notes of {handle}")
    repo.git("checkout", "-q", "main")
    return branch


def note(paper: str, handle: str) -> str:
    """A valid note."""
    return f"""\
paper: "{paper}"
by: {handle}
date: 2027-01-06
topics: [naps]
verdict: caution
summary: What {handle} says.
note: |
  All that {handle} has to say.
interests: none
assistance: none
"""


def merge_all(repo: Repository, branches: list[str]) -> Iterator[str]:
    """Merges one branch after another; the names of those that conflict."""
    for branch in branches:
        repo.git("merge", "-q", "--no-ff", "-m", f"Merge {branch}", branch, check=False)
        if repo.git("ls-files", "-u"):
            repo.git("merge", "--abort")
            yield branch
        else:
            repo.git("merge-base", "--is-ancestor", branch, "main")


def merged(folder: Path, count: int) -> tuple[Repository, list[str], tuple[Problem, ...]]:
    """The repository after all merges, the branches that conflicted, and the problems of the content at the end."""
    repo = start(folder)
    branches = [contribute(repo, number) for number in range(count)]
    conflicts = list(merge_all(repo, branches))
    return repo, conflicts, check(folder / "content")
