"""Links to the repository host's own editor, so that a note needs nothing but a browser.

The addresses are GitHub's: https://docs.github.com/repositories/working-with-files/managing-files
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote, quote_plus

from daybook.model import Note, Paper, Settings
from daybook.skeleton import file_name, skeleton


def edit_note(note: Note, settings: Settings) -> str:
    """Opens the file of a note."""
    return f"{settings.repository}/edit/{quote(settings.branch)}/{quote(note.source_path)}"


def add_note(paper: Paper, settings: Settings) -> str:
    """Opens a new file with a skeleton: name it after your handle, fill in what is empty."""
    value = quote_plus("\n").join(map(_quoted, skeleton(paper).split("\n")))
    name = quote_plus(file_name(paper.id))
    return f"{settings.repository}/new/{quote(settings.branch)}/content/notes?filename={name}&value={value}"


@lru_cache
def _quoted(line: str) -> str:
    """A line of a skeleton: most are the same for all papers."""
    return quote_plus(line)
