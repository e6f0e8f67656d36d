"""Links to the repository host's own editor, so that a note needs nothing but a browser.

The addresses are GitHub's: https://docs.github.com/repositories/working-with-files/managing-files
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from daybook.model import Note, Paper, Settings
from daybook.skeleton import file_name, skeleton


def edit_note(settings: Settings, note: Note) -> str:
    """Opens the file of a note."""
    return f"{settings.repository}/edit/{quote(settings.branch)}/{quote(note.source_path)}"


def add_note(settings: Settings, paper: Paper) -> str:
    """Opens a new file with a skeleton: name it after your handle, fill in what is empty."""
    query = urlencode({"filename": file_name(paper.id), "value": skeleton(paper)})
    return f"{settings.repository}/new/{quote(settings.branch)}/content/notes?{query}"
