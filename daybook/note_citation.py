"""How to cite a note: its curator is the author, the paper what it is on."""

from __future__ import annotations

from daybook.model import Paper, Settings
from daybook.site import SignedNote
from daybook.tex import plain_text
from daybook.words import plain_date


def cite_note(signed: SignedNote, paper: Paper, settings: Settings) -> str:
    """A reference in one line of plain text, with the note's own address."""
    note = signed.note
    return (
        f"{signed.curator.name} ({note.date.year}). Note on “{plain_text(paper.title)}” (arXiv:{paper.id}). "
        f"{settings.title}, {plain_date(note.date)}. {settings.base_url}/{signed.path}"
    )
