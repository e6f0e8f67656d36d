"""Who got a mail: a file that is only ever added to, a line a step, each on the disk before the next step is taken.

A mail is `trying` from just before the line that ends it, which makes the server responsible for it, until the answer
is written down. A run that is killed in between leaves it so: then nobody here knows whether it went out, and it is not
sent again unless somebody says so. A run that is killed at any other moment leaves no doubt.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from daybook.lock import give_back, take

TRYING, SENT, REFUSED, DEFERRED = "trying", "sent", "refused", "deferred"
"""The end of it may have gone out; the server took it; the server will never take mail for this address; it did not
take it this time, and a later run asks again."""


class Busy(Exception):
    """Another run sends this mail."""


class Ledger:
    """What became of a mail by address, and what the server said: the last thing that was written counts."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._descriptor = descriptor
        self.outcomes: dict[str, str] = {}
        self.replies: dict[str, str] = {}
        for number, line in enumerate(_whole_lines(descriptor).splitlines(), 1):
            try:
                step = json.loads(line)
                self._note(step["address"], step["outcome"], step.get("reply", ""))
            except (ValueError, TypeError, KeyError, AttributeError):
                raise ValueError(f"{path}:{number}: is no line of such a file; nothing was sent") from None

    def write(self, address: str, outcome: str, reply: str = "") -> None:
        """Write a step down. When this returns, it stays, whatever happens."""
        step = {"address": address, "outcome": outcome, **({"reply": reply} if reply else {})}
        line = json.dumps(step).encode("ascii") + b"\n"
        while line:
            line = line[os.write(self._descriptor, line) :]
        os.fsync(self._descriptor)
        self._note(address, outcome, reply)

    def _note(self, address: str, outcome: str, reply: str) -> None:
        self.outcomes[address] = outcome
        self.replies[address] = reply


@contextmanager
def ledger(path: Path) -> Iterator[Ledger]:
    """Open the file for one run; it is made where it is absent. Raises Busy, ValueError for a file of another kind."""
    beside = path.with_name(f".{path.name}.lock")
    try:
        lock = take(beside)
    except BlockingIOError:
        raise Busy(f"another run is sending this: it holds {beside}") from None
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            _keep_name(path)
            os.ftruncate(descriptor, len(_whole_lines(descriptor)))
            yield Ledger(path, descriptor)
        finally:
            os.close(descriptor)
    finally:
        give_back(lock, beside)


def read_ledger(path: Path) -> Ledger:
    """What became of it so far, for whoever only looks. Raises ValueError for a file of another kind."""
    with (path if path.exists() else Path(os.devnull)).open("rb") as stream:
        return Ledger(path, stream.fileno())


def due(addresses: Iterable[str], kept: Ledger, uncertain: bool) -> list[str]:
    """Those to send to; those that may have got it only if `uncertain`."""
    wanted = (DEFERRED, TRYING) if uncertain else (DEFERRED,)
    return [address for address in addresses if kept.outcomes.get(address, DEFERRED) in wanted]


def _whole_lines(descriptor: int) -> bytes:
    """All lines. A torn one at the end, of a run that was killed in writing it, is not counted."""
    body = os.pread(descriptor, os.fstat(descriptor).st_size, 0)
    return body[: body.rfind(b"\n") + 1]


def _keep_name(path: Path) -> None:
    """A new file's name, too, has to outlast a power cut."""
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
