"""What a command costs on Linux: the time on the clock and of the processor, the memory of all its processes together.

Shared memory counts once: of each process what is proportionally its own (PSS) is added, a few times a second.
https://docs.kernel.org/filesystems/proc.html
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

from daybook.parallel import cores

_EVERY = 0.25  # seconds
_DISTURBED = 0.1  # of the machine


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds on the clock and of the processor; MB at most; the share of the machine that other work had; the output.

    What was written to the disk counts as other work where the system writes it.
    """

    lasted: float
    worked: float
    memory: float
    others: float
    told: str

    def __str__(self) -> str:
        disturbed = f"; other work had {self.others:.0%} of the machine" if self.others > _DISTURBED else ""
        return f"{self.lasted:7.1f} s, processor {self.worked:7.1f} s, {self.memory:6,.0f} MB{disturbed}"


def run(command: Sequence[str], folder: Path) -> Run:
    """Run a command in a folder to its end; where it fails, this program ends."""
    busy, start = _busy(), time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout
    ended, peak = Event(), [0]
    watcher = Thread(target=_watch, args=(process.pid, ended, peak))
    watcher.start()
    with process.stdout:
        told = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    lasted = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    ended.set()
    watcher.join()
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    worked = used.ru_utime + used.ru_stime
    others = max(0.0, _busy() - busy - worked) / lasted / cores()
    return Run(lasted, worked, peak[0] / 1e3, others, told)


def _watch(session: int, ended: Event, peak: list[int]) -> None:
    """Keep the highest sum of kB of the processes of a session, until it has ended."""
    while not ended.wait(_EVERY):
        peak[0] = max(peak[0], sum(map(_memory, _of_session(session))))


def _of_session(session: int) -> Iterator[Path]:
    for folder in Path("/proc").iterdir():
        with suppress(OSError, ValueError):  # it has ended meanwhile, or is no process
            if folder.name.isdecimal() and os.getsid(int(folder.name)) == session:
                yield folder


def _memory(process: Path) -> int:
    """kB."""
    with suppress(OSError):
        found = re.search(r"^Pss: +(\d+) kB$", (process / "smaps_rollup").read_text(), re.MULTILINE)
        return int(found[1]) if found else 0
    return 0


def _busy() -> float:
    """Seconds that all processors of the machine have worked."""
    with Path("/proc/stat").open() as lines:
        user, nice, system, _idle, _waiting, interrupts, soft, *_ = map(int, next(lines).split()[1:])
    return (user + nice + system + interrupts + soft) / os.sysconf("SC_CLK_TCK")
