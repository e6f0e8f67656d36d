"""The output folder as a place: whether it is ours, who holds it, what is in it, and how a file gets into it whole.

Everything below goes through the descriptor of the folder that is held, so that a folder which somebody moves or
replaces during a build is never mistaken for the one that was examined. POSIX only (openat).
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from daybook.lock import give_back, take
from daybook.planned_paths import OUR_PREFIX

RECEIPT = f"{OUR_PREFIX}receipt"
OWED = f"{OUR_PREFIX}owed"
_TEMPORARY = f"{OUR_PREFIX}tmp"


class OutputError(Exception):
    """The output folder cannot be brought up to date: why, what was kept, and what to do about it."""


class ForeignFolder(OutputError):
    """The folder is not one that a build made, or may use. Nothing was touched."""


class Locked(OutputError):
    """Another build holds the folder. Nothing was touched."""


@dataclass(frozen=True, slots=True)
class Tree:
    """What stands in a folder, our records left out.

    `files` are regular files with their lengths in bytes; `strange` are symbolic links, pipes and other things that no
    build makes, and they are not looked into.
    """

    files: dict[str, int] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)
    strange: set[str] = field(default_factory=set)


@contextmanager
def held(out: Path) -> Iterator[int]:
    """Make the folder where it is absent, hold it against every other build, and give its descriptor.

    The hold ends with the process, however that ends. Raises ForeignFolder, Locked, OutputError.
    """
    try:
        out = out.resolve()
        _refuse_place(out)
    except OSError as error:
        raise _cannot(f"look for {out}", error) from error
    with _lock(out):
        root = _open_folder(out)
        try:
            _refuse_foreign(out, root)
            yield root
        finally:
            os.close(root)


def walk(root: int) -> Tree:
    """Look at everything in the folder once; symbolic links are never followed."""
    tree = Tree()
    waiting = [""]
    while waiting:
        _look_into(root, waiting.pop(), tree, waiting)
    for record in (RECEIPT, OWED):
        tree.files.pop(record, None)
    return tree


def size_of(root: int, path: str) -> int | None:
    """The length of a regular file in bytes; None where there is none. Raises OSError where one cannot look."""
    found = _status(root, path)
    return found.st_size if found and stat.S_ISREG(found.st_mode) else None


def is_folder(root: int, path: str) -> bool:
    """Is there a folder, and no symbolic link to one? Raises OSError as `size_of` does."""
    found = _status(root, path)
    return found is not None and stat.S_ISDIR(found.st_mode)


def _status(root: int, path: str) -> os.stat_result | None:
    with suppress(FileNotFoundError, NotADirectoryError):
        return os.stat(path, dir_fd=root, follow_symlinks=False)
    return None


def read(root: int, path: str) -> bytes | None:
    """The content of a regular file, None where there is none. Raises OSError, also for a symbolic link."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=root)
    except FileNotFoundError:
        return None
    with os.fdopen(descriptor, "rb") as stream:
        return stream.read()


def temporary(folder: str, job: int = 0) -> str:
    """Where a file of this folder is while a job of a build writes it. One build holds the folder."""
    name = f"{_TEMPORARY}{job or ''}"
    return f"{folder}/{name}" if folder else name


def is_temporary(path: str) -> bool:
    """Is this such a place, of any job?"""
    if _TEMPORARY not in path:  # as in nearly all
        return False
    name = path.rpartition("/")[2]
    return name.startswith(_TEMPORARY) and (name == _TEMPORARY or name.removeprefix(_TEMPORARY).isdecimal())


def place(root: int, path: str, body: bytes, *, durable: bool = False, job: int = 0) -> None:
    """Put a file at a path whose folder exists: a reader finds what was there before, or all of `body`.

    That holds when the process is killed. Only a `durable` file is also safe from a power cut, once this returns.
    """
    unfinished = temporary(path.rpartition("/")[0], job)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(unfinished, flags, 0o666, dir_fd=root)
    try:
        rest = memoryview(body)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        if durable:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
    os.replace(unfinished, path, src_dir_fd=root, dst_dir_fd=root)
    if durable:
        os.fsync(root)


def _look_into(root: int, folder: str, tree: Tree, waiting: list[str]) -> None:
    descriptor = os.open(folder or ".", os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=root)
    prefix = f"{folder}/" if folder else ""
    try:
        with os.scandir(descriptor) as entries:
            for entry in entries:
                path = prefix + entry.name
                if entry.is_dir(follow_symlinks=False):
                    tree.folders.add(path)
                    waiting.append(path)
                elif not entry.is_file(follow_symlinks=False):
                    tree.strange.add(path)
                else:
                    tree.files[path] = entry.stat(follow_symlinks=False).st_size
    finally:
        os.close(descriptor)


def _refuse_place(out: Path) -> None:
    home = Path(os.environ.get("HOME", "/")).resolve()
    if home.is_relative_to(out):
        raise ForeignFolder(f"{out} is your home folder or is above it; choose a folder that only the site is in")
    if out.exists() and not out.is_dir():
        raise ForeignFolder(f"{out} is not a folder; choose another one")
    if (out / ".git").exists():
        raise ForeignFolder(f"{out} is the root of a repository; choose a folder that only the site is in")


def _refuse_foreign(out: Path, root: int) -> None:
    with os.scandir(root) as entries:
        names = {entry.name for entry in entries}
    # A first build that was killed very early leaves a temporary file and nothing else.
    if names.isdisjoint({RECEIPT, OWED}) and not all(map(is_temporary, names)):
        raise ForeignFolder(
            f"{out} is not empty and was not made by a build (it has no {RECEIPT}); "
            "choose another folder, or delete this one yourself if nothing in it is needed"
        )


def _open_folder(out: Path) -> int:
    try:
        out.mkdir(exist_ok=True)
        return os.open(out, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise _cannot(f"open the folder {out}", error) from error


_NOT_OURS = "choose a folder in one that you may write to, or let yourself write there"
_REMEDIES = {
    errno.ENAMETOOLONG: "choose a shorter path",
    errno.EACCES: _NOT_OURS,
    errno.EPERM: _NOT_OURS,
    errno.EROFS: _NOT_OURS,
    errno.ENOSPC: "make room on the disk, or choose a folder on another one",
}


def _cannot(what: str, error: OSError) -> OutputError:
    remedy = _REMEDIES.get(error.errno or 0, "choose another folder")
    return OutputError(f"cannot {what} ({error.strerror}); nothing was touched: {remedy}")


@contextmanager
def _lock(out: Path) -> Iterator[None]:
    # Beside the folder and not in it, so that deleting the folder during a build does not let a second build in.
    path = out.with_name(f".{out.name}{OUR_PREFIX}lock")
    try:
        descriptor = take(path)
    except BlockingIOError as error:
        raise Locked(f"another build is writing to {out}; wait until it is done") from error
    except OSError as error:
        raise _cannot(f"lock {out} with {path}", error) from error
    try:
        yield
    finally:
        give_back(descriptor, path)
