"""The file of a note before its curator has written it: what is known filled in, what is asked for explained.

The keys, their order and their explanations are those of the note's shape. The command line writes it into content/,
the web link hands it to the repository host's own editor.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date as Date
from typing import Any

from daybook.documents import FORBIDDEN
from daybook.kinds import Choice, Day, Text
from daybook.markdown_kind import Markdown
from daybook.model import Paper, PaperId
from daybook.record_shapes import OVERRIDE
from daybook.shapes import NOTE
from daybook.table_kinds import Field, Table
from daybook.wording import either

YOUR_HANDLE = "your-handle"
"""Stands where a curator's handle goes and nobody knows yet who that is."""

SCHEMA_LINE = "# yaml-language-server: $schema=../schema/note.schema.json"

_FILLED = {"verdict": "worth-reading", "interests": "none", "assistance": "none", "summary": "", "note": "|\n"}
_LONGEST_TITLE = 200  # characters: some titles come with half of their abstract

# Which slugs are text to YAML as they stand: https://yaml.org/type/bool.html and its neighbours for the words.
_PLAIN = re.compile(r"(?!(?:y|n|yes|no|on|off|true|false|null)\Z)[a-z][a-z0-9-]*")


def file_name(paper: PaperId, by: str = YOUR_HANDLE) -> str:
    """What a curator's note on a paper is called in content/notes/."""
    return f"{paper.stem}.{by}.yaml"


def skeleton(
    paper: Paper,
    *,
    by: str | None = None,
    today: Date | None = None,
    version: int | None = None,
    topics: Sequence[str] = (),
    matching: Sequence[str] = (),
) -> str:
    """The text of the file. With `by` and `today` given, `summary` and `note` are all that it lacks to be valid.

    The first line names the schema in content/schema/ for editors, as the YAML language server reads it:
    https://github.com/redhat-developer/yaml-language-server#using-inlined-schema. `version` is the arXiv version
    that was read; `topics` are the slugs that the curator chose, `matching` those whose rules find the paper.
    """
    values = {
        **_FILLED,
        "paper": json.dumps(paper.id.text),
        "by": _word(by or YOUR_HANDLE),
        "date": today.isoformat() if today else "",
        "topics": f"[{', '.join(map(_word, topics))}]",
        **({"saw_version": str(version)} if version else {}),
    }
    settled = {"paper", "saw_version", *(["by"] if by else []), *(["date"] if today else [])}
    lines = [SCHEMA_LINE, _headline(paper)]
    for field in NOTE.fields:
        if field.name in values:
            lines += [] if field.name in settled else [_explained(field, matching)]
            lines.append(f"{field.name}: {values[field.name]}".rstrip(" "))
    others = [field.name for field in NOTE.fields if field.name not in values]
    return "\n".join([*lines, f"# There may also be {either(others, ' and ')}.", ""])


def correction_skeleton(paper: PaperId) -> str:
    """The text of a correction's file before anything is corrected, as `skeleton` does for a note."""
    right = next(field.kind for field in OVERRIDE.fields if field.name == "correct")
    keys = either((field.name for field in right.fields), " and ") if isinstance(right, Table) else ""
    values = {"paper": json.dumps(paper.text), "by": YOUR_HANDLE, "date": "", "reason": "", "source": "", "correct": ""}
    lines = ["# yaml-language-server: $schema=../schema/override.schema.json"]
    for field in OVERRIDE.fields:
        if field.name in values:
            lines += [_explained(field, ()), f"{field.name}: {values[field.name]}".rstrip(" ")]
    return "\n".join([*lines, f"  # Among {keys}.", '  title: ""', ""])


def bare(text: str) -> str:
    """The text of a file without the lines that only explain it."""
    return "\n".join(line for line in text.split("\n") if not line.lstrip().startswith("#"))


def _headline(paper: Paper) -> str:
    """The title and the address in one line of comment. The title is anybody's text: it must not end the comment."""
    title = FORBIDDEN.sub("", " ".join(paper.title.split()))
    short = title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1] + "…"
    return f"# “{short}”, {paper.id.abstract_url}"


def explanations(shape: Table[Any]) -> tuple[tuple[str, str], ...]:
    """The keys of a file, and what each is for."""
    return tuple((field.name, _explanation(field, ())) for field in shape.fields)


def _explained(field: Field, matching: Sequence[str]) -> str:
    """The explanation of a key as a line of comment."""
    return f"# {_explanation(field, matching)}"


def _explanation(field: Field, matching: Sequence[str]) -> str:
    """What a key is for and what may stand there."""
    more = ""
    match field.kind:
        case Choice(words=words):
            others = [word.value for word in words if word.value != _FILLED.get(field.name)]
            more = f" Otherwise: {either(others)}."
        case Markdown():
            more = " Indent each line by two blanks."
        case Text() | Day() as kind:
            more = f" Write {kind.wanted}."
        case _ if field.name == "topics" and matching:
            more = f" Rules match: {', '.join(matching)}."
    return f"{field.doc}{more}"


def _word(slug: str) -> str:
    """A slug as YAML text; in quotes where it would read as a number, a date or a truth."""
    return slug if _PLAIN.fullmatch(slug) else json.dumps(slug)
