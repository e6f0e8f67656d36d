"""The listings in content/ as files: where a day is, reading it, storing it, by one process at a time.

`content` is the folder content/ everywhere.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date as Date
from pathlib import Path

from daybook import codes
from daybook.documents import Mistake, decoded
from daybook.folder import place, temporary
from daybook.listing_json import dump_listing, read_listing
from daybook.lock import give_back, take
from daybook.model import Invalid, Listing, Problem
from daybook.planned_paths import OUR_PREFIX
from daybook.report import problems_of

_NAME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.([a-z]+)\.json")


class Busy(Exception):
    """Another process is changing content/. Nothing was touched."""


def listing_name(source: str, day: Date) -> str:
    """The path of a source's listing of a day inside content/."""
    return f"listings/{day:%Y/%m}/{day}.{source}.json"


@contextmanager
def held(content: Path) -> Iterator[None]:
    """Keep every other process from changing listings, and clear away what a killed one left half-written.

    The hold ends with the process, however that ends. Raises Busy, and OSError where the lock cannot be made.
    """
    content = content.resolve()
    path = content.with_name(f".{content.name}{OUR_PREFIX}lock")
    try:
        descriptor = take(path)
    except BlockingIOError as error:
        raise Busy(f"another fetch or import is at work on {content}; wait until it is done") from error
    try:
        for leftover in content.glob(f"listings/*/*/{temporary('')}"):
            leftover.unlink()
        yield
    finally:
        give_back(descriptor, path)


def days(content: Path, source: str) -> tuple[Date, ...]:
    """The days that a source has a file for, whatever is in it; oldest first."""
    names = (_NAME.fullmatch(path.name) for path in content.glob("listings/*/*/*.json"))
    found = set[Date]()
    for name in names:
        if name and name[2] == source:
            with suppress(ValueError):
                found.add(Date.fromisoformat(name[1]))
    return tuple(sorted(found))


def read(content: Path, source: str, day: Date) -> Listing | None:
    """What is stored of a day; None where nothing is. Raises Invalid with what is wrong, and OSError."""
    name = listing_name(source, day)
    shown = f"content/{name}"
    try:
        text = decoded((content / name).read_bytes())
    except FileNotFoundError:
        return None
    if isinstance(text, Mistake):
        raise Invalid(tuple(problems_of(shown, [text])))
    listing = read_listing(text, shown)
    if (listing.source, listing.date) != (source, day):
        message = f"the file holds {listing.date} of {listing.source}"
        raise Invalid((Problem(shown, 1, 1, codes.NAME_DISAGREES.id, message, "move it to where that belongs"),))
    return listing


def store(content: Path, listing: Listing) -> None:
    """Put a day in its place: a reader, and whoever comes after a kill or a power cut, finds the old or the new one.

    To be called while `held`. Raises OSError; then what was stored before is still there.
    """
    path = content / listing_name(listing.source, listing.date)
    path.parent.mkdir(parents=True, exist_ok=True)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        place(folder, path.name, dump_listing(listing).encode(), durable=True)
    except OSError:
        with suppress(OSError):
            os.unlink(temporary(""), dir_fd=folder)
        raise
    finally:
        os.close(folder)
