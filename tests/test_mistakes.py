"""The examples of the codes: each bad one is what its code says, and the good one in its place is valid."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from build import main
from daybook.codes import CODES
from daybook.load import check
from daybook.mistakes import EXAMPLES, MISTAKES, Example, Mistake, explained
from tests.sites import BuiltSite
from tests.test_check import laid_out

LINK = re.compile(r"<link to (.*)>")


def found(example: Example, text: str, folder: Path) -> set[str]:
    """The codes of what is wrong with a valid tree in which the example has this text."""
    content = laid_out("base", folder)
    for level in range(1, 9):
        parent = f"parent: level-{level - 1}\n" if level > 1 else ""
        topic = f"title: Level {level}\ndescription: For the tests.\n{parent}"
        (content / "topics" / f"level-{level}.yaml").write_text(topic, "utf-8")
    path = content / example.path
    if example.is_name:
        path.rename(content / text)
    elif link := LINK.fullmatch(text):
        path.unlink()
        path.symlink_to(link[1])
    else:
        before = path.read_text("utf-8") if path.exists() else example.good
        assert example.good in before
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(seen(before.replace(example.good, text, 1)))
    return {problem.code for problem in check(content)}


def seen(text: str) -> bytes:
    """The bytes that a text stands for."""
    characters = re.sub(r"<U\+([0-9A-F]{4})>", lambda code: chr(int(code[1], 16)), text).encode()
    return re.sub(rb"<0x([0-9A-F]{2})>", lambda code: bytes.fromhex(code[1].decode()), characters)


def test_every_code_has_an_example() -> None:
    assert list(EXAMPLES) == list(CODES)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.code.id)
def test_the_bad_example_is_what_its_code_says(mistake: Mistake, tmp_path: Path) -> None:
    assert mistake.code.id in found(mistake.example, mistake.example.bad * mistake.example.times, tmp_path)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.code.id)
def test_the_good_example_is_valid(mistake: Mistake, tmp_path: Path) -> None:
    assert found(mistake.example, mistake.example.good, tmp_path) == set()


def test_the_page_explains_every_code(toy_site: BuiltSite) -> None:
    page = (toy_site.folder / "mistakes.html").read_text("utf-8")
    assert re.findall(r'<h3 id="(DB[0-9]{3})">', page) == [code.id for code in CODES]


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.id)
def test_a_code_is_explained_in_the_terminal(code: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--explain", code.id.lower()]) == 0  # type: ignore[attr-defined]
    said = capsys.readouterr().out
    assert said.startswith(f"{code.id} {code.title}\n{code.explanation}\n\nbad, ")  # type: ignore[attr-defined]
    assert "\n\ngood:\n    " in said


def test_an_unknown_code_has_near_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--explain", "DB3O4"]) == 2
    assert 'no rule has the code "DB3O4"; did you mean "DB304"' in capsys.readouterr().err
    with pytest.raises(ValueError, match="no rule has the code"):
        explained("")
