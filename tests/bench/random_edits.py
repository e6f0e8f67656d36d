"""Is a site that was built step by step the one that a clean build makes? `python tests/bench/random_edits.py`

Rows of random edits of the toy content with builds after each, of which some are killed: 300 rows, or as many as a
number says. With a corpus, `python tests/bench/random_edits.py 10 CORPUS.jsonl.gz [PAPERS]`, those are edits of a
checkout of its newest papers (10,000). What the edits are is told by the number of the row, from 0.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from daybook.parallel import cores, spread
from tests.bench.corpus import make_tree
from tests.checkouts import built, toy_checkout
from tests.random_edits import run

ROWS, PAPERS, STEPS = 300, 10_000, 4


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        before = Path(folder) / "before"
        if len(sys.argv) > 2:
            before.mkdir()
            make_tree(Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else PAPERS, before)
        else:
            toy_checkout(before)
        built(before, before / "_site")

        def row(number: int, _job: int) -> list[str]:
            place = Path(folder) / f"row-{number}"
            shutil.copytree(before, place / "checkout")
            done = run(place / "checkout", number, STEPS)
            shutil.rmtree(place)
            return done

        told = Counter[str]()
        for finished, (number, done) in enumerate(spread(row, rows, cores()), start=1):
            told.update(done)
            print(f"{finished:4} of {rows}: row {number}: {', '.join(done)}", flush=True)
    print(f"{rows} rows of {STEPS} edits, each equal to a clean build at its end")
    print(", ".join(f"{name} {count}" for name, count in sorted(told.items())))


if __name__ == "__main__":
    main()
