"""Each folder in tests/invalid/ is a mistake: the valid tree of `base` with other files, and what is to be said of it.

`changes.txt` holds what git keeps badly, a line each: `remove PATH`, `link PATH TARGET`, `write PATH TEXT` and
`repeat PATH TIMES TEXT`, where TEXT is bytes as in a Python literal. Run as a program, this writes all the
expectations anew (`python -m tests.test_check`): read the difference before you keep it.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import tempfile
from pathlib import Path

import pytest

from daybook import codes
from daybook.checks import RULES
from daybook.load import NoContent, check
from daybook.wording import nearest

INVALID = Path(__file__).parent / "invalid"
CASES = sorted(folder.name for folder in INVALID.iterdir() if folder.name != "base")
LINE = re.compile(r"content/[!-~]+:[1-9][0-9]*:[1-9][0-9]*: (DB[0-9]{3}) \S.*\S; \S.*\S")


def laid_out(case: str, root: Path) -> Path:
    """The content folder of a case, in a folder that is empty so far."""
    for layer in ("base", case):
        if (INVALID / layer / "content").is_dir():
            shutil.copytree(INVALID / layer / "content", root / "content", dirs_exist_ok=True)
    changes = INVALID / case / "changes.txt"
    for line in changes.read_text("utf-8").splitlines() if changes.exists() else ():
        verb, path, *rest = line.split(" ", 2)
        change(verb, root / path, *rest)
    return root / "content"


def change(verb: str, path: Path, rest: str = "") -> None:
    match verb:
        case "remove":
            path.unlink()
        case "link":
            path.symlink_to(rest)
        case "write":
            path.write_bytes(literal(rest))
        case "repeat":
            times, text = rest.split(" ", 1)
            path.write_bytes(literal(text) * int(times))
        case _:
            raise ValueError(verb)


def literal(text: str) -> bytes:
    return bytes(ast.literal_eval(f"b'''{text}'''"))


def told(content: Path) -> str:
    return "".join(f"{problem}\n" for problem in check(content))


def expected(case: str) -> str:
    return (INVALID / case / "expected.txt").read_text("utf-8")


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_told_exactly(case: str, tmp_path: Path) -> None:
    assert told(laid_out(case, tmp_path)) == expected(case)


def test_the_base_is_valid(tmp_path: Path) -> None:
    assert told(laid_out("base", tmp_path)) == ""


def test_every_code_has_a_case() -> None:
    found = {line.split(" ")[1] for case in CASES for line in expected(case).splitlines()}
    assert found == {code.id for code in codes.CODES}


def test_every_case_expects_problems_in_the_documented_form() -> None:
    for case in CASES:
        lines = expected(case).splitlines()
        assert lines, case
        assert [line for line in lines if not LINE.fullmatch(line)] == []


def test_codes_are_in_order_and_unique() -> None:
    ids = [code.id for code in codes.CODES]
    assert ids == sorted(set(ids))
    assert all(code.title and code.explanation.endswith(".") for code in codes.CODES)


def test_every_rule_is_a_sentence() -> None:
    assert [rule for rule in RULES if not (rule.__doc__ or "").endswith((".", ")."))] == []


def test_hostile_file_names_do_not_forge_lines(tmp_path: Path) -> None:
    content = laid_out("base", tmp_path)
    for name in (b"topics/a\nb.yaml", b"notes/\xff\x1b[2J.yaml", b"topics/\xe2\x80\xae.yaml"):
        Path(os.fsdecode(bytes(content) + b"/" + name)).write_text("title: x\n", "utf-8")
    lines = told(content).splitlines()
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    assert {line.split(":")[0] for line in lines} == {
        r"content/notes/\udcff\x1b[2J.yaml",
        r"content/topics/\u202e.yaml",
        r"content/topics/a\nb.yaml",
    }


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    content = laid_out("base", tmp_path)
    os.mkfifo(content / "topics" / "pipe.yaml")
    assert [problem.code for problem in check(content)] == ["DB102"]


@pytest.mark.parametrize("name", ["absent", "file"])
def test_without_a_folder_the_check_cannot_run(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(NoContent) as caught:
        check(tmp_path / name)
    assert str(caught.value) == f"there is no folder {name}/ in {tmp_path}; it holds site.yaml and what curators write"


def test_nearest_words_are_about_equally_likely() -> None:
    assert nearest("agnets", {"alignment", "agents", "architectures"}) == ["agents"]
    assert nearest("topic1", {"topic2", "topic3", "else"}) == ["topic2", "topic3"]
    assert nearest("x" * 1_000_000, {"agents"}) == []


def accept() -> None:
    for case in CASES:
        with tempfile.TemporaryDirectory() as root:
            text = told(laid_out(case, Path(root)))
        (INVALID / case / "expected.txt").write_text(text, "utf-8")


if __name__ == "__main__":
    accept()
