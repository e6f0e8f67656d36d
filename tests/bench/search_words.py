r"""Is every word found as it is seen? `python tests/bench/search_words.py CORPUS.jsonl.gz [PAPERS]` (10,000) asks.

A word is, in the title, the authors and the abstract of a paper as its page shows them, whatever stands between two
blanks, without the punctuation at its edges; and every run of letters and digits in it. Commands of TeX (`\alpha`) are
none. Each is typed as it stands there, in every spelling that there is, and has to find every paper that holds it,
among those with all words as typed. Exempt are stop words, which the search page says that it leaves out, and words
that the query language takes for something else (`is:withdrawn`, `O*NET`). Both are listed.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from daybook.parallel import cores, spread
from daybook.query import Query
from daybook.search import Searcher
from daybook.search_files import SearchFiles
from tests.bench.search_site import PlainPaper, plain_papers, searchable

PAPERS = 10_000
RUN = 500  # words that one process asks for at a time
SHOWN = 20

_COMMAND = re.compile(r"\\[A-Za-z]+")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_RUN = re.compile(r"[^\W_]+")


class Asked(NamedTuple):
    """A word that was not just found: what became of it, and how many papers that hold it were not found."""

    word: str
    outcome: str
    missing: int
    example: str


def words_of(paper: PlainPaper) -> set[str]:
    """Every word of a paper, as it stands there; by rules that have nothing of the index's."""
    text = _COMMAND.sub(" ", " ".join((paper.title, paper.abstract, *paper.authors)))
    seen = {_EDGES.sub("", piece) for piece in text.split()}
    return {word for piece in seen for word in (piece, *_RUN.findall(piece))} - {""}


def holders(papers: Sequence[PlainPaper]) -> dict[str, set[str]]:
    """Which papers hold each word."""
    held: dict[str, set[str]] = defaultdict(set)
    for paper in papers:
        for word in words_of(paper):
            held[word].add(paper.id)
    return held


def ask(searcher: Searcher, word: str, held: set[str], ids: dict[int, str]) -> Asked | None:
    """None if every paper was found that holds a word."""
    answer = searcher.search(word, 1)
    found = {ids[hit.paper] for hit in answer.sections["all"]}
    if held <= found and (answer.groups or len(held) == len(ids)):
        return None
    missing = sorted(held - found)
    return Asked(word, outcome(answer.query), len(missing), missing[0] if missing else "")


def outcome(query: Query) -> str:
    """What a query was taken for."""
    if query.filters or query.spans or query.like or query.sort != "relevance" or query.refused:
        return "taken for something else"
    if not query.wanted and not query.phrases:
        return "stop word" if query.left_out else "no word"
    return "not found"


def ask_all(site: Path, held: dict[str, set[str]]) -> Iterator[Asked]:
    """Ask for every word, by several processes."""
    words = sorted(held)
    runs = [words[start : start + RUN] for start in range(0, len(words), RUN)]
    searcher = Searcher(SearchFiles.of_folder(site))
    files = searcher.files
    ids = {hit.paper: files.result(hit.paper)[0] for hit in searcher.search("sort:newest").hits}

    def work(run: int, _job: int) -> list[Asked]:
        return [asked for word in runs[run] if (asked := ask(searcher, word, held[word], ids))]

    for _, found in sorted(spread(work, len(runs), cores())):
        yield from found


def main() -> None:
    """Build, ask, count."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    size = int(sys.argv[2]) if len(sys.argv) > 2 else PAPERS
    with searchable(Path(sys.argv[1]), size) as (site, out):
        held = holders(plain_papers(site))
        pairs = sum(map(len, held.values()))
        print(
            f"{size:,} papers, {len(held):,} words as they stand there, {pairs:,} pairs of word and paper", flush=True
        )
        outcomes: dict[str, list[Asked]] = defaultdict(list)
        for asked in ask_all(out, held):
            outcomes[asked.outcome].append(asked)
    for name, all_asked in outcomes.items():
        print(f"{name}: {len(all_asked):,} words, {sum(asked.missing for asked in all_asked):,} pairs")
        for asked in all_asked[:: max(1, len(all_asked) // SHOWN)]:
            print(f"  {asked.word!r}: {asked.missing} of {len(held[asked.word])} missing {asked.example}")
    lost = {*outcomes} - {"stop word", "taken for something else"}
    print("every other word finds every paper that holds it" if not lost else "words are lost")
    sys.exit(1 if lost else 0)


if __name__ == "__main__":
    main()
