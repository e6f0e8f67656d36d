"""Problems in each format: nothing that a stranger wrote in a file or its name is taken for more than text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from build import main
from daybook.codes import CODES
from daybook.documents import FORBIDDEN
from daybook.model import Problem
from daybook.problem_formats import ANNOTATIONS, FORMATS, as_json, github, sarif, summary, text
from daybook.wording import escape
from tests.outside import find_npm_file, missing
from tests.test_check import laid_out

SCHEMA = "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
HOSTILE = (
    "a::error::b", "##[add-matcher]x", "##[stop-commands]x", "%0A::warning::b", "%250A", "a,title=b:c", "`x`", "``` `",
    "<script>", "[x](javascript:1)", "![x](https://example.org/x.png)", "@everyone #1", "|a|b|", "# a", "- b",
    "\\", "\\`", "::stop-commands::x", "*a* _b_ ~c~", "é𝄞", "$x$",
)  # fmt: skip
TEXTS = (st.sampled_from(HOSTILE) | st.text(max_size=30)).map(escape).filter(lambda said: not FORBIDDEN.search(said))
PLACES = st.integers(1, 10**6)
PROBLEMS = st.builds(
    Problem, TEXTS.map("content/{}".format), PLACES, PLACES, st.sampled_from([code.id for code in CODES]), TEXTS, TEXTS
)
MANY = st.lists(PROBLEMS, max_size=14).map(tuple)

# What the runner does with a line: https://github.com/actions/runner, ActionCommand.cs.
COMMAND = re.compile(r"::([a-z-]+)(?: ([^:]*))?::(.*)")


def unescaped(said: str, *signs: str) -> str:
    for sign in (*signs, "\n", "\r", "%"):
        said = said.replace(f"%{ord(sign):02X}", sign)
    return said


@given(MANY)
def test_github_reads_our_commands_and_no_other(problems: tuple[Problem, ...]) -> None:
    lines = github(problems).split("\n")
    assert lines.pop() == ""
    assert len(lines) == len(problems)
    for line, problem in zip(lines[:ANNOTATIONS], problems, strict=False):
        command = COMMAND.fullmatch(line)
        assert command
        said = dict(part.split("=", 1) for part in command[2].split(","))
        assert command[1] == "error"
        assert unescaped(said["file"], ":", ",") == problem.path
        assert (said["line"], said["col"]) == (str(problem.line), str(problem.column))
        assert said["title"].startswith(f"{problem.code} ")
        assert unescaped(command[3]) == f"{problem.message}; {problem.remedy}"
    for line in lines[ANNOTATIONS:]:
        assert not line.lstrip().startswith("::")
        assert "##[" not in line


@given(MANY)
def test_json_holds_everything(problems: tuple[Problem, ...]) -> None:
    assert tuple(Problem(**each) for each in json.loads(as_json(problems))["problems"]) == problems


def official() -> Any:
    try:
        from jsonschema import Draft7Validator
    except ImportError:
        missing("a package is not installed: pip install -e '.[test]'")
    return Draft7Validator(json.loads(find_npm_file(SCHEMA).read_text("utf-8")))


def test_sarif_is_what_its_schema_says(tmp_path: Path) -> None:
    validator = official()
    root = tmp_path / "content"
    laid_out("everything-at-once", tmp_path)
    (root / "topics" / "b c#ü.yaml").write_text("", "utf-8")
    from daybook.load import check

    problems = check(root)
    log = json.loads(sarif(problems))
    assert list(validator.iter_errors(log)) == []
    assert list(validator.iter_errors(json.loads(sarif(())))) == []
    assert list(validator.iter_errors({**log, "version": 2}))
    (run,) = log["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [code.id for code in CODES]
    assert {each["ruleId"] for each in run["results"]} == {problem.code for problem in problems}
    uris = {each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in run["results"]}
    assert "content/topics/b%20c%23%C3%BC.yaml" in uris


@given(MANY)
def test_a_summary_is_code_spans_only(problems: tuple[Problem, ...]) -> None:
    """Read by a parser of Markdown, every path and every problem is one code span, with all its characters."""
    from markdown_it import MarkdownIt

    said = summary(problems)
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(said)
    inline = [token.children or [] for token in tokens if token.type == "inline"]
    assert {child.type for children in inline for child in children} <= {"text", "code_inline"}
    assert {token.type for token in tokens} <= {
        *("inline", "paragraph_open", "paragraph_close", "heading_open", "heading_close"),
        *("bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"),
    }
    spans = [child.content for children in inline for child in children if child.type == "code_inline"]
    where = [f"{p.line}:{p.column}: {p.code} {p.message}; {p.remedy}" for p in problems]
    assert [span for span in spans if re.match(r"\d+:\d+: DB", span)] == where
    assert len(inline) == len(spans) + 1


@example(count=0)
@example(count=1)
@example(count=20_000)
@given(st.integers(0, 30))
def test_a_summary_is_no_longer_than_github_takes(count: int) -> None:
    said = summary(tuple(Problem("content/a.yaml", line, 1, "DB101", "x" * 100, "y") for line in range(1, count + 1)))
    assert len(said.encode()) < 1024 * 1024
    assert ("more: `python build.py check` tells all" in said) == (count > 10_000)


@pytest.mark.parametrize("name", FORMATS)
def test_the_command_tells_in_every_format(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from build import parser
    from daybook.load import check

    problems = check(laid_out("unknown-topic", tmp_path))
    options = parser().parse_args(["check", "--format", name, "--summary", str(tmp_path / "summary.md")])
    options.root = tmp_path
    (tmp_path / "summary.md").write_text("before\n", "utf-8")
    assert options.run(options) == 1
    said = capsys.readouterr()
    assert said.out == FORMATS[name](problems)
    assert said.err == f"{len(problems)} problems in content/\n"
    assert (tmp_path / "summary.md").read_text("utf-8") == f"before\n{summary(problems)}"


def test_text_is_a_line_a_problem() -> None:
    problem = Problem("content/a", 1, 2, "DB101", "a", "b")
    assert text((problem, problem)) == "content/a:1:2: DB101 a; b\n" * 2


def test_the_shipped_content_has_no_problems(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"problems": []}
