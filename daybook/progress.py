"""How far what takes long has come: a bar on a terminal, a plain line now and then elsewhere (as in CI)."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

_WIDTH = 30
_PAUSE = 0.05  # seconds: more often nobody sees
_LINE_PAUSE = 10.0  # seconds: what is done sooner needs no lines


def bar(things: str) -> Callable[[int, int], None]:
    """Shows on standard error how many of all things are done; a bar is wiped when all are."""
    return _bar(things) if sys.stderr.isatty() else _lines(things)


def _bar(things: str) -> Callable[[int, int], None]:
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


def _lines(things: str) -> Callable[[int, int], None]:
    step = time.monotonic() + _LINE_PAUSE

    def show(done: int, total: int) -> None:
        nonlocal step
        if time.monotonic() >= step:
            step = time.monotonic() + _LINE_PAUSE
            print(f"{done:,} of {total:,} {things}", file=sys.stderr, flush=True)

    return show
