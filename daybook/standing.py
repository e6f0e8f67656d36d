"""Does a site stand just as a build would make it? Then the build is done before it has read anything.

All that a site is made from has a mark, and after a build the checkout keeps that mark with the digest of the receipt
that the build left. What is not there, or damaged, costs a build, and nothing else depends on it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from daybook.folder import OWED, RECEIPT, held, is_folder, read, size_of
from daybook.generator import files_in, program_fingerprint
from daybook.model import Changes
from daybook.parallel import spread
from daybook.planned_paths import folders_of
from daybook.receipt import digest, parse_line, receipt_lines

FOLDER = Path(".cache", "standing")
"""Where a checkout keeps a record for each folder that it builds into; git ignores it."""

LIBRARIES = (
    "font-source-serif-pro", "jinja2", "lunr", "markdown-it-py", "markupsafe", "math-core", "numpy", "pillow", "pyyaml"
)  # fmt: skip
"""All that decide over the bytes of a site."""

_TEMPLATES = "templates"  # Jinja alone follows symbolic links to folders
_SOURCES = ("content", _TEMPLATES, "static")
_RUN = 5_000  # files


def sources_mark(root: Path) -> str:
    """A digest of everything that a site is made from: the files that a build reads, and the program."""
    mark = blake2b(program_fingerprint(*LIBRARIES).encode(), digest_size=16)
    for folder in _SOURCES:
        for path in files_in(root / folder, linked=folder == _TEMPLATES):
            body = _body(path)
            mark.update(os.fsencode(f"\0{path.relative_to(root)}\0{len(body)}\0"))
            mark.update(body)
    return mark.hexdigest()


def _body(path: Path) -> bytes:
    """Nothing, where nothing can be read: what is wrong there is for the build to say."""
    with suppress(OSError):
        if path.is_file():  # and no pipe, which would never end
            return path.read_bytes()
    return b""


def standing(root: Path, out: Path, mark: str, jobs: int = 1) -> Changes | None:
    """That nothing is to be done, if the site in `out` was made from sources of this mark and is whole; else None.

    As `write`, this does not notice a file that somebody edited to the same length. Of many files, `jobs` processes
    look at some each.
    """
    with suppress(OSError, ValueError):
        kept = _record(root, out).read_text("ascii")
        with held(out) as folder:
            receipt = read(folder, RECEIPT)
            if receipt is None or read(folder, OWED) is not None or kept != _told(mark, receipt):
                return None
            lines = receipt_lines(receipt)
            runs = [lines[start : start + _RUN] for start in range(0, len(lines), _RUN)]
            if all(whole for _, whole in spread(lambda run, _job: _are_whole(folder, runs[run]), len(runs), jobs)):
                return Changes(len(lines), (), ())
    return None


def _are_whole(folder: int, lines: Sequence[str]) -> bool:
    """Do the files of some lines of a receipt stand there, with the lengths that it tells?"""
    published = [parse_line(line) for line in lines]
    above = folders_of(path for path, _ in published)
    return all(is_folder(folder, path) for path in above) and all(
        size_of(folder, path) == one.size for path, one in published
    )


def keep(root: Path, out: Path, mark: str) -> None:
    """Record that the site in `out` was made from sources of this mark, if they still have it: else a part of it may
    have been made from what they were since.
    """
    if sources_mark(root) != mark:
        return
    with suppress(OSError):
        record = _record(root, out)
        record.parent.mkdir(parents=True, exist_ok=True)
        record.write_text(_told(mark, (out / RECEIPT).read_bytes()), "ascii")


def _record(root: Path, out: Path) -> Path:
    return root / FOLDER / digest(os.fsencode(out.resolve()))


def _told(mark: str, receipt: bytes) -> str:
    return f"{mark} {digest(receipt)}\n"
