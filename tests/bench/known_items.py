"""Known-item queries: what somebody types who has seen a paper and looks for it again. Six kinds:

- `content`: 3 or 4 different words of the abstract that have at least 3 letters and are no stop words or numbers; for
  every other query all from one sentence, in their order, for the rest from anywhere in the abstract, in any order;
- `common`: the same, but only words of at least 4 letters that at least 3 % of all papers have;
- `typo`: as content, but one word of at least 5 letters has a mistake: a letter is replaced, dropped or added, or two
  neighbours have changed places, and nobody wrote what comes of it;
- `prefix`: as content, but the last word, of at least 6 letters, is cut to 60 %, and to 4 letters at least;
- `surname`: the last names of two of the authors, in any order;
- `title`: two words of the title, chosen as for content, in any order.

Words are those of daybook.tokens, joined ones (`k-means`) by their parts, but in names. One seed gives the same queries
everywhere, and with a greater count the same ones first.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from string import ascii_lowercase
from typing import NamedTuple

from daybook.tokens import STOP_NUMBERS, words
from tests.bench.search_site import PlainPaper

COMMON = 0.03  # of all papers
SHORTEST, SHORTEST_COMMON, SHORTEST_MISTAKEN, SHORTEST_CUT = 3, 4, 5, 6  # letters
CUT_TO, LEAST_OF_CUT = 0.6, 4

# Not the sentences of our index, so that ours is not the only search that is asked for what it knows.
_BETWEEN_SENTENCES = re.compile(r"(?<=[.?!])\s+(?=[A-Z])")


class KnownItem(NamedTuple):
    """A query, and the identifier of the paper that it was taken from."""

    text: str
    paper: str


def known_items(papers: Iterable[PlainPaper], seed: int, count: int) -> dict[str, list[KnownItem]]:
    """`count` queries of each kind, each from a paper that is drawn for it."""
    sources = _Sources(papers)
    drawers: dict[str, _Drawer] = {
        "content": sources.content,
        "common": sources.common,
        "typo": sources.typo,
        "prefix": sources.prefix,
        "surname": sources.surname,
        "title": sources.title,
    }
    return {kind: sources.draw(draw, random.Random(f"{seed} {kind}"), count) for kind, draw in drawers.items()}


class _Ask(NamedTuple):
    """What a query is to be drawn from."""

    paper: PlainPaper
    one_sentence: bool
    chance: random.Random


_Drawer = Callable[[_Ask], list[str] | None]
"""Gives the words of a query, None where the paper has too few."""


class _Sources:
    """The papers that queries are taken from, and how many of them have each word."""

    def __init__(self, papers: Iterable[PlainPaper]) -> None:
        self._papers = sorted(papers, key=lambda paper: paper.id)
        self._counts = Counter(word for paper in self._papers for word in set(_words_of(paper)))

    def draw(self, draw: _Drawer, chance: random.Random, count: int) -> list[KnownItem]:
        items: list[KnownItem] = []
        while len(items) < count:
            paper = chance.choice(self._papers)
            if drawn := draw(_Ask(paper, len(items) % 2 == 0, chance)):
                items.append(KnownItem(" ".join(drawn), paper.id))
        return items

    def content(self, ask: _Ask) -> list[str] | None:
        return _of_abstract(ask, _is_telling)

    def common(self, ask: _Ask) -> list[str] | None:
        return _of_abstract(ask, self._is_common)

    def typo(self, ask: _Ask) -> list[str] | None:
        chosen = self.content(ask) or []
        places = [place for place, word in enumerate(chosen) if len(word) >= SHORTEST_MISTAKEN]
        if not places:
            return None
        place = ask.chance.choice(places)
        chosen[place] = next(word for word in _mistakes(chosen[place], ask.chance) if word not in self._counts)
        return chosen

    def prefix(self, ask: _Ask) -> list[str] | None:
        *whole, last = self.content(ask) or [""]
        if len(last) < SHORTEST_CUT:
            return None
        return [*whole, last[: max(LEAST_OF_CUT, round(CUT_TO * len(last)))]]

    def surname(self, ask: _Ask) -> list[str] | None:
        names = [[*words(name)] for name in ask.paper.authors]
        return _sample({name[-1].term for name in names if name}, 2, ask.chance)

    def title(self, ask: _Ask) -> list[str] | None:
        return _sample(filter(_is_telling, _plain_words(ask.paper.title)), 2, ask.chance)

    def _is_common(self, word: str) -> bool:
        is_frequent = self._counts[word] >= COMMON * len(self._papers)
        return is_frequent and len(word) >= SHORTEST_COMMON and _is_telling(word)


def _of_abstract(ask: _Ask, fits: Callable[[str], bool]) -> list[str] | None:
    """3 or 4 words that fit."""
    count = ask.chance.choice((3, 4))
    if not ask.one_sentence:
        return _sample(filter(fits, _plain_words(ask.paper.abstract)), count, ask.chance)
    sentence = ask.chance.choice(_BETWEEN_SENTENCES.split(ask.paper.abstract))
    said = list(dict.fromkeys(filter(fits, _plain_words(sentence))))
    chosen = _sample(said, count, ask.chance)
    return chosen and sorted(chosen, key=said.index)


def _sample(said: Iterable[str], count: int, chance: random.Random) -> list[str] | None:
    """Some different words in any order, None where there are not so many."""
    different = sorted(set(said))
    return chance.sample(different, count) if len(different) >= count else None


def _words_of(paper: PlainPaper) -> Iterator[str]:
    """All words of a paper, joined ones and their parts."""
    for text in (paper.title, paper.abstract, *paper.authors):
        for word in words(text):
            yield from (word.term, *word.parts)


def _plain_words(text: str) -> Iterator[str]:
    for word in words(text):
        yield from word.parts or (word.term,)


def _is_telling(word: str) -> bool:
    return len(word) >= SHORTEST and word not in STOP_NUMBERS and not word.isdigit()


def _mistakes(word: str, chance: random.Random) -> Iterator[str]:
    """What may be typed for a word, without end."""
    while True:
        make = chance.choice((_replaced, _dropped, _added, _swapped))
        yield make(word, chance)


def _replaced(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word))
    return word[:place] + chance.choice(ascii_lowercase) + word[place + 1 :]


def _dropped(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word))
    return word[:place] + word[place + 1 :]


def _added(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word) + 1)
    return word[:place] + chance.choice(ascii_lowercase) + word[place:]


def _swapped(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
