"""Work in several processes, where each case is a program of its own, since it forks; and in two threads."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from daybook.parallel import beside
from tests.sites import ROOT

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are forked on Linux only")


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = f"from daybook.parallel import spread\nimport os, sys, time\n{code}"
    command = [sys.executable, "-W", "error", "-c", program, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("jobs", [1, 2, 3, 50])
@pytest.mark.parametrize("count", [0, 1, 5, 400])
def test_all_work_is_done_once(jobs: int, count: int) -> None:
    code = (
        "found = sorted(spread(lambda number, job: (number * number, os.getpid()), int(sys.argv[2]), int(sys.argv[1])))"
    )
    code += "\nprint([square for _, (square, _) in found], len({pid for _, (_, pid) in found}))"
    done = run(code, str(jobs), str(count))
    assert (done.stderr, done.returncode) == ("", 0)
    processes = 0 if count == 0 else max(1, min(jobs, count // 4))
    assert done.stdout == f"{[number * number for number in range(count)]} {processes}\n"


@pytest.mark.parametrize("spells", [1, 2, 7])
def test_each_spell_is_done_by_other_processes(tmp_path: Path, spells: int) -> None:
    """No more at once than there are jobs, of which each process has one to itself."""
    code = f"""
def work(number, job):
    mine = {str(tmp_path)!r} + f"/{{job}}"
    open(mine, "x").close()
    time.sleep(0.001)
    os.unlink(mine)
    return number, job, os.getpid()
found = [done for _, done in spread(work, 100, 3, {spells})]
print(sorted(number for number, _, _ in found) == list(range(100)))
print({{job for _, job, _ in found}}, len({{pid for _, _, pid in found}}))
"""
    done = run(code)
    assert (done.stderr, done.stdout) == ("", f"True\n{{0, 1, 2}} {3 * spells}\n")


def test_results_may_be_large() -> None:
    done = run("print(sum(len(body) for _, body in spread(lambda number, job: bytes(3_000_000), 20, 2)))")
    assert (done.stdout, done.stderr) == ("60000000\n", "")


def test_what_fails_there_fails_here() -> None:
    code = """
def work(number, job):
    if number == 13:
        raise LookupError("no such nap")
    return number
try:
    list(spread(work, 100, 2))
except LookupError as error:
    print(error, "in work" in error.__notes__[0])
"""
    done = run(code)
    assert (done.stdout, done.stderr) == ("no such nap True\n", "")


def test_a_process_that_is_killed_is_a_failure() -> None:
    code = """
def work(number, job):
    if number == 13:
        os.kill(os.getpid(), 9)
    return number
list(spread(work, 100, 2))
"""
    done = run(code)
    assert done.returncode == 1
    assert "ChildFailed: process" in done.stderr
    assert "ended with -9" in done.stderr


def test_what_cannot_come_back_is_a_failure() -> None:
    done = run("list(spread(lambda number, job: lambda: number, 100, 2))")
    assert done.returncode == 1
    assert "pickle" in done.stderr


def test_nobody_is_left_when_the_parent_is_killed(tmp_path: Path) -> None:
    """Else two builds would write to one folder."""
    code = f"""
def work(number, job):
    open(os.path.join({str(tmp_path)!r}, str(os.getpid())), "w").close()
    time.sleep(0.05)
    return number
list(spread(work, 10_000, 2))
"""
    program = f"from daybook.parallel import spread\nimport os, time\n{code}"
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT) as parent:
        while len(list(tmp_path.iterdir())) < 2:
            time.sleep(0.02)
        os.kill(parent.pid, signal.SIGKILL)
        parent.wait()
    children = [int(path.name) for path in tmp_path.iterdir()]
    deadline = time.monotonic() + 10
    while any(is_alive(child) for child in children):
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("jobs", [1, 2])
def test_work_apart_gives_what_it_made(jobs: int) -> None:
    done = run(f"""
from daybook.parallel import apart
with apart(lambda: (os.getpid(), bytes(3_000_000)), {jobs}) as planned:
    process, made = planned()
print(process == os.getpid(), len(made))
""")
    assert (done.stdout, done.stderr) == (f"{jobs == 1} 3000000\n", "")


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_fails_apart_is_raised_where_the_result_is_asked_for(jobs: int) -> None:
    done = run(f"""
from daybook.parallel import apart
with apart(lambda: {{}}["nap"], {jobs}) as planned:
    print("begun")
    try:
        planned()
    except KeyError as error:
        print(error)
""")
    assert (done.stdout, done.stderr) == ("begun\n'nap'\n", "")


def test_work_apart_ends_when_nobody_asks_for_its_result() -> None:
    start = time.monotonic()
    done = run("""
from daybook.parallel import apart
with apart(lambda: time.sleep(50), 2):
    sys.exit("something else went wrong")
""")
    assert done.stderr == "something else went wrong\n"
    assert time.monotonic() - start < 40


def is_alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_two_threads_give_what_each_of_them_made() -> None:
    assert beside(lambda: "one", lambda: 2) == ("one", 2)


@pytest.mark.parametrize("which", [0, 1])
def test_what_a_thread_raises_is_raised_when_both_are_over(which: int) -> None:
    done = []

    def fail() -> None:
        raise KeyError(which)

    works = [fail, lambda: done.append("the other")]
    with pytest.raises(KeyError):
        beside(works[which], works[1 - which])
    assert done == ["the other"]
