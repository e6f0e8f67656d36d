"""Starts a curator's note: a file with all that is known filled in, and the paper's pick where content/ lacks it."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date as Date
from functools import partial
from pathlib import Path

from daybook import excerpt, listing_files, pick_files
from daybook.matching import matcher, searchable
from daybook.model import Entry, Paper, PaperId, Pick, Settings
from daybook.name_kinds import Slug
from daybook.paper_id import with_version
from daybook.report import Report
from daybook.shapes import PAPER
from daybook.skeleton import file_name, skeleton
from daybook.source import Unusable
from daybook.wording import did_you_mean, nearest, quote


@dataclass(frozen=True, slots=True)
class Wish:
    """What the curator asked for, as it was typed: the paper in any spelling, a handle, slugs of topics.

    The last three are what the paper is, for one that content/ does not know: all of them or none. `published` is a
    day as 2026-01-31.
    """

    paper: str
    by: str
    topics: tuple[str, ...] = ()
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """The paths of the files that were written, from the root of the repository; `pick` where there was none."""

    note: str
    pick: str | None


class NotStarted(Exception):
    """No note was started. Has one sentence or more for people: why, and what to do."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


Ask = Callable[[PaperId, Settings], Entry]
"""Gets what arXiv says of a paper. Raises Unusable, with the reason as a sentence without its full stop."""


def start_note(root: Path, wish: Wish, today: Date, ask: Ask) -> Started:
    """Write the note's skeleton, and the paper's pick where neither a listing nor a pick has the paper.

    `root` is the repository, `today` the day in UTC. `ask` is called for a paper that neither content/ nor the wish
    tells of. Of content/ only what is needed is read: mistakes in other files do not matter. Never writes over a
    file. Raises NotStarted; Invalid where a file that is needed has mistakes; OSError.
    """
    content = root / "content"
    paper, version = _named(wish.paper)
    _refuse_unknown(content, wish)
    note = f"content/notes/{file_name(paper, wish.by)}"
    if (root / note).exists():
        raise _there_already(note)
    settings = excerpt.settings(content)
    entry = excerpt.entry(content, paper, settings.huggingface_data)
    pick = None
    if entry is None:
        entry = _typed(paper, wish, today) or _asked(paper, version, wish, partial(ask, paper, settings))
        pick = _store(content, Pick("arxiv", entry))
    text = skeleton(
        entry.paper,
        by=wish.by,
        # A paper of tomorrow means that this machine's clock is behind.
        today=max(today, entry.paper.published),
        version=version,
        topics=tuple(dict.fromkeys(wish.topics)),
        matching=_matching(content, entry),
    )
    _create(root, note, text)
    return Started(note, pick)


def _named(text: str) -> tuple[PaperId, int | None]:
    try:
        return with_version(text)
    except ValueError as error:
        raise NotStarted(
            f"{error}; give an identifier such as 2401.01234, or the paper's address at arxiv.org or huggingface.co"
        ) from error


# Who and what about ------------------------------------------------------------------------------------------------


def _refuse_unknown(content: Path, wish: Wish) -> None:
    """All at once: the curator and the topics that have no file."""
    handles, slugs = excerpt.names(content, "curators"), excerpt.names(content, "topics")
    reasons = [] if wish.by in handles else [_unknown_curator(wish.by, handles)]
    reasons += [_unknown_topic(topic, slugs) for topic in dict.fromkeys(wish.topics) if topic not in slugs]
    if reasons:
        raise NotStarted(*reasons)


def _unknown_curator(handle: str, handles: Collection[str]) -> str:
    report = Report()
    Slug().read(handle, report)
    for finding in report.findings:
        return f"--by: {finding.message}; {finding.remedy}"
    to_add = f"to sign as {handle}, write content/curators/{handle}.yaml with the line `name: Your Name`"
    return f"unknown curator {quote(handle)}; {did_you_mean(nearest(handle, handles), to_add)}"


def _unknown_topic(slug: str, slugs: Collection[str]) -> str:
    remedy = did_you_mean(nearest(slug, slugs), "topics are the files in content/topics/")
    return f"unknown topic {quote(slug)}; {remedy}"


def _matching(content: Path, entry: Entry) -> tuple[str, ...]:
    """The topics whose rules find the paper."""
    rules = {topic.slug: topic.match for topic in excerpt.topics(content)}
    return tuple(matcher(rules)(searchable(entry), entry))


# A paper that content/ does not know -------------------------------------------------------------------------------


def _typed(paper: PaperId, wish: Wish, today: Date) -> Entry | None:
    """What the options say of the paper; None where they say nothing."""
    if wish.title is None and not wish.authors and wish.published is None:
        return None
    if wish.title is None or not wish.authors or wish.published is None:
        raise NotStarted("--title, --author and --published go together: give all three of them, or none to ask arXiv")
    report = Report()
    # Titles are often pasted with the line breaks of the page.
    authors = dict.fromkeys(_one_line(author) for author in wish.authors)
    said = {"id": paper.text, "title": _one_line(wish.title), "authors": [*authors], "published": wish.published}
    read: Paper | None = PAPER.read(said, report)
    if read is None:
        raise NotStarted(*(f"{finding.message}; {finding.remedy}" for finding in report.findings))
    if read.published > today:
        raise NotStarted(f"published on {read.published}, after today ({today}); correct --published")
    return Entry(read)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _asked(paper: PaperId, version: int | None, wish: Wish, ask: Callable[[], Entry]) -> Entry:
    try:
        return ask()
    except Unusable as reason:
        raise NotStarted(
            f"{paper} stands in no listing and no pick, and arXiv did not tell of it: {reason}",
            f"nothing was written; to go on without arXiv, say what the paper is: {_command(paper, version, wish)}",
        ) from reason


def _command(paper: PaperId, version: int | None, wish: Wish) -> str:
    """The command that needs no network, ready to be filled in."""
    typed = ["python", "build.py", "note", f"{paper}v{version}" if version else f"{paper}", "--by", wish.by]
    for topic in wish.topics:
        typed += ["--topic", topic]
    return f"{shlex.join(typed)} --title '…' --author '…' --author '…' --published YYYY-MM-DD"


# Files -------------------------------------------------------------------------------------------------------------


def _store(content: Path, pick: Pick) -> str:
    """Put a pick where it belongs; its path from the root of the repository."""
    try:
        with listing_files.held(content):
            pick_files.store(content, pick)
    except listing_files.Busy as busy:
        raise NotStarted(str(busy)) from busy
    return f"content/{pick_files.pick_name(pick.entry.paper.id)}"


def _create(root: Path, relative: str, text: str) -> None:
    """Write a note that is not there yet."""
    path = root / relative
    path.parent.mkdir(exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise _there_already(relative) from error


def _there_already(relative: str) -> NotStarted:
    return NotStarted(f"{relative} is there already and was not touched: edit it, or delete it to start anew")
