"""The text of a note before its curator has written it: nothing that others wrote breaks it."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybook import yaml_text
from daybook.documents import Document
from daybook.edit_links import add_note
from daybook.model import PaperId, Right
from daybook.places import SCHEMAS
from daybook.record_shapes import OVERRIDE
from daybook.report import Report
from daybook.shapes import NOTE
from daybook.skeleton import SCHEMA_LINE, correction_skeleton, explanations, skeleton
from tests.nouns import SETTINGS, entry
from tests.sites import ROOT

TODAY = date(2027, 1, 20)


@given(st.text(), st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True))
def test_no_title_and_no_slug_breaks_the_file(title: str, slug: str) -> None:
    paper = entry(1, title=title).paper
    text = skeleton(paper, by=slug, today=TODAY, topics=[slug])
    document = yaml_text.read(text)
    assert isinstance(document, Document)
    assert isinstance(document.value, dict)
    assert (document.value["by"], document.value["topics"]) == (slug, [slug])
    plain = skeleton(entry(1).paper, by=slug, today=TODAY, topics=[slug])
    assert text.splitlines()[2:] == plain.splitlines()[2:]


@pytest.mark.parametrize("title", [
    "a\nby: mallory", "a\r\rb", "a\u2028verdict: must-read", "a\x85b", "\u202eevil\u2066", "\ud800", "x\0y\x1b[2J",
    "yaml-language-server: $schema=https://evil.example/x.json", "x" * 10_000_000, "---", "%YAML 9.9", "",
])  # fmt: skip
def test_a_hostile_title_stays_a_comment(title: str) -> None:
    lines = skeleton(entry(1, title=title).paper).splitlines()
    assert lines[0] == SCHEMA_LINE
    assert re.fullmatch(r"# “[ -~…]{0,200}”, https://arxiv.org/abs/2601.00001", lines[1])
    assert lines[2] == 'paper: "2601.00001"'


@pytest.mark.parametrize("slug", ["2024", "0x1f", "1_000", "2026-01-31", "no", "null", "y", "12-30", "0b1", "1e5"])
def test_a_slug_that_yaml_would_misread_is_quoted(slug: str) -> None:
    text = skeleton(entry(1).paper, by=slug, today=TODAY, topics=[slug])
    assert f'\nby: "{slug}"\n' in text
    assert f'\ntopics: ["{slug}"]\n' in text


def test_the_schema_is_where_an_editor_looks_for_it() -> None:
    comment, _, path = SCHEMA_LINE.partition("=")
    assert comment == "# yaml-language-server: $schema"
    assert (ROOT / "content" / "notes" / path).resolve() == ROOT / "content" / SCHEMAS / "note.schema.json"
    assert (ROOT / "content" / "notes" / path).resolve().is_file()


def test_the_web_link_carries_the_same_skeleton_without_its_explanations() -> None:
    """Only who and when are not known there; a page has what is not in the link."""
    paper = entry(1, title="Fish & Chips").paper
    query = parse_qs(urlsplit(add_note(paper, SETTINGS)).query)
    assert query["filename"] == ["2601.00001.your-handle.yaml"]
    (text,) = query["value"]
    assert "\nby: your-handle\n" in text
    assert "\ndate:\n" in text
    filled = text.replace("\nby: your-handle\n", "\nby: ada\n").replace("\ndate:\n", f"\ndate: {TODAY}\n")
    ours = skeleton(paper, by="ada", today=TODAY)
    assert filled.splitlines() == [line for line in ours.splitlines() if not line.startswith("#")]
    told = [explanation for _, explanation in explanations(NOTE)]
    assert {line.removeprefix("# ") for line in ours.splitlines()[2:-1] if line.startswith("#")} <= set(told)


def test_the_beginning_of_a_correction_lacks_only_what_its_curator_knows() -> None:
    text = correction_skeleton(PaperId("hep-th/9901001"))
    said = {"by: your-handle": "by: daybook", "date:": "date: 2026-01-31", "reason:": "reason: It is wrong."}
    said |= {"source:": "source: https://example.org/proof", 'title: ""': "title: Right"}
    for blank, written in said.items():
        text = re.sub(rf"^( *){re.escape(blank)}$", rf"\g<1>{written}", text, flags=re.MULTILINE)
    document, report = yaml_text.read(text), Report()
    assert isinstance(document, Document)
    found = OVERRIDE.read(document.value, report)
    assert report.findings == []
    assert found is not None
    assert (str(found.paper), found.correct) == ("hep-th/9901001", Right(title="Right"))
