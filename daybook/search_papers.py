"""What the search index takes of a paper: the texts that words are found in, the filters, and what a result shows."""

from __future__ import annotations

from collections.abc import Iterator

from daybook import markdown
from daybook.site import CuratedPaper
from daybook.tex import plain_text
from daybook.tokens import fold, sentences, words

AUTHORS_SHOWN = 3

Passages = tuple[str, ...]


def texts(paper: CuratedPaper) -> tuple[Passages, ...]:
    """The passages (sentences, names) of each of search_format.FIELDS, as the pages show them."""
    work = paper.paper
    return (
        (plain_text(work.title),),
        tuple(sentences(plain_text(work.abstract))) if work.abstract else (),
        tuple(map(plain_text, work.authors)),
        tuple(
            passage
            for signed in paper.notes
            for passage in (plain_text(signed.note.summary), *sentences(markdown.plain(signed.note.text)))
        ),
        tuple(plain_text(membership.topic.title) for membership in paper.topics),
    )


def filters(paper: CuratedPaper) -> tuple[str, ...]:
    """What the paper is found by besides words: `topic:red-teaming`, `topic:red`, `has:code`, each once."""
    return tuple(dict.fromkeys(_filters(paper)))


def _filters(paper: CuratedPaper) -> Iterator[str]:
    yield f"id:{paper.id}"
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


def _named(field: str, slug: str, name: str) -> Iterator[str]:
    """A filter for the slug, for the name in full, and for each of its words."""
    found = list(words(plain_text(name)))
    yield f"{field}:{fold(slug)}"
    yield f"{field}:{'-'.join(word.term for word in found)}"
    yield from (f"{field}:{part}" for word in found for part in (word.term, *word.parts))


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
