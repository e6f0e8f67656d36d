"""The JSON Schemas say what the checker says: made of the same declarations, held together by files of all sorts.

`python -m tests.test_schema 2000` shows how the checker and three other programs judge so many files.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daybook import codes, json_text, paper_id, yaml_text
from daybook.documents import Document
from daybook.json_schema import schema, schemas
from daybook.places import PLACES, SCHEMAS, Place
from daybook.report import Report
from tests.content_files import Made, corpus, files
from tests.outside import find_node, find_npm_file, missing
from tests.sites import ROOT, BuiltSite

ENGINE = "yaml-language-server/out/src/index.js"
SOME = 600


def accepted(made: Made) -> bool:
    """Does the checker find nothing wrong with the shape of the file?"""
    document = (json_text if made.place.is_json else yaml_text).read(made.text)
    assert isinstance(document, Document), made.text
    report = Report()
    made.place.shape.gather(document.value, report)
    # The languages of queries and of Markdown are beyond shape.
    return (
        not [each for each in report.findings if each.code not in (codes.BAD_QUERY, codes.RAW_HTML)]
        and not document.mistakes
    )


# The programs -----------------------------------------------------------------------------------------------------


@cache
def _validators() -> dict[str, Any]:
    """One for each kind of file, by its name."""
    try:
        from jsonschema import Draft7Validator
    except ImportError:
        missing("a package is not installed: pip install -e '.[test]'")
    for place in PLACES:
        Draft7Validator.check_schema(schema(place))
    return {place.name: Draft7Validator(schema(place)) for place in PLACES}


@cache
def _yaml_1_2() -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.constructor import SafeConstructor

    class Constructor(SafeConstructor):
        """Reads dates as text."""

    Constructor.add_constructor("tag:yaml.org,2002:timestamp", SafeConstructor.construct_yaml_str)
    reader = YAML(typ="safe", pure=True)
    reader.Constructor = Constructor
    return reader


def value_of(made: Made) -> object:
    """What YAML 1.2 makes of a file, dates as text."""
    if made.place.is_json:
        return json.loads(made.text)
    return _yaml_1_2().load(io.StringIO(made.text))


def by_jsonschema(made: list[Made]) -> list[bool]:
    return [_validators()[each.place.name].is_valid(value_of(each)) for each in made]


def by_check_jsonschema(made: list[Made]) -> list[bool]:
    """What the command says, called once for each kind of file."""
    if find_spec("check_jsonschema") is None:
        missing("a package is not installed: pip install -e '.[test]'")
    wrong: set[int] = set()
    with TemporaryDirectory() as folder:
        for place in {each.place.form: each.place for each in made}.values():
            paths = {}
            for number, each in enumerate(made):
                if each.place is place:
                    paths[number] = Path(folder, f"{number}.{'json' if place.is_json else 'yaml'}")
                    paths[number].write_text(each.text, "utf-8")
            named = Path(folder, place.schema)
            named.write_text(schemas()[named.name], "utf-8")
            told = _check_jsonschema(named, [*paths.values()])
            wrong |= {number for number, path in paths.items() if str(path) in told}
    return [number not in wrong for number in range(len(made))]


def _check_jsonschema(named: Path, paths: list[Path]) -> set[str]:
    """The files that are wrong."""
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(named), "-o", "json", *map(str, paths)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode in (0, 1), ended.stderr
    told = json.loads(ended.stdout)
    assert not told.get("parse_errors"), told["parse_errors"]
    return {error["filename"] for error in told.get("errors", ())}


def by_editor(made: list[Made]) -> list[bool]:
    """What the engine of the YAML language server says; files of JSON it is not asked about."""
    asked: list[dict[str, object]] = [
        {"name": each.place.name, "text": each.text} for each in made if not each.place.is_json
    ]
    found = iter(_ask_editor(asked))
    return [accepted(each) if each.place.is_json else not next(found) for each in made]


def _ask_editor(asked: list[dict[str, object]]) -> list[list[str]]:
    engine, node = find_npm_file(ENGINE), find_node()
    known = {place.name: schema(place) for place in PLACES if not place.is_json}
    question = json.dumps({"uses": str(engine), "schemas": known, "files": asked})
    command = [node, str(Path(__file__).parent / "editor.js")]
    answer = subprocess.run(command, input=question, capture_output=True, text=True, check=True)
    assert not answer.stderr
    return [json.loads(line) for line in answer.stdout.splitlines()]


PROGRAMS: dict[str, Callable[[list[Made]], list[bool]]] = {
    "jsonschema": by_jsonschema,
    "check-jsonschema": by_check_jsonschema,
    "yaml-language-server": by_editor,
}


# What they say ----------------------------------------------------------------------------------------------------


@given(files())
@settings(max_examples=250)
def test_checker_and_schema_agree(made: Made) -> None:
    assert by_jsonschema([made]) == [accepted(made)]


@pytest.fixture(scope="module")
def some() -> list[Made]:
    return corpus(SOME)


def test_there_are_right_and_wrong_ones_of_every_kind(some: list[Made]) -> None:
    seldom = {("provenance", True)}  # its histories are hardly ever right by chance; test_provenance.py has right ones
    assert {(each.place.name, accepted(each)) for each in some} | seldom == {
        (place.name, right) for place in PLACES for right in (True, False)
    }


@pytest.mark.parametrize("program", ["check-jsonschema", "yaml-language-server"])
def test_other_programs_agree(program: str, some: list[Made]) -> None:
    judged = zip(some, PROGRAMS[program](some), strict=True)
    assert [each.text for each, right in judged if right != accepted(each)] == []


def test_the_schemas_of_the_repository_are_current() -> None:
    """`python build.py schema` makes them so."""
    there = {path.name: path.read_text("utf-8") for path in sorted((ROOT / "content" / SCHEMAS).iterdir())}
    assert there == schemas()


def test_the_site_has_them_too(toy_site: BuiltSite) -> None:
    assert {path.name: path.read_text("utf-8") for path in (toy_site.folder / SCHEMAS).iterdir()} == schemas()


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_examples_are_right(place: Place) -> None:
    examples = schema(place)["examples"]
    assert isinstance(examples, list)
    assert [_validators()[place.name].is_valid(example) for example in examples] == [True]


@given(st.from_regex(paper_id.CANONICAL, fullmatch=True) | st.text("0179.v/-csmathep", max_size=15))
def test_the_pattern_of_identifiers_is_the_one_of_the_reader(text: str) -> None:
    try:
        canonical = paper_id.normalise(text).text == text
    except ValueError:
        canonical = False
    assert bool(re.fullmatch(paper_id.CANONICAL, text)) == canonical


NOTE = "# a comment\npaper: '2401.01234'\nverdict: \ninterests: none\n"


@pytest.mark.parametrize(
    ("at", "offered"),
    [
        ("verdict: ", {"must-read", "worth-reading", "for-specialists", "caution"}),
        ("interests: none\n", {"assistance", "by", "date", "links", "note", "retracted", "summary", "topics"}),
    ],
)
def test_an_editor_completes_words_and_keys(at: str, offered: set[str]) -> None:
    (labels,) = _ask_editor([{"name": "note", "text": NOTE, "at": NOTE.index(at) + len(at)}])
    assert offered <= set(labels)
    assert "paper" not in labels


def show(size: int) -> None:
    made = corpus(size)
    ours = [accepted(each) for each in made]
    print(f"{len(made):,} files: the checker accepts {sum(ours):,} and refuses {len(made) - sum(ours):,}")
    for name, program in PROGRAMS.items():
        unlike = [each for each, right, own in zip(made, program(made), ours, strict=True) if right != own]
        print(f"{name}: judges {len(unlike):,} otherwise")
        for each in unlike[:5]:
            print(f"  {each.place.name}: {each.text!r}")


if __name__ == "__main__":
    show(int(sys.argv[1]))
