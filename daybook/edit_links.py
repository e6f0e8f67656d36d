"""Links to the repository host's own editor, so that a note needs nothing but a browser.

The addresses are GitHub's: https://docs.github.com/repositories/working-with-files/managing-files
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from daybook.model import Note, Paper, Settings


def edit_note(settings: Settings, note: Note) -> str:
    """Opens the file of a note."""
    return f"{settings.repository}/edit/{quote(settings.branch)}/{quote(note.source_path)}"


def add_note(settings: Settings, paper: Paper) -> str:
    """Opens a new file with a skeleton: name it after your handle, fill in what is empty."""
    query = urlencode({"filename": f"{paper.id.stem}.your-handle.yaml", "value": skeleton(paper)})
    return f"{settings.repository}/new/{quote(settings.branch)}/content/notes?{query}"


def skeleton(paper: Paper) -> str:
    """The note's file with all that is known filled in. The title is a comment, so it must stay one line."""
    title = " ".join(paper.title.split())
    return (
        f"# {title}\n"
        f'paper: "{paper.id}"\n'
        "by: your-handle  # the name of your file in content/curators/\n"
        "date:  # today, as 2026-01-31\n"
        "verdict:  # must-read, worth-reading, for-specialists or caution\n"
        "summary:  # one sentence, at most 200 characters\n"
        "note: |\n"
        "  What is new, for whom, and what to doubt (Markdown).\n"
        "topics: []  # names of files in content/topics/\n"
        "interests: none  # or author, colleague, funder, competitor\n"
        "assistance: none  # of a language model: or edited, drafted\n"
    )
