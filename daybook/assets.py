"""The files of static/, published as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from daybook.fingerprint import fingerprint
from daybook.leftovers import is_leftover
from daybook.model import File

# Names that no file system folds into one another.
_PORTABLE = re.compile(r"[a-z0-9._/-]+")


_NO_CODE = re.compile(rb"^[ \t]*(?://.*)?\n|^[ \t]+", re.MULTILINE)


def assets(folder: Path) -> Iterator[File]:
    """Each file under `static/`, at `static/…` on the site; leftovers are left out.

    A folder whose name ends in `.js` is one script there: its files in the order of their names, without indentation
    and the lines that are comments, so that a page that needs many parts asks for one small file.

    Raises OSError where there is no such folder, or a name in it does not suit every host.
    """
    if not folder.is_dir():
        raise FileNotFoundError(f"there is no folder {folder}; it holds the style sheet of the site")
    scripts: dict[str, list[Path]] = {}
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not any(map(is_leftover, inside.parts)):
            if not _PORTABLE.fullmatch(inside.as_posix()):
                raise OSError(f"{path} cannot be published; name it with a to z, digits, dots, - and _ only")
            if inside.parent.suffix == ".js":
                scripts.setdefault(inside.parent.as_posix(), []).append(path)
            else:
                yield File(f"static/{inside.as_posix()}", fingerprint(path.read_bytes()), path.read_bytes)
    for name, parts in scripts.items():
        body = b"".join(_NO_CODE.sub(b"", part.read_bytes()) for part in parts)
        yield File(f"static/{name}", fingerprint(body), partial(bytes, body))
