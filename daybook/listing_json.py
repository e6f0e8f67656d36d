"""Listings, picks and the history as JSON files, in the one form that verbs write and reviewers read as a difference.

Keys in alphabetical order, two blanks a level, one value a line, characters as they are, a line feed at the end; what
is not known is left out. Writing what was read gives the same text again.
"""

from __future__ import annotations

import json
import re

from daybook import json_text
from daybook.documents import Unread
from daybook.model import Invalid, Listing, Pick
from daybook.provenance import Provenance
from daybook.record_shapes import PROVENANCE
from daybook.report import Report, located, problems_of
from daybook.shapes import ENTRY, LISTING, PICK
from daybook.table_kinds import N, Table

_SURROGATE = re.compile("[\ud800-\udfff]")


def dump_listing(listing: Listing) -> str:
    """The text of a file in content/listings/."""
    return _dump(LISTING.plain(listing))


def dump_pick(pick: Pick) -> str:
    """The text of a file in content/picks/."""
    read = {} if pick.read is None else {"read": pick.read.isoformat()}
    return _dump({"source": pick.source, **read, **ENTRY.plain(pick.entry)})


def dump_provenance(provenance: Provenance) -> str:
    """The text of content/provenance.json."""
    return _dump(PROVENANCE.plain(provenance))


def read_listing(text: str, path: str) -> Listing:
    """The listing that a file's text holds. Raises Invalid, with problems at `path`."""
    return _read(LISTING, text, path)


def read_pick(text: str, path: str) -> Pick:
    """The pick that a file's text holds. Raises Invalid, with problems at `path`."""
    return _read(PICK, text, path)


def _dump(value: dict[str, object]) -> str:
    """Half a surrogate pair, which UTF-8 cannot hold, is written as an escape; the checker refuses it by name."""
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    return _SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", text)


def _read(shape: Table[N], text: str, path: str) -> N:
    document = json_text.read(text)
    if isinstance(document, Unread):
        raise Invalid(tuple(problems_of(path, document.mistakes)))
    report = Report()
    noun = shape.read(document.value, report)
    if noun is None:
        raise Invalid(tuple(sorted(located(path, document, report.findings))))
    return noun
