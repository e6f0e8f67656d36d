"""How a build grows: `python tests/bench/scale.py CORPUS.jsonl.gz [SIZE ...]` prints seconds and memory by size.

For each size a tree is made, built from nothing, then again with nothing changed and with one note changed; each build
is a process of its own. The figure to look at is the last: seconds per thousand papers, which stays level when no step
grows faster than the number of papers.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.corpus import ROOT, make_tree

SIZES = (1_000, 5_000, 10_000)

_BUILD = """
import sys, resource
from pathlib import Path
from build import build
changes = build(Path(sys.argv[1]), Path(sys.argv[1]) / "_site")
print(changes.planned, len(changes.written), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One build: wall-clock seconds, files planned and written, peak memory in MB."""

    seconds: float
    planned: int
    written: int
    memory: float


def run_build(root: Path) -> Run:
    """Build a tree in a process of its own."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _BUILD, str(root)], cwd=ROOT, check=True, capture_output=True, text=True
    )
    seconds = time.perf_counter() - start
    planned, written, peak = (int(word) for word in done.stdout.split())
    return Run(seconds, planned, written, peak / (1024 * 1024 if sys.platform == "darwin" else 1024))


def measure(corpus: Path, size: int) -> None:
    """Print the line of one size."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        make_tree(corpus, size, root)
        clean, idle = run_build(root), run_build(root)
        note = min((root / "content" / "notes").iterdir())
        note.write_text(note.read_text(encoding="utf-8").replace("A made-up", "A changed"), encoding="utf-8")
        edited = run_build(root)
        print(
            f"{size:7,} papers {clean.planned:7,} files {clean.seconds:7.1f} s {clean.memory:6.0f} MB"
            f"  nothing changed {idle.seconds / clean.seconds:4.0%}"
            f"  one note {edited.seconds / clean.seconds:4.0%} ({edited.written} files)"
            f"  {1000 * clean.seconds / size:6.2f} s per 1,000",
            flush=True,
        )


def main() -> None:
    """Measure each size, smallest first."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sizes = [int(word) for word in sys.argv[2:]] or list(SIZES)
    for size in sorted(sizes):
        measure(Path(sys.argv[1]), size)


if __name__ == "__main__":
    main()
