"""What the search index takes of a paper: the texts that words are found in, the filters, and what a result shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from daybook import markdown
from daybook.site import CuratedPaper
from daybook.tex import is_plain, plain_text
from daybook.tokens import BREAK, fold, words

AUTHORS_SHOWN = 3


def texts(paper: CuratedPaper) -> tuple[str, ...]:
    """What is in each of search_format.FIELDS, as the pages show it, with a BREAK between two names or notes."""
    work = paper.paper
    notes = [text for signed in paper.notes for text in (signed.note.summary, markdown.plain(signed.note.text))]
    return (
        _broken([work.title]),
        _broken([work.abstract or ""]),
        _broken(work.authors),
        _broken(notes),
        _broken([membership.topic.title for membership in paper.topics]),
    )


def _broken(passages: Sequence[str]) -> str:
    joined = f" {BREAK} ".join(passages)
    if is_plain(joined) and joined.count(BREAK) < max(1, len(passages)):  # as most are
        return joined
    return f" {BREAK} ".join(plain_text(passage).replace(BREAK, " ") for passage in passages)


def filters(paper: CuratedPaper) -> tuple[str, ...]:
    """What the paper is found by besides words: `topic:red-teaming`, `topic:red`, `has:code`, each once."""
    return tuple(dict.fromkeys(_filters(paper)))


def _filters(paper: CuratedPaper) -> Iterator[str]:
    yield f"id:{paper.id.text}"
    for membership in paper.topics:
        slug = membership.topic.url.removeprefix("topics/").removesuffix(".html")
        yield from _named("topic", slug, membership.topic.title)
    if paper.entry.organisation:
        yield from _named("org", paper.entry.organisation.slug, paper.entry.organisation.name)
    for signed in paper.notes:
        yield from _named("curator", signed.curator.handle, signed.curator.name)
    facts = (
        ("has:note", paper.notes),
        ("has:code", paper.entry.code),
        ("has:project", paper.entry.project),
        ("is:withdrawn", paper.paper.withdrawn),
    )
    yield from (fact for fact, holds in facts if holds)


@cache
def _named(field: str, slug: str, name: str) -> tuple[str, ...]:
    """A filter for the slug, for the name in full, and for each of its words."""
    found = list(words(plain_text(name)))
    parts = (part for word in found for part in (word.term, *word.parts))
    texts = (fold(slug), "-".join(word.term for word in found), *parts)
    return tuple(f"{field}:{text}" for text in texts)


def result(paper: CuratedPaper) -> list[object]:
    """What a result shows: identifier, title, authors, how many more, date, notes; and 1 where it is withdrawn.

    A note is its verdict, its summary and its curator's name.
    """
    work = paper.paper
    shown: list[object] = [
        work.id.text,
        plain_text(work.title),
        ", ".join(map(plain_text, work.authors[:AUTHORS_SHOWN])),
        max(0, len(work.authors) - AUTHORS_SHOWN),
        paper.first.isoformat(),
        [[s.note.verdict, plain_text(s.note.summary), s.curator.name] for s in paper.notes],
    ]
    return [*shown, 1] if work.withdrawn else shown
