"""README.md tells the truth about commands: what it shows is what runs for every change, and every verb is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
CHECKS = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()

_FENCED = re.compile(r"^```(?:sh|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_VERB = re.compile(r"\bbuild\.py(?: ([a-z]+))?")


def commands() -> list[str]:
    """The lines of README's shell blocks; of a `console` block those after a prompt."""
    lines = [line for block in _FENCED.findall(README) for line in block.splitlines()]
    return [line.removeprefix("$ ") for line in lines if line and not line.startswith("#")]


def verbs() -> list[str]:
    """Every verb of build.py that README names anywhere."""
    return sorted({verb for verb in _VERB.findall(README) if verb})


def test_readme_has_the_command_that_runs_the_tests() -> None:
    assert [command for command in commands() if command.endswith("-m pytest")]


@pytest.mark.parametrize("command", commands())
def test_command_of_the_readme_runs_for_every_change(command: str) -> None:
    """A server never ends, so that its command is run without that verb: the site is built only."""
    assert command.removesuffix(" serve") in CHECKS


@pytest.mark.parametrize("verb", verbs())
def test_verb_of_the_readme_is_there(verb: str) -> None:
    command = [sys.executable, str(ROOT / "build.py"), verb, "--help"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.startswith("usage: ")


def test_readme_names_every_verb() -> None:
    command = [sys.executable, str(ROOT / "build.py"), "--help"]
    usage = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    listed = re.findall(r"^    ([a-z]+)(?: |$)", usage, re.MULTILINE)
    assert set(listed) - {"build"} == set(verbs()) - {"build"}
