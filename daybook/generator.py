"""What besides the content decides over the bytes of the site: this program and the libraries that it uses."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

from daybook.fingerprint import fingerprint


@cache
def program_fingerprint(*libraries: str) -> str:
    """Our code, the version of Python and those of some libraries."""
    code = _contents(Path(__file__).parent, ".py")
    return fingerprint(platform.python_version(), [version(library) for library in libraries], code)


def folder_fingerprint(folder: Path) -> str:
    """The files of a folder, at any depth, those behind symbolic links as well."""
    return fingerprint(_contents(folder))


def files_in(folder: Path, *, linked: bool = False, above: frozenset[Path] = frozenset()) -> Iterator[Path]:
    """All that is no folder in a folder, at any depth, sorted. Symbolic links to folders are told of; if `linked`, they
    are followed instead, as whoever opens a file by its path does, but not back to a folder that they are in.
    """
    around = above | {folder.resolve()} if linked else above
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            path = folder / entry.name
            if not entry.is_dir(follow_symlinks=linked):
                yield path
            elif not entry.is_symlink() or path.resolve() not in around:
                yield from files_in(path, linked=linked, above=around)


def _contents(folder: Path, end: str = "") -> list[tuple[str, bytes]]:
    files = (path for path in files_in(folder, linked=True) if path.name.endswith(end) and path.is_file())
    return [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in files]
