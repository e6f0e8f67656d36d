"""What api/v1/ and data/ cost: `python tests/bench/api.py CORPUS.jsonl.gz [COUNT]` prints time and bytes by kind.

The content is a tree of COUNT papers (10,000) of the corpus; every file is planned, made and checked against the schema
that is published with it. Ends with 1 where one is not as its schema says.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from daybook.api_files import api_files
from daybook.assemble import assemble
from daybook.load import load
from tests.bench.corpus import make_tree
from tests.test_api import faults

_SHOWN = 20


def kind(path: str) -> str:
    """What a file is counted with: its folder, the year files by their ending, the rest by name."""
    folder, _, name = path.rpartition("/")
    return f"data/*{Path(name).suffix}" if folder == "data" else path if folder == "api/v1" else f"{folder}/"


def main(corpus: Path, count: int) -> int:
    with TemporaryDirectory() as scratch:
        root = Path(scratch, "root")
        root.mkdir()
        make_tree(corpus, count, root)
        site = assemble(load(root / "content"))
    start = process_time()
    files = list(api_files(site, ""))
    print(f"{count:,} papers, {len(files):,} files, planned in {process_time() - start:.2f} s")
    sums: dict[str, tuple[int, int, float]] = {}
    texts = {}
    for file in files:
        start = process_time()
        body = file.body()
        taken = process_time() - start
        number, size, seconds = sums.get(kind(file.path), (0, 0, 0.0))
        sums[kind(file.path)] = number + 1, size + len(body), seconds + taken
        texts[file.path] = body.decode("utf-8")
    for name, (number, size, seconds) in sorted(sums.items(), key=lambda one: -one[1][1]):
        print(f"  {name:24}{number:8,} files{size / count:9,.0f} bytes a paper{seconds:7.2f} s")
    total = [sum(column) for column in zip(*sums.values(), strict=True)]
    print(f"  {'in all':24}{total[0]:8,} files{total[1] / count:9,.0f} bytes a paper{total[2]:7.2f} s")
    found = list(faults(texts))
    print(f"  {len(found):,} faults by the schemas", *found[:_SHOWN], sep="\n  ")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000))
