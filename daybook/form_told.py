"""What the sender of an issue form is told, as Markdown: the files, ways to propose them, what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote, urlencode

from daybook.model import Problem, Settings

_LONGEST_ADDRESS = 6_000
"""Hosts refuse much longer ones (GitHub: 8 KiB)."""

_LONGEST_SHOWN = 20_000
"""A comment has at most 65,536 characters."""


def told(settings: Settings, made: Mapping[str, str], problems: Iterable[Problem]) -> str:
    """For answers that make files; nothing in it is read as Markdown that was an answer."""
    found = [str(problem) for problem in problems]
    return "\n".join([*_told_problems(found), *_told_files(settings, made, ready=not found), ""])


def declined(reasons: Iterable[str]) -> str:
    """For answers that make none."""
    return "\n".join(
        ["These answers make no file yet. Edit the issue, and they are read again.", "", *_fenced(reasons), ""]
    )


def _told_problems(found: list[str]) -> Iterator[str]:
    if found:
        yield "The file would have problems. Edit the issue, and it is made again."
        yield ""
        yield from _fenced(found)
        yield ""


def _told_files(settings: Settings, made: Mapping[str, str], *, ready: bool) -> Iterator[str]:
    if ready:
        what = "these files, to be proposed in this order" if len(made) > 1 else "this file"
        yield f"Your answers make {what}. Follow the link:"
        yield "the editor opens with it, and what you propose there is yours, in your name."
        yield ""
    for path, text in made.items():
        yield f"**{path}**" + (f": {_proposed(settings, path, text)}" if ready else "")
        yield ""
        yield from _fenced([text.rstrip("\n") if len(text) <= _LONGEST_SHOWN else "too long to be shown here"])
        yield ""


def _proposed(settings: Settings, path: str, text: str) -> str:
    folder, _, name = path.rpartition("/")
    query = urlencode({"filename": name, "value": text})
    address = f"{settings.repository}/new/{quote(settings.branch)}/{folder}?{query}"
    if len(address) <= _LONGEST_ADDRESS:
        return f"[propose it]({address})"
    return f"[make a file of this name]({settings.repository}/new/{quote(settings.branch)}/{folder}?filename={name})"


def _fenced(texts: Iterable[str]) -> Iterator[str]:
    """A block of code that its text cannot end: its fence is longer than any in it (CommonMark 4.5)."""
    text = "\n".join(texts)
    longest = max((len(run) for run in re.findall("~+", text)), default=0)
    fence = "~" * max(3, longest + 1)
    yield from (f"{fence}text", text, fence)
