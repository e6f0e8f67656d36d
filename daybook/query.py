"""The query language: what a reader types, as the parts that are wanted. static/search/query.js does the same.

    words            all wanted; papers that have all of them come first
    "exact phrase"   these words in just this order
    -word            not this; works with everything below, too
    trans*           every word that begins so; with three letters or more
    title:word  author:name  note:word          in that place only; with "…" a phrase there
    topic:name  org:name  curator:name          a topic, an organisation, a curator, by name or by a word of it
    has:note  has:code  has:project  is:withdrawn
    date:2026  date:2026-01  date:2026-W02  date:2026-01-07  date:2026-01..2026-02  date:..2025
    like:2510.13912                             papers that share its words
    sort:newest  sort:votes  sort:relevance

An identifier, or any address of a paper at arXiv, Hugging Face or doi.org, asks for that very paper.
tests/spec/query.md holds the two implementations together.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date as Date

from daybook import paper_id
from daybook.model import PaperId
from daybook.tokens import STOP_NUMBERS, words

LONGEST = 1_000  # characters that are read
MOST_PARTS = 32
SHORTEST_START = 3  # letters before a star: with fewer, words are too many to look for

# Written out, since languages differ in what they take for a blank.
_BLANK = "\x00-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_BLANKS = re.compile(f"[{_BLANK}]*")
_QUOTES = re.compile("[\u201c\u201d\u201e\xab\xbb]")
_QUOTED = re.compile('"([^"]*)"?')
_BARE = re.compile(f'[^"{_BLANK}]*')
_NAME = re.compile("([A-Za-z]+):")

_TEXT_FIELDS = {"title": "title", "author": "authors", "note": "notes"}
_NAMED_FIELDS = ("topic", "org", "curator")
_FACTS = {"has": ("note", "code", "project"), "is": ("withdrawn",)}
SORTS = ("relevance", "newest", "votes")

_YEAR = re.compile("[1-9][0-9]{3}")
_MONTH = re.compile("[1-9][0-9]{3}-(?:0[1-9]|1[0-2])")
_DAY = re.compile("[1-9][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
_WEEK = re.compile("([1-9][0-9]{3})-[Ww]([0-9]{2})")
FIRST, LAST = "0000-00-00", "9999-99-99"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word to look for: in one of search_format.FIELDS or anywhere. One that is `open` may go on, it is being typed
    or has a star. `parts` are those of a joined word, for where nobody wrote it joined.
    """

    term: str
    parts: tuple[str, ...] = ()
    field: str | None = None
    is_open: bool = False
    starred: bool = False
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row, stop words among them."""

    words: tuple[str, ...]
    field: str | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """What a paper must be, or be in: a term of the index such as `topic:red-teaming`."""

    term: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `start` to `end`, both as text that sorts as they do: `2026-02-31` is the end of that month."""

    start: str
    end: str
    negated: bool = False


@dataclass(slots=True)
class Query:
    """A query taken apart. `left_out` are stop words; `refused` are parts that mean nothing, each with the reason."""

    wanted: list[Wanted] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)
    filters: list[Filter] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    sort: str = "relevance"
    like: PaperId | None = None
    paper: PaperId | None = None
    left_out: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_withdrawn(self) -> bool:
        """Are withdrawn papers asked for? All lists leave them out otherwise."""
        return Filter("is:withdrawn") in self.filters


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of the text: `-title:"a phrase"`."""

    text: str
    negated: bool
    name: str
    value: str
    quoted: bool
    last: bool


def parse(text: str) -> Query:
    """What a text asks for. Never raises."""
    text = _QUOTES.sub('"', text[:LONGEST])
    query = Query(paper=_identifier(text))
    for number, part in enumerate(_parts(text)):
        if number == MOST_PARTS:
            query.refused.append((part.text, f"only the first {MOST_PARTS} parts of a query count"))
            break
        _READERS.get(part.name, _read_text)(query, part)
    return query


def _parts(text: str) -> list[_Part]:
    parts = []
    place = _after_blanks(text, 0)
    while place < len(text):
        start = place
        negated = text[place] == "-"
        name = _NAME.match(text, place + negated)
        if name and name[1].lower() not in _READERS:
            name = None
        place = name.end() if name else place + negated
        quoted = text.startswith('"', place)
        value = (_QUOTED if quoted else _BARE).match(text, place)
        assert value  # both patterns match the empty text
        place = value.end()
        written = text[start:place]
        parts.append(
            _Part(
                text=written,
                negated=negated,
                name=name[1].lower() if name else "",
                value=value[1] if quoted else value[0],
                quoted=quoted,
                last=place == len(text),
            )
        )
        place = _after_blanks(text, place)
    return parts


def _after_blanks(text: str, place: int) -> int:
    found = _BLANKS.match(text, place)
    return found.end() if found else place


def _identifier(text: str) -> PaperId | None:
    try:
        return paper_id.normalise(text)
    except ValueError:
        return None


# Readers of parts ------------------------------------------------------------------------------------------------


def _read_text(query: Query, part: _Part) -> None:
    """Words, or a phrase, anywhere or in one field."""
    if part.quoted:
        _read_phrase(query, part)
        return
    starred = part.value.endswith("*")
    bare = part.value.rstrip("*")
    if "*" in bare:
        query.refused.append((part.text, "a * can only stand at the end of a word"))
        return
    found = list(words(bare))
    if starred and found and len(found[-1].term) < SHORTEST_START:
        query.refused.append((part.text, f"a * takes {SHORTEST_START} letters before it"))
        return
    for place, word in enumerate(found):
        final = place == len(found) - 1
        if word.term in STOP_NUMBERS and not (starred and final):
            query.left_out.append(word.term)
            continue
        is_open = final and not part.negated and (starred or part.last)
        query.wanted.append(
            Wanted(
                term=word.term,
                parts=tuple(one for one in word.parts if one not in STOP_NUMBERS),
                field=_TEXT_FIELDS.get(part.name),
                is_open=is_open,
                starred=starred and final,
                negated=part.negated,
            )
        )


def _read_phrase(query: Query, part: _Part) -> None:
    found = [one for word in words(part.value) for one in (word.parts or (word.term,))]
    end = len(found)
    while end and found[end - 1] in STOP_NUMBERS:
        end -= 1
    query.left_out += found[end:]
    if end:
        query.phrases.append(Phrase(tuple(found[:end]), _TEXT_FIELDS.get(part.name), part.negated))


def _read_name(query: Query, part: _Part) -> None:
    value = "-".join(word.term for word in words(part.value))
    if value:
        query.filters.append(Filter(f"{part.name}:{value}", part.negated))


def _read_fact(query: Query, part: _Part) -> None:
    value = part.value.lower()
    if value in _FACTS[part.name]:
        query.filters.append(Filter(f"{part.name}:{value}", part.negated))
    elif value:
        query.refused.append((part.text, f"{part.name}: knows {', '.join(_FACTS[part.name])}"))


def _read_date(query: Query, part: _Part) -> None:
    start, dots, end = part.value.partition("..")
    first, last = _span(start), _span(end if dots else start)
    if first is None or last is None or first[0] > last[1]:
        if part.value:
            example = "2026, 2026-01, 2026-W02 or 2026-01-07, or two of them with .. between"
            query.refused.append((part.text, f"date: takes {example}"))
    elif start or end:
        query.spans.append(Span(first[0] if start else FIRST, last[1] if end or not dots else LAST, part.negated))


def _span(text: str) -> tuple[str, str] | None:
    """The first and the last day of a year, month, week or day; of all time where there is none."""
    if week := _WEEK.fullmatch(text):
        try:
            return tuple(Date.fromisocalendar(int(week[1]), int(week[2]), day).isoformat() for day in (1, 7))  # type: ignore[return-value]
        except ValueError:
            return None
    if _YEAR.fullmatch(text):
        return f"{text}-01-01", f"{text}-12-31"
    if _MONTH.fullmatch(text):
        return f"{text}-01", f"{text}-31"
    if _DAY.fullmatch(text):
        return text, text
    return None if text else (FIRST, LAST)


def _read_like(query: Query, part: _Part) -> None:
    query.like = _identifier(part.value)
    if query.like is None and part.value:
        query.refused.append((part.text, "like: takes the identifier of a paper, such as 2510.13912"))


def _read_sort(query: Query, part: _Part) -> None:
    value = part.value.lower()
    if value in SORTS:
        query.sort = value
    elif value:
        query.refused.append((part.text, f"sort: knows {', '.join(SORTS)}"))


_READERS: dict[str, Callable[[Query, _Part], None]] = {
    **dict.fromkeys(_TEXT_FIELDS, _read_text),
    **dict.fromkeys(_NAMED_FIELDS, _read_name),
    **dict.fromkeys(_FACTS, _read_fact),
    "date": _read_date,
    "like": _read_like,
    "sort": _read_sort,
}
