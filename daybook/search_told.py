"""What a search found, in lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from daybook.search import Answer, Group, Hit
from daybook.search_files import SearchFiles
from daybook.words import count_of

_SECTIONS = {"all": "with all words", "forms": "with other forms of them", "some": "with some of them"}


def lines(answer: Answer, files: SearchFiles, limit: int) -> Iterator[str]:
    """How the query was read where that is not plain, then each section with its papers, `limit` of them in all."""
    yield from _notices(answer)
    room = limit
    for name, hits in answer.sections.items():
        if hits:
            yield f"{count_of(len(hits), 'paper')} {_SECTIONS[name] if answer.groups else 'found'}"
            for hit in hits[: max(0, room)]:
                yield from _hit_lines(hit, files)
            room -= len(hits)
    if not answer.hits:
        yield "no paper was found"


def _notices(answer: Answer) -> Iterator[str]:
    for group in answer.groups:
        yield from _meaning(group)
    for word in answer.unknown:
        yield f"no paper has {word!r}: left out"
    if answer.query.left_out:
        yield f"too common to look for: {', '.join(dict.fromkeys(answer.query.left_out))}"
    for part, reason in answer.query.refused:
        yield f"not understood: {part} ({reason})"


def _meaning(group: Group) -> Iterator[str]:
    meant = ", ".join(part.term.text for part in group.parts)
    if group.kind == "corrected":
        yield f"no paper has {group.word!r}: showing results for {meant}"
    if group.kind == "completed":
        yield f"words that begin with {group.word!r}: {meant}"


def _hit_lines(hit: Hit, files: SearchFiles) -> Iterator[str]:
    identifier, title, authors, more, date, notes, *_ = files.result(hit.paper)
    yield f"  {identifier}  {title}"
    yield f"    {authors}{f' and {more:,} more' if more else ''}, {date}"
    for verdict, summary, by in notes:
        yield f"    [{verdict}] {summary} ({by})"
