"""Links to the repository host's own editor, so that a note needs nothing but a browser.

The addresses are GitHub's: https://docs.github.com/repositories/working-with-files/managing-files
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from daybook.model import Note, Paper, Settings
from daybook.site import CuratedPaper
from daybook.skeleton import correction_skeleton, file_name, skeleton


def edit_note(settings: Settings, note: Note) -> str:
    """Opens the file of a note."""
    return f"{settings.repository}/edit/{quote(settings.branch)}/{quote(note.source_path)}"


def correct(settings: Settings, paper: CuratedPaper) -> str:
    """Opens the paper's correction, or a new file with the beginning of one."""
    override = paper.correction.override if paper.correction else None
    if override:
        return f"{settings.repository}/edit/{quote(settings.branch)}/{quote(override.source_path)}"
    query = urlencode({"filename": f"{paper.id.stem}.yaml", "value": correction_skeleton(paper.id)})
    return f"{settings.repository}/new/{quote(settings.branch)}/content/overrides?{query}"


def add_note(settings: Settings, paper: Paper) -> str:
    """Opens a new file with a skeleton: name it after your handle, fill in what is empty."""
    query = urlencode({"filename": file_name(paper.id), "value": skeleton(paper, settings.base_url)})
    return f"{settings.repository}/new/{quote(settings.branch)}/content/notes?{query}"
