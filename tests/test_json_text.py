"""JSON from people we do not know: read, refused with a place, and never an exception."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybook import json_text
from daybook.documents import Document, Trail, Twice, Unquoted, Unread

PIECES = st.sampled_from([*'[]{}:,"\\ \n0a.-', "true", "null", "NaN", "1e5", '"a"', "\\u", "\ud800"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(st.lists(PIECES).map("".join) | st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    found = json_text.read(text)
    if isinstance(found, Unread):
        line, column = found.mistakes[0].mark
        assert 1 <= column <= len([*text.split("\n"), ""][line - 1]) + 1
    else:
        assert found.locate(("no", 1, "such place"), False)


@given(VALUES, st.sampled_from([None, 0, 2]), st.booleans())
def test_every_value_and_key_is_where_it_is_said_to_be(value: object, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps([value], ensure_ascii=ascii_only, indent=indent)
    found = json_text.read(text)
    assert isinstance(found, Document)
    assert found.value == [value]
    lines = text.split("\n")
    for trail, inner in parts([value], ()):
        line, column = found.locate(trail, False)
        start = json.dumps(inner, ensure_ascii=ascii_only, indent=indent)[:1]
        assert lines[line - 1][column - 1] == start
        line, column = found.locate(trail, True)
        if trail and isinstance(trail[-1], str):
            assert lines[line - 1][column - 1 :].startswith(json.dumps(trail[-1], ensure_ascii=ascii_only))


def parts(value: object, trail: Trail) -> list[tuple[Trail, object]]:
    """Every value inside a value, itself the first, with the way to it."""
    pairs: list[tuple[str | int, object]] = []
    if isinstance(value, dict | list):
        pairs = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
    return [(trail, value), *(part for step, inner in pairs for part in parts(inner, (*trail, step)))]


@pytest.mark.parametrize("text", ["NaN", "-Infinity", "1.50", "1e400", "9" * 10_000, "-" + "9" * 10_000])
def test_numbers_that_are_no_counts_keep_their_text(text: str) -> None:
    found = json_text.read(f'{{"a": {text}}}')
    assert isinstance(found, Document)
    assert isinstance(found.value, dict)
    value = found.value["a"]
    assert isinstance(value, Unquoted)
    assert value.text == text


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, '["[[[", ' + "[" * 100_000 + "]" * 100_000])
def test_deep_nesting_is_refused_where_it_is_too_deep(text: str) -> None:
    found = json_text.read(text)
    assert isinstance(found, Unread)
    line, column = found.mistakes[0].mark
    assert (found.mistakes[0].code.id, line) == ("DB206", 1)
    before = text[: column - 1].replace('"[[["', "")
    assert before.count("[") + before.count("{") == 20
    assert text[column - 1] in "[{"


def test_a_key_that_stands_twice_has_no_value() -> None:
    found = json_text.read('{"a": 1,\n "b": 2,\n "a": 3}')
    assert isinstance(found, Document)
    assert found.value == {"a": Twice(), "b": 2}
    assert found.locate(("a",), True) == (3, 2)
