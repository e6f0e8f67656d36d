"""YAML from people we do not know: read, refused with a place, and never an exception."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from daybook import yaml_text
from daybook.documents import FORBIDDEN, Document, Mistake, Trail, Unquoted, Unread, decoded

# What YAML texts are made of, so that hypothesis finds its way into the grammar.
SIGNS = "abc019 \n:-?,[]{}&*!|>'\"%@`#~<=.\\é𝄞"
PIECES = st.sampled_from([*SIGNS, "\n  ", ": ", "- ", "---\n", "<<: ", "\r\n"])
VISIBLE = st.text().filter(lambda text: not FORBIDDEN.search(text) and not text.endswith("\n"))
VALUES = st.recursive(
    VISIBLE,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(VISIBLE, inner, max_size=4),
    max_leaves=12,
)


def document(text: str) -> Document:
    found = yaml_text.read(text)
    assert isinstance(found, Document)
    return found


def code_of(text: str) -> tuple[str, tuple[int, int]]:
    found = yaml_text.read(text)
    assert isinstance(found, Unread)
    assert len(found.mistakes) == 1
    return found.mistakes[0].code.id, found.mistakes[0].mark


@given(st.binary())
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    text = decoded(raw)
    if isinstance(text, str):
        in_bounds(text)
    else:
        assert isinstance(text, Mistake)
        assert 1 <= text.mark[0] <= raw.count(b"\n") + 1


@given(st.lists(PIECES, max_size=60).map("".join))
@settings(max_examples=400)
def test_any_text_is_read_or_refused(text: str) -> None:
    in_bounds(text)


@given(st.text())
def test_any_characters_are_read_or_refused(text: str) -> None:
    in_bounds(text)


def in_bounds(text: str) -> None:
    """Whatever is said of the text is said of a place in it, or just after its end."""
    found = yaml_text.read(text)
    lines = [*text.split("\n"), ""]
    assert isinstance(found, Document) or found.mistakes
    for mistake in found.mistakes:
        line, column = mistake.mark
        assert 1 <= column <= len(lines[line - 1]) + 1


def leaves(value: object, trail: Trail = ()) -> list[tuple[Trail, object]]:
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() for leaf in leaves(inner, (*trail, key))]
    if isinstance(value, list):
        return [leaf for index, inner in enumerate(value) for leaf in leaves(inner, (*trail, index))]
    return [(trail, value)]


@given(st.lists(VALUES, min_size=1, max_size=3))
def test_every_value_and_key_is_where_it_is_said_to_be(value: list[object]) -> None:
    """JSON in which no escape is needed but that of the quotation mark is YAML as well."""
    text = json.dumps(value, ensure_ascii=False, indent=1).replace("\\n", "n").replace("/", "|")
    value = json.loads(text)
    found = document(text)
    assert found.value == value
    lines = text.split("\n")
    for trail, leaf in leaves(value):
        line, column = found.locate(trail, False)
        assert lines[line - 1][column - 1 :].startswith(json.dumps(leaf, ensure_ascii=False))
        line, column = found.locate(trail, True)
        if isinstance(trail[-1], str):
            assert lines[line - 1][column - 1 :].startswith(json.dumps(trail[-1], ensure_ascii=False))


@given(VALUES)
def test_text_in_block_style_is_read_as_pyyaml_wrote_it(value: object) -> None:
    text = yaml.safe_dump([value], allow_unicode=True, default_flow_style=False, width=40)
    assert document(text).value == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("text", "text"),
        ("'1'", "1"),
        ("1", 1),
        ("-1", -1),
        ("true", True),
        ("yes", Unquoted("yes", "true or false")),
        ("True", Unquoted("True", "true or false")),
        ("2503.02130", Unquoted("2503.02130", "a number")),
        ("007", Unquoted("007", "a number")),
        ("1_000", Unquoted("1_000", "a number")),
        ("1:30", Unquoted("1:30", "a number")),
        ("9999999999999999", Unquoted("9999999999999999", "a number")),
        ("2026-01-05", Unquoted("2026-01-05", "a date")),
        ("null", Unquoted("null", "nothing")),
        ("", Unquoted("", "nothing")),
        ("=", "="),
        ("hep-th/9901001", "hep-th/9901001"),
        ("|\n  two\n\n  lines\n\n", "two\n\nlines"),
        (">\n  one\n  line\n", "one line"),
        ('"kept \\n"', "kept "),
    ],
)
def test_what_a_value_reads_as(text: str, value: object) -> None:
    assert document(f"key: {text}\n").value == {"key": value}


def test_windows_line_ends_do_no_harm() -> None:
    found = document("a: |\r\n  one\r\n  two\r\nb: x\r\n")
    assert found.value == {"a": "one\ntwo", "b": "x"}
    assert found.locate(("b",), False) == (4, 4)


def test_places_count_characters() -> None:
    found = document("äöü: [é, 𝄞𝄞, x]\n")
    assert found.locate(("äöü", 2), False) == (1, 14)
    assert found.locate(("äöü",), True) == (1, 1)
    assert found.locate(("äöü", 7, "gone"), False) == (1, 6)


def test_the_first_of_two_keys_counts() -> None:
    found = document("a: 1\nb: {c: 1}\na: [2]\nb: {c: 2, d: 3}\n")
    assert found.value == {"a": 1, "b": {"c": 1}}
    assert [(each.code.id, each.mark) for each in found.mistakes] == [("DB207", (3, 1)), ("DB207", (4, 1))]
    assert [each.message for each in found.mistakes] == [
        'key "a" stands twice, first on line 1',
        'key "b" stands twice, first on line 2',
    ]


def test_bombs_are_refused_where_they_begin() -> None:
    assert code_of("a: &a [1]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n") == ("DB202", (1, 4))
    assert code_of("a: [*a, *a]\n") == ("DB202", (1, 5))
    assert code_of("[" * 100_000) == ("DB206", (1, 21))
    assert code_of("{a: " * 100_000) == ("DB206", (1, 81))
    assert code_of("".join(f"{' ' * depth}a:\n" for depth in range(1000))) == ("DB206", (21, 21))
    assert code_of("- " * 100_000) == ("DB206", (1, 41))


def test_as_many_levels_as_allowed() -> None:
    assert document("[" * 20 + "]" * 20).value


def test_a_hostile_number_of_mistakes_is_not_kept() -> None:
    for text in ("a: 1\n" * 10_000, "\x07" * 10_000):
        found = yaml_text.read(text)
        assert isinstance(found, Unread)
        assert len(found.mistakes) == 101


def test_the_parser_in_python_refuses_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [path.read_text("utf-8") for path in sorted((Path(__file__).parent / "invalid").rglob("*.yaml"))]
    by_c = [verdict(text) for text in texts]
    monkeypatch.setattr(yaml_text, "_LOADER", yaml.SafeLoader)
    assert [verdict(text) for text in texts] == by_c


def verdict(text: str) -> object:
    found = yaml_text.read(text)
    codes = [mistake.code.id for mistake in found.mistakes]
    return codes if isinstance(found, Unread) else (found.value, codes)
