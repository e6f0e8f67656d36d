"""Recorded-shape answers of the sources, each with what is kept, dropped and left out of it.

The answers are invented and stand in tests/answers/SOURCE/, each beside what becomes of it (`.expected`).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from daybook.listing_json import dump_listing, read_listing
from daybook.model import Listing
from daybook.source import Answer, Source, Unusable
from daybook.source_arxiv import Arxiv
from daybook.source_huggingface import HuggingFace

ANSWERS = Path(__file__).parent / "answers"
FILES = sorted(path for path in ANSWERS.glob("*/*") if path.suffix != ".expected")
DAYS = {"of-2016": date(2004, 12, 20)}
SOURCES: dict[str, Source] = {"huggingface": HuggingFace(), "arxiv": Arxiv(["cs.HC"])}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}: {path.stem}")
def test_an_answer_is_read_as_expected(path: Path) -> None:
    assert told(path) == path.with_suffix(".expected").read_text("utf-8")


def told(path: Path) -> str:
    """All that a source makes of an answer, as text."""
    source, day = SOURCES[path.parent.name], DAYS.get(path.stem, date(2026, 3, 3))
    try:
        answer = source.parse(path.read_bytes(), day)
    except Unusable as reason:
        return f"unusable{', ask again' if reason.again else ''}: {reason}\n"
    omitted = "".join(f"left out of {each.what}: {each.reason}\n" for each in answer.omitted)
    return f"{stored(source, day, answer)}{omitted}{'more follows' if answer.more else 'that is all'}\n"


def stored(source: Source, day: date, answer: Answer) -> str:
    """The answer as a file of content/, which the checker takes."""
    listing = Listing(source.slug, day, day, False, answer.entries, answer.dropped)
    text = dump_listing(listing)
    assert read_listing(text, "content/a.json") == listing
    return text
