"""Are our weights lunr's? `python tests/bench/search_weights.py CORPUS.jsonl.gz [PAPERS] [QUERIES]` (10,000 and 500).

The judge is lunr.js itself, with a whole index of the very terms that ours has: its own pipelines are empty, since
its tokeniser and its stemmer are not what is judged, and those of its Python twin differ from them. Queries are of 1 to
4 terms, rare ones and frequent ones alike, and a paper that has any of them is found. The browser's search and Python's
must find the same papers, with the same scores and in the same order, but for differences below NEGLIGIBLE.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from daybook import search_papers
from daybook.search import Searcher
from daybook.search_files import SearchFiles
from daybook.search_format import FIELDS, IS_PROSE
from daybook.site import CuratedPaper
from daybook.tokens import BREAK, START, STOP_NUMBERS, fallen, tokenise
from tests.bench.peers import ask_node
from tests.bench.search_site import searchable
from tests.browser import Window, chromium

PAPERS, QUERIES = 10_000, 500
MOST_TERMS = 4
SEED = 1
NEGLIGIBLE = 1e-9
FAULTS_SHOWN = 5

_WEIGH = """async queries => {
  const tables = await daybook.load("tables");
  const found = [];
  for (const terms of queries) {
    const scores = [...(await daybook.weigh(terms, tables)).entries()].filter(([, score]) => score);
    found.push(await Promise.all(scores.map(async ([paper, score]) => [(await daybook.result(paper))[0], score])));
  }
  return JSON.stringify(found);
}"""

Terms = dict[str, list[str]]
"""The terms of each field of a paper, as often as they stand there."""

Scores = dict[str, float]
"""The scores of the papers that were found, by their identifiers."""


def terms_of(paper: CuratedPaper) -> Terms:
    texts = zip(FIELDS, search_papers.texts(paper), IS_PROSE, strict=True)
    return {field: list(_indexed(text, is_prose)) for field, text, is_prose in texts}


def _indexed(text: str, is_prose: bool) -> Iterator[str]:
    for token in tokenise([text]):
        yield from (term for term in fallen(token, is_prose) if term not in (START, BREAK, *STOP_NUMBERS))


def make_queries(papers: Sequence[Terms], count: int) -> list[list[str]]:
    """Each term is drawn from those that about so many papers have, and every magnitude is as likely as another."""
    counts = Counter(term for paper in papers for term in set().union(*paper.values()))
    magnitudes: dict[int, list[str]] = {}
    for term in sorted(counts):
        magnitudes.setdefault(counts[term].bit_length(), []).append(term)
    chance = random.Random(SEED)

    def draw() -> str:
        return chance.choice(magnitudes[chance.choice(sorted(magnitudes))])

    return [sorted({draw() for _ in range(chance.randint(1, MOST_TERMS))}) for _ in range(count)]


def weighed_by_lunr(papers: dict[str, Terms], boosts: Sequence[float], queries: list[list[str]]) -> list[Scores]:
    """In the order in which lunr gives papers."""
    asked = {
        "boosts": dict(zip(FIELDS, boosts, strict=True)),
        "papers": [{"id": paper, **terms} for paper, terms in papers.items()],
        "queries": queries,
    }
    return [dict(found) for found in ask_node("lunr_weights.js", "lunr", asked)]


def weighed_in_python(site: Path, queries: list[list[str]]) -> list[Scores]:
    files = SearchFiles.of_folder(site)
    searcher = Searcher(files)
    return [{files.result(paper)[0]: score for paper, score in searcher.weigh(terms).items()} for terms in queries]


def weighed_in_browser(site: Path, queries: list[list[str]]) -> list[Scores]:
    """By the scripts of the search page, which is opened from disk."""
    with chromium() as browser, browser.new_context() as context:
        window = Window(context)
        window.open(f"{site.as_uri()}/", "search.html")
        return [dict(found) for found in json.loads(window.ask(_WEIGH, queries))]


def difference(ours: Scores, judged: Scores) -> float:
    """The largest one of the two scores of a paper that both have found."""
    return max((abs(ours[paper] - judged[paper]) for paper in ours.keys() & judged.keys()), default=0.0)


def fault(ours: Scores, judged: Scores) -> str | None:
    """What is not as lunr has it."""
    if ours.keys() != judged.keys():
        missing, surplus = sorted(judged.keys() - ours.keys()), sorted(ours.keys() - judged.keys())
        return f"{len(missing)} papers are missing {missing[:3]}, {len(surplus)} are too many {surplus[:3]}"
    if difference(ours, judged) > NEGLIGIBLE:
        furthest = max(judged, key=lambda paper: abs(ours[paper] - judged[paper]))
        return f"{furthest} has {ours[furthest]} and not {judged[furthest]}"
    in_their_order = [ours[paper] for paper in judged]
    lowest = accumulate(in_their_order, min)
    is_ordered = all(score <= least + NEGLIGIBLE for score, least in zip(in_their_order, lowest, strict=True))
    return None if is_ordered else "the order is another"


def report(name: str, ours: Sequence[Scores], judged: Sequence[Scores], queries: list[list[str]]) -> bool:
    """Print how many queries agree, and what does not; does all?"""
    faults = [(terms, fault(one, other)) for terms, one, other in zip(queries, ours, judged, strict=True)]
    wrong = [f"  {' '.join(terms)}: {what}" for terms, what in faults if what]
    largest = max(map(difference, ours, judged))
    agree = len(queries) - len(wrong)
    print(f"{name}: {agree} of {len(queries)} queries agree; largest difference of two scores {largest:.1e}")
    print(*wrong[:FAULTS_SHOWN], sep="\n", end="\n" if wrong else "", flush=True)
    return not wrong


def main() -> None:
    """Build, ask all three, compare."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    size, count = [*map(int, sys.argv[2:]), *(PAPERS, QUERIES)[len(sys.argv) - 2 :]]
    with searchable(Path(sys.argv[1]), size) as (site, out):
        papers = {paper.id.text: terms_of(paper) for paper in site.papers}
        queries = make_queries([*papers.values()], count)
        judged = weighed_by_lunr(papers, SearchFiles.of_folder(out).tables["boosts"], queries)
        print(f"{len(papers):,} papers, {sum(map(len, judged)) / count:,.0f} found a query on average")
        ours = {"browser": weighed_in_browser(out, queries), "Python": weighed_in_python(out, queries)}
    agree = [report(name, scores, judged, queries) for name, scores in ours.items()]
    sys.exit(0 if all(agree) else 1)


if __name__ == "__main__":
    main()
