"""Files of content/, right and wrong in their shape: made of the declarations, in the styles that people write."""

from __future__ import annotations

import copy
import json
import re
import string
from dataclasses import dataclass
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from daybook.kinds import Choice, Day, Flag, Kind, Phrase, Text, Whole, Written
from daybook.name_kinds import Url
from daybook.places import PLACES, Place
from daybook.table_kinds import Many, Table

# Words that YAML 1.1 and 1.2 read alike when they stand without quotes.
PLAIN = re.compile(r"(?!(?:y|n|yes|no|on|off|true|false|null)$)[a-z][a-z-]*")
PLAIN_DAY = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")
LETTERS = f"{string.printable}éλ李٣𝕏"
ODD_TEXTS = (
    "", " ", "\n", "\u00a0", "a\nb", "a\n", " a", "a\u202eb", "a\tb", "\u0007", "\ufeff", "\u2028", "é𝄞",
    "x" * 200, "x" * 201, "none", "2401.01234", "2401.01234v2", "2401.1234", "2401.00000", "0703.0001",
    "0704.0001", "1412.12345", "1501.0001", "hep-th/9901001", "hep-th/0703001", "hep-th/0704001",
    "hep-th/9901000", "cs.CL/0101001", "nowhere/9901001", "2026-02-28", "2026-02-29", "2024-02-29",
    "2000-02-29", "2100-02-29", "2026-04-31", "2026-1-1", "1899-12-31", "2200-01-01", "2026-01-05T00:00:00",
    "cs.HC", "cs.hc", "cs", "quant-ph", "physics.soc-ph", "cs.CL ", "a" * 60, "a" * 61, "a--b", "con", "con-a",
    "index", "en-GB", "e", "main", "a/b", "a//b", "https://example.org", "https://example.org:65535/a?b#c",
    "https://example.org:65536", "http://user@example.org/", "HTTPS://EXAMPLE.ORG", "https://é.example/",
    "https://", "//a", "mailto:list@example.org", "mailto:list@example.org?subject=a", "mailto:list",
    "javascript:a", "https://a.example/\u2066", "https://a b", "reward model*", "a*b", "*", "**", "++", "a**",
    "λ", "huggingface", "arxiv", "must-read", "Must-read",
)  # fmt: skip
COIN = st.booleans()
ANYTHING = (
    st.none() | st.booleans() | st.integers(-2, 40) | st.sampled_from([10**15 - 1, 10**15, 2401.01234, -0.5])
    | st.sampled_from(ODD_TEXTS) | st.sampled_from([[], {}, ["a"], {"a": "b"}]).map(copy.deepcopy)
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A file of some kind."""

    place: Place
    text: str


def right(kind: Kind) -> st.SearchStrategy[Any]:
    """Values that a kind takes."""
    match kind:
        case Choice(words=words):
            return st.sampled_from([word.value for word in words])
        case Flag():
            return st.booleans()
        case Whole(least=least, most=most):
            return st.integers(least, most or least + 40)
        case Text(limit=None, lines=False):
            return st.sampled_from(
                ["A title", "A: title", "yes", "null", "# no", "x" * 300, " é ", "'a' \"b\"", "7.0", "- a"]
            )
        case Url(pattern=pattern) | Phrase(pattern=pattern):
            # A schema does not know which signs beyond ASCII are letters.
            return st.from_regex(pattern, fullmatch=True, alphabet=LETTERS)
        case Written(pattern=pattern) | Day(pattern=pattern):
            return st.from_regex(pattern, fullmatch=True)
        case Many(kind=inner, least=least, most=most, unique=unique):
            return st.lists(right(inner), min_size=least, max_size=most or 3, unique_by=_mark if unique else None)
        case Table():
            return _table(kind)
    raise TypeError(kind)


def _mark(value: Any) -> str:
    """By what the members of a list differ where none may stand in it twice."""
    paper = value.get("paper", value.get("path")) if isinstance(value, dict) else value
    return str(paper["id"] if isinstance(paper, dict) else paper)


@st.composite
def _table(draw: st.DrawFn, table: Table[Any]) -> dict[str, Any]:
    one = draw(st.sampled_from(table.needs_one_of)) if table.needs_one_of else None
    made = {
        field.name: draw(right(field.kind))
        for field in table.fields
        if field.required or field.name == one or draw(st.integers(0, 3)) == 0
    }
    if one and not made[one]:
        made[one] = [draw(right(next(field for field in table.fields if field.name == one).kind.kind))]  # type: ignore[attr-defined]
    return made


@st.composite
def files(draw: st.DrawFn) -> Made:
    """A file; about half of them have one thing wrong or a few, or something odd that is right."""
    place = draw(st.sampled_from(PLACES))
    value: Any = draw(_table(place.shape))
    for _ in range(draw(st.sampled_from([0, 1, 1, 1, 2, 3]))):
        value = _changed(draw, value, place.shape)
    text = json.dumps(value, indent=2) if place.is_json else draw(st.sampled_from([_flow, _block]))(value)
    return Made(place, text)


def _changed(draw: st.DrawFn, value: Any, kind: Kind) -> Any:
    """The value with a change somewhere in it."""
    inside: list[Any] = (
        list(value) if isinstance(value, dict) else [*range(len(value))] if isinstance(value, list) else []
    )
    if draw(st.integers(0, 4)) and inside:
        step = draw(st.sampled_from(inside))
        value[step] = _changed(draw, value[step], _kind_of(kind, step))
        return value
    match value:
        case dict() if draw(COIN):
            if draw(COIN) and value:
                del value[draw(st.sampled_from(inside))]
            else:
                value[draw(st.sampled_from(["colour", "titel", "note", "by"]))] = draw(ANYTHING)
            return value
        # Tables that are told apart by a key of theirs are for the checker alone.
        case list() if not any(isinstance(each, dict) for each in value) and draw(COIN):
            return [*value, *draw(st.lists(st.sampled_from(value or ["a"]), max_size=3))]
        case str() if draw(COIN):
            at = draw(st.integers(0, len(value)))
            return (
                value[:at]
                + draw(st.sampled_from(["", " ", "0", "é", "-", ".", "*", "/", "\u2066", "A"]))
                + value[at + 1 :]
            )
    return draw(ANYTHING)


def _kind_of(kind: Kind, step: str | int) -> Kind:
    if isinstance(kind, Many):
        return kind.kind
    fields = kind.fields if isinstance(kind, Table) else ()
    return next((field.kind for field in fields if field.name == step), kind)


def _flow(value: object) -> str:
    return _quoted(value) + "\n"


def _quoted(value: object) -> str:
    """JSON in which what is beyond 16 bits stands as it is: YAML has no pairs of escapes."""
    said = json.dumps(value, ensure_ascii=False)
    return "".join(char if char.isprintable() or ord(char) > 0xFFFF else f"\\u{ord(char):04x}" for char in said)


def _block(value: object, depth: int = 0, key: str = "") -> str:
    """YAML as people write it: a line for each key, words without quotes, texts of several lines in block style."""
    indent = "\n" + "  " * depth
    if isinstance(value, dict) and value:
        return "".join(f"{indent}{key}: {_block(inner, depth + 1, key)}" for key, inner in value.items())
    if isinstance(value, list) and value:
        return "".join(f"{indent}- {_block(inner, depth + 1).lstrip()}" for inner in value)
    if isinstance(value, str) and PLAIN.fullmatch(value):
        return value
    if isinstance(value, str) and key == "date" and PLAIN_DAY.fullmatch(value):  # elsewhere it is text, and no text
        return value
    if isinstance(value, str) and re.fullmatch(r"[^\W_][^\n]*(\n+[^\W_][^\n]*)+\n?", value) and is_seen(value):
        indent = indent if depth else "\n "
        return "|" + "".join(f"{indent}{line}" for line in value.split("\n"))
    return _quoted(value)


def is_seen(text: str) -> bool:
    return all(char.isprintable() for char in text.replace("\n", ""))


def corpus(size: int) -> list[Made]:
    """The same files every time."""
    made: list[Made] = []

    @settings(max_examples=size, database=None, derandomize=True, phases=[Phase.generate])
    @given(files())
    def collect(file: Made) -> None:
        made.append(file)

    collect()
    return made
