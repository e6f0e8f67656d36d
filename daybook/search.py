"""Searches the index of a built site. static/search/evaluate.js does the same, and finds the same in the same order.

How papers are ordered: those that have all the words as they were typed; then those that have some of them in other
forms; then those that have only some of the words, more of them first. Among these by a score:

- what lunr gives each word in each field (BM25, see search_format.py), the sum over all words,
- NEAR for every word more that stands, as it was typed, in one sentence, or name, with others; words that a third of
  all papers have stand near any,
- where the title has all words, TITLED times their share of it,

and of two papers with one score the one that was listed later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from math import floor, log
from typing import NamedTuple

from daybook.model import PaperId
from daybook.query import Phrase, Query, Span, Wanted, parse
from daybook.search_files import SearchFiles
from daybook.search_format import FIELDS, K1, TITLE, B
from daybook.search_lists import Cell, Posting, Term
from daybook.search_words import beginnings, completions, corrections
from daybook.tokens import STOP_NUMBERS

NEAR, TITLED = 4, 30
EVERYWHERE = 3  # of so many papers one
FORM, COMPLETED, CORRECTED = 0.5, 0.5, 0.7  # what another form of a word counts, what it may become, what it may mean

Papers = set[int]


class Part(NamedTuple):
    """A term that stands for a word, and what it counts."""

    term: Term
    factor: float


Matches = dict[int, list[tuple[Part, Posting]]]
"""Where parts were found, by paper."""


@dataclass(slots=True)
class Group:
    """A word that is looked for: what stands for it, and why (`exact`, `completed`, `corrected`, `unknown`).

    A paper must have it in `field`, if there is one, or because it is in a phrase.
    """

    word: str
    parts: list[Part]
    kind: str
    field: str | None = None
    must: bool = False
    others: Sequence[Part] = ()


class Hit(NamedTuple):
    """A paper that was found: its number and its score."""

    paper: int
    score: float


class Found(NamedTuple):
    """A hit with what it is ordered by first: how many of the words the paper has, how many of them as typed."""

    words: int
    typed: int
    hit: Hit


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, in sections: `all` words as typed, `forms` of them, `some` of them; a section that was not
    needed for as many hits as were asked for is not there. `unknown` are words that no paper has.
    """

    query: Query
    groups: list[Group]
    sections: dict[str, list[Hit]]
    unknown: list[str]

    @property
    def hits(self) -> list[Hit]:
        return list(chain.from_iterable(self.sections.values()))


class Searcher:
    """Searches one index."""

    def __init__(self, files: SearchFiles) -> None:
        self.files = files
        tables = files.tables
        self._count: int = tables["papers"]
        self._averages = [total / max(1, self._count) for total in tables["totals"]]
        self._boosts: list[float] = tables["boosts"]
        self._withdrawn = set(tables["withdrawn"])

    def search(self, text: str, limit: int = 10) -> Answer:
        """The papers for a query; at least `limit` of them, if so many can be found. Raises NoIndex."""
        query = parse(text)
        if not self._count:
            return Answer(query, [], {"all": []}, [])
        groups = [*self._phrase_groups(query), *self._groups(query)]
        unknown = [group.word for group in groups if not group.parts and not group.must]
        groups = [group for group in groups if group.parts or group.must]
        if unknown and not groups:
            return Answer(query, groups, {"all": []}, unknown)
        allowed = self._allowed(query)
        if query.like is not None:
            return Answer(query, groups, {"all": self._alike(query, query.like, groups, allowed)}, unknown)
        sections = dict(self._sections(query, groups, allowed, limit))
        return Answer(query, groups, sections, unknown)

    def matching(self, text: str) -> list[int]:
        """The papers that have all that a query asks for, newest first: its words as they are or in other forms.

        Nothing is guessed: with a word that no paper has, no paper is found. Raises NoIndex.
        """
        query = parse(f"{text} ")  # a blank, so that its last word is not one that is still being typed
        if not self._count:
            return []
        groups = [*self._phrase_groups(query), *self._groups(query)]
        if any(group.kind in ("corrected", "unknown") for group in groups):
            return []
        self._add_others(groups)
        allowed = self._allowed(query)
        found = self._found(groups, allowed, need_all=True) if groups else ()
        return sorted((one.hit.paper for one in found) if groups else allowed, reverse=True)

    def weigh(self, terms: Iterable[str]) -> dict[int, float]:
        """The papers that have any of some terms, with the score that lunr gives them for a query of these terms."""
        found = [term for text in dict.fromkeys(terms) if (term := self.files.term(text))]
        scores: dict[int, float] = {}
        for term in found:
            for paper, posting in term.postings.items():
                scores[paper] = scores.get(paper, 0.0) + self._weight(term, posting, None)
        return {paper: score / len(found) ** 0.5 for paper, score in scores.items()}

    # Words -------------------------------------------------------------------------------------------------------

    def _groups(self, query: Query) -> Iterator[Group]:
        for wanted in query.wanted:
            if not wanted.negated:
                yield from self._resolved(wanted)

    def _resolved(self, wanted: Wanted) -> Iterator[Group]:
        """What stands for a word; a joined word that nobody wrote falls into its parts."""
        term = self.files.term(wanted.term)
        if term is None and wanted.parts and not wanted.starred:
            for place, part in enumerate(wanted.parts):
                is_last = place == len(wanted.parts) - 1
                yield from self._resolved(replace(wanted, term=part, parts=(), is_open=wanted.is_open and is_last))
            return
        parts, kind = [Part(term, 1.0)] if term else [], "exact"
        if wanted.is_open and (wanted.starred or not term):
            going_on = beginnings if wanted.starred else completions
            more = self._parts(going_on(self.files, wanted.term), COMPLETED)
            parts, kind = parts + more, "completed" if more else kind
        if not parts:
            parts, kind = self._parts(corrections(self.files, wanted.term), CORRECTED), "corrected"
        yield Group(
            word=wanted.term,
            parts=parts,
            kind=kind if parts else "unknown",
            field=wanted.field,
            must=wanted.field is not None,
        )

    def _phrase_groups(self, query: Query) -> Iterator[Group]:
        for phrase in query.phrases:
            for word in phrase.words if not phrase.negated else ():
                if word not in STOP_NUMBERS:
                    term = self.files.term(word)
                    parts = [Part(term, 1.0)] if term else []
                    yield Group(word, parts, "exact" if term else "unknown", phrase.field, must=True)

    def _parts(self, words: Iterable[str], factor: float) -> list[Part]:
        return [Part(term, factor) for word in words if (term := self.files.term(word))]

    def _others(self, group: Group) -> list[Part]:
        """Other forms of a word that is there as typed."""
        if group.must or group.kind != "exact":
            return []
        term = group.parts[0].term
        head = self.files.term(term.head) if term.head else None
        forms = [term.head, *head.forms] if term.head and head else list(term.forms)
        return self._parts((word for word in forms if word != term.text), FORM)

    # Which papers ------------------------------------------------------------------------------------------------

    def _allowed(self, query: Query) -> Papers:
        """The papers that phrases, filters and dates leave."""
        papers = set(self._existing) if query.is_withdrawn else self._existing - self._withdrawn
        for one in query.filters:
            term = self.files.term(one.term)
            listed = set(term.postings) if term else set()
            papers = papers - listed if one.negated else papers & listed
        for span in query.spans:
            listed = set(self._numbers(span))
            papers = papers - listed if span.negated else papers & listed
        for phrase in query.phrases:
            listed = self._with_phrase(phrase)
            papers = papers - listed if phrase.negated else papers & listed
        for wanted in query.wanted:
            if wanted.negated:
                papers -= self._with_word(wanted)
        return papers

    @cached_property
    def _existing(self) -> Papers:
        months = (map(int, month.split(" ")[1:]) for month in self.files.tables["months"])
        return {number for first, count in months for number in range(first, first + count)}

    def _numbers(self, span: Span) -> range:
        """The numbers of the papers of some days."""
        days = [(day, int(first)) for day, first in (text.split(" ") for text in self.files.take("days"))]
        end = int(self.files.tables["end"])
        start = next((first for day, first in days if day >= span.start), end)
        return range(start, next((first for day, first in days if day > span.end), end))

    def _with_word(self, wanted: Wanted) -> Papers:
        """The papers that have a word just as it was typed, or as it begins."""
        words = [wanted.term, *(beginnings(self.files, wanted.term) if wanted.starred else ())]
        parts = self._parts(words, 1.0)
        return set(_matches(parts, wanted.field))

    def _with_phrase(self, phrase: Phrase) -> Papers:
        """The papers in which these words stand in a row."""
        rows: list[tuple[tuple[int, ...], Term]] = []
        stops: tuple[int, ...] = ()
        for word in phrase.words:
            if word in STOP_NUMBERS:
                stops += (STOP_NUMBERS[word],)
                continue
            term = self.files.term(word)
            if term is None:
                return set()
            rows.append((stops, term))
            stops = ()
        shared = set.intersection(*(set(term.postings) for _, term in rows))
        places = [(stops, self.files.places(term)) for stops, term in rows]
        fields = [FIELDS.index(phrase.field)] if phrase.field else range(len(FIELDS))
        return {
            paper
            for paper in shared
            if any(_in_a_row([(stops, said[paper].get(one, [])) for stops, said in places]) for one in fields)
        }

    # In which order ----------------------------------------------------------------------------------------------

    def _sections(
        self, query: Query, groups: list[Group], allowed: Papers, limit: int
    ) -> Iterator[tuple[str, list[Hit]]]:
        if not groups:
            yield "all", self._sorted(query, (Found(0, 0, Hit(paper, 0.0)) for paper in allowed))
            return
        typed = self._found(groups, allowed, need_all=True)
        if query.sort != "relevance":
            self._add_others(groups)
            yield "all", self._sorted(query, self._found(groups, allowed, need_all=True))
            return
        yield "all", self._sorted(query, typed)
        seen = {one.hit.paper for one in typed}
        for section, need_all in (("forms", True), ("some", False)):
            if len(seen) >= limit:
                return
            self._add_others(groups)
            found = self._found(groups, allowed - seen, need_all=need_all)
            yield section, self._sorted(query, found)
            seen |= {one.hit.paper for one in found}

    def _add_others(self, groups: list[Group]) -> None:
        for group in groups:
            group.others = group.others or self._others(group)

    def _found(self, groups: list[Group], allowed: Papers, *, need_all: bool) -> list[Found]:
        """How many words each paper has, how many of them as typed, and its score."""
        typed = [_matches(group.parts, group.field) for group in groups]
        others = [_matches(group.others, group.field) for group in groups]
        needed = [
            {*as_typed, *in_other_forms}
            for group, as_typed, in_other_forms in zip(groups, typed, others, strict=True)
            if need_all or group.must
        ]
        papers = allowed.intersection(*needed)
        if not need_all:
            papers &= set(chain.from_iterable(chain(typed, others)))
        return [self._judged(paper, groups, typed, others) for paper in papers]

    def _judged(self, paper: int, groups: list[Group], typed: list[Matches], others: list[Matches]) -> Found:
        score = 0.0
        matched: list[list[Cell]] = []
        as_typed_only: list[list[Cell]] = []
        exact = 0
        for group, as_typed, in_other_forms in zip(groups, typed, others, strict=True):
            found = as_typed.get(paper) or in_other_forms.get(paper)
            if found:
                matched.append(_cells(found, group.field))
                if paper in as_typed:
                    exact += 1
                    near = [one for one in found if EVERYWHERE * len(one[0].term.postings) <= self._count]
                    as_typed_only.append(_cells(near, group.field))
                score += sum(self._weight(part.term, posting, group.field) * part.factor for part, posting in found)
        score += NEAR * (_most_together(as_typed_only) - 1)
        titles = [cell for cells in matched for cell in cells if cell.field == TITLE]
        in_title = sum(any(cell.field == TITLE for cell in cells) for cells in matched)
        if in_title == len(groups):
            score += TITLED * len(groups) / titles[0].length
        return Found(len(matched), exact, Hit(paper, score))

    def _weight(self, term: Term, posting: Posting, field: str | None) -> float:
        """What lunr gives a term in a paper, in one field or in all."""
        idf = self._idf(term)
        weight = 0.0
        for cell in posting.cells:
            if field is None or FIELDS[cell.field] == field:
                longer = cell.length / self._averages[cell.field]
                score = idf * ((K1 + 1) * cell.frequency) / (K1 * (1 - B + B * longer) + cell.frequency)
                weight += floor(score * self._boosts[cell.field] * 1000 + 0.5) / 1000
        return weight

    def _idf(self, term: Term) -> float:
        """lunr's inverse document frequency, which counts fields."""
        return log(1 + abs((self._count - term.fields + 0.5) / (term.fields + 0.5)))

    def _sorted(self, query: Query, found: Iterable[Found]) -> list[Hit]:
        if query.sort == "newest":
            ordered = sorted(found, key=lambda one: -one.hit.paper)
        elif query.sort == "votes":
            ordered = sorted(found, key=lambda one: (-self.files.votes(one.hit.paper), -one.hit.paper))
        else:
            ordered = sorted(found, key=lambda one: (-one.words, -one.typed, -one.hit.score, -one.hit.paper))
        return [one.hit for one in ordered]

    # More like this ----------------------------------------------------------------------------------------------

    def _alike(self, query: Query, paper: PaperId, groups: list[Group], allowed: Papers) -> list[Hit]:
        """The papers that share the words which tell a paper from others, by lunr's weights of these; with words that
        are asked for besides, as they are or in other forms.
        """
        term = self.files.term(f"id:{paper}")
        if term is None:
            return []
        if groups:
            self._add_others(groups)
            allowed = {one.hit.paper for one in self._found(groups, allowed, need_all=True)}
        (number,) = term.postings
        scores = self.weigh(self.files.likes(number))
        hits = [Hit(other, score) for other, score in scores.items() if other != number and other in allowed]
        return self._sorted(query, (Found(0, 0, hit) for hit in hits))


def _matches(parts: Iterable[Part], field: str | None) -> Matches:
    """The papers that have any of some parts, in one field or anywhere."""
    matches: Matches = {}
    for part in parts:
        for paper, posting in part.term.postings.items():
            if field is None or any(FIELDS[cell.field] == field for cell in posting.cells):
                matches.setdefault(paper, []).append((part, posting))
    return matches


def _cells(found: Iterable[tuple[Part, Posting]], field: str | None) -> list[Cell]:
    return [cell for _, posting in found for cell in posting.cells if field is None or FIELDS[cell.field] == field]


def _most_together(matched: list[list[Cell]]) -> int:
    """How many words stand in the passage that has most of them."""
    words: dict[tuple[int, int], set[int]] = {}
    for number, cells in enumerate(matched):
        for cell in cells:
            for passage in cell.passages:
                words.setdefault((cell.field, passage), set()).add(number)
    return max(map(len, words.values()), default=1)


def _in_a_row(rows: list[tuple[tuple[int, ...], list[tuple[int, tuple[int, ...]]]]]) -> bool:
    """Do words stand in a row in a field? Each comes with the stop words that have to be before it, and its times."""
    (first_stops, first_times), *following = rows
    others = [dict(times) for _, times in following]
    return any(
        said[len(said) - len(first_stops) :] == first_stops
        and all(
            said_then.get(place + step) == stops
            for step, ((stops, _), said_then) in enumerate(zip(following, others, strict=True), start=1)
        )
        for place, said in first_times
        if len(said) >= len(first_stops)
    )
