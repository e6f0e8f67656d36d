"""How soon a curator sees a note: `python tests/bench/serve_latency.py CORPUS.jsonl.gz [PAPERS [EDITS]]` (10,000; 50).

`build.py serve` runs on a checkout of the newest papers of the corpus, and a browser shows the page of one that has a
note. The note is saved with another summary, again and again; the time is that from the saving to when the page shows
it. Half of the edits are made while nothing is built, the others while the build of the edit before runs.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playwright.sync_api import Page

from tests.bench.corpus import ROOT, make_tree
from tests.browser import chromium

PAPERS, EDITS = 10_000, 50
SHOWN = "text => document.body !== null && document.body.innerText.includes(text)"
PATIENCE = 600_000  # milliseconds


class Served:
    """The program, started; `idle` waits until it builds nothing."""

    def __init__(self, root: Path) -> None:
        command = [sys.executable, str(ROOT / "build.py"), "serve", "--port", "0", "--out", str(root / "_site")]
        code = "import sys, runpy; sys.argv = sys.argv[1:]; sys.path.insert(0, sys.argv[0].rpartition('/')[0]);"
        code += f"import build; from pathlib import Path; build.ROOT = Path({str(root)!r}); sys.exit(build.main())"
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, *command[1:]], stdout=subprocess.PIPE, text=True, cwd=root
        )
        self.home = self.wait_for(" is at ").partition(" is at ")[2].split()[0]

    def wait_for(self, text: str) -> str:
        assert self.process.stdout
        for line in self.process.stdout:
            if text in line:
                return line
        raise SystemExit("serve has ended")


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
    page.wait_for_function(SHOWN, arg=text, timeout=PATIENCE, polling="raf")
    return (time.perf_counter() - start) * 1000


def tell(name: str, found: list[float]) -> None:
    ordered = sorted(found)
    high = ordered[int(len(ordered) * 0.95)]
    print(f"  {name:22} median {statistics.median(found):6.0f}  p95 {high:6.0f}  max {ordered[-1]:6.0f}")


def main() -> None:
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    papers = int(sys.argv[2]) if len(sys.argv) > 2 else PAPERS
    edits = int(sys.argv[3]) if len(sys.argv) > 3 else EDITS
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        root = Path(folder) / "checkout"
        root.mkdir()
        make_tree(Path(sys.argv[1]), papers, root)
        note = sorted((root / "content/notes").iterdir())[-1]
        served = Served(root)
        try:
            page = browser.new_page()
            page.goto(f"{served.home}papers/{note.name.rpartition('.yaml')[0].rpartition('.')[0]}.html")
            idle, busy = list[float](), list[float]()
            for number in range(0, edits, 2):
                idle.append(measure(page, note, f"Seen while nothing is built, number {number}."))
                busy.append(measure(page, note, f"Seen while a build runs, number {number + 1}."))
                served.wait_for(" files in ")
                served.wait_for(" files in ")
        finally:
            served.process.kill()
    print(f"{papers:,} papers, {edits} edits; milliseconds from the saving; load {os.getloadavg()[0]:.1f}")
    tell("while nothing is built", idle)
    tell("while a build runs", busy)
    tell("all", idle + busy)


if __name__ == "__main__":
    main()
