"""A bar on a terminal, for what takes long."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

_WIDTH = 30
_PAUSE = 0.05  # seconds: more often nobody sees


def bar(things: str) -> Callable[[int, int], None] | None:
    """Shows how many of all things are done, and is wiped when all are; None where standard error is no terminal."""
    if not sys.stderr.isatty():
        return None
    step = 0.0

    def show(done: int, total: int) -> None:
        nonlocal step
        if done < total and time.monotonic() < step:
            return
        step = time.monotonic() + _PAUSE
        filled = _WIDTH * done // total
        text = f"\r[{'#' * filled}{'.' * (_WIDTH - filled)}] {done:,} of {total:,} {things}"
        sys.stderr.write(text if done < total else "\r" + " " * len(text) + "\r")
        sys.stderr.flush()

    return show
