"""The Nu HTML checker (https://validator.github.io/validator/) finds nothing in any page, style sheet or picture."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

from tests.outside import find_java, find_npm_file
from tests.sites import BuiltSite

CHECKED = {".html", ".css", ".svg"}
XML = {".xml", ".svg", ".atom", ".rss", ".opml", ".xsl"}

# The messages that are not about the page, each with the reason.
BESIDE_THE_POINT = (
    # A guess from the words, and pages of names and titles are guessed to be in Malay or Latin.
    re.compile(r"This document appears to be written in \w+ but the “html” start tag has “lang="),
    # The checker compares addresses, and "self" has none on disk. The browser tests watch what the policy blocks.
    re.compile(
        r"Resource violates Content Security Policy .*external (stylesheet|script) “[^“:]*(?:static/[^“:]*|health\.js)”"
    ),
    # The checker does not know a style by its hash. test_along.py sees in a browser that the policy allows it.
    re.compile(r"Inline style violates Content Security Policy .*blocked by “style-src” directive .*hash"),
    # JSON-LD is a data block: it is never run, so that no policy is asked (HTML, "prepare the script element").
    # test_links.py finds that there are no other inline scripts.
    re.compile(r"Inline script violates Content Security Policy .*blocked by “script-src”"),
)


def test_nu_html_checker_finds_nothing(sites: tuple[BuiltSite, ...]) -> None:
    files = [path for site in sites for path in sorted(site.folder.rglob("*")) if path.suffix in CHECKED]
    messages = [message for message in checked(files) if not is_beside_the_point(message)]
    assert [f"{told['url']}:{told.get('lastLine')}: {told['message']} {told.get('extract')}" for told in messages] == []


def checked(files: list[Path]) -> list[dict[str, Any]]:
    """What the checker says of the files: errors and warnings."""
    jar = find_npm_file("vnu-jar/build/dist/vnu.jar")
    options = ["--stdout", "--format", "json", "--exit-zero-always", "--also-check-css", "--also-check-svg"]
    command = [find_java(), "-jar", str(jar), *options, *map(str, files)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    messages: list[dict[str, Any]] = json.loads(answer.stdout)["messages"]
    return messages


def is_beside_the_point(message: dict[str, Any]) -> bool:
    return any(known.match(message["message"]) for known in BESIDE_THE_POINT)


def test_nu_html_checker_is_asked_and_answers(tmp_path: Path) -> None:
    """A checker that does not read the files finds nothing in them, too."""
    (tmp_path / "a.html").write_text("<!doctype html><html lang=en><title>A</title><p id=a><p id=a>")
    (tmp_path / "a.css").write_text("p { colour: red }")
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><rect widht="1"/></svg>')
    told = checked(sorted(tmp_path.iterdir()))
    assert {Path(urlsplit(message["url"]).path).name for message in told} == {"a.html", "a.css", "a.svg"}


def test_xml_is_well_formed(sites: tuple[BuiltSite, ...]) -> None:
    files = [path for site in sites for path in sorted(site.folder.rglob("*")) if path.suffix in XML]
    assert files
    for path in files:
        ElementTree.parse(path)
