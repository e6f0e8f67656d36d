"""content/provenance.json in its one form: as listings are written (see listing_json), files by path."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from daybook.folder import temporary
from daybook.listing_json import dump_provenance
from daybook.provenance import Provenance

NAME = "provenance.json"


def store(content: Path, provenance: Provenance) -> Path:
    """Put the file in its place, whole or not at all; returns where it is. Raises OSError."""
    path = content / NAME
    unfinished = path.with_name(temporary(""))
    try:
        unfinished.write_bytes(dump_provenance(provenance).encode())
        unfinished.replace(path)
    except OSError:
        with suppress(OSError):
            unfinished.unlink()
        raise
    return path
