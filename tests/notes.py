"""Notes that `build.py note` starts in a copy of the toy content, for tests of that verb."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import pytest

from daybook.load import check
from daybook.model import PaperId, Settings
from daybook.source import Unusable
from daybook.start_note import NotStarted, Started, Wish, start_note
from tests.sites import TOY

TODAY = date(2027, 1, 20)
LISTED = "2612.00009"  # stands in one listing
ELSEWHERE = "2401.01234"  # stands in no listing and no pick
NOTE = f"content/notes/{LISTED}.mara-quill.yaml"
FACTS = ("Old Kettles", ("Ada Ash",), "2024-01-02")

SPELLINGS = (
    "2612.00009{}",
    "  arXiv:2612.00009{}\n",
    "ARXIV:2612.00009{} [q-bio.NC]",
    "https://arxiv.org/abs/2612.00009{}",
    "http://www.arxiv.org/pdf/2612.00009{}.pdf#page=3",
    "<https://export.arxiv.org/html/2612.00009{}>",
    "https://huggingface.co/papers/2612.00009{}?ref=mail",
    "hf.co/papers/2612.00009{}",
    "https://doi.org/10.48550/arXiv.2612.00009{}",
    "doi:10.48550/ARXIV.2612.00009{}.",
)


def repository(folder: Path) -> Path:
    """A repository with the toy content, in an empty folder."""
    shutil.copytree(TOY / "content", folder / "content")
    return folder


def nobody(paper: PaperId, settings: Settings) -> NoReturn:
    raise AssertionError(f"asked about {paper}")


def silent(paper: PaperId, settings: Settings) -> NoReturn:
    raise Unusable("the line is dead")


def start(root: Path, paper: str, by: str = "mara-quill", **more: Any) -> Started:
    return start_note(root, Wish(paper, by, **more), TODAY, nobody)


def refusal(root: Path, paper: str, by: str = "mara-quill", **more: Any) -> list[str]:
    """Why no note is started; not a byte of the repository may change."""
    before = every_file(root)
    with pytest.raises(NotStarted) as refused:
        start_note(root, Wish(paper, by, **more), TODAY, silent)
    assert every_file(root) == before
    return list(refused.value.reasons)


def every_file(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file() and not path.is_fifo()}


def fill(note: Path) -> None:
    """What a curator does: two fields."""
    text = note.read_text("utf-8")
    for empty, full in (
        ("\nsummary:\n", "\nsummary: Worth an hour.\n"),
        ("\nnote: |\n\n", "\nnote: |\n  It *holds*.\n\n"),
    ):
        assert text.count(empty) == 1
        text = text.replace(empty, full)
    note.write_text(text, "utf-8")


def told(root: Path) -> list[str]:
    return [str(problem) for problem in check(root / "content")]


def offline(root: Path, *facts: Any, paper: str = ELSEWHERE) -> Started:
    return start(root, paper, **dict(zip(("title", "authors", "published"), facts, strict=True)))
