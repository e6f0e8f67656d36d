"""The files of static/, published as they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from daybook.fingerprint import fingerprint
from daybook.model import File


def assets(folder: Path) -> Iterator[File]:
    """Each file under `static/`, at `static/…` on the site; names that begin with a dot are left out."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in inside.parts):
            yield File(f"static/{inside.as_posix()}", fingerprint(path.read_bytes()), path.read_bytes)
