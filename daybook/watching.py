"""Which files of a checkout change, as they change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from watchfiles import Change, watch

from daybook.leftovers import is_leftover

PROGRAM: Final = ("daybook", "build.py")
"""What the program itself is; the rest of what is watched is what it reads."""

_WATCHED: Final = ("content", "templates", "static", *PROGRAM)

# Milliseconds. A change is told when nothing else has changed for the time of a step, so that what an editor does at
# one go is one change, and what `git switch` does is one as well; at the latest after the longest wait.
_STEP: Final = 25
_LONGEST_WAIT: Final = 5_000
_GLANCE: Final = 250


def changes(root: Path) -> Iterator[frozenset[str]]:
    """The paths of files that changed, from the root of the checkout, each time that some have; for ever.

    Nothing that changes after the first answer is missed, whatever whoever asks does in between. An answer is often
    empty: the first one soon, the others so that the folders themselves are looked at. Leftovers are not told of.
    Raises OSError where the system cannot watch so many files.
    """
    root = root.resolve()
    missed = frozenset[str]()
    while True:
        tops = _tops(root)
        watching = watch(
            *(root / name for name in tops),
            watch_filter=lambda _, path: _is_meant(Path(path).relative_to(root)),
            debounce=_LONGEST_WAIT,
            step=_STEP,
            rust_timeout=_GLANCE,
            yield_on_timeout=True,
        )
        with closing(watching):
            for found in watching:
                yield missed | _paths(root, found)
                # A folder that was replaced is watched anew: nobody tells of what happens in the new one.
                missed = frozenset(name for name, _ in tops.items() ^ _tops(root).items())
                if missed:
                    break


def is_program(path: str) -> bool:
    """Is it a file of the program, which a program that runs does not read again?"""
    return path.partition("/")[0] in PROGRAM


def _tops(root: Path) -> dict[str, tuple[int, int]]:
    """What there is to watch: the device and the number of each folder, which another one of its name does not have."""
    tops = {}
    for name in _WATCHED:
        with suppress(OSError):
            status = (root / name).stat()
            tops[name] = (status.st_dev, status.st_ino)
    return tops


def _paths(root: Path, found: set[tuple[Change, str]]) -> frozenset[str]:
    return frozenset(Path(path).relative_to(root).as_posix() for _, path in found)


def _is_meant(path: Path) -> bool:
    if any(map(is_leftover, path.parts)):
        return False
    # Python keeps what it compiled beside the program.
    return path.parts[0] != "daybook" or path.suffix == ".py"
