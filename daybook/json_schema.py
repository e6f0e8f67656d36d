"""The JSON Schemas of the files in content/, for editors: made of the declarations that the checker goes by.

Draft 7, https://json-schema.org/draft-07; `enumDescriptions` and `patternErrorMessage` are what editors know beyond
it: https://code.visualstudio.com/docs/languages/json#_json-schemas-and-settings. Patterns and no formats, since each
program knows other formats.

What is wrong in the shape of a file is wrong to both. Beyond a schema is:

- what a query means;
- what a file is called, and what files or several keys say of each other: references, dates in order, counts
  without a day, the same paper twice in a list;
- how a text is written: quotes that YAML 1.1 needs and 1.2 does not (`yes`, `1_000`, `007`), a number with a point
  that is whole (`7.0`), keys that stand twice, anchors, tags, several documents, depth, size, encoding;
- which signs beyond ASCII are letters: a host and a phrase have one;
- line breaks at the end of one of a few words, which the checker takes off as it does with all text in YAML.
"""

from __future__ import annotations

import json

from daybook.documents import LONGEST_NUMBER
from daybook.kinds import Choice, Day, Flag, Kind, Whole, Written
from daybook.places import PLACES, Place
from daybook.table_kinds import Field, Many, Table, itself

_DRAFT = "http://json-schema.org/draft-07/schema#"

Schema = dict[str, object]


def schemas() -> dict[str, str]:
    """The text of every schema, by the name of its file."""
    return {place.schema: _dump(schema(place)) for place in PLACES}


def schema(place: Place) -> Schema:
    """The schema of a kind of file."""
    fields = place.shape.fields
    return {
        "$schema": _DRAFT,
        "title": place.shape.title,
        "description": f"content/{place.form}",
        **_of(place.shape, "" if place.is_json else r"\n*"),
        "examples": [{field.name: field.example for field in fields if field.required}],
    }


def _dump(value: Schema) -> str:
    return json.dumps(value, ensure_ascii=True, indent=2) + "\n"


def _of(kind: Kind, tail: str) -> Schema:
    """The schema of a kind of value; `tail` matches what the checker takes off the end of a text."""
    match kind:
        case Written(pattern=pattern) | Day(pattern=pattern):
            # To Python, $ is also the place before a last line break.
            whole = rf"^(?:{pattern}){tail}$(?!\n)"
            return {"type": "string", "pattern": whole, "patternErrorMessage": f"Write {kind.wanted}."}
        case Choice(words=words):
            return {
                "type": "string",
                "enum": [word.value for word in words],
                "enumDescriptions": [f"{word.label}. {word.meaning}" for word in words],
            }
        case Whole(least=least, most=most):
            largest = 10**LONGEST_NUMBER - 1
            return {"type": "integer", "minimum": least, "maximum": largest if most is None else most}
        case Flag():
            return {"type": "boolean"}
        case Many():
            return _of_list(kind, tail)
        case Table():
            return _of_table(kind, tail)
    raise TypeError(kind)


def _of_list(kind: Many, tail: str) -> Schema:
    return {
        "type": "array",
        "items": _of(kind.kind, tail),
        **({"minItems": kind.least} if kind.least else {}),
        **({"maxItems": kind.most} if kind.most is not None else {}),
        **({"uniqueItems": True} if kind.unique is itself else {}),
    }


def _of_table(table: Table[object], tail: str) -> Schema:
    required = [field.name for field in table.fields if field.required]
    rules = [{"required": [name], "properties": {name: {"minItems": 1}}} for name in table.needs_one_of]
    return {
        "type": "object",
        "properties": {field.name: _of_field(field, tail) for field in table.fields},
        **({"required": required} if required else {}),
        "additionalProperties": False,
        **({"anyOf": rules} if rules else {}),
    }


def _of_field(field: Field, tail: str) -> Schema:
    return {"description": field.doc, **_of(field.kind, tail), "examples": [field.example]}
