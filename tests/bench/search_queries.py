"""Queries as readers type them, drawn from the papers of a site with a fixed seed: plain ones, and of every kind."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from daybook.site import Site
from daybook.tokens import STOP_NUMBERS, words
from tests.bench.known_items import known_items
from tests.bench.search_site import PlainPaper, plain_papers

_SPELLINGS = ("{}", "{}v2", "arXiv:{}", "https://arxiv.org/abs/{}", "https://arxiv.org/pdf/{}.pdf", "10.48550/arXiv.{}")
_PERIODS = ("{:%Y}", "{:%Y-%m}", "{:%G-W%V}", "{:%Y-%m-%d}")
_FACTS = ("has:note", "has:code", "has:project", "is:withdrawn")


class Asked(NamedTuple):
    """A query, and what kind of one it is."""

    kind: str
    text: str


def title_queries(papers: Sequence[PlainPaper], count: int, lengths: Sequence[int], seed: int) -> list[str]:
    """For each query so many different words, as `lengths` say in turn, of the title of a random paper."""
    chance = random.Random(seed)
    queries: list[str] = []
    while len(queries) < count:
        length = lengths[len(queries) % len(lengths)]
        said = _plain_words(chance.choice(papers).title)
        if len(said) >= length:
            queries.append(" ".join(chance.sample(said, length)))
    return queries


def queries_of_every_kind(site: Site, count: int, seed: int) -> list[Asked]:
    """So many queries, of all kinds in turn."""
    kinds = _Kinds(site, seed).all()
    for kind, items in known_items(plain_papers(site), seed, count).items():
        kinds[kind] = (item.text for item in items)
    drawn = (Asked(kind, " ".join(next(kinds[kind]).split())) for kind in itertools.cycle(kinds))
    return list(itertools.islice((asked for asked in drawn if asked.text), count))


def _plain_words(text: str) -> list[str]:
    """The different words of a text: no stop words, none that is joined, at least three letters."""
    found = (word.term for word in words(text) if not word.parts and word.term not in STOP_NUMBERS)
    return list(dict.fromkeys(term for term in found if len(term) > 2))


class _Kinds:
    """Draws queries without end: the kinds that known_items.py does not have."""

    def __init__(self, site: Site, seed: int) -> None:
        self._chance = random.Random(seed)
        self._papers = plain_papers(site)
        self._days = [paper.first for paper in site.papers]
        slugs = {membership.topic.url for paper in site.papers for membership in paper.topics}
        topics = sorted(slug.removeprefix("topics/").removesuffix(".html") for slug in slugs)
        self._filters = [*(f"topic:{topic}" for topic in topics), *_FACTS, "curator:daybook", "org:nobody"]

    def all(self) -> dict[str, Iterator[str]]:
        makers = {
            "as written": self._as_written,
            "phrase": self._phrase,
            "phrase and words": lambda: f"{self._phrase()} {self._words(2)}",
            "field": self._field,
            "filter": lambda: f"{self._filter()} {self._words(2)}",
            "filters": lambda: f"{self._filter()} {self._filter()} -{self._filter()}",
            "date": lambda: f"{self._date()} {self._words(2)}",
            "without": lambda: f"{self._words(2)} {self._without()}",
            "star": lambda: f"{self._words(1)} {self._start()}*",
            "short start": self._start,
            "paper": lambda: self._chance.choice(_SPELLINGS).format(self._paper().id),
            "like": lambda: f"like:{self._paper().id} {self._chance.choice(['', '', 'has:code', self._date()])}",
            "sorted": lambda: f"{self._words(2)} sort:{self._chance.choice(['newest', 'votes', 'relevance'])}",
        }
        return {kind: iter(make, None) for kind, make in makers.items()}

    def _paper(self) -> PlainPaper:
        return self._chance.choice(self._papers)

    def _words(self, most: int) -> str:
        """Up to so many words of an abstract, at times none."""
        said = _plain_words(self._paper().abstract)
        return " ".join(self._chance.sample(said, min(len(said), self._chance.randint(0, most))))

    def _text(self) -> list[str]:
        """What stands between the blanks of a title or an abstract."""
        paper = self._paper()
        return self._chance.choice((paper.title, paper.abstract)).split()

    def _as_written(self) -> str:
        """With punctuation, formulas and accents."""
        return " ".join(self._chance.choices(self._text() or [""], k=2))

    def _phrase(self) -> str:
        said = self._text() or [""]
        start = self._chance.randrange(len(said))
        row = " ".join(said[start : start + self._chance.randint(2, 5)])
        return f'{self._chance.choice(["", "", "title:"])}"{row.replace(chr(34), "")}"'

    def _field(self) -> str:
        title, author = _plain_words(self._paper().title), self._paper().authors
        named = [f"title:{word}" for word in title] + [f"author:{name.split()[-1]}" for name in author]
        return " ".join([*self._chance.choices([*named, "note:made-up"], k=2), self._words(1)])

    def _filter(self) -> str:
        return self._chance.choice(self._filters)

    def _date(self) -> str:
        start, end = (
            self._chance.choice(_PERIODS).format(day) for day in sorted(self._chance.choices(self._days, k=2))
        )
        return f"date:{self._chance.choice([start, start, f'{start}..{end}', f'..{end}', f'{start}..'])}"

    def _start(self) -> str:
        """A word that is being typed."""
        word = self._chance.choice(_plain_words(self._paper().abstract) or ["model"])
        return word[: self._chance.randint(2, len(word))]

    def _without(self) -> str:
        unwanted = (
            self._filter(),
            self._date(),
            self._phrase(),
            f"{self._start()}*",
            self._chance.choice(self._text() or ["a"]),
        )
        return f"-{self._chance.choice(unwanted)}"
