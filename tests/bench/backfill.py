"""What a backfill costs: `python tests/bench/backfill.py [DAYS]` (580) prints requests, time and memory.

The days come from a server on this machine, 27 papers each, with abstracts as long as they are in practice. The waits
for politeness are leapt over: the time is what fetching itself takes. At last comes a daily run on what was stored.
"""

from __future__ import annotations

import os
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
from tests.service_days import InventedPaper
from tests.services import Services
from tests.sites import ROOT

LAST = Date(2026, 1, 31)
PAPERS_A_DAY = 27
ABSTRACT = "We wind springs of many kinds and note how long each of them turns a wheel. " * 20


def put_days(services: Services, days: int) -> None:
    """The last so many days."""
    for back in range(days):
        day = LAST - timedelta(days=back)
        services.put(
            InventedPaper(day, number, number, {"summary": f"{ABSTRACT}{number}", "ai_summary": ABSTRACT[:300]})
            for number in range(1, PAPERS_A_DAY + 1)
        )


def measure(what: str, words: list[str], services: Services, days: int) -> None:
    """Run a fetch and print what it took."""
    before, began = len(services.log), time.perf_counter()
    run = subprocess.Popen(words, cwd=ROOT)
    _, status, usage = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    seconds, requests = time.perf_counter() - began, services.log[before:]
    memory = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    unchanged = sum(logged.status == 304 for logged in requests)
    print(
        f"{what}: exit {run.returncode}, {len(requests):,} requests ({len(requests) / days:.2f} a day, {unchanged} "
        f"answered by 304), {seconds:.1f} s ({1000 * seconds / days:.1f} ms a day), peak memory {memory:.0f} MB",
        flush=True,
    )


def main() -> None:
    days = int(sys.argv[1]) if len(sys.argv) > 1 else 580
    first = LAST - timedelta(days=days - 1)
    with tempfile.TemporaryDirectory() as folder, Services(time.monotonic) as services:
        put_days(services, days)
        root = checkout(Path(folder, "checkout"))
        measure("one day", command(root, services.base, str(first), str(first), "2026-02-02"), services, 1)
        measure("backfill", command(root, services.base, str(first), str(LAST), "2026-02-02"), services, days)
        stored = listings(root)
        print(f"{len(stored):,} days stored, {sum(map(len, stored.values())) / 1e6:.1f} MB")
        measure("daily run", command(root, services.base, "", "", "2026-02-02"), services, 15)
        measure("again", command(root, services.base, "", "", "2026-02-02"), services, 15)
        sys.exit(0 if services.most_connections == 1 else "more than one connection at once")


if __name__ == "__main__":
    main()
