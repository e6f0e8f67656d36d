"""The base tree of tests/invalid/, as nouns."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from daybook import model
from daybook.load import load
from daybook.model import PaperId

BASE = Path(__file__).parent / "invalid" / "base" / "content"
FIRST, SECOND, OLD = PaperId("2601.00001"), PaperId("2601.00002"), PaperId("hep-th/9901001")


@pytest.fixture(scope="module")
def content() -> model.Content:
    return load(BASE)


def test_settings(content: model.Content) -> None:
    assert content.settings == model.Settings(
        title="Test Pages",
        tagline="A small valid tree, for tests.",
        base_url="https://example.org/pages",
        language="en",
        repository="https://example.org/team/pages",
        branch="main",
        editor="The testers",
        home_days=3,
        licences=model.Licences("CC BY 4.0", "CC0 1.0", "As the sources grant."),
    )


def test_a_note(content: model.Content) -> None:
    assert content.notes == (
        model.Note(
            paper=FIRST,
            by="ada",
            date=date(2026, 1, 6),
            verdict="worth-reading",
            summary="A test of reading, with a sum such as $1 + 1 = 2$.",
            text="Written for the tests. It has **two** paragraphs.\n\nThis is the second one.",
            interests="none",
            assistance="none",
            topics=("oversight",),
            saw_version=1,
            links=(model.Link("Code", "https://example.org/code"),),
            licence="CC BY-SA 4.0",
            retracted=model.Retraction(date(2026, 1, 7), "To test that as well."),
        ),
    )


def test_a_curator_and_topics(content: model.Content) -> None:
    url, bio = "https://example.org/ada", "Writes *tests*."
    assert content.curators == (model.Curator("ada", "Ada Example", url, "Example University", bio, "ada-example"),)
    match = model.Match(any=("scalable oversight", "debate*"), categories=("cs.HC",))
    assert content.topics == (
        model.Topic("alignment", "Alignment", "The parent of the other topic."),
        model.Topic("oversight", "Oversight", "Papers that the tests need.", "alignment", match),
    )


def test_a_day_and_a_list(content: model.Content) -> None:
    day = model.Introduction(date(2026, 1, 5), "ada", "One paper is enough for a test.", (SECOND,))
    assert content.introductions == (day,)
    remarks = (model.Remark(FIRST), model.Remark(OLD))
    assert content.lists == (
        model.ReadingList("where-to-begin", "Where to begin", "For those who begin.", "ada", remarks),
    )


def test_a_listing_and_a_pick(content: model.Content) -> None:
    (listing,) = content.listings
    assert (listing.source, listing.date, listing.read) == ("huggingface", date(2026, 1, 5), date(2026, 1, 19))
    assert [entry.paper.id for entry in listing.entries] == [FIRST, SECOND]
    assert listing.entries[0].summary == model.MachineText("A model says so.", "example-7b")
    paper = model.Paper(OLD, "An Old Test", ("Di Example",), date(1999, 1, 4))
    assert content.picks == (model.Pick("arxiv", model.Entry(paper), date(2026, 1, 19)),)


def test_everything_is_sorted(tmp_path: Path) -> None:
    """Old identifiers sort before new ones as text, not as file names."""
    for source in sorted(BASE.rglob("*"), reverse=True):
        if source.is_file():
            target = tmp_path / source.relative_to(BASE)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    note = (tmp_path / "notes/2601.00001.ada.yaml").read_text("utf-8")
    for paper, by in (("hep-th/9901001", "ada"), ("2601.00001", "bo"), ("2601.00002", "ada")):
        text = note.replace('"2601.00001"', f'"{paper}"').replace("by: ada", f"by: {by}")
        (tmp_path / f"notes/{paper.replace('/', '-')}.{by}.yaml").write_text(text, "utf-8")
    (tmp_path / "curators/bo.yaml").write_text("name: Bo\n", "utf-8")
    assert [(note.paper, note.by) for note in load(tmp_path).notes] == [
        (FIRST, "ada"), (FIRST, "bo"), (SECOND, "ada"), (OLD, "ada"),
    ]  # fmt: skip


def test_mistakes_are_raised_all_together(tmp_path: Path) -> None:
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "b.yaml").write_text("title: B\n", "utf-8")
    (tmp_path / "topics" / "a.yaml").write_text("title: [A]\n", "utf-8")
    with pytest.raises(model.Invalid, match=r"a\.yaml:1:8: DB303 ") as caught:
        load(tmp_path)
    assert [(problem.path, problem.code) for problem in caught.value.problems] == [
        ("content/site.yaml", "DB110"),
        ("content/topics/a.yaml", "DB302"),
        ("content/topics/a.yaml", "DB303"),
        ("content/topics/b.yaml", "DB302"),
    ]
