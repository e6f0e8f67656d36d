"""How a build grows: `python tests/bench/scale.py CORPUS.jsonl.gz [SIZE ...]` prints seconds and memory by size.

For each size a tree is made, built from nothing, then again with nothing changed and with one note changed; each build
is a process of its own. The figure to look at is the last: seconds per thousand papers, on the clock and of the
processor, which stay level when no step grows faster than the number of papers.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.builds import build_in_a_process
from tests.bench.corpus import make_tree

SIZES = (1_000, 10_000, 50_000)


def measure(corpus: Path, size: int, root: Path) -> None:
    """Print the line of one size."""
    root.mkdir()
    make_tree(corpus, size, root)
    clean, idle = build_in_a_process(root), build_in_a_process(root)
    note = min((root / "content" / "notes").iterdir())
    note.write_text(note.read_text(encoding="utf-8").replace("A made-up", "A changed"), encoding="utf-8")
    edited = build_in_a_process(root)
    print(
        f"{size:7,} papers {clean.planned:8,} files {clean.run.lasted:7.1f} s {clean.run.memory:6,.0f} MB"
        f"  nothing changed {idle.run.lasted / clean.run.lasted:6.1%}"
        f"  one note {edited.run.lasted / clean.run.lasted:6.1%} ({edited.written} files)"
        f"  {1000 * clean.run.lasted / size:6.2f} s per 1,000"
        f", of the processor {1000 * clean.run.worked / size:6.2f} s",
        flush=True,
    )


def main() -> None:
    """Measure each size, smallest first. Nothing is deleted in between: some disks are slow after that."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        for size in sorted([int(word) for word in sys.argv[2:]] or SIZES):
            measure(Path(sys.argv[1]), size, Path(folder, str(size)))


if __name__ == "__main__":
    main()
