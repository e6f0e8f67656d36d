"""How soon a curator sees a note: `python tests/bench/serve_latency.py CORPUS.jsonl.gz [PAPERS [EDITS]]` (10,000; 50).

`build.py serve` runs on a checkout of the newest papers of the corpus, and a browser shows the page of one that has a
note. The note is saved with another summary, again and again; the time is that from the saving to when the page shows
it. Half of the edits are made while nothing is built, the others while the build of the edit before runs.
"""

from __future__ import annotations

import os
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playwright.sync_api import Page

from tests.bench.corpus import make_tree
from tests.browser import chromium
from tests.desks import RunningDesk, running_desk, wait_for, with_program

PAPERS, EDITS = 10_000, 50
SHOWN = "text => document.body !== null && document.body.innerText.includes(text)"
PATIENCE = 1_800  # seconds


def save(note: Path, text: str) -> float:
    """Save a note with another summary; the moment in which that was over."""
    said = re.sub(r"(?m)^summary: .*$", f"summary: {text}", note.read_text("utf-8"))
    temporary = note.with_name(f".{note.name}.tmp")
    temporary.write_text(said, "utf-8")
    temporary.replace(note)
    return time.perf_counter()


def measure(page: Page, note: Path, text: str) -> float:
    """Milliseconds from the saving to the page that shows it."""
    start = save(note, text)
    page.wait_for_function(SHOWN, arg=text, timeout=PATIENCE * 1000, polling="raf")
    return (time.perf_counter() - start) * 1000


def wait_for_builds(desk: RunningDesk, count: int) -> None:
    """Until so many are over."""
    wait_for(lambda: len(desk.builds()) == count, "the builds", PATIENCE)


def tell(name: str, found: list[float]) -> None:
    ordered = sorted(found)
    high = ordered[int(len(ordered) * 0.95)]
    print(f"  {name:22} median {statistics.median(found):6.0f}  p95 {high:6.0f}  max {ordered[-1]:6.0f}")


def main() -> None:
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    papers = int(sys.argv[2]) if len(sys.argv) > 2 else PAPERS
    edits = int(sys.argv[3]) if len(sys.argv) > 3 else EDITS
    idle, busy = list[float](), list[float]()
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        root = Path(folder) / "checkout"
        root.mkdir()
        make_tree(Path(sys.argv[1]), papers, root)
        note = max((root / "content" / "notes").iterdir())
        with running_desk(with_program(root), patience=PATIENCE) as desk:
            page = browser.new_page()
            page.goto(f"{desk.home}papers/{note.name.removesuffix('.daybook.yaml')}.html")
            for number in range(0, edits, 2):
                builds = len(desk.builds()) + 2
                idle.append(measure(page, note, f"Seen while nothing is built, number {number}."))
                busy.append(measure(page, note, f"Seen while a build runs, number {number + 1}."))
                wait_for_builds(desk, builds)
    print(f"{papers:,} papers, {edits} edits; milliseconds from the saving; load {os.getloadavg()[0]:.1f}")
    tell("while nothing is built", idle)
    tell("while a build runs", busy)
    tell("all", idle + busy)


if __name__ == "__main__":
    main()
