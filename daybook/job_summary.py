"""What verbs leave for the summary of a CI job: Markdown, in which what strangers wrote shows as it stands."""

from __future__ import annotations

import re
from pathlib import Path

LARGEST = 900_000
"""Bytes. GitHub takes 1 MiB of a step, and nothing at all of one that left more:
https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits
"""

_MARKUP = re.compile(r"([\\`*_\[\]|~$#])")


def plain(text: str) -> str:
    """Text that Markdown shows as it stands, on one line: titles and reasons come from strangers."""
    text = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKUP.sub(r"\\\1", text).replace("://", ":&#47;&#47;").replace("@", "&#64;")


def append(path: Path, markdown: str) -> None:
    """Add to a summary, which other commands of the step may have begun. What is too long is cut at a line."""
    body = markdown.encode("utf-8", "replace")
    with path.open("ab") as stream:
        room = max(0, LARGEST - stream.tell())
        if len(body) > room:
            body = body[: body.rfind(b"\n", 0, room) + 1] + b"\nThe rest is too long for a summary.\n"
        stream.write(body)
