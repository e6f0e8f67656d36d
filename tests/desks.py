"""A writing desk for tests: `build.py serve` as a program of its own, on a copy of the program with the toy content."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from tests.checkouts import toy_checkout
from tests.sites import ROOT

PATIENCE = 60  # seconds: a machine may be slow, but what takes longer than this does not happen
NOTE = "content/notes/2612.00001.bjork.yaml"
PAPER = "papers/2612.00001.html"


def desk_checkout(folder: Path) -> Path:
    """A copy of the program with the toy content, in a new folder."""
    return with_program(toy_checkout(folder))


def with_program(folder: Path) -> Path:
    """A checkout, to which a copy of the program was added."""
    shutil.copytree(ROOT / "daybook", folder / "daybook", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "build.py", folder)
    return folder


@dataclass(slots=True)
class RunningDesk:
    """The program, and the lines that it has printed so far, of both outputs."""

    root: Path
    process: subprocess.Popen[str]
    lines: list[str]
    home: str = ""

    @property
    def port(self) -> int:
        return int(urlsplit(self.home).port or 0)

    def builds(self) -> list[str]:
        """What the builds told."""
        return [line for line in self.lines if " files in _site: " in line]

    def replace(self, path: str, old: str, new: str) -> None:
        """Save a file of the checkout with another text in it."""
        text = (self.root / path).read_text("utf-8")
        assert old in text
        (self.root / path).write_text(text.replace(old, new), "utf-8")

    def interrupt(self) -> int:
        """Ctrl-C, which a terminal sends to all processes of a program; gives the exit code."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(PATIENCE)


def wait_for(is_so: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    """Return as soon as it is so. Fails where it is not within so many seconds."""
    deadline = time.monotonic() + patience
    while not is_so():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.02)


@contextmanager
def running_desk(root: Path, *words: str, patience: float = PATIENCE) -> Iterator[RunningDesk]:
    """Start it, wait until it serves, end it. `patience` is for the first build."""
    command = [sys.executable, "build.py", "serve", "--port", "0", *words]
    with subprocess.Popen(
        command,
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    ) as process:
        desk = RunningDesk(root, process, [])
        reader = Thread(target=_read, args=(desk,))
        reader.start()
        try:
            wait_for(lambda: desk.home or process.poll() is not None, "the first build", patience)
            assert desk.home, desk.lines
            yield desk
        finally:
            process.kill()
            reader.join()


def _read(desk: RunningDesk) -> None:
    assert desk.process.stdout
    for line in desk.process.stdout:
        desk.lines.append(line.rstrip("\n"))
        if " is at http://" in line:
            desk.home = line.partition(" is at ")[2].split()[0]
