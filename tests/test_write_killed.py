"""A build may be killed at any point, and two of them never mix."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daybook.model import File
from daybook.planned_paths import shape
from daybook.write import Locked, clean, write
from tests.trees import NEW, OLD, built, files, tree

ROOT = Path(__file__).resolve().parent.parent

Order = Callable[..., str]


@pytest.fixture(scope="module")
def build_elsewhere() -> Iterator[Order]:
    """Builds in another process, see killed_builds.py."""
    command = [sys.executable, "-m", "tests.killed_builds"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as builder:
        orders, answers = builder.stdin, builder.stdout
        assert orders is not None
        assert answers is not None

        def order(out: Path, texts: Mapping[str, str], **how: int | None) -> str:
            print(json.dumps({"out": str(out), "files": texts, **how}), file=orders, flush=True)
            return answers.readline().strip()

        yield order


def assert_whole(out: Path, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Each published file is the old one or the new one; it is missing only where it was or will be."""
    for path in before.keys() | after.keys():
        place = out / path
        found = place.read_text() if place.is_file() else None
        assert found in {before.get(path), after.get(path)}


@pytest.mark.parametrize(("before", "after"), [({}, NEW), (OLD, NEW), (NEW, OLD), (OLD, {})])
@pytest.mark.parametrize("goes_on", [True, False])
def test_a_build_may_be_killed_at_every_step(
    before: dict[str, str], after: dict[str, str], goes_on: bool, build_elsewhere: Order, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    last = after if goes_on else before
    expected = built(last, tmp_path / "afresh")
    step, outcome = 0, "killed"
    while outcome == "killed":
        step += 1
        clean(out)
        write(files(before), out)
        outcome = build_elsewhere(out, after, kill_at=step)
        assert_whole(out, before, after)
        assert built(last, out) == expected
        assert sorted(path.name for path in tmp_path.iterdir()) == ["afresh", "out"]
    assert outcome == "done"
    assert step > 2 * len(before.keys() ^ after.keys())


def test_the_first_build_of_all_may_be_killed_at_every_step(build_elsewhere: Order, tmp_path: Path) -> None:
    expected = built(OLD, tmp_path / "afresh")
    step, outcome = 0, "killed"
    while outcome == "killed":
        step += 1
        outcome = build_elsewhere(tmp_path / str(step), OLD, kill_at=step)
        assert_whole(tmp_path / str(step), {}, OLD)
        assert built(OLD, tmp_path / str(step)) == expected
    assert outcome == "done"


@pytest.mark.parametrize("longest", [1, 1_000_000, 2_999_999])
def test_a_build_may_be_killed_in_the_middle_of_a_file(longest: int, build_elsewhere: Order, tmp_path: Path) -> None:
    out = tmp_path / "out"
    before = {"a": "A" * 3_000_000, "z": "z"}
    after = {"a": "b" * 3_000_000}
    write(files(before), out)
    # The record of what is owed is longer than one byte, so the smallest limit hits that.
    assert build_elsewhere(out, after, longest=longest) == "killed"
    assert_whole(out, before, after)
    assert any(path.name == ".daybook-tmp" for path in out.iterdir())
    assert built(after, out) == built(after, tmp_path / "afresh")


def test_a_killed_build_may_be_followed_by_another_that_is_killed(build_elsewhere: Order, tmp_path: Path) -> None:
    out = tmp_path / "out"
    expected = built({"page": ""}, tmp_path / "afresh")
    for step in range(1, 12):
        for second in range(1, 12):
            build_elsewhere(out, {"new/folder/page": ""}, kill_at=step)
            build_elsewhere(out, {"page": "other"}, kill_at=second)
            assert built({"page": ""}, out) == expected


SITES = st.lists(
    st.tuples(
        st.sampled_from(["a", "A", "b", "a/b", "a/b/c", "a/c", "b/x", "B/x", "c/d/e/f", "é", "e\u0301"]),
        st.text("xy", max_size=3),
    )
).map(lambda pairs: standing_together(dict(pairs)))
DAMAGES = st.none() | st.sampled_from(["delete", "lengthen", "put"])
EDITS = st.lists(st.tuples(SITES, st.none() | st.integers(1, 25), DAMAGES), min_size=1, max_size=6)


def standing_together(texts: dict[str, str]) -> dict[str, str]:
    """As many of these files as one site can have."""
    chosen: dict[str, str] = {}
    for path, text in texts.items():
        try:
            shape([*chosen, path])
        except ValueError:
            continue
        chosen[path] = text
    return chosen


def damage_one_file(out: Path, damage: str | None) -> None:
    published = [path for path in sorted(out.rglob("*")) if path.is_file() and path.name[0] not in ".m"]
    if damage == "put":
        (out / "mine").write_text("mine")
    elif damage == "delete" and published:
        published[0].unlink()
    elif damage == "lengthen" and published:
        published[-1].write_text("longer than any of ours")


@given(EDITS, SITES)
@settings(deadline=None, max_examples=60)
def test_whatever_happened_the_next_build_is_as_good_as_a_clean_one(
    build_elsewhere: Order, edits: list[tuple[dict[str, str], int | None, str | None]], last: dict[str, str]
) -> None:
    with TemporaryDirectory() as name:
        out = Path(name) / "out"
        write([], out)
        for texts, kill_at, damage in edits:
            assert build_elsewhere(out, texts, kill_at=kill_at) != "failed"
            damage_one_file(out, damage)
        foreign = tree(out).keys() & {"mine"}
        assert set(built(last, out).items()) == {
            *built(last, Path(name) / "afresh").items(),
            *((m, b"mine") for m in foreign),
        }


# Two builds at once ----------------------------------------------------------------------------------------------

WAITING_BUILD = """
import sys
from pathlib import Path
from daybook.model import File
from daybook.write import write

def body():
    print("inside", flush=True)
    return sys.stdin.readline().encode()

write([File("page", "of the first", body)], Path(sys.argv[1]))
"""


@pytest.fixture
def waiting_build(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that is in the middle of building tmp_path/out, and waits for a line."""
    command = [sys.executable, "-c", WAITING_BUILD, str(tmp_path / "out")]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as build:
        assert build.stdout
        assert build.stdout.readline() == "inside\n"
        yield build


def test_of_two_builds_at_once_one_is_refused_and_the_other_is_whole(
    waiting_build: subprocess.Popen[str], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    before = tree(tmp_path)
    with pytest.raises(Locked, match=r"another build is writing to .*; wait until it is done"):
        write(files(NEW), out)
    with pytest.raises(Locked, match=r"another build is writing to .*; wait until it is done"):
        clean(out)
    assert tree(tmp_path) == before
    waiting_build.communicate("text")
    assert waiting_build.returncode == 0
    assert (out / "page").read_text() == "text"
    assert built(NEW, out) == built(NEW, tmp_path / "afresh")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["afresh", "out"]


def test_the_lock_dies_with_its_process(waiting_build: subprocess.Popen[str], tmp_path: Path) -> None:
    waiting_build.send_signal(signal.SIGKILL)
    waiting_build.wait()
    assert built(NEW, tmp_path / "out") == built(NEW, tmp_path / "afresh")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["afresh", "out"]


def test_a_deleted_folder_stays_locked_while_it_is_built(waiting_build: subprocess.Popen[str], tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "out")
    with pytest.raises(Locked):
        write(files(NEW), tmp_path / "out")
    waiting_build.communicate("text")
    assert built(NEW, tmp_path / "out") == built(NEW, tmp_path / "afresh")


def test_the_lock_is_of_the_folder_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("out")

    def body() -> bytes:
        with pytest.raises(Locked):
            write([], tmp_path / "link")
        with pytest.raises(Locked):
            write([], tmp_path / "out" / ".." / "out")
        write([], tmp_path / "another")
        return b""

    assert write([File("a", "", body)], tmp_path / "out").written == ("a",)


STOLEN_LOCK = """
import fcntl, os, sys
from pathlib import Path
from daybook.write import Locked, write

lock = Path(sys.argv[1], ".out.daybook-lock")
thieves = []

def steal(event, args):
    if event == "fcntl.flock" and not thieves:
        lock.unlink()
        thieves.append(lock.open("w"))
        fcntl.flock(thieves[0], fcntl.LOCK_EX)

sys.addaudithook(steal)
try:
    write([], Path(sys.argv[1], "out"))
except Locked:
    print("locked", bool(thieves))
"""


def test_a_lock_that_ended_while_it_was_opened_is_no_lock(tmp_path: Path) -> None:
    """One build ends, deleting its lock, and another begins, between our opening of the lock and our taking of it."""
    command = [sys.executable, "-c", STOLEN_LOCK, str(tmp_path)]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout == "locked True\n"
