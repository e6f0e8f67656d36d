"""A backfill may be killed at any point: what is stored is whole, and the next run ends as if nothing had happened."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from datetime import date as Date
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fetching import checkout, listings
from tests.killed_fetches import command
from tests.service_days import invented_day
from tests.services import Services
from tests.sites import ROOT

FIRST, LAST, TODAY = "2026-01-01", "2026-01-04", "2026-01-20"


@pytest.fixture(scope="module")
def services() -> Iterator[Services]:
    with Services(lambda: 0.0) as started:
        for count in range(4):
            started.put(invented_day(Date(2026, 1, 1) + timedelta(days=count), 40))
        yield started


@pytest.fixture(scope="module")
def undisturbed(services: Services, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    root = checkout(tmp_path_factory.mktemp("undisturbed") / "checkout")
    assert backfill(root, services) == 0
    return listings(root)


def backfill(root: Path, services: Services, step: int | None = None) -> int:
    """The exit code; negative for a signal."""
    return subprocess.run(command(root, services.base, FIRST, LAST, TODAY, step), cwd=ROOT).returncode


def assert_whole(root: Path, undisturbed: dict[str, bytes]) -> None:
    for name, body in listings(root).items():
        assert Path(name).name == ".daybook-tmp" or body == undisturbed[name]


def test_a_backfill_may_be_killed_at_every_step(
    services: Services, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    """Every few steps, to be exact: each killed run is a process that takes its time to start."""
    assert len(undisturbed) == 4
    step, code, half_written = 1, -signal.SIGKILL, 0
    while code == -signal.SIGKILL:
        root = checkout(tmp_path / str(step))
        code = backfill(root, services, step)
        assert_whole(root, undisturbed)
        half_written += any(Path(name).name == ".daybook-tmp" for name in listings(root))
        assert backfill(root, services) == 0
        assert listings(root) == undisturbed
        assert sorted(path.name for path in root.iterdir()) == [".cache", "content"]
        step += 3
    assert code == 0
    assert half_written


def test_runs_that_are_killed_one_after_the_other_get_there_in_the_end(
    services: Services, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    root = checkout(tmp_path / "checkout")
    codes = [backfill(root, services, step=9) for _ in range(5)]
    assert codes[0] == -signal.SIGKILL
    assert_whole(root, undisturbed)
    assert backfill(root, services) == 0
    assert listings(root) == undisturbed
