"""Papers by meaning: `python tests/bench/search_seed.py CORPUS.jsonl.gz RESULTS.jsonl FACTS.json [PAPERS]` (10,000).

RESULTS has the papers that stood on a search page about aligning AI with people, some of which have neither word; FACTS
tells who wrote them. They are mixed into the newest PAPERS of a corpus. How many of them are among the first 50 and 100
for three queries that ask for such papers, and for "more like this" of each of them? Beside Pagefind for the queries.
"""

from __future__ import annotations

import gzip
import json
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.corpus import read_corpus
from tests.bench.pagefind import found_by_pagefind
from tests.bench.search_site import found_by_us, plain_papers, searchable

PAPERS = 10_000
DEPTHS = (50, 100)
QUERIES = (
    "human AI alignment",
    "AI alignment with human values",
    "aligning language models with human preferences",
)


def read_seed(results: Path, facts: Path) -> dict[str, dict[str, object]]:
    """The papers of the page, as a corpus has them, by their identifiers."""
    known = {fact["rank"]: fact for fact in json.loads(facts.read_text("utf-8"))}
    lines = map(json.loads, results.read_text("utf-8").splitlines())
    papers = (_paper(line, known[line["rank"]]) for line in lines)
    return {str(paper["id"]): paper for paper in papers}


def _paper(result: dict[str, Any], fact: dict[str, Any]) -> dict[str, object]:
    unknown = {"upvotes": None, "comments": result.get("comments"), "github": None}
    told = {name: fact[name] for name in ("id", "title", "authors", "published")}
    return {**unknown, **told, "abstract": result["abstract"], "categories": fact["categories"] or []}


def write_corpus(papers: Sequence[dict[str, object]], path: Path) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(paper) + "\n" for paper in papers)


def show(name: str, found: Sequence[str], seed: set[str]) -> None:
    counts = "".join(f"  {len(seed & {*found[:depth]}):3} in {depth}" for depth in DEPTHS)
    print(f"  {name:50}{counts}", flush=True)


def show_likes(found: Sequence[Sequence[str]], seed: set[str]) -> None:
    for depth in DEPTHS:
        counts = [len(seed & {*each[:depth]}) for each in found]
        told = f"mean {statistics.mean(counts):.1f}, median {statistics.median(counts):.0f}, most {max(counts)}"
        print(f"  like: each of the {len(found)}, in {depth} (of {len(seed) - 1}): {told}", flush=True)


def main() -> None:
    """Mix, build, ask both."""
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    corpus, results, facts = map(Path, sys.argv[1:4])
    size = int(sys.argv[4]) if len(sys.argv) > 4 else PAPERS
    seed = read_seed(results, facts)
    others = [paper for paper in read_corpus(corpus, size) if paper["id"] not in seed]
    with tempfile.TemporaryDirectory() as name:
        mixed = Path(name) / "mixed.jsonl.gz"
        write_corpus([*others, *seed.values()], mixed)
        with searchable(mixed, len(others) + len(seed)) as (site, out):
            papers = plain_papers(site)
            print(f"{len(papers):,} papers, {len(seed)} of them are looked for\nours")
            likes = [f"like:{paper}" for paper in seed]
            found = found_by_us(out, [*QUERIES, *likes], max(DEPTHS))
    for query, ids in zip(QUERIES, found, strict=False):
        show(query, ids, {*seed})
    show_likes(found[len(QUERIES) :], {*seed})
    print("Pagefind")
    for query, ids in zip(QUERIES, found_by_pagefind(papers, QUERIES, max(DEPTHS)), strict=True):
        show(query, ids, {*seed})


if __name__ == "__main__":
    main()
