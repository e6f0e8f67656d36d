"""The kinds of value that a key of api/v1/ may have: each makes the JSON value of a noun's, and its JSON Schema.

`api_shapes` declares every file with these. Schemas are of draft 7 (https://json-schema.org/draft-07), as those of
content/ are. They ask for every key and forbid no other one: a key may come within a version, and whoever keeps an
older schema is not to be told that the newer file is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any

from daybook.model import Settings
from daybook.vocabulary import Word

DRAFT = "http://json-schema.org/draft-07/schema#"

Schema = dict[str, Any]


class Kind:
    """What a key may hold. `shown` names it for people."""

    shown: str

    def plain(self, value: Any, settings: Settings) -> object:
        """The JSON value: text, a number, true, false, null, a list or a block of these."""
        return value

    @property
    def schema(self) -> Schema:
        raise NotImplementedError


@dataclass(frozen=True)
class Simple(Kind):
    """A value that stands in a file as it is; `facets` narrow its JSON type."""

    shown: str
    type: str
    facets: tuple[tuple[str, object], ...] = ()

    @property
    def schema(self) -> Schema:
        return {"type": self.type, **dict(self.facets)}


TEXT = Simple("text", "string")
WHOLE = Simple("number", "integer", (("minimum", 0),))
FLAG = Simple("true or false", "boolean")
PATH = Simple("path", "string", (("pattern", "^[^/]"),))
"""A place on the site, from its root."""
LINK = Simple("address", "string", (("pattern", "^(https?|mailto):"),))


@dataclass(frozen=True)
class Day(Kind):
    """A day, as ISO 8601 writes it."""

    shown = "day"

    def plain(self, value: Any, settings: Settings) -> str:
        return value.isoformat()  # type: ignore[no-any-return]

    @property
    def schema(self) -> Schema:
        return {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


@dataclass(frozen=True)
class Absolute(Kind):
    """A path on the site as an absolute address, by the settings' base_url."""

    shown = "address"

    def plain(self, value: Any, settings: Settings) -> str:
        return f"{settings.base_url}/{value}"

    @property
    def schema(self) -> Schema:
        return {"type": "string", "pattern": "^https?://"}


@dataclass(frozen=True)
class NoteTerms(Kind):
    """The terms of a note: its own, or the site's."""

    shown = "text"

    def plain(self, value: Any, settings: Settings) -> str:
        return value or settings.licences.notes

    @property
    def schema(self) -> Schema:
        return {"type": "string"}


@dataclass(frozen=True)
class SiteTerms(Kind):
    """What the settings say of one class of what is published."""

    name: str
    shown = "text"

    def plain(self, value: Any, settings: Settings) -> str:
        return str(getattr(settings.licences, self.name))

    @property
    def schema(self) -> Schema:
        return {"type": "string"}


@dataclass(frozen=True)
class Choice(Kind):
    """One of a few words."""

    words: tuple[Word, ...]
    shown = "word"

    @property
    def schema(self) -> Schema:
        return {
            "type": "string",
            "enum": [word.value for word in self.words],
            "enumDescriptions": [f"{word.label}. {word.meaning}" for word in self.words],
        }


@dataclass(frozen=True)
class Maybe(Kind):
    """A value, or null where it is unknown or there is none."""

    kind: Kind

    @property
    def shown(self) -> str:  # type: ignore[override]
        return f"{self.kind.shown} or null"

    def plain(self, value: Any, settings: Settings) -> object:
        return None if value is None else self.kind.plain(value, settings)

    @property
    def schema(self) -> Schema:
        schema = self.kind.schema
        return {**schema, "type": [schema["type"], "null"]}


@dataclass(frozen=True)
class Many(Kind):
    """A list."""

    kind: Kind

    @property
    def shown(self) -> str:  # type: ignore[override]
        return f"list of {_PLURALS.get(self.kind.shown, self.kind.shown)}"

    def plain(self, value: Any, settings: Settings) -> list[object]:
        if isinstance(self.kind, Simple):
            return list(value)
        plain = self.kind.plain
        return [plain(each, settings) for each in value]

    @property
    def schema(self) -> Schema:
        return {"type": "array", "items": self.kind.schema}


_PLURALS = {"text": "texts", "block": "blocks", "path": "paths", "address": "addresses"}

TERMS = ("metadata", "counts", "notes")
"""The classes of what is published: what `licences` says of each is what a field is under."""


@dataclass(frozen=True)
class Field:
    """A key: what it holds, what that is, and what of the noun it is made of (an attribute, or a function).

    `terms` is the one of TERMS that the value is under, empty for what is nobody's (a name in addresses, a count of
    ours).
    """

    name: str
    kind: Kind
    doc: str
    of: str | Callable[[Any], object] = ""
    terms: str = ""

    @cached_property
    def value(self) -> Callable[[Any], object]:
        """What the noun has."""
        return attrgetter(self.of or self.name) if isinstance(self.of, str) else self.of

    @property
    def description(self) -> str:
        return f"{self.doc} Terms: licences.{self.terms}." if self.terms else self.doc


@dataclass(frozen=True)
class Block(Kind):
    """A block of keys, all of them in every file."""

    fields: tuple[Field, ...]
    shown = "block"

    def plain(self, value: Any, settings: Settings) -> dict[str, object]:
        return {
            name: held if kind is None else kind.plain(held, settings)
            for name, kind, held in ((name, kind, of(value)) for name, kind, of in self._steps)
        }

    @property
    def schema(self) -> Schema:
        properties = {field.name: {"description": field.description, **field.kind.schema} for field in self.fields}
        return {"type": "object", "properties": properties, "required": [*properties]}

    @cached_property
    def _steps(self) -> tuple[tuple[str, Kind | None, Callable[[Any], object]], ...]:
        """Key, kind and maker of each field; no kind for what stands in the file as the noun has it."""
        return tuple((field.name, None if _as_it_is(field.kind) else field.kind, field.value) for field in self.fields)


def _as_it_is(kind: Kind) -> bool:
    return isinstance(kind.kind if isinstance(kind, Maybe) else kind, Simple | Choice)
