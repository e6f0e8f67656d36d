"""The files of static/, published as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from daybook.fingerprint import fingerprint
from daybook.model import File

# Names that no file system folds into one another.
_PORTABLE = re.compile(r"[a-z0-9._/-]+")


def assets(folder: Path) -> Iterator[File]:
    """Each file under `static/`, at `static/…` on the site; names that begin with a dot are left out.

    Raises OSError where there is no such folder, or a name in it does not suit every host.
    """
    if not folder.is_dir():
        raise FileNotFoundError(f"there is no folder {folder}; it holds the style sheet of the site")
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in inside.parts):
            if not _PORTABLE.fullmatch(inside.as_posix()):
                raise OSError(f"{path} cannot be published; name it with a to z, digits, dots, - and _ only")
            yield File(f"static/{inside.as_posix()}", fingerprint(path.read_bytes()), path.read_bytes)
