"""Kill backfills at random moments: `python tests/bench/fetch_kills.py [COUNT]` (50).

Sixty days are fetched from a server on this machine by a process that is killed with SIGKILL after a random delay.
Every stored day must then be whole; then one run must end in exactly the tree of a run that nobody disturbed. At last
as many runs are killed one after the other on one checkout, before one run has to finish it.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date as Date
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.fetching import checkout, listings
from tests.killed_fetches import command
from tests.service_days import invented_day
from tests.services import Services
from tests.sites import ROOT

FIRST, DAYS, TODAY = Date(2025, 11, 1), 60, "2026-01-31"
PAPERS_A_DAY = 27


def start(root: Path, services: Services) -> subprocess.Popen[bytes]:
    """A backfill in a process of its own."""
    last = FIRST + timedelta(days=DAYS - 1)
    return subprocess.Popen(command(root, services.base, str(FIRST), str(last), TODAY), cwd=ROOT)


def finish(root: Path, services: Services) -> None:
    """One undisturbed run."""
    if start(root, services).wait():
        sys.exit("a run failed")


def kill_one(root: Path, services: Services, seconds: float) -> bool:
    """Whether the run was killed before it was done, that is."""
    run = start(root, services)
    time.sleep(seconds)
    run.kill()
    return run.wait() < 0


def damaged(root: Path, expected: dict[str, bytes]) -> list[str]:
    """Files that are neither a whole day nor one that the next run clears away."""
    found = listings(root).items()
    return [name for name, body in found if not name.endswith(".daybook-tmp") and body != expected[name]]


def main() -> None:
    count, rng = int(sys.argv[1]) if len(sys.argv) > 1 else 50, random.Random(7)
    with tempfile.TemporaryDirectory() as folder, Services(time.monotonic) as services:
        for number in range(DAYS):
            services.put(invented_day(FIRST + timedelta(days=number), PAPERS_A_DAY))
        began = time.perf_counter()
        finish(checkout(Path(folder, "undisturbed")), services)
        seconds, expected = time.perf_counter() - began, listings(Path(folder, "undisturbed"))
        killed, stored, harmed, differing = 0, list[int](), 0, 0
        for number in range(count):
            root = checkout(Path(folder, str(number)))
            killed += kill_one(root, services, rng.uniform(0, seconds))
            harmed += bool(damaged(root, expected))
            stored.append(len(listings(root)))
            finish(root, services)
            differing += listings(root) != expected
            shutil.rmtree(root)
        days = f"with {min(stored)} to {max(stored)} days stored"
        print(f"{count} backfills of {DAYS} days ({seconds:.1f} s each): {killed} killed, {days}")
        print(f"{harmed} left a damaged day, {differing} differed after one more run", flush=True)
        root = checkout(Path(folder, "again"))
        killed = sum(kill_one(root, services, rng.uniform(0, seconds / 4)) for _ in range(count))
        harmed = len(damaged(root, expected))
        finish(root, services)
        outcome = "the same" if listings(root) == expected else "ANOTHER"
        print(f"one backfill, killed {killed} times: {harmed} damaged days, {outcome} tree after one more run")
        sys.exit(1 if harmed or differing or listings(root) != expected else 0)


if __name__ == "__main__":
    main()
