"""Short names for values: equal values have equal fingerprints, on any machine."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any


def fingerprint(*parts: object) -> str:
    """A digest of values whose `repr` tells all of them: str, int, date, bytes, tuple, dict in a fixed order, nouns."""
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(repr(part).encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return digest.hexdigest()


class Digested:
    """A dataclass that stands in many files: its `digest`, a field without `init`, is that of all its other fields.

    So is its `repr` (to be had with `repr=False`), and what has it is fingerprinted cheaply.
    """

    __slots__ = ()
    digest: str

    def __post_init__(self) -> None:
        kind: Any = type(self)
        object.__setattr__(self, "digest", fingerprint(_given(kind)(self)))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.digest})"


@cache
def _given(kind: Any) -> attrgetter[Any]:
    return attrgetter(*(field.name for field in fields(kind) if field.init))
