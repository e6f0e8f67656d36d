"""Programs that tests need and Python cannot install: where they are, and what happens when they are not there."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

TESTS = Path(__file__).resolve().parent

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MAC_BROWSERS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def missing(reason: str) -> NoReturn:
    """Skip the test; fail it where `CI=true` says that everything has to be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def find_chromium() -> str:
    """The program of an installed Chromium or Chrome."""
    for name in _BROWSERS:
        if program := shutil.which(name):
            return program
    for program in _MAC_BROWSERS:
        if Path(program).is_file():
            return program
    missing("no Chromium or Chrome is installed")


def find_java() -> str:
    """The program of an installed Java."""
    return shutil.which("java") or missing("no Java is installed")


def find_node() -> str:
    """The program of an installed Node."""
    return shutil.which("node") or missing("no Node is installed")


def find_npm_file(path: str) -> Path:
    """A file of a package of tests/package.json, `axe-core/axe.min.js`."""
    file = TESTS / "node_modules" / path
    return file if file.is_file() else missing("a package is not installed: npm --prefix tests ci")
