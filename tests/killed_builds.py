"""Builds that get killed, for test_write.py: each is a process of its own that ends by SIGKILL.

Run as a program, it reads one order a line, `{"out": folder, "files": {path: text}, "kill_at": k}`, and builds in a
forked child, which is killed just before its k-th step: a change of the file system, or asking for a body. With
`"longest": n` the system kills it in the middle of writing instead, when a file would grow over n bytes. Each order is
answered by a line: `done`, `killed` or `failed`.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from daybook.fingerprint import fingerprint
from daybook.model import File
from daybook.write import write

_CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir"}


def main() -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _build(json.loads(line))
        _, status = os.waitpid(child, 0)
        print("killed" if os.WIFSIGNALED(status) else "done" if status == 0 else "failed", flush=True)


def _build(order: dict[str, Any]) -> None:
    """Never returns."""
    step = _killer(order.get("kill_at"))
    if longest := order.get("longest"):
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_FSIZE, (longest, longest))
    sys.addaudithook(lambda event, args: step() if _is_change(event, args) else None)
    try:
        write([_file(path, text, step) for path, text in order["files"].items()], Path(order["out"]))
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


def _killer(kill_at: int | None) -> Callable[[], None]:
    steps = 0

    def step() -> None:
        nonlocal steps
        steps += 1
        if steps == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    return step


def _file(path: str, text: str, step: Callable[[], None]) -> File:
    def body() -> bytes:
        step()
        return text.encode()

    return File(path, fingerprint(text), body)


def _is_change(event: str, args: tuple[Any, ...]) -> bool:
    return event in _CHANGES or (event == "open" and bool(args[2] & os.O_CREAT))


if __name__ == "__main__":
    main()
