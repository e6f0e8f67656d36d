"""From the site to its search index: Files for the browser, and for `build.py search`. See search_format.py."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from daybook import search_papers
from daybook.fingerprint import fingerprint
from daybook.front import front_coded
from daybook.generator import program_fingerprint
from daybook.model import File
from daybook.parallel import apart
from daybook.postings import Postings, field_sizes, paper_counts, telling
from daybook.search_format import BOOSTS, K1, LIKE_WORDS, LIKES, PAPERS, VERSION, VOTES, B, script
from daybook.search_numbers import Numbers, number
from daybook.search_terms import TermFiles
from daybook.search_vocabulary import vocabulary_files
from daybook.site import CuratedPaper, Site
from daybook.tokens import STOP_WORDS
from daybook.vocabulary import VERDICTS

_LIBRARIES = ("lunr", "numpy")


def index(site: Site, tables: Postings, jobs: int = 1) -> Iterator[File]:
    """All files of the search index of a site, planned by up to `jobs` processes; `tables` are those of its papers."""
    program = program_fingerprint(*_LIBRARIES)
    numbers = number([paper.first for paper in site.papers])

    def plan_words() -> tuple[list[File], dict[int, str]]:
        vocabulary = vocabulary_files(tables.terms, paper_counts(tables), program)
        return [*vocabulary], telling(tables, numbers.scale, LIKE_WORDS)

    with apart(plan_words, jobs) as planned:
        terms = TermFiles(tables, numbers.scale, program)
        lists = [*terms.files()]
        vocabulary, like = planned()
    yield from lists
    yield from vocabulary
    yield from _result_files(site.papers, numbers, program)
    yield from _like_files(like, numbers, program)
    yield from _vote_files(site.papers, numbers, program)
    yield _data("days", [f"{day.date} {day.first}" for day in numbers.days], program)
    leaves = " ".join(front_coded([leaf.key for leaf in terms.leaves]))
    yield _data("tables", {**_tables(site, numbers, tables), "leaves": leaves}, program)


def _data(name: str, value: object, program: str) -> File:
    body = script(name, value)
    return File(f"search/{name}.js", fingerprint(program, body), lambda: body)


def _result_files(papers: Sequence[CuratedPaper], numbers: Numbers, program: str) -> Iterator[File]:
    numbered = zip(numbers.of_papers, papers, strict=True)
    for block, group in groupby(numbered, key=lambda one: one[0] // PAPERS):
        yield _result_file(block, [paper for _, paper in group], program)


def _result_file(block: int, papers: Sequence[CuratedPaper], program: str) -> File:
    """Drawn only where one of its papers is not as it was."""
    name = f"papers/{block}"
    return File(
        f"search/{name}.js",
        fingerprint(program, block, [paper.digest for paper in papers]),
        lambda: script(name, list(map(search_papers.result, papers))),
    )


def _like_files(words: dict[int, str], numbers: Numbers, program: str) -> Iterator[File]:
    for block, group in groupby(numbers.of_papers, key=lambda paper: paper // LIKES):
        yield _data(f"likes/{block}", [words.get(paper, "") for paper in group], program)


def _vote_files(papers: Sequence[CuratedPaper], numbers: Numbers, program: str) -> Iterator[File]:
    """The votes of all papers, -1 where there are none; each file begins at a multiple of VOTES."""
    votes = [-1] * numbers.end
    for of_paper, paper in zip(numbers.of_papers, papers, strict=True):
        votes[of_paper] = -1 if paper.entry.votes is None else paper.entry.votes
    for start in range(0, numbers.end, VOTES):
        yield _data(f"votes/{start // VOTES}", votes[start : start + VOTES], program)


def _tables(site: Site, numbers: Numbers, tables: Postings) -> dict[str, object]:
    """What every search begins with."""
    counts, totals = field_sizes(tables)
    papers = len(site.papers)
    return {
        "version": VERSION,
        "papers": papers,
        "end": numbers.end,
        "scale": numbers.scale,
        "totals": totals,
        "boosts": [_boost(wanted, papers, count) for wanted, count in zip(BOOSTS, counts, strict=True)],
        "months": [f"{month.date:%Y-%m} {month.first} {month.papers}" for month in numbers.months],
        "withdrawn": [
            of_paper
            for of_paper, paper in zip(numbers.of_papers, site.papers, strict=True)
            if paper.paper.withdrawn is not None
        ],
        "verdicts": {word.value: word.label for word in VERDICTS},
        "stops": " ".join(STOP_WORDS),
    }


def _boost(wanted: float, papers: int, having: int) -> float:
    """The boost with which a word in a field of average length weighs `wanted` times what lunr gives such a field.

    lunr takes the average over all papers, so that a field that few of them have (notes) seems very long wherever it
    is, and a word in it would weigh next to nothing.
    """
    if not having:
        return wanted
    longer = papers / having
    return round(wanted * (K1 * (1 - B + B * longer) + 1) / (K1 + 1), 3)
