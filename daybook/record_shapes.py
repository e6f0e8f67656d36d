"""The shapes of what is kept beside the papers: corrections of what sources say, and the history of content/.

As `shapes`, which has all the others.
"""

from __future__ import annotations

from daybook.kinds import Choice, Day, Flag, Text
from daybook.model import Override, Right
from daybook.name_kinds import Category, Reference, Url
from daybook.provenance import History, Provenance, Touch
from daybook.shapes import BY, LINE, ORGANISATION, PAPER_ID
from daybook.table_kinds import Field, Many, Table, itself
from daybook.vocabulary import REMOVABLE

# Corrections ------------------------------------------------------------------------------------------------------

RIGHT = Table(
    "correct",
    Right,
    (
        Field("title", LINE, "The title, on one line.", "A Title"),
        Field("authors", Many(LINE, least=1), "All authors, in the order of the paper.", ["Ada Example"]),
        Field("published", Day(), "The day of the first version.", "2024-01-02"),
        Field("abstract", Text(lines=True), "The abstract, plain text with TeX.", "We measure."),
        Field("categories", Many(Category(), least=1, unique=itself), "All arXiv categories, the first one first.",
              ["cs.CL", "cs.AI"]),
        Field("withdrawn", Day(), "The day on which its authors withdrew it.", "2024-02-03"),
        Field("retracted", Day(), "The day on which whoever published it retracted it.", "2024-02-03"),
        Field("organisation", ORGANISATION, "Who it comes from.", {"slug": "example-lab", "name": "Example Lab"}),
        Field("code", Url(), "Its code.", "https://example.org/code"),
        Field("project", Url(), "Its home page.", "https://example.org/project"),
        Field("discussion", Url(), "Where it is discussed.", "https://example.org/papers/2401.01234"),
    ),
)  # fmt: skip

OVERRIDE = Table(
    "a correction",
    Override,
    (
        Field("paper", Reference("paper"), PAPER_ID, "2401.01234", required=True),
        Field("by", Reference("curator"), BY, "daybook", required=True),
        Field("date", Day(), "When the correction was made.", "2026-01-07", required=True),
        Field("reason", LINE, "What is wrong upstream, in one sentence.", "The second author is missing.",
              required=True),
        Field("source", Url(), "Where anybody can see that it is so.", "https://example.org/proof"),
        Field("correct", RIGHT, "What is right: only what upstream gets wrong.", {"title": "A Title"}),
        Field("remove", Many(Choice(REMOVABLE), unique=itself), "What upstream says and is not so.", ["code"]),
    ),
)  # fmt: skip

# What the history says, written by machine ------------------------------------------------------------------------

TOUCH = Table(
    "a change in the history",
    Touch,
    (
        Field("by", LINE, "The author's name, as the history has it.", "Ada Example", required=True),
        Field("date", Day(), "The day (UTC) of the change.", "2026-01-07", required=True),
    ),
)

HISTORY = Table(
    "the history of a file",
    History,
    (
        Field("path", LINE, "The file, from content/.", "notes/2401.01234.ada.yaml", required=True),
        Field("people", Many(LINE, unique=itself), "Everybody who ever changed it.", ["Ada Example"]),
        Field("added", TOUCH, "Who added it, and when.", {"by": "Ada Example", "date": "2026-01-07"}),
        Field("changed", TOUCH, "The newest change.", {"by": "Bo Example", "date": "2026-01-09"}),
    ),
)


def _path_of(history: History) -> object:
    return history.path


PROVENANCE = Table(
    "provenance.json",
    Provenance,
    (
        Field("cut_off", Flag(), "True where the history does not go back to its beginning.", False, required=True),
        Field("files", Many(HISTORY, unique=_path_of), "What people wrote, by path.", [], required=True),
    ),
)
