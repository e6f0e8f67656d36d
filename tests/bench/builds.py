"""Builds of a checkout, each in a process of its own with as many jobs as there are cores, as `build.py build` does."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from tests.bench.corpus import ROOT
from tests.bench.processes import Run, run

_BUILD = """
import sys
from pathlib import Path
from build import build
from daybook.parallel import cores, uncollected
with uncollected():
    changes = build(Path(sys.argv[1]), Path(sys.argv[1]) / "_site", jobs=cores())
print(changes.planned, len(changes.written))
"""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build cost, and the number of files that it planned and wrote."""

    run: Run
    planned: int
    written: int


def build_in_a_process(root: Path) -> Built:
    """Build a checkout into the folder `_site` in it."""
    done = run([sys.executable, "-c", _BUILD, str(root)], ROOT)
    planned, written = map(int, done.told.split())
    return Built(done, planned, written)
