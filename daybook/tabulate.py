"""Which word stands where, in all papers of the site: what searching and likeness are made from.

Papers are read a month at a time, by several processes at once, and only months in which something is new. A month is
kept by the digests of its papers.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from pathlib import Path

from daybook import search_papers, shard
from daybook.fingerprint import fingerprint
from daybook.generator import program_fingerprint
from daybook.kept import Kept
from daybook.parallel import give_back, spread
from daybook.postings import Postings, merge
from daybook.search_numbers import number
from daybook.site import CuratedPaper, Site

KEPT = "words"
"""What a checkout calls those that it keeps."""

LIBRARIES = ("lunr", "numpy")
"""What else than our code decides over the tables."""

Month = Sequence[CuratedPaper]

_FEWEST_RUNS, _MOST_MONTHS = 16, 3


def tabulate(site: Site, root: Path, jobs: int = 1) -> Postings:
    """The tables of all papers, by their numbers. `root` is the checkout, which keeps months between builds."""
    numbers = number([paper.first for paper in site.papers])
    months = [list(month) for _, month in groupby(site.papers, key=lambda paper: (paper.first.year, paper.first.month))]
    read = _read_months(months, Kept(root, KEPT), program_fingerprint(*LIBRARIES), jobs)
    tables = merge(read, [month.first for month in numbers.months], numbers.end)
    del read
    give_back()
    return tables


def _read_months(months: Sequence[Month], kept: Kept, program: str, jobs: int) -> list[Postings]:
    names = [fingerprint(program, [paper.digest for paper in month]) for month in months]
    found = [None if body is None else shard.load(body) for body in map(kept.read, names)]
    vocabulary = shard.Vocabulary()
    missing = [place for place, tables in enumerate(found) if tables is None]
    runs = [missing[start:end] for start, end in pairwise(_cuts(len(missing)))]

    def read(run: int, _job: int) -> list[bytes]:
        chosen = [months[place] for place in runs[run]]
        papers = [paper for month in chosen for paper in month]
        texts, filters = [*map(search_papers.texts, papers)], [*map(search_papers.filters, papers)]
        return [*map(shard.dump, shard.read(texts, filters, [*map(len, chosen)], vocabulary))]

    for run, bodies in spread(read, len(runs), jobs):
        for place, body in zip(runs[run], bodies, strict=True):
            found[place] = shard.load(body)  # now, while others are still being read
            kept.write(names[place], body)
    kept.forget(names)
    return [tables for tables in found if tables is not None]


def _cuts(months: int) -> list[int]:
    """Where runs of months begin that are read together, and the end: as many runs as keep all processes busy."""
    runs = max(min(months, _FEWEST_RUNS), -(-months // _MOST_MONTHS))
    return [months * run // max(1, runs) for run in range(runs + 1)]
