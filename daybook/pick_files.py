"""The picks in content/ as files: reading one, storing one. `content` is the folder content/ everywhere."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from daybook import codes
from daybook.documents import Mistake, decoded
from daybook.folder import temporary
from daybook.listing_json import dump_pick, read_pick
from daybook.model import Invalid, PaperId, Pick, Problem
from daybook.report import problems_of


def pick_name(paper: PaperId) -> str:
    """The path of a paper's pick inside content/."""
    return f"picks/{paper.stem}.json"


def read(content: Path, paper: PaperId) -> Pick | None:
    """What is stored of a paper; None where nothing is. Raises Invalid with what is wrong, and OSError."""
    shown = f"content/{pick_name(paper)}"
    try:
        text = decoded((content / pick_name(paper)).read_bytes())
    except FileNotFoundError:
        return None
    if isinstance(text, Mistake):
        raise Invalid(tuple(problems_of(shown, [text])))
    pick = read_pick(text, shown)
    if pick.entry.paper.id != paper:
        message, remedy = f"the file holds {pick.entry.paper.id}", "move it to where that belongs"
        raise Invalid((Problem(shown, 1, 1, codes.NAME_DISAGREES.id, message, remedy),))
    return pick


def store(content: Path, pick: Pick) -> None:
    """Put a pick in its place, whole or not at all.

    To be called while the listings are held (listing_files.py). Raises OSError; then what was stored before is there.
    """
    path = content / pick_name(pick.entry.paper.id)
    path.parent.mkdir(exist_ok=True)
    unfinished = path.with_name(temporary(""))
    try:
        unfinished.write_bytes(dump_pick(pick).encode())
        unfinished.replace(path)
    except OSError:
        with suppress(OSError):
            unfinished.unlink()
        raise
