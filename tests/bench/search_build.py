"""What building the index costs: `python tests/bench/search_build.py CORPUS.jsonl.gz [SIZE ...]`.

Beside ours stands Pagefind. Both make an index of the same papers from nothing, turn by turn, three times: ours from an
assembled site (words read, index planned, its files written; what reading the content and assembling it takes is told
apart), without a search for garbage, as `build.py build` does it; Pagefind from a plain page a paper, which are written
before. Nothing is deleted in between, since ext4, without a journal, takes ten times as long to create a file while it
remembers what was deleted in the last minutes; where another program deletes much, TMPDIR can name a file system in
memory. Each is a process of its own. Beside the seconds of the clock stand those of the processor, all processes
together, which other work of the machine does not make much longer. Memory is the highest sum of what is proportionally
its own of each process (PSS, see processes.py), so that what processes share counts once; ours has the whole site in
it, and is that of reading and assembling where that is more.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from daybook.assemble import assemble
from daybook.index import index
from daybook.kept import Kept
from daybook.load import load
from daybook.model import Changes
from daybook.parallel import cores, uncollected
from daybook.site import Site
from daybook.tabulate import KEPT, tabulate
from daybook.write import write
from tests.bench import processes
from tests.bench.corpus import ROOT
from tests.bench.pagefind import make_index
from tests.bench.search_site import plain_papers, read_site, write_pages

SIZES = (10_000,)
TURNS = 3


class Run(NamedTuple):
    """Seconds of reading and assembling; of the index, by the clock and of the processor; MB at most."""

    reading: float
    lasted: float
    worked: float
    memory: float = 0.0


def build_ours(root: Path, out: Path) -> Run:
    start, worked = time.perf_counter(), _worked()
    with uncollected():
        site = assemble(load(root / "content"))
        reading, before = time.perf_counter() - start, _worked() - worked
        build_index(site, root, out)
    return Run(reading, time.perf_counter() - start - reading, _worked() - worked - before)


def build_theirs(pages: Path) -> Run:
    start = time.perf_counter()
    make_index(pages)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Run(0.0, time.perf_counter() - start, used.ru_utime + used.ru_stime)


def build_index(site: Site, root: Path, out: Path) -> Changes:
    """Write the search index of a site, and nothing else."""
    return write(index(site, tabulate(site, root, cores()), cores()), out, jobs=cores())


def _worked() -> float:
    """Seconds of the processor, of this process and of those that it has started."""
    return sum(
        resource.getrusage(whose).ru_utime + resource.getrusage(whose).ru_stime
        for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )


def in_a_process(*arguments: str | Path) -> Run:
    """A run of this very program that prints what it took."""
    done = processes.run([sys.executable, __file__, *map(str, arguments)], ROOT)
    return Run(*json.loads(done.told))._replace(memory=done.memory)


def put_away(made: Path, turn: int) -> None:
    """As if it had not been made, and without a deletion: for minutes after one, ext4 is slow to create files."""
    if made.exists():
        made.rename(made.with_name(f"{made.name}.{turn}"))


def compare(root: Path, pages: Path, out: Path) -> None:
    """Print the time and the memory of both."""
    ours, theirs = [], []
    for turn in range(TURNS):
        put_away(Kept(root, KEPT).folder, turn)
        ours.append(in_a_process("ours", root, out / str(turn)))
        theirs.append(in_a_process("theirs", pages))
        (pages / "pagefind").rename(out / f"pagefind.{turn}")
    for name, runs in (("ours", ours), ("Pagefind", theirs)):
        reading, lasted, worked, memory = (statistics.median(column) for column in zip(*runs, strict=True))
        each = ", ".join(f"{run.lasted:.1f}" for run in runs)
        before = f"; reading and assembling before it {reading:.1f} s" if reading else ""
        print(f"  {name:9} {lasted:6.1f} s ({each}), processor {worked:6.1f} s, {memory:6,.0f} MB{before}")
    for column in ("lasted", "worked", "memory"):
        ratios = [getattr(one, column) / getattr(other, column) for one, other in zip(ours, theirs, strict=True)]
        print(f"  ours / Pagefind, {column}: {statistics.median(ratios):.2f}", flush=True)


def measure(corpus: Path, size: int) -> None:
    """Print all of one size."""
    with tempfile.TemporaryDirectory() as name:
        root, out, pages = (Path(name, part) for part in ("checkout", "ours", "theirs"))
        site = read_site(corpus, size, root)
        write_pages(plain_papers(site), pages)
        print(f"{size:,} papers, {cores()} cores", flush=True)
        compare(root, pages, out)


def main() -> None:
    """Measure each size, smallest first; or be one of the processes that are measured."""
    match sys.argv[1:]:
        case ["ours", root, out]:
            print(json.dumps(build_ours(Path(root), Path(out))))
        case ["theirs", pages]:
            print(json.dumps(build_theirs(Path(pages))))
        case [corpus, *sizes]:
            for size in sorted(map(int, sizes)) or SIZES:
                measure(Path(corpus), size)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
