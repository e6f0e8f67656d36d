"""One process at a time: a lock that ends with its process, however that ends. POSIX only (flock)."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


def take(path: Path) -> int:
    """Hold the lock that a file stands for; the file is made where it is absent. What comes back is for `give_back`.

    Raises BlockingIOError while another process (or this one) holds it, OSError where the file cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
        if _owns(descriptor, path):
            return descriptor
        os.close(descriptor)


def give_back(descriptor: int, path: Path) -> None:
    """End the hold and leave no file behind."""
    path.unlink(missing_ok=True)
    os.close(descriptor)


def _owns(descriptor: int, path: Path) -> bool:
    """Whether the lock is now ours. Whoever held it deletes the file, so the one that we opened may be gone."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False
