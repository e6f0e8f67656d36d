"""What besides the content decides over the bytes of the site: this program and the libraries that it uses."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

from daybook.fingerprint import fingerprint


@cache
def program_fingerprint(*libraries: str) -> str:
    """Our code, the version of Python and those of some libraries."""
    return fingerprint(
        platform.python_version(), [version(library) for library in libraries], _contents(Path(__file__).parent, "*.py")
    )


def folder_fingerprint(folder: Path) -> str:
    """The files of a folder, at any depth."""
    return fingerprint(_contents(folder, "*"))


def _contents(folder: Path, pattern: str) -> list[tuple[str, bytes]]:
    return [(path.name, path.read_bytes()) for path in sorted(folder.rglob(pattern)) if path.is_file()]
