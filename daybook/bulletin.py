"""What pages that are open in a browser have to know of the builds since they were sent: what changed, what is wrong.

Builds are numbered. A page carries the mark of the last build before it was sent, and a mark is enough to tell what it
has missed, however long it slept; so nothing is kept for each of those who listen.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Condition

from daybook.model import Changes, Problem


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why there is no newer site: in a sentence, and where to mend it if content/ has mistakes."""

    summary: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class News:
    """All that happened since an earlier mark.

    `paths` are those of files that were written or removed, sorted. `lost` says that the earlier mark is not one of
    ours, so that anything may have changed.
    """

    mark: str
    lost: bool
    paths: tuple[str, ...]
    trouble: Trouble | None


class Bulletin:
    """Told by the one thread that builds, read by any number of others."""

    def __init__(self) -> None:
        # Another one for each run, so that a page of an earlier run, of which nothing is known, is known by its mark.
        self._run = secrets.token_hex(8)
        self._number = 0
        self._changed: dict[str, int] = {}  # path → the number of the last build that changed it
        self._trouble: Trouble | None = None
        self._closed = False
        self._told = Condition()

    @property
    def mark(self) -> str:
        """Stands for the last build that is over."""
        with self._told:
            return self._mark()

    def built(self, changes: Changes) -> None:
        """A build has gone well."""
        self._tell((*changes.written, *changes.removed), None)

    def lost(self) -> None:
        """The site is good, and anything may have changed: somebody else built it."""
        with self._told:
            self._run = secrets.token_hex(8)
            self._changed.clear()
            self._tell((), None)

    def proved(self, paths: tuple[str, ...]) -> None:
        """Some pages are shown as the next build will make them; whether it can is not known yet."""
        self._tell(paths, self._trouble)

    def failed(self, trouble: Trouble) -> None:
        """A build came to nothing; what it may have written is known when one goes well."""
        self._tell((), trouble)

    def close(self) -> None:
        """Nothing more will be told."""
        with self._told:
            self._closed = True
            self._told.notify_all()

    def since(self, mark: str) -> News:
        """What happened since the build that a mark stands for."""
        with self._told:
            return self._since(mark)

    def follow(self, mark: str, pause: float) -> Iterator[News | None]:
        """What happened since a mark, at once; then each news as it comes, and None after each `pause` (in seconds)
        without any. Ends when the bulletin is closed.
        """
        news = self.since(mark)
        yield news
        while True:
            with self._told:
                self._told.wait_for(lambda seen=news.mark: self._closed or self._mark() != seen, pause)  # type: ignore[misc]
                if self._closed:
                    return
                later = self._since(news.mark)
            if later.mark == news.mark:
                yield None
            else:
                news = later
                yield news

    def _tell(self, paths: tuple[str, ...], trouble: Trouble | None) -> None:
        with self._told:
            self._number += 1
            self._changed.update(dict.fromkeys(paths, self._number))
            self._trouble = trouble
            self._told.notify_all()

    def _mark(self) -> str:
        return f"{self._run}.{self._number}"

    def _since(self, mark: str) -> News:
        run, _, number = mark.partition(".")
        if run != self._run or not number.isdecimal():
            return News(self._mark(), True, (), self._trouble)
        paths = (path for path, changed in self._changed.items() if changed > int(number))
        return News(self._mark(), False, tuple(sorted(paths)), self._trouble)
