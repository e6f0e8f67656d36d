"""The last stage: bring the output folder up to date, touching only what has changed.

What the last build published is in the receipt; see receipt.py. The order of a build is what makes it safe to kill
at any point:

1. look at the folder and refuse what would harm somebody else's files: nothing has been touched;
2. record every path that is about to be touched as owed;
3. remove what is no longer planned, then write, each file under a temporary name that is renamed into place;
4. write the receipt, and drop the record of what was owed.

After a kill the next build finds the record, takes every owed path as unknown and makes it again. The records are
flushed to the disk, the files are not, since that would cost more than all the rest: a build that is cut short by a
power failure is mended by the next one, but one that had *ended* within the minute before it may leave damaged files
of the right length. Whoever fears that deletes the folder.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from daybook.folder import (
    OWED,
    RECEIPT,
    ForeignFolder,
    Locked,
    OutputError,
    Tree,
    held,
    is_temporary,
    place,
    read,
    walk,
)
from daybook.model import Changes, File
from daybook.parallel import spread
from daybook.planned_paths import Shape, above, folded, folders_of, shape
from daybook.receipt import Published, digest, format_owed, format_receipt, parse_owed, parse_receipt

__all__ = ["Collision", "ForeignFolder", "Locked", "OutputError", "WriteFailed", "clean", "write"]

_SHOWN = 10
_RUN = 32  # files
_TOGETHER = 128
_SPELL = 6_000  # files: what a process fills memory with while it makes more of them

_Progress = Callable[[int, int], None]


class Collision(OutputError):
    """Somebody else's files stand where the site has to go. Nothing was touched."""


class WriteFailed(OutputError):
    """The system refused to write or remove something. What is published is whole, and the next build goes on."""


@dataclass(frozen=True, slots=True)
class _Past:
    """What earlier builds left: what they published, what a killed one may have touched, and what stands there now.

    Only files that are in `ours` and folders that are in `folders` may ever be removed, and what we name ourselves.
    """

    published: dict[str, Published]
    owed: frozenset[str]
    tree: Tree
    ours: set[str]
    folders: set[str]

    def current(self, path: str) -> Published | None:
        """What is published at a path; None where that is unknown, or not what the receipt says."""
        published = self.published.get(path)
        if published is None or path in self.owed or self.tree.files.get(path) != published.size:
            return None
        return published


def write(files: Iterable[File], out: Path, progress: _Progress | None = None, jobs: int = 1) -> Changes:
    """Make `out` hold exactly `files`, and ask for a body only where the fingerprint or the published file differs.

    A published file that was deleted or that has another length than it should is made again; one that somebody
    edited to the same length is not noticed. Files that no build made stay. `progress` is told after each file that
    was made how many were, and how many have to be. Of many files, `jobs` processes make some each.

    Raises ForeignFolder, Locked and Collision before anything is touched, WriteFailed when the system refuses, and
    ValueError for a path or a fingerprint that must not be planned.
    """
    plan = tuple(files)
    planned = shape(file.path for file in plan)
    for file in plan:
        if not file.fingerprint.isprintable():
            raise ValueError(f"the fingerprint {file.fingerprint!r} of {file.path!r} does not fit into a line")
    with held(out) as root:
        return _update(root, _past(root, out), plan, planned, progress, jobs)


def clean(out: Path) -> Changes:
    """Remove what builds made in `out`, and `out` itself where that leaves it empty. Raises as `write` does."""
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return Changes(0, (), ())
    with held(out) as root:
        changes = _update(root, _past(root, out), (), shape(()), None, 1)
        with _system(f"remove {RECEIPT}"), suppress(FileNotFoundError):
            os.unlink(RECEIPT, dir_fd=root)
            with suppress(OSError):  # not empty: somebody else's file is in it
                out.resolve().rmdir()
    return changes


def _past(root: int, out: Path) -> _Past:
    try:
        receipt, owed = read(root, RECEIPT), read(root, OWED)
        published = {} if receipt is None else parse_receipt(receipt)
        owed_paths = frozenset() if owed is None else parse_owed(owed)
    except (OSError, ValueError) as error:
        raise ForeignFolder(
            f"{out} was made by another version of this program, or its records are damaged ({error}); "
            "nothing was touched: delete the folder and build again"
        ) from error
    with _system(f"look into {out}"):
        tree = walk(root)
    ours = published.keys() | owed_paths
    return _Past(published, owed_paths, tree, ours, folders_of(ours))


def _update(
    root: int, past: _Past, plan: Sequence[File], planned: Shape, progress: _Progress | None, jobs: int
) -> Changes:
    _refuse_collisions(past, planned)
    stale = [file for file in plan if _is_stale(past, file)]
    gone = sorted((past.ours & past.tree.files.keys()).difference(file.path for file in plan))
    _remove_files(root, _leftovers(past))
    _mark_owed(root, past, [*gone, *(file.path for file in stale)])
    _remove_files(root, gone)
    _remove_folders(root, (past.folders & past.tree.folders).difference(planned.folders.values()))
    _make_folders(root, folders_of(file.path for file in stale) - past.tree.folders)
    made = _make_all(root, past, stale, progress, jobs)
    published = {file.path: made.get(file.path) or past.published[file.path] for file in plan}
    _settle(root, past, published)
    written = (path for path, now in made.items() if not _same_body(past.current(path), now))
    return Changes(len(plan), tuple(sorted(written)), tuple(gone))


def _refuse_collisions(past: _Past, planned: Shape) -> None:
    """A file of ours, or a folder that our files are in, may go or change; nothing else may be in the way."""
    tree = past.tree
    foreign = (tree.files.keys() - past.ours - _leftovers(past)) | tree.strange | (tree.folders - past.folders)
    in_the_way = sorted(path for path in foreign if _is_in_the_way(path, planned, path in tree.folders))
    if in_the_way:
        more = f" and {len(in_the_way) - _SHOWN} more" if len(in_the_way) > _SHOWN else ""
        raise Collision(
            f"no build made {', '.join(map(repr, in_the_way[:_SHOWN]))}{more}, and the site has to go there; "
            "nothing was touched: move them away and build again"
        )


def _is_in_the_way(path: str, planned: Shape, is_folder: bool) -> bool:
    key = folded(path)
    if key in planned.files or any(parent in planned.files for parent in above(key)):
        return True
    return key in planned.folders and not (is_folder and planned.folders[key] == path)


def _is_stale(past: _Past, file: File) -> bool:
    current = past.current(file.path)
    return current is None or current.fingerprint != file.fingerprint


def _leftovers(past: _Past) -> set[str]:
    """The temporary files of a build that was killed; there are none but in the folders that it wrote to."""
    return {path for path in past.tree.files if is_temporary(path) and _folder(path) in ("", *past.folders)}


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _mark_owed(root: int, past: _Past, touched: Sequence[str]) -> None:
    # What a killed build owed stays on record until the end: only from there do we know the folders that it made.
    if touched:
        with _system(f"write {OWED}"):
            place(root, OWED, format_owed(past.owed.union(touched)), durable=True)


def _remove_files(root: int, paths: Iterable[str]) -> None:
    for path in paths:
        with _system(f"remove {path}"):
            os.unlink(path, dir_fd=root)


def _remove_folders(root: int, folders: Iterable[str]) -> None:
    for path in sorted(folders, reverse=True):  # what is inside comes before what it is in
        with suppress(OSError):  # not empty: somebody else's file is in it
            os.rmdir(path, dir_fd=root)


def _make_folders(root: int, folders: Iterable[str]) -> None:
    for path in sorted(folders):
        with _system(f"make the folder {path}"):
            os.mkdir(path, dir_fd=root)


def _make_all(
    root: int, past: _Past, stale: Sequence[File], progress: _Progress | None, jobs: int
) -> dict[str, Published]:
    runs = list(_runs(stale, jobs))

    def make(number: int, job: int) -> list[tuple[str, Published]]:
        return [(file.path, _make(root, file, ask, past.current(file.path), job)) for file, ask in _asked(runs[number])]

    made: dict[str, Published] = {}
    for _, run in spread(make, len(runs), jobs, spells=-(-len(stale) // (jobs * _SPELL))):
        made.update(run)
        if progress:
            progress(len(made), len(stale))
    return made


def _runs(stale: Sequence[File], jobs: int) -> Iterator[Sequence[File]]:
    """Files in runs, each made by one process, since what is made in a row is often made of the same."""
    for together, group in groupby(stale, key=lambda file: file.together):
        files = list(group)
        size = _TOGETHER if together else _RUN if jobs > 1 else 1
        yield from (files[start : start + size] for start in range(0, len(files), size))


def _asked(run: Sequence[File]) -> Iterator[tuple[File, Callable[[], bytes]]]:
    """Each file of a run with what gives its body."""
    if together := run[0].together:
        bodies = iter(together([file.path for file in run]))
        yield from ((file, bodies.__next__) for file in run)
    else:
        yield from ((file, file.body) for file in run)


def _make(root: int, file: File, ask: Callable[[], bytes], current: Published | None, job: int) -> Published:
    # A function of its own, so that a body is let go before the next one is asked for.
    body = ask()
    published = Published(len(body), digest(body), file.fingerprint)
    if not _same_body(current, published):
        with _system(f"write {file.path}"):
            place(root, file.path, body, job=job)
    return published


def _same_body(current: Published | None, made: Published) -> bool:
    return current is not None and (current.size, current.digest) == (made.size, made.digest)


def _settle(root: int, past: _Past, published: dict[str, Published]) -> None:
    # The receipt of an empty site is always written, since `past` does not tell it from none.
    if published != past.published or not published:
        with _system(f"write {RECEIPT}"):
            place(root, RECEIPT, format_receipt(published), durable=True)
    with _system(f"remove {OWED}"), suppress(FileNotFoundError):
        os.unlink(OWED, dir_fd=root)


@contextmanager
def _system(doing: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise WriteFailed(f"cannot {doing} ({reason}); what is published is whole, build again to go on") from error
