"""What is wrong with our feeds for feedparser, newsboat, the grammar of Atom and the schema of JSON Feed.

`tests/atom.rng` is the grammar of RFC 4287, `tests/json_feed.schema.json` the schema of version 1.1.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import feedparser
from jsonschema import Draft202012Validator
from lxml import etree

from tests.outside import TESTS

ATOM = "{http://www.w3.org/2005/Atom}"
_GRAMMAR = etree.RelaxNG(etree.parse(str(TESTS / "atom.rng")))
_SCHEMA = Draft202012Validator(json.loads((TESTS / "json_feed.schema.json").read_text("utf-8")))


def atom_files(folder: Path) -> list[Path]:
    """All Atom feeds of a site."""
    return sorted(folder.rglob("*.atom.xml"))


def entries_of(file: Path) -> dict[str, tuple[str, str]]:
    """When each entry of an Atom feed was published and updated, by its id."""
    entries = ElementTree.parse(file).getroot().findall(f"{ATOM}entry")
    told = [[entry.findtext(f"{ATOM}{name}", "") for name in ("id", "published", "updated")] for entry in entries]
    return {id: (published, updated) for id, published, updated in told}


def faults(file: Path) -> Iterator[str]:
    """All that is wrong with an Atom feed, and with the JSON feed beside it."""
    if not _GRAMMAR.validate(etree.parse(str(file))):
        yield f"{file}: grammar: {_GRAMMAR.error_log.last_error}"
    yield from (f"{file}: feedparser: {fault}" for fault in _faults_of_feedparser(file))
    yield from (f"{file}: JSON Feed: {fault}" for fault in _faults_of_json(file))


def _faults_of_feedparser(file: Path) -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # feedparser's own
        feed = feedparser.parse(file.read_bytes())
        if feed.bozo:
            yield f"{feed.get('bozo_exception')}"
        for name in ("id", "updated"):
            if len({entry[name] for entry in feed.entries}) != len(feed.entries):
                yield f"two entries have one {name}"
        for entry in feed.entries:
            if not all(text.strip() for text in (entry.title, entry.author, entry.content[0].value)):
                yield f"{entry.id} lacks a title, an author or its content"
            if entry.updated < entry.published:
                yield f"{entry.id} was updated before it was published"


def _faults_of_json(file: Path) -> Iterator[str]:
    said = json.loads(file.with_name(file.name.replace(".atom.xml", ".feed.json")).read_text("utf-8"))
    yield from (error.message for error in _SCHEMA.iter_errors(said))
    entries = ElementTree.parse(file).getroot().findall(f"{ATOM}entry")
    told = [(entry.findtext(f"{ATOM}id"), entry.findtext(f"{ATOM}content")) for entry in entries]
    if told != [(item["id"], item["content_html"]) for item in said["items"]]:
        yield "it does not say what the Atom feed says"


def faults_of_newsboat(program: str, home: str, folder: Path, files: Iterable[Path], scratch: Path) -> Iterator[str]:
    """What newsboat does not take of some feeds of a site that is served at `home`.

    It files an entry of several feeds under one of them, so all entries together are compared.
    """
    addresses = {f"{home}{file.relative_to(folder).as_posix()}": file for file in files}
    (scratch / "urls").write_text("".join(f"{address}\n" for address in addresses), "utf-8")
    (scratch / "config").write_text("", "utf-8")
    places = {"-u": "urls", "-c": "cache.db", "-C": "config"}
    options = [word for option, name in places.items() for word in (option, str(scratch / name))]
    environment = {"HOME": str(scratch), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "no_proxy": "*"}
    subprocess.run([program, *options, "-x", "reload"], check=True, capture_output=True, env=environment)
    cache = sqlite3.connect(scratch / "cache.db")
    read = {address for (address,) in cache.execute("select rssurl from rss_feed where title != ''")}
    ids = {id for (id,) in cache.execute("select guid from rss_item where title != ''")}
    cache.close()
    yield from (f"newsboat: it does not list {address}" for address in addresses.keys() - read)
    wanted = {id for file in addresses.values() for id in entries_of(file)}
    yield from (f"newsboat: it does not show {id}" for id in wanted - ids)
    yield from (f"newsboat: it shows {id}, which no feed has" for id in ids - wanted)
