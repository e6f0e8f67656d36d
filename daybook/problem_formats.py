"""Problems for people and for programs: each format is a function from all of them to the text of the whole output.

Paths, messages and remedies hold what strangers wrote. They come escaped as far as control characters and line ends
go (see wording.escape); each format escapes what else means something to its reader.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict
from typing import Final
from urllib.parse import quote

from daybook import __version__
from daybook.codes import CODES, Code
from daybook.job_summary import LARGEST
from daybook.model import Problem

ANNOTATIONS: Final = 10
"""How many errors of one step GitHub shows beside the lines of a pull request:
https://docs.github.com/rest/checks/runs#create-a-check-run and the runner's own limit of ten of each kind."""

_SARIF: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_TITLES = {code.id: code.title for code in CODES}
_BACKTICKS = re.compile("`+")


def text(problems: tuple[Problem, ...]) -> str:
    """A line for each problem: `path:line:column: CODE message; remedy`."""
    return "".join(f"{problem}\n" for problem in problems)


def as_json(problems: tuple[Problem, ...]) -> str:
    """One object with the list `problems`: each has path, line and column (from 1), code, message and remedy."""
    return json.dumps({"problems": [asdict(problem) for problem in problems]}, indent=2) + "\n"


def github(problems: tuple[Problem, ...]) -> str:
    """GitHub's workflow commands for as many as it shows beside the lines; the others as plain lines.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions. The runner also obeys an older
    form, `##[command]`, wherever it stands in a line that is no command of the newer form: plain lines have none.
    """
    commands = "".join(map(_annotation, problems[:ANNOTATIONS]))
    return commands + text(problems[ANNOTATIONS:]).replace("##[", "##\\[")


def sarif(problems: tuple[Problem, ...]) -> str:
    """A log in SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, with all rules."""
    driver = {"name": "Daybook", "version": __version__, "rules": [_rule(code) for code in CODES]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each) for each in problems],
    }
    return json.dumps({"$schema": _SARIF, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


FORMATS: dict[str, Callable[[tuple[Problem, ...]], str]] = {
    "text": text,
    "json": as_json,
    "github": github,
    "sarif": sarif,
}


def summary(problems: tuple[Problem, ...]) -> str:
    """All problems as Markdown, for the summary of a job: no more than GitHub takes."""
    if not problems:
        return "content/ has no problems.\n"
    lines = [f"{len(problems):,} problem{'s' if len(problems) > 1 else ''} in content/\n", "\n"]
    size, path = 0, ""
    for number, problem in enumerate(problems):
        heading = f"\n### {_code(problem.path)}\n\n" if problem.path != path else ""
        where = f"{problem.line}:{problem.column}: {problem.code} {problem.message}; {problem.remedy}"
        line = f"{heading}- {_code(where)}\n"
        size, path = size + len(line.encode()), problem.path
        if size > LARGEST:
            lines.append(f"\nThere are {len(problems) - number:,} more: `python build.py check` tells all.\n")
            break
        lines.append(line)
    return "".join(lines)


def _annotation(problem: Problem) -> str:
    properties = {
        "file": problem.path,
        "line": str(problem.line),
        "col": str(problem.column),
        "title": f"{problem.code} {_TITLES[problem.code]}",
    }
    said = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::error {said}::{_command_text(f'{problem.message}; {problem.remedy}')}\n"


def _command_text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _command_text(text).replace(":", "%3A").replace(",", "%2C")


def _rule(code: Code) -> dict[str, object]:
    return {
        "id": code.id,
        "name": "".join(word.capitalize() for word in re.findall(r"\w+", code.title)),
        "shortDescription": {"text": code.title},
        "fullDescription": {"text": code.explanation},
    }


def _result(problem: Problem) -> dict[str, object]:
    region = {"startLine": problem.line, "startColumn": problem.column}
    place = {"artifactLocation": {"uri": quote(problem.path)}, "region": region}
    return {
        "ruleId": problem.code,
        "level": "error",
        "message": {"text": f"{problem.message}; {problem.remedy}"},
        "locations": [{"physicalLocation": place}],
    }


def _code(text: str) -> str:
    """A code span, in which nothing means anything: https://spec.commonmark.org/0.31.2/#code-spans."""
    fence = "`" * (1 + max((len(run) for run in _BACKTICKS.findall(text)), default=0))
    return f"{fence} {text} {fence}"
