"""`build.py digest` as a process of its own, for tests that kill it.

`python -m tests.killed_mails ROOT STEP WORD…` ends by SIGKILL just before its STEP-th step; 0 is never. Steps are
everything that is sent, every answer that is read, and every line of the ledger, before and after it is on the disk.
"""

from __future__ import annotations

import os
import signal
import smtplib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import build

STEPS_A_MAIL = 13
"""MAIL, RCPT, DATA and the mail are sent and, but for the last, answered; a line is kept; the end is sent and
answered; another line is kept. Each line takes two steps."""
DOUBTFUL = {7, 8, 9, 10}
"""The steps of a mail before which a run that is killed leaves a doubt, counted from 0: `trying` is
written, and what became of it is not. (A line counts from when the system has it: only a power cut could take it.)"""


def command(root: Path, step: int, *words: str) -> list[str]:
    """What to run."""
    return [sys.executable, "-m", "tests.killed_mails", str(root), str(step), *words]


def main() -> None:
    root, last, *words = sys.argv[1:]
    count = 0

    def step() -> None:
        nonlocal count
        count += 1
        if count == int(last):
            os.kill(os.getpid(), signal.SIGKILL)

    def before(act: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*given: Any) -> Any:
            step()
            return act(*given)

        return wrapped

    sync = os.fsync

    def fsync(fd: Any) -> None:
        step()
        sync(fd)
        step()

    os.fsync = fsync
    smtplib.SMTP.send = before(smtplib.SMTP.send)  # type: ignore[method-assign]
    smtplib.SMTP.getreply = before(smtplib.SMTP.getreply)  # type: ignore[method-assign]
    build.ROOT = Path(root)
    sys.exit(build.main(["digest", *words]))


if __name__ == "__main__":
    main()
