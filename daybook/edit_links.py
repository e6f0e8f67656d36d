"""Links to the repository host's own editor, so that a note needs nothing but a browser.

What a link fills in is the file without its comments, which would be a fifth of the page of a paper: they are for
other editors. What each key is for stands on the page “Contribute”.

The addresses are GitHub's: https://docs.github.com/repositories/working-with-files/managing-files
"""

from __future__ import annotations

from datetime import date as Date
from functools import cache
from urllib.parse import quote, quote_plus

from daybook.model import Note, Paper, PaperId, Settings
from daybook.site import CuratedPaper
from daybook.skeleton import bare, correction_skeleton, file_name, skeleton

_SOME = PaperId("0000.00000")


def edit_note(note: Note, settings: Settings) -> str:
    """Opens the file of a note."""
    return f"{settings.repository}/edit/{quote(settings.branch)}/{quote(note.source_path)}"


def correct(paper: CuratedPaper, settings: Settings) -> str:
    """Opens the paper's correction, or a new file with the beginning of one."""
    override = paper.correction.override if paper.correction else None
    if override:
        return f"{settings.repository}/edit/{quote(settings.branch)}/{quote(override.source_path)}"
    return _new_file(settings, "overrides", f"{paper.id.stem}.yaml", _form("overrides"), paper.id)


def add_note(paper: Paper, settings: Settings) -> str:
    """Opens a new file with a skeleton: name it after your handle, fill in what is empty."""
    return _new_file(settings, "notes", file_name(paper.id), _form("notes"), paper.id)


def _new_file(settings: Settings, folder: str, name: str, form: tuple[str, ...], paper: PaperId) -> str:
    new = f"{settings.repository}/new/{quote(settings.branch)}"
    return f"{new}/content/{folder}?filename={quote_plus(name)}&value={quote_plus(paper.text).join(form)}"


@cache
def _form(folder: str) -> tuple[str, ...]:
    """The file of any paper, as an address has it: what stands around the paper's identifier."""
    paper = Paper(id=_SOME, title="", authors=(), published=Date.min)
    text = skeleton(paper) if folder == "notes" else correction_skeleton(paper.id)
    return tuple(quote_plus(bare(text)).split(quote_plus(_SOME.text)))
