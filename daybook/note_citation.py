"""How to cite a note: its curator is the author, the paper what it is on."""

from __future__ import annotations

from collections.abc import Iterator

from daybook import bibtex
from daybook.model import Paper, Settings
from daybook.person_names import parted
from daybook.references import reference
from daybook.site import SignedNote
from daybook.tex import plain_text
from daybook.words import plain_date


def cite_note(signed: SignedNote, paper: Paper, settings: Settings) -> str:
    """A reference in one line of plain text, with the note's own address."""
    note = signed.note
    return (
        f"{signed.curator.name} ({note.date.year}). Note on “{plain_text(paper.title)}” (arXiv:{paper.id}). "
        f"{settings.title}, {plain_date(note.date)}. {_address(signed, settings)}"
    )


def note_bibtex(signed: SignedNote, paper: Paper, settings: Settings) -> str:
    """The same as an entry of BibTeX. Its key, `note-2601.03252-ada`, is made as the file's name is."""
    return bibtex.misc(f"note-{signed.note.paper.stem}-{signed.curator.handle}", _fields(signed, paper, settings))


def _fields(signed: SignedNote, paper: Paper, settings: Settings) -> Iterator[tuple[str, str]]:
    date = signed.note.date
    # Doubled braces keep the capitals of a title, whatever the style does to others.
    yield "title", f"{{{{Note on “{bibtex.title(reference(paper))}”}}}}"
    yield "author", f"{{{bibtex.name(parted(signed.curator.name))}}}"
    yield "year", f"{{{date.year}}}"
    yield "month", bibtex.MONTHS[date.month - 1]
    yield "howpublished", f"{{{bibtex.escaped(settings.title)}}}"
    yield "note", f"{{On arXiv:{paper.id}}}"
    # Styles print an address as it stands, but a brace would end the field.
    yield "url", f"{{{_address(signed, settings).replace('{', '%7B').replace('}', '%7D')}}}"


def _address(signed: SignedNote, settings: Settings) -> str:
    return f"{settings.base_url}/{signed.path}"
