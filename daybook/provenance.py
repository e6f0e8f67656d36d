"""The nouns of the history of content/: who added a file, who changed it, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date


@dataclass(frozen=True, slots=True)
class Touch:
    """Somebody added or changed a file on a day (UTC): a name as the history has it, never an address."""

    by: str
    date: Date


@dataclass(frozen=True, slots=True)
class History:
    """Who added a file of content/, who changed it last, and all who ever did.

    `path` is that from content/. What happened before a history that is cut off begins is None.
    """

    path: str
    people: tuple[str, ...] = ()
    added: Touch | None = None
    changed: Touch | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """What `build.py provenance` found in the history; `cut_off` where that does not go back to its beginning."""

    cut_off: bool
    files: tuple[History, ...]
