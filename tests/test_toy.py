"""The toy content has everything once, so that the golden site shows it."""

from __future__ import annotations

from collections.abc import Iterator

from daybook import json_text, yaml_text
from daybook.documents import Document
from daybook.kinds import Choice, Kind
from daybook.load import check
from daybook.places import PLACES, place_of
from daybook.shapes import SOURCE
from daybook.table_kinds import Many, Table
from daybook.vocabulary import ASSISTANCE, INTERESTS, SOURCES, VERDICTS
from tests.sites import TOY

Used = tuple[str, str]
"""A key with the title of its block, or a word with the one of its choice."""


def used() -> set[Used]:
    """All keys and words in the files of the toy content."""
    found: set[Used] = set()
    for path in (TOY / "content").rglob("*.*"):
        placed = place_of(path.relative_to(TOY / "content").as_posix())
        reader = json_text if path.suffix == ".json" else yaml_text
        document = reader.read(path.read_text("utf-8"))
        assert placed is not None
        assert isinstance(document, Document)
        found.update(_used(placed[0].shape, document.value))
    return found


def _used(kind: Kind, value: object) -> Iterator[Used]:
    if isinstance(kind, Table) and isinstance(value, dict):
        for field in kind.fields:
            if field.name in value:
                yield kind.title, field.name
                yield from _used(field.kind, value[field.name])
    elif isinstance(kind, Many) and isinstance(value, list):
        for inner in value:
            yield from _used(kind.kind, inner)
    elif isinstance(kind, Choice):
        yield kind.wanted, str(value)


def _keys(kind: Kind) -> Iterator[Used]:
    if isinstance(kind, Table):
        for field in kind.fields:
            yield kind.title, field.name
            yield from _keys(field.kind)
    elif isinstance(kind, Many):
        yield from _keys(kind.kind)


def test_the_toy_content_is_valid() -> None:
    assert check(TOY / "content") == ()


def test_every_key_that_a_file_may_have_is_used() -> None:
    assert {key for place in PLACES for key in _keys(place.shape)} - used() == set()


def test_every_word_is_used() -> None:
    words = {(Choice(words).wanted, word.value) for words in (VERDICTS, INTERESTS, ASSISTANCE) for word in words}
    words |= {(SOURCE.wanted, source.slug) for source in SOURCES}
    assert words - used() == set()
