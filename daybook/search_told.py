"""What a search found, in lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from daybook.search import Answer, Group
from daybook.search_files import SearchFiles
from daybook.words import count_of

_SECTIONS = {"all": "with all words", "forms": "with other forms of them", "some": "with some of them"}
_SHOWN = 6  # words that begin as one that was typed


def lines(answer: Answer, files: SearchFiles, limit: int) -> Iterator[str]:
    """How the query was read where that is not plain, then each section with its papers, `limit` of them in all."""
    if named := answer.query.paper and files.term(f"id:{answer.query.paper}"):
        yield f"the paper {answer.query.paper}"
        for paper in named.postings:
            yield from _result_lines(paper, files)
        return
    yield from _notices(answer, files)
    room = limit
    for name, hits in answer.sections.items():
        if hits:
            yield f"{count_of(len(hits), 'paper')} {_SECTIONS[name] if answer.groups else 'found'}"
            for hit in hits[: max(0, room)]:
                yield from _result_lines(hit.paper, files)
            room -= len(hits)
    if not answer.hits:
        yield "no paper was found"


def _notices(answer: Answer, files: SearchFiles) -> Iterator[str]:
    query = answer.query
    for paper in (query.paper, query.like):
        if paper and not files.term(f"id:{paper}"):
            yield f"no paper here is {paper}"
    for group in answer.groups:
        yield from _meaning(group)
    for word in answer.unknown if not query.paper else ():  # those of an address say nothing
        yield f"no paper has {word!r}: left out"
    if query.left_out:
        yield f"too common to look for: {', '.join(dict.fromkeys(query.left_out))}"
    for part, reason in query.refused:
        yield f"not understood: {part} ({reason})"


def _meaning(group: Group) -> Iterator[str]:
    words = [part.term.text for part in group.parts]
    meant = ", ".join(words[:_SHOWN]) + (f" and {len(words) - _SHOWN:,} more" if len(words) > _SHOWN else "")
    if group.kind == "corrected":
        yield f"no paper has {group.word!r}: showing results for {meant}"
    if group.kind == "completed":
        yield f"words that begin with {group.word!r}: {meant}"


def _result_lines(paper: int, files: SearchFiles) -> Iterator[str]:
    identifier, title, authors, more, date, notes, *_ = files.result(paper)
    yield f"  {identifier}  {title}"
    yield f"    {authors}{f' and {more:,} more' if more else ''}, {date}"
    for verdict, summary, by in notes:
        yield f"    [{verdict}] {summary} ({by})"
