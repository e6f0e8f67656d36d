"""What feeds say of an entry, made once for both formats: addresses are whole, formulas are TeX."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from daybook.cards import AUTHORS_SHOWN, lede
from daybook.feeds import FeedEntry
from daybook.model import Link, Settings
from daybook.site import CuratedPaper
from daybook.tex import plain_text
from daybook.vocabulary import VERDICTS

_VERDICTS = {word.value: word.label for word in VERDICTS}

Draw = Callable[[str, Mapping[str, object]], str]
"""Draws a template with a context."""


@dataclass(frozen=True, slots=True)
class Article:
    """An entry as it is told: `html` is its content, all else plain text of one line. `related` lead elsewhere."""

    id: str
    url: str
    title: str
    summary: str
    html: str
    published: str
    updated: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    related: tuple[Link, ...]


def article(entry: FeedEntry, brief: bool, settings: Settings, draw: Draw) -> Article:
    """What a feed says of an entry.

    `brief` ones have the notes' summaries, the beginning of the abstract and the first authors, and lead to nothing but
    the paper's page.
    """
    paper = entry.paper
    context = {"paper": paper, "note": entry.note, "remark": entry.remark, "brief": brief, "base": settings.base_url}
    title = plain_text(paper.paper.title) or paper.id.text
    authors = tuple(plain_text(name) or name for name in paper.paper.authors)
    if entry.note:
        title = f"{_VERDICTS[entry.note.note.verdict]}: {title}"
        authors = (entry.note.curator.name,)
    elif brief:
        authors = _few(authors)
    return Article(
        id=f"{settings.namespace}/{entry.id}",
        url=f"{settings.base_url}/{paper.path}",
        title=title,
        summary="" if brief else _summary(entry),
        html=draw("_feed_entry.html", context),
        published=entry.published,
        updated=entry.updated,
        authors=authors,
        tags=() if brief else tuple(dict.fromkeys(_tags(paper))),
        related=() if brief else tuple(_related(paper)),
    )


def _few(names: tuple[str, ...]) -> tuple[str, ...]:
    """The first names, and how many others there are."""
    more = len(names) - AUTHORS_SHOWN
    return (*names[:AUTHORS_SHOWN], f"{more} others") if more > 1 else names


def _summary(entry: FeedEntry) -> str:
    """One sentence or a few; nothing where there is nothing to say."""
    notes = (entry.note,) if entry.note else entry.paper.notes
    return plain_text(notes[0].note.summary if notes else lede(entry.paper.paper.abstract or ""))


def _tags(paper: CuratedPaper) -> Iterator[str]:
    yield from (plain_text(membership.topic.title) for membership in paper.topics)
    yield from paper.paper.categories


def _related(paper: CuratedPaper) -> Iterator[Link]:
    yield Link("arXiv", paper.id.abstract_url)
    if paper.entry.code:
        yield Link("Code", paper.entry.code)
    if paper.entry.project:
        yield Link("Project page", paper.entry.project)
