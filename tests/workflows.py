"""The workflows of .github/ on this machine: the `run` steps of a job, one after the other, as a runner does it.

What GitHub provides is provided: the context of expressions, the files for outputs and summaries, a temporary folder.
Actions (`uses`) are left out; what they bring is up to the test. Programs that would install something or take long
are stood in for.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.sites import ROOT

FOLDER = ROOT / ".github" / "workflows"

_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
_OPERATORS = {"&&": " and ", "||": " or ", "!": " not "}
# `python` is this one; only `pip` and `venv` do nothing but leave what the steps after them need.
_PYTHON = """#!/bin/bash
if [ "$1 $2" = "-m pip" ]; then exit 0; fi
if [ "$1 $2" = "-m venv" ]; then mkdir -p "$3/bin"; cp "{bin}"/* "$3/bin"; exit 0; fi
exec "{python}" "$@"
"""
_NOTHING = "#!/bin/bash\nexit 0\n"


class _Empty(str):
    """What is not there: an empty text, and so is whatever is asked of it."""

    def __getattr__(self, name: str) -> _Empty:
        return self


class _Names(dict[str, Any]):
    """A context of expressions: what is not there is empty, as on GitHub."""

    def __getitem__(self, name: str) -> Any:
        value = self.get(name, _Empty())
        return _Names(value) if isinstance(value, dict) else value

    __getattr__ = __getitem__


@dataclass(frozen=True, slots=True)
class Done:
    """A job that ran: how it ended, its outputs, what it left for the summary and the log, the names of its steps."""

    code: int
    outputs: dict[str, str]
    summary: str
    log: str
    ran: tuple[str, ...]


def load(workflow: str) -> dict[str, Any]:
    """A workflow by the name of its file."""
    loaded = yaml.safe_load((FOLDER / workflow).read_text("utf-8"))
    return {"on" if key is True else key: value for key, value in loaded.items()}  # YAML 1.1 takes `on` for true


def jobs_with_scripts() -> set[tuple[str, str]]:
    """Every job that has a `run` step."""
    return {
        (path.name, job)
        for path in FOLDER.glob("*.yml")
        for job, body in load(path.name)["jobs"].items()
        if any("run" in step for step in body["steps"])
    }


def commands_in(log: str) -> list[str]:
    """The lines that a runner obeys: https://github.com/actions/runner, ActionCommand.cs."""
    return [line for line in log.splitlines() if line.lstrip().startswith("::") or "##[" in line]


def starts(workflow: str, job: str, context: Mapping[str, Any]) -> bool:
    """Does the condition of a job hold?"""
    return _holds(load(workflow)["jobs"][job].get("if"), _Names({**context, "startsWith": str.startswith}))


def run_job(
    workflow: str,
    job: str,
    checkout: Path,
    scratch: Path,
    context: Mapping[str, Any],
    environment: Mapping[str, str] | None = None,
    without: str = "",
) -> Done:
    """Run the scripts of a job in a checkout, until one fails; all but the step `without`."""
    body = load(workflow)["jobs"][job]
    steps: dict[str, Any] = {}
    names = _Names({**context, "steps": steps, "cancelled": lambda: False})
    runner = _runner(scratch, environment or {})
    log, ran, code = "", [], 0
    for step in body["steps"]:
        if "run" not in step or step["name"] == without or not _holds(step.get("if"), names):
            continue
        given = {key: _filled(value, names) for key, value in step.get("env", {}).items()}
        assert "${{" not in step["run"], "an expression in a script is code that others may write"
        output = scratch / "output"
        output.write_text("", "utf-8")
        done = subprocess.run(
            ["bash", "-e", "-c", step["run"]], cwd=checkout, env={**runner, **given, "GITHUB_OUTPUT": str(output)},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        log += done.stdout + done.stderr
        ran.append(step["name"])
        if "id" in step:
            told = (line.partition("=") for line in output.read_text("utf-8").splitlines())
            steps[step["id"]] = {"outputs": {key: value for key, _, value in told}}
        code = done.returncode
        if code:
            break
    outputs = {key: _filled(value, names) for key, value in body.get("outputs", {}).items()}
    return Done(code, outputs, (scratch / "summary").read_text("utf-8"), log, tuple(ran))


def _holds(condition: str | None, names: _Names) -> bool:
    return condition is None or bool(_value(_EXPRESSION.sub(r"\1", condition), names))


def _filled(text: str, names: _Names) -> str:
    return _EXPRESSION.sub(lambda found: str(_value(found[1], names)), text)


def _value(expression: str, names: _Names) -> Any:
    """Names, strings, `==`, `!=`, `!`, `&&` and `||`, which mean the same in Python."""
    python = re.sub(r"&&|\|\||!(?!=)", lambda found: _OPERATORS[found[0]], expression).strip()
    return eval(python, {"__builtins__": {}}, names)


def _runner(scratch: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """The environment of a runner, with a folder of programs that come before all others."""
    programs = scratch / "bin"
    programs.mkdir(parents=True)
    (scratch / "temp").mkdir()
    (scratch / "summary").touch()
    python = _PYTHON.format(bin=programs, python=sys.executable)
    ruff = f'#!/bin/bash\nexec "{Path(sys.executable).parent / "ruff"}" "$@"\n'
    stand_ins = {"python": python, "python3": python, "ruff": ruff}
    for name in ("python", "python3", "ruff", "pip", "mypy", "npm", "apt-get"):
        (programs / name).write_text(stand_ins.get(name, _NOTHING), "utf-8")
        (programs / name).chmod(0o755)
    plain = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    return {
        **plain,
        "PATH": f"{programs}:{os.environ['PATH']}",
        "CI": "true",
        "RUNNER_TEMP": str(scratch / "temp"),
        "GITHUB_STEP_SUMMARY": str(scratch / "summary"),
        **environment,
    }
