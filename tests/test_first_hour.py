"""A curator's first hour: the mistakes that newcomers make, and all that they are told of each."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from daybook.load import check
from tests.spec_files import Case, cases
from tests.test_check import laid_out

BASE = "2601.00001.ada.yaml"


@pytest.mark.parametrize("case", cases("first_hour.md"), ids=str)
def test_a_newcomer_is_told(case: Case, tmp_path: Path) -> None:
    """A case is lines of the valid note, changed as its `-` and `+` lines say, or a file with its path above it."""
    content = laid_out("base", tmp_path)
    note = content / "notes" / BASE
    if case.source.startswith("content/"):
        path, text = case.source.split("\n", 1)
        (tmp_path / path).write_text(f"{text}\n" if text != "the same note" else note.read_text("utf-8"), "utf-8")
    else:
        gone, new = ([line[1:] for line in case.source.split("\n") if line[0] == sign] for sign in "-+")
        before = note.read_text("utf-8")
        assert "\n".join(gone) in before
        note.write_text(before.replace("\n".join(gone), "\n".join(new), 1), "utf-8")
    said = [re.sub("^content/notes/", "", str(problem)) for problem in check(content)]
    assert "\n".join(said) == case.expected
