"""Work in several processes at once, or in two threads.

Processes are POSIX only (fork): what the work needs is there without being sent.
"""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import selectors
import signal
import struct
import sys
import traceback
import warnings
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar, cast

_Result = TypeVar("_Result")
_Other = TypeVar("_Other")

_FEWEST = 4  # pieces of work that are worth another process
_STEPS_BACK = 10  # of the 19 by which a thread can come after others
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


def give_way() -> None:
    """Let what else runs on this machine come before this thread and the processes that it will begin.

    Only Linux has a priority for each thread, https://man7.org/linux/man-pages/man2/setpriority.2.html.
    """
    if sys.platform == "linux":
        os.nice(_STEPS_BACK)


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


def spread(
    work: Callable[[int, int], _Result], count: int, jobs: int, spells: int = 1
) -> Iterator[tuple[int, _Result]]:
    """What `work` makes of each number below `count`, with the number, in the order in which it is done. It is called
    with the number and that of the job that does it.

    With one job nothing is forked. Of several, each takes every so many-th number, and its results (which must be such
    as pickle takes) come back as they are done. The numbers are done in so many `spells`, each by other processes, so
    that the memory that one has filled, with copies and what it keeps, is given back. A process whose parent is gone
    ends before its next piece. What `work` raises is raised here; the other processes end then, too.
    """
    jobs = min(jobs, count // _FEWEST)
    if jobs <= 1:
        yield from ((number, work(number, 0)) for number in range(count))
        return
    bounds = pairwise(count * spell // spells for spell in range(spells + 1))
    with _Crew(work, [range(start + job, end, jobs) for start, end in bounds for job in range(jobs)], jobs) as crew:
        yield from crew.results()


@contextmanager
def apart(work: Callable[[], _Result], jobs: int) -> Iterator[Callable[[], _Result]]:
    """Begin work in another process, and give what waits for its result (which must be such as pickle takes).

    With one job nothing is forked: the work is done when its result is asked for. What it raises is raised there.
    """
    if jobs <= 1:
        yield work
        return
    with _Crew(lambda _number, _job: work(), [range(1)], 1) as crew:

        def wait() -> _Result:
            ((_, result),) = crew.results()
            return cast(_Result, result)

        yield wait


class _Child(NamedTuple):
    """A process: its number, and that of the job that it does."""

    process: int
    job: int


class _Crew:
    """Processes that do shares of some work, one a job at a time. They are ended in the end."""

    def __init__(self, work: Callable[[int, int], Any], shares: Sequence[range], jobs: int) -> None:
        self._work, self._jobs = work, jobs
        self._waiting = deque(shares)
        self._children: dict[int, _Child] = {}  # by the end of the pipe from each
        self._selector = selectors.DefaultSelector()

    def __enter__(self) -> _Crew:
        give_back()
        gc.freeze()  # what is there stays where it is, so that the processes can share it
        try:
            for job in range(self._jobs):
                self._begin(job)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._selector.close()
        for end, child in self._children.items():
            os.close(end)
            _end(child.process)
        gc.unfreeze()
        give_back()  # what came through the pipes is in the way of what is made of it

    def results(self) -> Iterator[tuple[int, Any]]:
        received: defaultdict[int, bytearray] = defaultdict(bytearray)
        while self._children:
            for key, _ in self._selector.select():
                end = key.fd
                read = os.read(end, 1 << 20)
                received[end] += read
                yield from _frames(received[end])
                if not read:
                    del received[end]
                    self._begin(self._leave(end))

    def _begin(self, job: int) -> None:
        """Another process for the job, where a share of the work waits."""
        if self._waiting:
            end, process = _start(self._work, job, self._waiting.popleft(), self._children)
            self._children[end] = _Child(process, job)
            self._selector.register(end, selectors.EVENT_READ)

    def _leave(self, end: int) -> int:
        """Let a process go that has said all; the job that it did."""
        self._selector.unregister(end)
        child = self._children.pop(end)
        os.close(end)
        _, status = os.waitpid(child.process, 0)
        if status:
            raise ChildFailed(f"process {child.process} ended with {os.waitstatus_to_exitcode(status)}")
        return child.job


def _start(work: Callable[[int, int], Any], job: int, numbers: range, others: Iterable[int]) -> tuple[int, int]:
    """A process for some of the work: the end of the pipe from it, and its number. `others` are such ends."""
    parent = os.getpid()
    ours, theirs = os.pipe()
    with warnings.catch_warnings():
        # Libraries may have threads that wait, and `serve` has some that send; nothing of them is used in a child.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        os.close(theirs)
        return ours, child
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its children
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


def _end(child: int) -> None:
    try:
        os.kill(child, 15)
        os.waitpid(child, 0)
    except (ChildProcessError, ProcessLookupError):
        pass  # it has ended, and was waited for
