"""Fifty branches, each with notes on the same three papers, of the same day and topic: do they merge?

`python -m tests.bench.merging [BRANCHES]` prints how many conflicted and what `check` says at the end.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.branches import PAPERS, merged


def main(count: int) -> None:
    with TemporaryDirectory() as scratch:
        start = time.perf_counter()
        _, conflicts, problems = merged(Path(scratch) / "repository", count)
        seconds = time.perf_counter() - start
    what = f"{count} branches with {count * len(PAPERS)} notes on {len(PAPERS)} papers"
    print(f"{what}: {len(conflicts)} conflicts, in {seconds:.1f} s")
    print(f"{len(problems)} problems in content/ at the end")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
