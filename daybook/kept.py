"""What a checkout keeps between builds because it took long to make. Git ignores it.

Each is kept under a name that tells all that it was made from, or tells the rest itself. What is not there, or not as
it was written, is made again, and nothing else depends on it: deleting or damaging it changes nothing but time.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from daybook.planned_paths import OUR_PREFIX

FOLDER = Path(".cache")
"""Where a checkout keeps all of it."""

_TEMPORARY = f"{OUR_PREFIX}tmp"


class Kept:
    """The things of one kind."""

    def __init__(self, root: Path, kind: str) -> None:
        self.folder = root / FOLDER / kind

    def read(self, name: str) -> bytes | None:
        """What was kept under a name; None where it is not as it was written."""
        with suppress(OSError):
            seal, _, body = (self.folder / name).read_bytes().partition(b"\n")
            if seal == _seal(name, body):
                return body
        return None

    def write(self, name: str, body: bytes) -> None:
        """Keep something. Where that is not to be had, it costs time and nothing else."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            # What a killed process leaves, the next one takes; what two make of it at once is not believed.
            temporary = self.folder / f"{_TEMPORARY}-{name}"
            temporary.write_bytes(_seal(name, body) + b"\n" + body)
            temporary.replace(self.folder / name)

    def forget(self, names: Iterable[str]) -> None:
        """Only what has one of these names stays."""
        staying = set(names)
        with suppress(OSError):
            for path in self.folder.iterdir():
                if path.name not in staying:
                    path.unlink()


def _seal(name: str, body: bytes) -> bytes:
    return blake2b(name.encode() + body, digest_size=16).hexdigest().encode()
