"""The Nu HTML checker finds nothing in any page, style sheet or picture; XML is well formed; the sitemap keeps its rules.

https://validator.github.io/validator/ ; https://www.sitemaps.org/protocol.html
"""

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
    # The checker compares addresses, and "self" has none on disk. The browser tests watch what the policy blocks.
    re.compile(r"Resource violates Content Security Policy .*external (stylesheet|script) “[^“:]*static/[^“:]*” blocked"),
    # JSON-LD is a data block: it is never run, so that HTML asks for no policy (4.12.1.1, "prepare the script element").
    # test_links.py finds that there are no other inline scripts.
    re.compile(r"Inline script violates Content Security Policy .*blocked by “script-src”"),
)

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
MOST_ADDRESSES = 50_000
MOST_BYTES = 50 * 1024 * 1024


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


def test_sitemaps_keep_the_rules_of_their_protocol(sites: tuple[BuiltSite, ...]) -> None:
    for site in sites:
        parts = sitemap_addresses(site, "sitemap.xml", "sitemapindex")
        addresses = [
            address
            for part in parts
            for address in sitemap_addresses(site, part.removeprefix(f"{site.base_url}/"), "urlset")
        ]
        assert len(set(addresses)) == len(addresses), site.name
        assert all(address.startswith(f"{site.base_url}/") for address in parts + addresses), site.name


def sitemap_addresses(site: BuiltSite, path: str, root: str) -> list[str]:
    """The addresses in one file of the sitemap, which is small enough and begins as it has to."""
    file = site.folder / path
    tree = ElementTree.parse(file).getroot()
    assert tree.tag == f"{SITEMAP}{root}", path
    addresses = [address.text or "" for address in tree.iter(f"{SITEMAP}loc")]
    assert 0 < len(addresses) == len(tree) <= MOST_ADDRESSES, path
    assert file.stat().st_size <= MOST_BYTES, path
    return addresses


def test_robots_names_the_sitemap_by_its_whole_address(sites: tuple[BuiltSite, ...]) -> None:
    for site in sites:
        lines = (site.folder / "robots.txt").read_text("utf-8").splitlines()
        assert f"Sitemap: {site.base_url}/sitemap.xml" in lines, site.name
