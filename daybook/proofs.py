"""Pages as the next build will make them, which the writing desk shows until it has."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock


class Proofs:
    """Pages by their paths. Told by the thread that watches and the one that builds, read by any number of others."""

    def __init__(self) -> None:
        self._pages: dict[str, bytes] = {}
        self._lock = Lock()

    def show(self, pages: Mapping[str, bytes]) -> None:
        """Show these instead of what stands at their paths."""
        with self._lock:
            self._pages.update(pages)

    def find(self, path: str) -> bytes | None:
        """What is shown at a path, if it is not what stands there."""
        with self._lock:
            return self._pages.get(path)

    def standing(self) -> dict[str, bytes]:
        """All of them now: those that a build which begins now will have made when it is over."""
        with self._lock:
            return self._pages.copy()

    def settle(self, made: Mapping[str, bytes]) -> None:
        """Let go of those that a build has made. One that was shown at the same path since then stays."""
        with self._lock:
            self._pages = {path: page for path, page in self._pages.items() if made.get(path) is not page}
