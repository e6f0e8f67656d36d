"""A backfill as a process of its own, for tests that kill it.

`python -m tests.killed_fetches ROOT BASE FIRST LAST TODAY [STEP]` asks the server at BASE, with a clock that leaps;
FIRST and LAST may be empty. With STEP it ends by SIGKILL just before its STEP-th change of the file system.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from daybook.fetch import Order, fetch
from daybook.source_huggingface import HuggingFace
from tests.clocks import LeapingClock
from tests.fetching import ASKING, span

_CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.utime", "fcntl.flock"}


def command(root: Path, base: str, first: str, last: str, today: str, step: int | None = None) -> list[str]:
    """What to run."""
    words = [str(root), base, first, last, today, *([] if step is None else [str(step)])]
    return [sys.executable, "-m", "tests.killed_fetches", *words]


def main() -> None:
    root, base, first, last, today, *step = sys.argv[1:]
    if step:
        _kill_at(int(step[0]))
    order = span(first, last) if first else Order()
    report = fetch(Path(root), [HuggingFace(base)], ASKING, order, LeapingClock(today))
    sys.exit(report.exit_code)


def _kill_at(last: int) -> None:
    steps = 0

    def count(event: str, args: tuple[Any, ...]) -> None:
        nonlocal steps
        if event in _CHANGES or (event == "open" and isinstance(args[2], int) and args[2] & os.O_CREAT):
            steps += 1
            if steps == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


if __name__ == "__main__":
    main()
