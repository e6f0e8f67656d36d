"""The declared shapes: each example is valid, each attribute of a noun is declared, nothing hostile is an exception."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybook import codes, matching, shapes
from daybook.documents import FORBIDDEN, Twice, Unquoted
from daybook.kinds import Choice, Day, Flag, Kind, Phrase, Text, Whole
from daybook.markdown_kind import Markdown
from daybook.model import PaperId
from daybook.name_kinds import Category, PaperIdentifier, Reference, Slug, Url
from daybook.places import PLACES, Place, place_of
from daybook.report import Report
from daybook.table_kinds import Field, Many, Table, itself
from daybook.vocabulary import Word

TABLES: list[Table[Any]] = [table for table in vars(shapes).values() if isinstance(table, Table)]
FIELDS = [pytest.param(field, id=f"{table.title}: {field.name}") for table in TABLES for field in table.fields]
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.text(st.characters())
    | st.just(Twice()) | st.builds(Unquoted, st.text(max_size=20), st.just("a number"))
    | st.sampled_from(["2401.01234", "none", "2026-01-05", "https://example.org/", "arxiv", "ada", "cs.HC"])
)  # fmt: skip
NAMES = st.sampled_from(sorted({field.name for table in TABLES for field in table.fields}))
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES | st.text(), inner), max_leaves=20
)


def read(kind: Kind, value: object) -> Any:
    """What a kind reads, or the codes of what it reports."""
    report = Report()
    found = kind.read(value, report)
    assert report.steps == []
    return [finding.code.id for finding in report.findings] or found


@pytest.mark.parametrize("field", FIELDS)
def test_an_example_is_valid_and_is_written_as_it_was_read(field: Field) -> None:
    report = Report()
    found = field.kind.read(field.example, report)
    assert report.findings == []
    assert field.kind.plain(found) == field.example


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_is_described_in_sentences(field: Field) -> None:
    assert re.fullmatch(r"[A-Z`a].*\.", field.doc)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.form)
def test_everything_that_a_noun_has_is_declared(place: Place) -> None:
    """A pick is its entry and two keys more; all other files are the attributes of one noun."""
    declared = {field.attribute or field.name for field in place.shape.fields} | set(place.given)
    if place.shape is shapes.PICK:
        assert declared == {field.name for field in shapes.ENTRY.fields} | {"source", "read"}
    else:
        assert declared == {field.name for field in dataclasses.fields(place.shape.make)}  # type: ignore[arg-type]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.title)
def test_what_a_noun_must_have_is_required(table: Table[Any]) -> None:
    if table is shapes.PICK:
        return
    needed = {field.name for field in dataclasses.fields(table.make) if is_required(field)}  # type: ignore[arg-type]
    named = {part for place in PLACES if place.shape is table for part in place.given}
    required = {field.attribute or field.name for field in table.fields if field.required}
    assert needed == required | named


def is_required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def kinds(kind: Kind) -> Iterator[Kind]:
    yield kind
    if isinstance(kind, Many):
        yield from kinds(kind.kind)
    for field in kind.fields if isinstance(kind, Table) else ():
        yield from kinds(field.kind)


def test_every_kind_says_what_it_wants() -> None:
    for kind in (each for table in TABLES for each in kinds(table)):
        assert re.fullmatch(r"[\x20-\x7e]+", kind.wanted)


@given(st.sampled_from(PLACES), VALUES)
def test_no_value_is_an_exception(place: Place, value: object) -> None:
    report = Report()
    gathered = place.shape.gather(value, report)
    assert (gathered is None) == bool(report.findings)
    assert report.steps == []


@pytest.mark.parametrize(
    ("kind", "value", "found"),
    [
        (Text(), "A title", "A title"),
        (Text(), "soft\u00adhyphen, zero\u200dwidth", "soft\u00adhyphen, zero\u200dwidth"),
        (Text(), "one\ntwo", ["DB307"]),
        (Text(lines=True), "one\ntwo", "one\ntwo"),
        (Text(limit=3), "𝄞𝄞𝄞", "𝄞𝄞𝄞"),
        (Text(limit=3), "four", ["DB306"]),
        (Text(limit=3), "a\nbc", ["DB307", "DB306"]),
        (Text(), "a\tb", ["DB106"]),
        (Text(), "\u00a0", ["DB305"]),
        (Markdown(), "a\u2066b", ["DB106"]),
        (Markdown(), "\ud800", ["DB106"]),
        (Markdown(), True, ["DB304"]),
        (Text(), Twice(), ["DB207"]),
        (Flag(), True, True),
        (Flag(), 1, ["DB303"]),
        (Whole(0), 0, 0),
        (Whole(0), True, ["DB310"]),
        (Whole(1, 31), 32, ["DB310"]),
        (Whole(1, 31), 31, 31),
        (Day(), "2024-02-29", date(2024, 2, 29)),
        (Day(), Unquoted("2026-01-05", "a date"), date(2026, 1, 5)),
        (Day(), "2023-02-29", ["DB309"]),
        (Day(), "٢٠٢٦-01-05", ["DB309"]),
        (Day(), "20260105", ["DB309"]),
        (Day(), "2026-W02-1", ["DB309"]),
        (Day(), "9999-12-31", ["DB309"]),
        (Choice((Word("a", "A", ""),)), "a", "a"),
        (Choice((Word("a", "A", ""),)), "A", ["DB308"]),
        (PaperIdentifier(), "2401.01234", PaperId("2401.01234")),
        (PaperIdentifier(), "2401.01234v1", ["DB313"]),
        (PaperIdentifier(), " 2401.01234", ["DB313"]),
        (PaperIdentifier(), "../../etc/passwd", ["DB312"]),
        (Reference("topic"), "a\u202eb", ["DB106"]),
        (Slug(), "3d-and-4d", "3d-and-4d"),
        (Slug(), "x" * 60, "x" * 60),
        (Slug(), "a--b", ["DB314"]),
        (Slug(), "-a", ["DB314"]),
        (Slug(), "a\n", ["DB314"]),
        (Slug(), "é", ["DB314"]),
        (Slug(), "lpt9", ["DB314"]),
        (Slug(), "index", ["DB314"]),
        *((Category(), text, text) for text in ("cs.CL", "q-bio.NC", "astro-ph.GA", "physics.ao-ph", "nlin.CD")),
        *((Category(), text, text) for text in ("quant-ph", "hep-th", "astro-ph", "cond-mat", "cmp-lg")),
        *((Category(), text, ["DB318"]) for text in ("cs", "stat", "physics", "eess", "cs.cl", "cs.CLX", "cs.CL.x")),
        *((Category(), text, ["DB318"]) for text in ("gr-qc.XX", "cs.", ".CL", "", "cs.CL\n", "math.ÄÖ")),
        (Phrase(), "reward model*", "reward model*"),
        (Phrase(), "李", "李"),
        (Phrase(), "_", ["DB317"]),
        (Phrase(), "a* b*", ["DB317"]),
        (Url(), "http://example.org", "http://example.org"),
        (Url(), "HTTPS://EXAMPLE.ORG:443/a?b#c", "HTTPS://EXAMPLE.ORG:443/a?b#c"),
        (Url(), "https://пример.example/ä", "https://пример.example/ä"),
        (Url(), "https://192.0.2.1/", "https://192.0.2.1/"),
        (Url(), " https://example.org", ["DB311"]),
        (Url(), "https://example.org/a\nb", ["DB311"]),
        (Url(), "https://example.org/\u202e", ["DB311"]),
        (Url(), "//example.org/", ["DB311"]),
        (Url(), "https:example.org", ["DB311"]),
        (Url(), "https://.", ["DB311"]),
        (Url(), "mailto:a@example.org", ["DB311"]),
        (Url(mail=True), "mailto:a@example.org?subject=Subscribe", "mailto:a@example.org?subject=Subscribe"),
        (Url(mail=True), "mailto:a@example.org\u2066", ["DB311"]),
        (Url(mail=True), "mailto:", ["DB311"]),
        (Url(bare=True), "https://example.org/a//", "https://example.org/a"),
        (Url(bare=True), "https://example.org/#a", ["DB311"]),
        (Many(Text()), [], ()),
        (Many(Text()), ["a", "a"], ("a", "a")),
        (Many(Text(), unique=itself), ["a", "b", "a", "a"], ["DB316", "DB316"]),
        (Many(Text(), least=2), ["a"], ["DB315"]),
        (Many(Text(), most=1), ["a", "b"], ["DB315"]),
        (Many(Text()), "a", ["DB303"]),
    ],
)
def test_what_a_kind_reads(kind: Kind, value: object, found: object) -> None:
    assert read(kind, value) == found


@given(st.from_regex(r"https?://[^\x00-\x20]{1,12}", fullmatch=True) | st.text())
def test_an_accepted_address_has_a_host_and_nothing_hidden(text: str) -> None:
    if read(Url(), text) == text:
        parts = urlsplit(text)
        assert parts.hostname
        assert parts.username is parts.password is None
        assert parts.port is None or parts.port <= 65535
        assert not FORBIDDEN.search(text)


@given(st.text())
def test_an_accepted_phrase_has_words_to_look_for(text: str) -> None:
    if read(Phrase(), text) == text:
        assert matching.words(text).strip()


@given(st.text(alphabet="abz09-A_./\\ éı\n", max_size=70))
def test_an_accepted_slug_is_a_safe_file_name(text: str) -> None:
    accepted = read(Slug(), text) == text
    assert accepted == bool(re.fullmatch(r"(?!.*--)[a-z0-9][a-z0-9-]{0,59}(?<!-)", text, re.ASCII))


def test_the_way_to_a_mistake() -> None:
    report = Report()
    value = {"title": "T", "by": "ada", "papers": [{"paper": "2401.01234", "remark": ["x"], "note": 1}, {}]}
    shapes.LIST.read(value, report)
    assert [(finding.trail, finding.code.id, finding.at_key) for finding in report.findings] == [
        (("papers", 0, "remark"), "DB303", False),
        (("papers", 0, "note"), "DB301", True),
        (("papers", 1), "DB302", False),
        ((), "DB302", False),
    ]
    assert [(mention.target, mention.name, mention.trail) for mention in report.mentions] == [
        ("curator", "ada", ("by",)),
        ("paper", "2401.01234", ("papers", 0, "paper")),
    ]


def test_a_hostile_number_of_mistakes_is_neither_kept_nor_looked_for() -> None:
    report = Report()
    assert len(Many(Text()).read([1] * 100_000, report)) == 101
    assert len(report.findings) == 101
    unknown: dict[str, object] = {f"key {number}": 1 for number in range(100_000)}
    report = Report()
    assert shapes.CURATOR.gather(unknown, report) is None
    assert report.count < 110
    assert {finding.code for finding in report.findings} == {codes.UNKNOWN_KEY}


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("site.yaml", {}),
        ("topics/agents.yaml", {"slug": "agents"}),
        ("notes/2401.01234.ada.yaml", {"paper": "2401.01234", "handle": "ada"}),
        ("notes/hep-th-9901001.ada.yaml", {"paper": "hep-th-9901001", "handle": "ada"}),
        ("picks/2401.01234.json", {"paper": "2401.01234"}),
        (
            "listings/2026/01/2026-01-05.arxiv.json",
            {"year": "2026", "month": "01", "date": "2026-01-05", "source": "arxiv"},
        ),
        ("topics/a/b.yaml", None),
        ("topics/.yaml", None),
        ("topics/agents.yaml.bak", None),
        ("topics/agents.yaml\n", None),
        ("notes/2401.yaml", None),
        ("content/site.yaml", None),
    ],
)
def test_the_parts_of_a_file_name(path: str, parts: dict[str, str] | None) -> None:
    placed = place_of(path)
    assert (placed and placed[1]) == parts
