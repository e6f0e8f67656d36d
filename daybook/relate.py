"""Which papers are alike: those whose words are, the more so the fewer papers have them.

A paper is the vector of its words in title and abstract (in notes, where it has no abstract), each with (1 + ln of
how often) times ln of (all papers / papers that have it there), scaled to length 1: tf-idf as in Manning, Raghavan and
Schütze, Introduction to Information Retrieval, sections 6.2 to 6.4. How much two papers are alike is the cosine of the
angle between them. All pairs are compared. A note on a paper with an abstract changes nothing of it, so no other page,
and nothing is compared again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from daybook.bits import Ints
from daybook.fingerprint import fingerprint
from daybook.generator import program_fingerprint
from daybook.kept import Kept
from daybook.model import Link
from daybook.parallel import spread
from daybook.postings import Postings
from daybook.rows import counts_of, ranges
from daybook.search_format import ABSTRACT, NOTES, TITLE
from daybook.search_numbers import number
from daybook.site import CuratedPaper, Related, Site

KEPT = "likeness"
"""What a checkout calls what it keeps of it."""

LIBRARIES = ("lunr", "numpy")
"""What else than our code decides over it."""

MOST_RELATED, MOST_WORDS = 5, 3

# Words in more papers than one in ten, or than this, say little of what a paper is about, and take most of the time.
_MOST_PAPERS, _FEWEST_PAPERS = 1_000, 50
_ROUNDED = 6  # decimals of a cosine that count, so that every machine comes to the same order
_LIKELY = 0.1  # a cosine that nearly always six papers reach
_RUN = 250  # papers

Floats = NDArray[np.float64]


# Of a paper: those that are like it, by number, each with the words that make it so.
Alike = list[tuple[int, list[str]]]


def relate(site: Site, tables: Postings, root: Path, jobs: int = 1) -> Site:
    """The site with what is like each of its papers, the most alike first; what was withdrawn is like nothing.

    `root` is the checkout, which keeps the answer between builds.
    """
    numbers = number([paper.first for paper in site.papers]).of_papers
    kept, name = Kept(root, KEPT), _name(site.papers, numbers, tables)
    body = kept.read(name)
    if body is None:
        body = json.dumps(_compare(site.papers, numbers, tables, jobs)).encode()
        kept.write(name, body)
        kept.forget([name])
    papers = dict(zip(numbers, site.papers, strict=True))
    links = {of_paper: Link(paper.paper.title, paper.path) for of_paper, paper in papers.items()}
    found: list[Alike] = json.loads(body)
    related = tuple(tuple(Related(links[other], tuple(words)) for other, words in alike) for alike in found)
    return replace(site, related=related)


def _name(papers: Sequence[CuratedPaper], numbers: Sequence[int], tables: Postings) -> str:
    """A digest of all that likeness is made from."""
    has_abstract = (tables.lengths[:, ABSTRACT] > 0).tolist()
    texts = (
        (of_paper, paper.paper.title, paper.paper.abstract, paper.paper.withdrawn is None,
         None if has_abstract[of_paper] else paper.notes)
        for of_paper, paper in zip(numbers, papers, strict=True)
    )  # fmt: skip
    return fingerprint(program_fingerprint(*LIBRARIES), *texts)


def _compare(papers: Sequence[CuratedPaper], numbers: Sequence[int], tables: Postings, jobs: int) -> list[Alike]:
    """For each paper those that are most like it."""
    standing = np.zeros(len(tables.lengths), dtype=bool)
    for of_paper, paper in zip(numbers, papers, strict=True):
        standing[of_paper] = paper.paper.withdrawn is None
    vectors = _vectors(tables, len(papers), standing)
    runs = [numbers[start : start + _RUN] for start in range(0, len(numbers), _RUN)]

    def compare(run: int, _job: int) -> list[list[tuple[int, list[int]]]]:
        return [list(vectors.most_alike(paper)) for paper in runs[run]]

    found = (alike for _, run in sorted(spread(compare, len(runs), jobs)) for alike in run)
    return [[(other, [tables.terms[word] for word in words]) for other, words in alike] for alike in found]


@dataclass(frozen=True, slots=True)
class _Vectors:
    """The words of papers and the papers of words, each with the weights; rows of one begin at its start."""

    word_starts: Ints
    papers: Ints
    paper_weights: Floats
    paper_starts: Ints
    words: Ints
    word_weights: Floats

    def most_alike(self, paper: int) -> Iterator[tuple[int, list[int]]]:
        """The papers that are most like one, each with the words that make them so."""
        mine = slice(self.paper_starts[paper], self.paper_starts[paper + 1])
        words, weights = self.words[mine], self.word_weights[mine]
        counts = self.word_starts[words + 1] - self.word_starts[words]
        rows = ranges(self.word_starts[words], counts)
        products = self.paper_weights[rows] * np.repeat(weights, counts)
        cosines: Floats = np.bincount(self.papers[rows], products, len(self.paper_starts) - 1).astype(np.float64)
        cosines[paper] = 0
        own = dict(zip(words.tolist(), weights.tolist(), strict=True))
        for other in _best(cosines):
            theirs = slice(self.paper_starts[other], self.paper_starts[other + 1])
            shared = [
                (-own[word] * weight, word)
                for word, weight in zip(self.words[theirs].tolist(), self.word_weights[theirs].tolist(), strict=True)
                if word in own
            ]
            yield other, [word for _, word in sorted(shared)[:MOST_WORDS]]


def _best(cosines: Floats) -> list[int]:
    """The papers with the largest cosines, of two equal ones the later one first."""
    likely = np.flatnonzero(cosines > _LIKELY)
    if len(likely) < MOST_RELATED:
        likely = np.flatnonzero(cosines > 0)
    rounded = np.round(cosines[likely], _ROUNDED)
    best: list[int] = likely[np.lexsort((-likely, -rounded))[:MOST_RELATED]].tolist()
    return best


def _vectors(tables: Postings, papers: int, standing: NDArray[np.bool_]) -> _Vectors:
    postings = counts_of(tables.posting_starts)
    without_abstract = np.repeat(tables.abstract_lengths == 0, counts_of(tables.cell_starts))
    counted = np.isin(tables.fields, (TITLE, ABSTRACT)) | ((tables.fields == NOTES) & without_abstract)
    times = np.where(counted, counts_of(tables.occurrence_starts), 0)
    times = np.add.reduceat(times, tables.cell_starts[:-1]) if len(times) else times
    word = np.repeat(np.arange(len(postings)), postings)
    counts = np.bincount(word[times > 0], minlength=len(postings))
    most = max(_FEWEST_PAPERS, min(_MOST_PAPERS, papers // 10))
    plain = np.array([term.isalpha() and len(term) > 1 for term in tables.terms], dtype=bool)
    telling = plain & (counts > 1) & (counts <= most) & (counts < papers)
    kept = telling[word] & (times > 0) & standing[tables.papers]
    word, paper = word[kept], tables.papers[kept]
    weight = (1 + np.log(times[kept])) * np.log(papers / np.maximum(1, counts))[word]
    length = np.sqrt(np.bincount(paper, weight * weight, len(standing)))
    weight /= length[paper]
    by_paper = np.argsort(paper, kind="stable")
    return _Vectors(
        word_starts=np.searchsorted(word, np.arange(len(counts) + 1)),
        papers=paper,
        paper_weights=weight,
        paper_starts=np.searchsorted(paper[by_paper], np.arange(len(standing) + 1)),
        words=word[by_paper],
        word_weights=weight[by_paper],
    )
