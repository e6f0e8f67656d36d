"""The paths of a site: what they may be, and which two of them cannot stand side by side.

A published site is copied to other machines, unzipped and mirrored, so a path has to be good on every file system:
https://learn.microsoft.com/windows/win32/fileio/naming-a-file is the narrowest of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

OUR_PREFIX = ".daybook-"  # the names of our own records, see folder.py

_PART_BYTES = 150
_PATH_BYTES = 200
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # Unicode's categories of controls, surrogates and separators of lines

_PART = rf"""
    (?! (?: con | prn | aux | nul | conin\$ | conout\$ | (?:com|lpt)[0-9¹²³] ) [ ]* (?![^./]) )  # devices on Windows
    (?! {re.escape(OUR_PREFIX)} )
    [^/\x00-\x1f\x7f<>:"|?*\\]*  [^/\x00-\x1f\x7f<>:"|?*\\.\ ]                              # no dot or space at the end
"""
_GOOD = re.compile(f"{_PART} (?: / {_PART} )*", re.VERBOSE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shape:
    """The files and folders of a site: what a file system that folds names takes them for, and how they are spelled."""

    files: dict[str, str]
    folders: dict[str, str]


def shape(paths: Iterable[str]) -> Shape:
    """Raises ValueError for a path that is not good everywhere, and for two that are one on some file system."""
    files: dict[str, str] = {}
    for path in paths:
        if not _is_good(path):
            raise ValueError(f"the path {path!r} is not good on every file system")
        key = folded(path)
        if key in files:
            raise ValueError(f"two files are planned at one path: {files[key]!r} and {path!r}")
        files[key] = path
    folders: dict[str, str] = {}
    for folder in sorted(folders_of(files.values())):
        other = folders.setdefault(folded(folder), folder)
        if other != folder:
            raise ValueError(f"two folders are planned at one path: {other!r} and {folder!r}")
    for key in files.keys() & folders.keys():
        raise ValueError(f"a file and a folder are planned at one path: {files[key]!r} and {folders[key]!r}")
    return Shape(files, folders)


def folded(path: str) -> str:
    """Equal for two paths that some file system takes for one: case and Unicode's forms do not count."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def above(path: str) -> Iterator[str]:
    """The folders that a path is in, the nearest first: `a/b` and `a` for `a/b/c`."""
    while path := path.rpartition("/")[0]:
        yield path


def folders_of(paths: Iterable[str]) -> set[str]:
    """All folders that these paths are in."""
    nearest = {path.rpartition("/")[0] for path in paths} - {""}
    return nearest.union(*map(above, nearest))


def _is_good(path: str) -> bool:
    if not path.isascii() and any(unicodedata.category(char) in _UNSEEN for char in path):
        return False
    length = len(path.encode())
    if length > _PATH_BYTES or (length > _PART_BYTES and any(len(p.encode()) > _PART_BYTES for p in path.split("/"))):
        return False
    return _GOOD.fullmatch(path) is not None
