"""A build that is cut off from the world, for test_laws.py: run as a program with the folders of a checkout and a site.

Whatever asks for the clock, the network, another program, chance, the environment or a file outside of the checkout,
the site, the project and Python itself raises Impure, which nothing catches. What Python asks for while it starts
comes before.
"""

from __future__ import annotations

import datetime
import logging
import os
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import numpy
import PIL.Image

# They ask for the time, for chance or for the environment when they are imported, so others find them imported.
PRELOADED = (logging, random, numpy, PIL.Image)

PROJECT = Path(__file__).resolve().parents[1]
PYTHON = Path(os.__file__).resolve().parent

_CLOCK = ("time", "time_ns", "localtime", "gmtime", "ctime", "asctime", "monotonic", "monotonic_ns", "perf_counter")
_WORLD = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.spawn", "urllib.", "http.")
_FILES = ("open", "os.listdir", "os.scandir")
# The output stage refuses to build over somebody's home folder; no page depends on that.
_ASKED_FOR_SAFETY = {"HOME"}


class Impure(BaseException):
    """The build asked for something that it must not depend on."""


class _Date(datetime.date):
    @classmethod
    def today(cls) -> NoReturn:
        raise Impure("date.today")


class _Datetime(datetime.datetime):
    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> NoReturn:
        raise Impure("datetime.now")

    today = utcnow = now


class _Environment(dict[Any, Any]):
    """Knows nothing but what is asked for safety's sake, and tells on whoever looks for more."""

    def __getitem__(self, name: Any) -> Any:
        if name not in _ASKED_FOR_SAFETY:
            raise Impure(f"the environment's {name}")
        return super().__getitem__(name)

    def get(self, name: Any, default: Any = None) -> Any:
        return self[name]

    def __contains__(self, name: object) -> NoReturn:
        raise Impure(f"the environment's {name}")

    def __iter__(self) -> Iterator[Any]:
        raise Impure("the whole environment")

    keys = items = values = copy = __iter__  # type: ignore[assignment]


def forbid(module: Any, name: str) -> None:
    def asked(*_: object, **__: object) -> NoReturn:
        raise Impure(f"{module.__name__}.{name}")

    setattr(module, name, asked)


def stop_the_clock() -> None:
    """Before anything of ours is imported, so that nobody has taken the real functions aside."""
    written = time.strftime

    def strftime(form: str, moment: Any = None) -> str:
        if moment is None:
            raise Impure("time.strftime of now")
        return written(form, moment)

    for name in _CLOCK:
        forbid(time, name)
    time.strftime = strftime
    for name, stopped in (("date", _Date), ("datetime", _Datetime)):
        setattr(datetime, name, stopped)


def close_the_world(folders: list[Path]) -> None:
    """From here on only these folders can be read, and nobody can be asked."""
    forbid(os, "urandom")
    forbid(os, "getcwd")
    known = _Environment(HOME=os.environ["HOME"])
    for name in ("environ", "environb"):
        setattr(os, name, known)
    allowed = tuple(f"{folder.resolve()}{os.sep}" for folder in folders)

    def watch(event: str, args: tuple[Any, ...]) -> None:
        if event.startswith(_WORLD):
            raise Impure(event)
        if event in _FILES and isinstance(args[0], str | bytes | os.PathLike):
            path = os.path.normpath(os.fsdecode(args[0]))
            # What is relative is inside of a folder that is held open by its descriptor.
            if path.startswith(os.sep) and not f"{path}{os.sep}".startswith(allowed):
                raise Impure(f"{event} {path}")

    sys.addaudithook(watch)


def main(root: Path, out: Path) -> None:
    stop_the_clock()
    from build import build

    close_the_world([root, out.parent, PROJECT, PYTHON, *(Path(folder) for folder in sys.path if folder)])
    print(build(root, out).planned)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
