"""Work in several processes at once, or in two threads.

Processes are POSIX only (fork): what the work needs is there without being sent.
"""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import selectors
import struct
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any, TypeVar, cast

_Result = TypeVar("_Result")
_Other = TypeVar("_Other")

_FEWEST = 4  # pieces of work that are worth another process
_HEAD = struct.Struct("!I")


class ChildFailed(RuntimeError):
    """A process ended without having done its work; the message has its traceback, if it had one."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Spare the search for garbage that refers to itself while much is made that stays: nouns never do."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def give_back() -> None:
    """Give the system the memory that is free, which the C library may keep, and which every fork would copy.

    https://man7.org/linux/man-pages/man3/malloc_trim.3.html; other C libraries have no such call and nothing to do.
    """
    with suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def cores() -> int:
    """How many processes can run at once; 1 where processes cannot safely be forked (macOS)."""
    if not sys.platform.startswith("linux"):
        return 1
    return len(os.sched_getaffinity(0))


def beside(work: Callable[[], _Result], other: Callable[[], _Other]) -> tuple[_Result, _Other]:
    """What both give; one is done in another thread. That saves time where one of them leaves Python's lock, as long
    columns of numbers do. No thread is left when this returns, so that what follows may fork.
    """
    with ThreadPoolExecutor(1) as pool:
        begun = pool.submit(work)
        done = other()
        return begun.result(), done


def spread(work: Callable[[int, int], _Result], count: int, jobs: int) -> Iterator[tuple[int, _Result]]:
    """What `work` makes of each number below `count`, with the number, in the order in which it is done. It is called
    with the number and that of the job that does it.

    With one job nothing is forked. Of several, each takes every so many-th number, and its results (which must be such
    as pickle takes) come back as they are done. A process whose parent is gone ends before its next piece. What `work`
    raises is raised here; the other processes end then, too.
    """
    jobs = min(jobs, count // _FEWEST)
    if jobs <= 1:
        yield from ((number, work(number, 0)) for number in range(count))
        return
    with _forked(work, [range(job, count, jobs) for job in range(jobs)]) as children:
        yield from _gathered(children)


@contextmanager
def apart(work: Callable[[], _Result], jobs: int) -> Iterator[Callable[[], _Result]]:
    """Begin work in another process, and give what waits for its result (which must be such as pickle takes).

    With one job nothing is forked: the work is done when its result is asked for. What it raises is raised there.
    """
    if jobs <= 1:
        yield work
        return
    with _forked(lambda _number, _job: work(), [range(1)]) as children:

        def wait() -> _Result:
            ((_, result),) = _gathered(children)
            return cast(_Result, result)

        yield wait


@contextmanager
def _forked(work: Callable[[int, int], Any], shares: Sequence[range]) -> Iterator[dict[int, int]]:
    """A process for each share of the work: the end of the pipe from it → its number. They are ended in the end."""
    give_back()
    gc.freeze()  # what is there stays where it is, so that the processes can share it
    children: dict[int, int] = {}
    try:
        for job, numbers in enumerate(shares):
            children |= _start(work, job, numbers, children)
        yield children
    finally:
        for end, child in children.items():
            os.close(end)
            _end(child)
        gc.unfreeze()
        give_back()  # what came through the pipes is in the way of what is made of it


def _start(work: Callable[[int, int], Any], job: int, numbers: range, others: dict[int, int]) -> dict[int, int]:
    """A process for some of the work: the end of the pipe from it, and its number."""
    parent = os.getpid()
    ours, theirs = os.pipe()
    with warnings.catch_warnings():
        # Libraries may have threads that wait, and `serve` has some that send; nothing of them is used in a child.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        os.close(theirs)
        return {ours: child}
    code = 1
    try:
        gc.disable()
        for end in (ours, *others):
            os.close(end)
        with os.fdopen(theirs, "wb") as pipe:
            _work(lambda number: work(number, job), numbers, parent, pipe.write)
        code = 0
    finally:
        os._exit(code)


def _work(work: Callable[[int], Any], numbers: range, parent: int, send: Callable[[bytes], object]) -> None:
    try:
        for number in numbers:
            if os.getppid() != parent:
                return
            _send(send, (number, work(number), None))
    except BaseException as error:  # whatever it is, the parent has to know
        error.add_note(traceback.format_exc())
        _send(send, (-1, None, error))


def _send(send: Callable[[bytes], object], told: tuple[int, Any, BaseException | None]) -> None:
    body = pickle.dumps(told)
    send(_HEAD.pack(len(body)) + body)


def _gathered(children: dict[int, int]) -> Iterator[tuple[int, Any]]:
    with selectors.DefaultSelector() as selector:
        waiting = {end: bytearray() for end in children}
        for end in children:
            selector.register(end, selectors.EVENT_READ)
        while waiting:
            for key, _ in selector.select():
                end = key.fd
                read = os.read(end, 1 << 20)
                waiting[end] += read
                yield from _frames(waiting[end])
                if not read:
                    selector.unregister(end)
                    del waiting[end]
                    _check(children[end])


def _frames(received: bytearray) -> Iterator[tuple[int, Any]]:
    while len(received) >= _HEAD.size:
        (size,) = _HEAD.unpack_from(received)
        if len(received) < _HEAD.size + size:
            return
        number, result, error = pickle.loads(received[_HEAD.size : _HEAD.size + size])
        del received[: _HEAD.size + size]
        if error:
            raise error
        yield number, result


def _check(child: int) -> None:
    _, status = os.waitpid(child, 0)
    if status:
        raise ChildFailed(f"process {child} ended with {os.waitstatus_to_exitcode(status)}")


def _end(child: int) -> None:
    try:
        os.kill(child, 15)
        os.waitpid(child, 0)
    except (ChildProcessError, ProcessLookupError):
        pass  # it has ended, and was waited for
