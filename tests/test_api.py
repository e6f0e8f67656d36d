"""api/v1/ and data/: what is published is what the schemas say, and leads to what is there."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from functools import cache
from html import unescape
from operator import itemgetter
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from daybook.api_files import api_files
from daybook.api_formats import FORMATS
from daybook.api_kinds import TERMS, Block, Field, Kind, Many, Maybe
from daybook.api_shapes import PAPER
from daybook.assemble import assemble
from daybook.model import Content, Curator, Entry, MachineText, Organisation
from daybook.serve import listen
from daybook.vocabulary import THIRD_PARTY
from daybook.write import write
from daybook.year_table import COLUMNS, cell
from tests.contents import contents
from tests.nouns import SETTINGS, content, entry, listing, note
from tests.outside import missing
from tests.sites import ROOT, BuiltSite

MONDAY = date(2026, 1, 5)


def made(given: Content) -> dict[str, str]:
    """All files of some content, by path."""
    return {file.path: file.body().decode("utf-8") for file in api_files(assemble(given), "")}


def on_disk(site: BuiltSite) -> dict[str, str]:
    """All files of a built site, by path."""
    paths = [path for folder in ("api", "data") for path in (site.folder / folder).rglob("*") if path.is_file()]
    return {path.relative_to(site.folder).as_posix(): path.read_bytes().decode("utf-8") for path in paths}


# What the schemas say ----------------------------------------------------------------------------------------------


def closed(schema: Any) -> Any:
    """The schema with every key forbidden that it does not name."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    more = {"additionalProperties": False} if "properties" in schema and "required" in schema else {}
    return {key: closed(inner) for key, inner in schema.items()} | more


@cache
def validator(schema: str) -> Any:
    try:
        from jsonschema import Draft7Validator
    except ImportError:
        missing("a package is not installed: pip install -e '.[test]'")
    Draft7Validator.check_schema(json.loads(schema))
    return Draft7Validator(closed(json.loads(schema)))


def faults(files: dict[str, str]) -> Iterator[str]:
    """What is wrong with the files by the schemas that are among them. Each is of one format, and each has a schema."""
    for path, text in files.items():
        if path.endswith(".csv") or "/schema/" in path:
            continue
        (form,) = (
            (one for one in FORMATS if re.fullmatch(one.form.replace("{}", "[^/]+"), path))
            if path.endswith(".json")
            else (one for one in FORMATS if one.block is PAPER)
        )
        check = validator(files[form.schema_path])
        for line in text.splitlines() if path.endswith(".jsonl") else [text]:
            told = json.loads(line)
            if path.endswith(".jsonl") and not isinstance(told.pop("abstract", 0), str | None):
                yield f"{path}: the abstract is neither a text nor null"
            yield from (f"{path}: {error.json_path} {error.message}" for error in check.iter_errors(told))


@pytest.mark.parametrize("name", ["shipped", "toy"])
def test_every_file_is_as_its_schema_says(name: str, sites: tuple[BuiltSite, ...]) -> None:
    files = on_disk(next(site for site in sites if site.name == name))
    assert list(faults(files)) == []
    assert {form.schema_path for form in FORMATS} == {path for path in files if "/schema/" in path}


@given(contents())
@settings(max_examples=60)
def test_the_files_of_any_content_are_as_their_schemas_say(given: Content) -> None:
    assert list(faults(made(given))) == []


def test_a_schema_tells_what_is_wrong() -> None:
    """Else nothing above would say anything."""
    files = made(content(listings=(listing(MONDAY, entry(1)),)))
    path = "api/v1/papers/2601.00001.json"
    wrongs: tuple[dict[str, object], ...] = (
        {"votes": "12"},
        {"title": None},
        {"published": "5 January"},
        {"more": 1},
        {"notes": [{}]},
    )
    for wrong in wrongs:
        assert list(faults({**files, path: json.dumps({**json.loads(files[path]), **wrong})}))
    assert list(faults({**files, path: "{}"}))


# Where it leads ----------------------------------------------------------------------------------------------------


def blocks(value: Any) -> Iterator[dict[str, Any]]:
    """Every block in a JSON value."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from blocks(inner)


@pytest.mark.parametrize("name", ["shipped", "toy"])
def test_paths_lead_to_files_and_addresses_to_pages(name: str, sites: tuple[BuiltSite, ...]) -> None:
    site = next(site for site in sites if site.name == name)
    there = {path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*")}
    led = set()
    for path, text in on_disk(site).items():
        for block in blocks(json.loads(text)) if path.endswith(".json") and "/schema/" not in path else ():
            led |= {block[key] for key in ("page", "json", "jsonl", "csv", "previous", "next") if block.get(key)}
            if "page" in block and "url" in block:
                assert block["url"] == f"{site.base_url}/{block['page']}", path
    assert {path.partition("#")[0] for path in led} - there == set()
    assert led.issuperset(on_disk(site).keys() - {"api/v1/index.json"} - {f"api/v1/{name}.json" for name in INDEXES})


INDEXES = ("days", "topics", "lists", "curators")


@pytest.mark.parametrize("prefix", ["", "a/b/"])
def test_a_small_client_prints_the_five_best_of_the_newest_day(tmp_path: Path, prefix: str) -> None:
    votes = (3, None, 12, 7, 0, 1)
    papers = [entry(number, votes=count) for number, count in enumerate(votes, start=1)]
    crowd = entry(7, votes=2, authors=tuple("ABCDE"))
    given = content(
        listings=(listing(MONDAY, *papers, crowd), listing(date(2026, 1, 6), entry(8), complete=False)),
        notes=(note(3, verdict="must-read"), note(3, by="bo"), note(7, verdict="worth-reading")),
        curators=(Curator("ada", "Ada"), Curator("bo", "Bo")),
    )
    write(api_files(assemble(given), ""), tmp_path / prefix)
    with listen(tmp_path, 0) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        command = [sys.executable, str(ROOT / "tests" / "api_client.py"), f"{server.url}{prefix}"]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        server.shutdown()
        thread.join()
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.splitlines() == [
        "Toy, 2026-01-05",
        "  12\tPaper 3\t(Author 3)\tmust-read, caution",
        "   7\tPaper 4\t(Author 4)\t",
        "   3\tPaper 1\t(Author 1)\t",
        "   2\tPaper 7\t(A, B, C, D and others)\tworth-reading",
        "   1\tPaper 6\t(Author 6)\t",
    ]


# Years -------------------------------------------------------------------------------------------------------------


@given(contents())
@settings(max_examples=40)
def test_a_paper_that_stands_is_in_one_year_in_both_formats(given: Content) -> None:
    files = made(given)
    lines = {path: text.splitlines() for path, text in files.items() if path.endswith(".jsonl")}
    own = [json.loads(text) for path, text in files.items() if path.startswith("api/v1/papers/")]
    told = [json.loads(line) for each in lines.values() for line in each]
    assert sorted(
        ({key: paper[key] for key in paper if key != "abstract"} for paper in told), key=itemgetter("id")
    ) == (sorted((paper for paper in own if paper["withdrawn"] is None), key=itemgetter("id")))
    for path, each in lines.items():
        rows = list(csv.DictReader(io.StringIO(files[f"{path.removesuffix('.jsonl')}.csv"], newline="")))
        assert [row["id"] for row in rows] == [json.loads(line)["id"] for line in each]
        assert {key for row in rows for key in row} == {column.name for column in COLUMNS}


@example("=1+1")
@example("'=1")
@example("")
@given(st.text(st.sampled_from("=+-@\t\r\n'\uff1da ,\"")))
def test_no_cell_is_a_formula_and_one_apostrophe_off_brings_it_back(text: str) -> None:
    shown = cell(text)
    assert not re.match("[=+\\-@\t\r\n\uff1d]", shown)
    assert shown.removeprefix("'") == text


def test_the_table_is_read_back() -> None:
    odd = 'Naps, "quoted"'
    authors = ("@ada", "Bo; Birch")
    text = made(content(listings=(listing(MONDAY, entry(1, title=odd, authors=authors, votes=0)),)))["data/2026.csv"]
    assert next(csv.reader(io.StringIO(text, newline=""))) == [column.name for column in COLUMNS]
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert (row["title"], row["authors"], row["votes"], row["stars"]) == (odd, "'@ada; Bo; Birch", "0", "")
    assert text.count("\r\n") == text.count("\n") == 2


# Terms -------------------------------------------------------------------------------------------------------------

EVERYTHING = entry(
    1,
    votes=0,
    comments=2,
    stars=3,
    organisation=Organisation("lab", "Lab"),
    submitter="cleo",
    code="https://example.org/code",
    project="https://example.org/project",
    discussion="https://example.org/talk",
    keywords=("rest",),
    summary=MachineText("A model says.", "m"),
)


def test_every_file_states_the_terms() -> None:
    files = made(content(listings=(listing(MONDAY, EVERYTHING),), notes=(note(1), note(1, by="bo", licence="None")),
                         curators=(Curator("ada", "Ada"), Curator("bo", "Bo"))))  # fmt: skip
    stated = {"notes": "CC BY 4.0", "metadata": "CC0 1.0", "counts": "None"}
    for path, text in files.items():
        if path.endswith((".json", ".jsonl")) and "/schema/" not in path:
            assert json.loads(text)["licences"] == stated, path
    (row,) = csv.DictReader(io.StringIO(files["data/2026.csv"], newline=""))
    assert {name: row[f"{name}_licence"] for name in TERMS} == stated
    paper = json.loads(files["api/v1/papers/2601.00001.json"])
    assert [note["licence"] for note in paper["notes"]] == ["CC BY 4.0", "None"]


def test_what_listings_counted_is_marked_so_and_left_out_where_the_setting_says_so() -> None:
    (with_all,), (without,) = (
        [json.loads(text) for path, text in made(given).items() if path.startswith("api/v1/papers/")]
        for given in (
            content(listings=(listing(MONDAY, EVERYTHING),)),
            content(settings=replace(SETTINGS, huggingface_data=False), listings=(listing(MONDAY, EVERYTHING),)),
        )
    )
    counted = {field.name for field in PAPER.fields if field.terms == "counts"}
    assert counted == {"machine_summary" if name == "summary" else name for name in THIRD_PARTY.fields}
    assert set(THIRD_PARTY.fields) < {field.name for field in fields(Entry)}
    assert not {name for name in counted if with_all[name] in (None, [])}
    assert {name for name in counted if without[name] in (None, [])} == counted
    assert {name for name in with_all if with_all[name] != without[name]} == counted | {"counts_read"}


def inner(kind: Kind) -> Iterator[Field]:
    while isinstance(kind, Many | Maybe):
        kind = kind.kind
    for field in kind.fields if isinstance(kind, Block) else ():
        yield field
        yield from inner(field.kind)


def test_terms_are_those_that_the_settings_have() -> None:
    assert {field.terms for form in FORMATS for field in inner(form.block)} == {"", *TERMS}
    assert set(TERMS) == {field.name for field in fields(SETTINGS.licences)}


# The page ----------------------------------------------------------------------------------------------------------


def same_shape(shown: Any, real: Any) -> bool:
    """Is what is shown the real value, with lists cut after the first and texts cut?"""
    if isinstance(shown, dict):
        return shown.keys() == real.keys() and all(same_shape(shown[key], real[key]) for key in shown)
    if isinstance(shown, list):
        return len(shown) == min(1, len(real)) and all(map(same_shape, shown, real))
    return bool(shown == real or (isinstance(shown, str) and real.startswith(shown.removesuffix("…"))))


@pytest.mark.parametrize("name", ["shipped", "toy"])
def test_the_page_shows_real_files_and_every_key(name: str, sites: tuple[BuiltSite, ...]) -> None:
    site = next(site for site in sites if site.name == name)
    text = (site.folder / "api.html").read_text("utf-8")
    shown = re.findall(r'aria-label="([^"]+), shortened"[^>]*><code>(.*?)</code></pre>', text, re.DOTALL)
    assert len(shown) == 3
    for path, example_text in shown:
        assert same_shape(json.loads(unescape(example_text)), json.loads((site.folder / path).read_text("utf-8")))
    for form in FORMATS:
        for field in inner(form.block):
            assert re.search(rf"<code>(?:[^<]*\.)?{field.name}</code>", text), field.name


def test_a_withdrawn_paper_is_in_its_own_file_only() -> None:
    gone = entry(1, title="Sheep gone", withdrawn=date(2026, 1, 9))
    files = made(content(listings=(listing(MONDAY, gone, entry(2)),), notes=(note(1),)))
    assert [path for path, text in files.items() if "Sheep gone" in text] == ["api/v1/papers/2601.00001.json"]
    assert json.loads(files["api/v1/days/2026-01-05.json"])["withdrawn"] == ["2601.00001"]


def test_a_site_without_papers_has_files_too() -> None:
    files = made(content())
    assert list(faults(files)) == []
    index = json.loads(files["api/v1/index.json"])
    assert (index["newest_day"], index["newest_complete_day"], index["papers"], index["notes"]) == (None, None, [], [])


def test_files_change_when_and_only_when_what_they_tell_does() -> None:
    days = {date(2026, 1, 5): 1, date(2026, 1, 6): 2}
    before, after = (
        {file.path: file for file in api_files(assemble(content(listings=listings)), "")}
        for listings in (
            tuple(listing(day, entry(number, votes=1)) for day, number in days.items()),
            tuple(listing(day, entry(number, votes=number)) for day, number in days.items()),
        )
    )
    changed = {path for path in before if before[path].body() != after[path].body()}
    assert changed == {path for path in before if before[path].fingerprint != after[path].fingerprint}
    assert changed == {
        "api/v1/papers/2601.00002.json",
        "api/v1/days/2026-01-06.json",
        "data/2026.jsonl",
        "data/2026.csv",
    }
