"""Which files content/ may hold: what each is called, where it is, and the shape of what is in it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from daybook import codes
from daybook.kinds import Day, Kind
from daybook.leftovers import is_leftover
from daybook.name_kinds import Slug
from daybook.record_shapes import OVERRIDE, PROVENANCE
from daybook.report import Finding, Report
from daybook.shapes import CURATOR, DAY, LIST, LISTING, NOTE, PICK, QUERY, SITE, SOURCE, TOPIC
from daybook.table_kinds import Table
from daybook.wording import did_you_mean, escape, nearest

SCHEMAS: Final = "schema"
"""The folder with the JSON Schemas of the other files, for editors."""

_IGNORED: Final = "README.md"
_PARTS: dict[str, Kind] = {"handle": Slug(), "slug": Slug(), "date": Day(), "source": SOURCE}


@dataclass(frozen=True)
class Place:
    """A kind of file. `form` is its path inside content/, with the parts of its name in angle brackets.

    `given` are the parts that the noun takes from the name because the file does not say them.
    """

    form: str
    shape: Table[Any]
    given: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What to call a file of this kind: `note`, `site`."""
        name = self.form.partition("/")[0].partition(".")[0]
        return f"{name.removesuffix('ies')}y" if name.endswith("ies") else name.removesuffix("s")

    @property
    def schema(self) -> str:
        """What its JSON Schema is called."""
        return f"{self.name}.schema.json"

    @property
    def is_json(self) -> bool:
        """Is it written by machine? The others are YAML, written by people."""
        return self.form.endswith(".json")

    def parts(self, relative: str) -> dict[str, str] | None:
        """The parts of a file's name, as text; None if the file is not of this kind."""
        found = self._pattern.fullmatch(relative)
        return found.groupdict() if found else None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        pattern = re.sub("<([a-z]+)>", r"(?P<\1>[^/.]+)", re.escape(self.form))
        # The stem of a paper has dots of its own.
        return re.compile(pattern.replace("(?P<paper>[^/.]+)", "(?P<paper>[^/]+)"), re.DOTALL)


PLACES = (
    Place("site.yaml", SITE),
    Place("curators/<handle>.yaml", CURATOR, ("handle",)),
    Place("topics/<slug>.yaml", TOPIC, ("slug",)),
    Place("notes/<paper>.<handle>.yaml", NOTE),
    Place("days/<date>.yaml", DAY, ("date",)),
    Place("lists/<slug>.yaml", LIST, ("slug",)),
    Place("overrides/<paper>.yaml", OVERRIDE),
    Place("queries/<slug>.yaml", QUERY, ("slug",)),
    Place("listings/<year>/<month>/<date>.<source>.json", LISTING),
    Place("picks/<paper>.json", PICK),
    Place("provenance.json", PROVENANCE),
)
_SCHEMA_FILES = {f"{SCHEMAS}/{place.schema}" for place in PLACES}
_FOLDERS = {place.form.partition("/")[0]: place for place in PLACES}


def paths(folder: Path) -> Iterator[tuple[str, bool]]:
    """All files below a folder but leftovers, README.md and schemas: the path from it, and whether it is a plain file.

    Links are not followed. Raises OSError where a folder cannot be read.
    """
    pending = [""]
    while pending:
        inside = pending.pop()
        with os.scandir(folder / inside) as entries:
            for entry in entries:
                relative = f"{inside}{entry.name}"
                if is_leftover(entry.name) or entry.name == _IGNORED or relative in _SCHEMA_FILES:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    pending.append(f"{relative}/")
                else:
                    yield relative, entry.is_file(follow_symlinks=False)


def place_of(relative: str) -> tuple[Place, dict[str, str]] | None:
    """What kind of file a path inside content/ is, with the parts of its name; None if nothing is called so."""
    for place in PLACES:
        parts = place.parts(relative)
        if parts is not None:
            return place, parts
    return None


def unexpected(relative: str) -> Finding:
    """What to say of a file that is not of any kind."""
    top, inside, _ = relative.partition("/")
    place = _FOLDERS.get(top)
    named = f"{relative.removesuffix('.yml')}.yaml"
    if relative.endswith(".yml") and place_of(named):
        remedy = f"call it {escape(named.rpartition('/')[2])}"
    elif inside and place:
        remedy = f"files there are called content/{place.form}"
    else:
        folders = [name for name, place in _FOLDERS.items() if "/" in place.form]
        known = nearest(top, folders if inside else _FOLDERS)
        remedy = did_you_mean(known, f"known are site.yaml and the folders {', '.join(sorted(folders))}")
    return Finding((), codes.UNEXPECTED_FILE, f"unexpected file {escape(relative.rpartition('/')[2])}", remedy)


def name_values(parts: dict[str, str], report: Report) -> dict[str, Any]:
    """What the parts of a file's name mean; those that mean nothing are left out and reported."""
    values = dict[str, Any]()
    for name, text in parts.items():
        before, kind = report.count, _PARTS.get(name)
        report.steps.append(name)
        value = kind.read(text, report) if kind else text
        report.steps.pop()
        if report.count == before:
            values[name] = value
    return values
