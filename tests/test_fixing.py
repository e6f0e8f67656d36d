"""What is safe to mend is mended; what a file says and its comments stay."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import parser
from daybook import yaml_text
from daybook.documents import Document, Unquoted
from daybook.fixing import fix
from daybook.load import check
from daybook.places import PLACES, Place
from tests.content_files import Made, files
from tests.spec_files import Case, cases
from tests.test_check import laid_out
from tests.trees import tree

OF_NAME = {place.name: place for place in PLACES}
YAML = files().filter(lambda made: not made.place.is_json)


@pytest.mark.parametrize("case", cases("fixes.md"), ids=str)
def test_what_is_mended(case: Case) -> None:
    mended, _ = fix(case.source.replace("·", " ") + "\n", OF_NAME[case.section])
    assert mended == case.expected.replace("·", " ") + "\n"


@st.composite
def untidy(draw: st.DrawFn) -> Made:
    """A file in block style with its keys in any order, comments, blanks and no end."""
    made = draw(YAML)
    blocks = re.split(r"\n(?=[a-z_]+:)", made.text.strip("\n"))
    draw(st.randoms(use_true_random=False)).shuffle(blocks)
    parts = []
    for number, block in enumerate(blocks):
        comment = draw(
            st.sampled_from(["", f"# comment {number}\n", f"\n# comment {number}\n#\n", "\n", f"# x {number}  \n\n"])
        )
        parts.append(
            comment + block + draw(st.sampled_from(["", "", "  ", f"  # after {number}", "\n  # below", "\n\n"]))
        )
    end = draw(st.sampled_from(["", "\n", "\n\n\n", "\n# the end", "  \n  "]))
    text = draw(st.sampled_from(["", "# head\n", "---\n"])) + "\n".join(parts) + end
    return Made(made.place, draw(st.sampled_from([text, text, text.replace("\n", "\r\n")])))


def said(value: object) -> Any:
    """What a file says, if texts have the quotes that they need."""
    if isinstance(value, dict):
        return {key: said(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [said(inner) for inner in value]
    return value.text if isinstance(value, Unquoted) else json.dumps(value) if isinstance(value, bool | int) else value


def comments(text: str) -> list[str]:
    """The comments that `untidy` makes."""
    return sorted(found.rstrip() for found in re.findall(r"# (?:comment|x|after|below|the end|head)[^\r\n]*", text))


@given(YAML | untidy())
def test_what_a_file_says_stays_with_its_comments(made: Made) -> None:
    before = yaml_text.read(made.text)
    mended, done = fix(made.text, made.place)
    after = yaml_text.read(mended)
    assert (mended == made.text) == (not done)
    if isinstance(before, Document):
        assert isinstance(after, Document)
        assert said(after.value) == said(before.value)
        assert comments(mended) == comments(made.text)
    else:
        assert mended == made.text


@given(YAML | untidy())
def test_what_was_mended_needs_no_mending(made: Made) -> None:
    mended, _ = fix(made.text, made.place)
    assert fix(mended, made.place) == (mended, ())


@given(untidy())
def test_keys_come_in_order(made: Made) -> None:
    mended, _ = fix(made.text, made.place)
    document = yaml_text.read(mended)
    if isinstance(document, Document) and not document.mistakes and isinstance(document.value, dict):
        order = [field.name for field in made.place.shape.fields]
        keys = list(document.value)
        one_a_line = all(document.locate((key,), True)[1] == 1 for key in keys)
        if one_a_line and set(keys) <= set(order):
            assert keys == sorted(keys, key=order.index)


@pytest.mark.parametrize("place", [place for place in PLACES if not place.is_json], ids=lambda place: place.name)
def test_any_text_is_left_alone_or_mended(place: Place) -> None:
    signs = random.Random(1)
    for _ in range(300):
        text = "".join(signs.choices("ab: \n#-|>'\"[]{},\r1", k=40))
        mended, _ = fix(text, place)
        assert fix(mended, place)[0] == mended


def fixed(root: Path, *more: str) -> int:
    options = parser().parse_args(["check", "--fix", *more])
    options.root = root
    return int(options.run(options))


def test_the_command_mends_and_says_what(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = laid_out("base", tmp_path)
    note = content / "notes" / "2601.00001.ada.yaml"
    right = note.read_text("utf-8")
    note.write_text(right.replace('"2601.00001"', "2601.00001  # the paper ").replace("by: ada", "by:   ada"), "utf-8")
    assert [problem.code for problem in check(content)] == ["DB304"]
    assert fixed(tmp_path) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert (
        "fixed content/notes/2601.00001.ada.yaml: text in quotes, blanks at ends of lines and of the file\n" in said.err
    )
    assert note.read_text("utf-8") == right.replace('"2601.00001"', '"2601.00001"  # the paper').replace(
        "by: ada", "by:   ada"
    )


def test_what_is_tidy_is_not_touched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    laid_out("base", tmp_path)
    before = tree(tmp_path)
    assert fixed(tmp_path) == 0
    assert tree(tmp_path) == before
    assert capsys.readouterr().err == "content/ has no problems\n"


def test_links_and_what_cannot_be_read_are_not_touched(tmp_path: Path) -> None:
    content = laid_out("base", tmp_path)
    (tmp_path / "outside.yaml").write_text("title: 1  \n", "utf-8")
    (content / "topics" / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    (content / "topics" / "bytes.yaml").write_bytes(b"title: \xff  \n")
    (content / "topics" / "tab.yaml").write_bytes(b"title:\t1  ")
    before = tree(tmp_path)
    assert fixed(tmp_path) == 1
    assert tree(tmp_path) == before
