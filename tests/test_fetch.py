"""What a run asks for, stores and says; what can go wrong on the way is in test_fetch_faults.py."""

from __future__ import annotations

import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date as Date
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from daybook import listing_files
from daybook.answer_cache import FOLDER
from daybook.due_days import Order
from daybook.fetch import Busy, fetch
from daybook.listing_json import dump_listing
from daybook.model import Listing
from daybook.source import Source
from daybook.source_arxiv import Arxiv
from daybook.source_huggingface import HuggingFace
from tests.clocks import LeapingClock
from tests.fetching import ASKING, HASTY, checkout, listings, run, span
from tests.nouns import entry, listing
from tests.service_days import InventedPaper, invented_day
from tests.services import Asked, Services
from tests.sites import ROOT
from tests.trees import stamps

DAY = Date(2026, 2, 3)
PATH = "listings/2026/02/2026-02-03.huggingface.json"


@pytest.fixture
def services() -> Iterator[Services]:
    with Services(lambda: 0.0) as started:
        yield started


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return checkout(tmp_path / "checkout")


def stored(root: Path, day: Date = DAY, source: str = "huggingface") -> Listing:
    found = listing_files.read(root / "content", source, day)
    assert found
    return found


def put_days(services: Services, first: str, last: str, votes: int = 0) -> None:
    day = Date.fromisoformat(first)
    while day <= Date.fromisoformat(last):
        services.put(invented_day(day, 3, votes))
        day += timedelta(days=1)


def asked_days(services: Services) -> list[str]:
    return [logged.address.partition("date=")[2][:10] for logged in services.log]


# What is stored -----------------------------------------------------------------------------------------------------


def test_a_day_is_partial_until_a_later_one_has_begun(services: Services, root: Path) -> None:
    services.put(invented_day(DAY, 2))
    assert str(run(root, services, "2026-02-03", Order(date=DAY)).days[0]).endswith("new, 2 entries so far")
    assert not stored(root).complete
    services.put(invented_day(DAY, 3))
    assert str(run(root, services, "2026-02-04", Order(date=DAY)).days[0]).endswith("grown, 3 entries")
    assert stored(root).complete


def test_pages_are_asked_for_until_one_is_short(services: Services, root: Path) -> None:
    services.put(invented_day(DAY, 230))
    run(root, services, "2026-02-04", Order(date=DAY))
    assert [paper.id for paper in services.days[DAY]] == [str(each.paper.id) for each in stored(root).entries]
    assert len(services.log) == 3


def test_an_entry_that_moves_to_the_next_page_meanwhile_counts_once(services: Services, root: Path) -> None:
    services.put(invented_day(DAY, 150))

    def vote(asked: Asked) -> None:
        asked.answer(asked.body)
        late = InventedPaper(DAY, 499, 1_000)
        services.put([late, *services.days[DAY]])

    services.fail(HuggingFace("").address(DAY, 0), vote)
    run(root, services, "2026-02-04", Order(date=DAY))
    assert len(stored(root).entries) == 150
    run(root, services, "2026-02-05", Order(date=DAY))
    assert len(stored(root).entries) == 151


def test_what_is_no_longer_listed_stays_and_says_so(services: Services, root: Path) -> None:
    services.put(invented_day(DAY, 3))
    run(root, services, "2026-02-04", Order(date=DAY))
    services.put(invented_day(DAY, 3)[:2])
    report = run(root, services, "2026-02-06", Order(date=DAY))
    assert [each.last_seen for each in stored(root).entries] == [None, None, Date(2026, 2, 4)]
    assert report.days[0].notices == ("no longer listed, and kept: 1 (2602.01503)",)
    assert run(root, services, "2026-02-07", Order(date=DAY)).days[0].notices == ()


def test_counts_are_those_of_the_newer_reading_even_when_lower(services: Services, root: Path) -> None:
    services.put(invented_day(DAY, 1, votes=30))
    run(root, services, "2026-02-04", Order(date=DAY))
    services.put(invented_day(DAY, 1, votes=20))
    report = run(root, services, "2026-02-06", Order(date=DAY))
    assert report.days[0].outcome == "refreshed"
    assert stored(root).entries[0].votes == 20
    assert stored(root).read == Date(2026, 2, 6)


def test_ill_formed_entries_are_dropped_one_by_one_and_told_once(services: Services, root: Path) -> None:
    bad = InventedPaper(DAY, 9, given={"id": "../../x"})
    services.put([*invented_day(DAY, 2), bad, InventedPaper(DAY, 8, given={"authors": None})])
    first, second = (run(root, services, "2026-02-04", Order(date=DAY)) for _ in range(2))
    assert len(stored(root).entries) == 2
    assert [notice.partition(":")[0] for notice in first.days[0].notices] == ['dropped "../../x"', "dropped 2602.01508"]
    assert second.days[0].notices == ()


def test_what_comes_from_hugging_face_can_be_left_out(services: Services, root: Path) -> None:
    services.put(invented_day(DAY, 2))
    run(root, services, "2026-02-04", Order(date=DAY))
    assert stored(root).entries[0].votes
    without = replace(ASKING, huggingface_data=False)
    sources = [HuggingFace(services.base)]
    fetch(root, sources, without, Order(date=DAY), LeapingClock("2026-02-04"), HASTY)
    assert {type(each)(each.paper) for each in stored(root).entries} == set(stored(root).entries)


def test_two_sources_are_two_files(services: Services, root: Path) -> None:
    services.put(invented_day(DAY, 2))
    sources: list[Source] = [HuggingFace(services.base), Arxiv(["cs.CL"], services.base)]
    run(root, services, "2026-02-04", Order(date=DAY), sources)
    assert sorted(listings(root)) == ["listings/2026/02/2026-02-03.arxiv.json", PATH]


# Which days ---------------------------------------------------------------------------------------------------------


def test_a_daily_run_asks_only_for_what_may_have_changed(services: Services, root: Path) -> None:
    put_days(services, "2026-01-01", "2026-02-03")
    run(root, services, "2026-02-03", span("2026-01-01", "2026-02-03"))
    services.log.clear()
    report = run(root, services, "2026-02-10")
    assert asked_days(services) == [str(Date(2026, 1, 27) + timedelta(days=count)) for count in range(15)]
    assert [day.outcome for day in report.days] == ["kept"] * 7 + ["refreshed"] + ["empty"] * 7


def test_a_backfill_goes_on_where_it_was_stopped(services: Services, root: Path) -> None:
    put_days(services, "2025-12-01", "2025-12-31")
    run(root, services, "2026-02-03", span("2025-12-01", "2025-12-20"))
    services.log.clear()
    run(root, services, "2026-02-03", span("2025-12-01", "2025-12-31"))
    assert asked_days(services)[0] == "2025-12-21"
    services.log.clear()
    assert str(run(root, services, "2026-02-03", span("2025-12-01", "2025-12-31"))) == (
        "0 days: 0 new, 0 grown, 0 refreshed, 0 kept, 0 empty, 0 failed; 0 requests made, 0 s waited"
    )
    run(root, services, "2026-02-03", Order(date=Date(2025, 12, 2)))
    assert asked_days(services) == ["2025-12-02"]


# Nothing without need -----------------------------------------------------------------------------------------------


def test_an_idle_run_is_answered_by_304s_and_changes_nothing(services: Services, root: Path) -> None:
    put_days(services, "2026-01-27", "2026-02-03")
    shutil.copy(ROOT / ".gitignore", root)
    run(root, services, "2026-02-04")
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "Listings")
    services.log.clear()
    before = stamps(root / "content")
    report = run(root, services, "2026-02-04")
    assert {logged.status for logged in services.log} == {304}
    assert stamps(root / "content") == before
    assert {day.outcome for day in report.days} == {"kept", "empty"}
    assert git(root, "status", "--porcelain") == ""
    assert report.exit_code == 0


def git(root: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True).stdout


def test_a_dry_run_says_what_would_change_and_writes_nothing(services: Services, root: Path, tmp_path: Path) -> None:
    put_days(services, "2026-02-01", "2026-02-03")
    dry = run(root, services, "2026-02-04", Order(dry=True))
    assert [path.name for path in root.rglob("*")] == ["content"]
    real = run(checkout(tmp_path / "real"), services, "2026-02-04")
    assert dry.days == real.days
    assert str(dry).endswith("This was a dry run: nothing was stored.")


def delete(cache: Path) -> None:
    shutil.rmtree(cache)


def cut(cache: Path) -> None:
    for path in cache.iterdir():
        path.write_bytes(path.read_bytes()[:-7])


def swap(cache: Path) -> None:
    first, second, *_ = sorted(cache.iterdir())
    first.write_bytes(second.read_bytes())


def scribble(cache: Path) -> None:
    for path in cache.iterdir():
        path.write_bytes(b"\x00\xff{]")


def put_folders(cache: Path) -> None:
    for path in cache.iterdir():
        path.unlink()
        path.mkdir()


def put_file(cache: Path) -> None:
    shutil.rmtree(cache)
    cache.write_text("not a folder")


@pytest.mark.parametrize("damage", [delete, cut, swap, scribble, put_folders, put_file])
def test_a_damaged_cache_costs_requests_and_nothing_else(
    damage: Callable[[Path], None], services: Services, root: Path
) -> None:
    put_days(services, "2026-01-27", "2026-02-03")
    run(root, services, "2026-02-04")
    before = listings(root)
    damage(root / FOLDER)
    services.log.clear()
    report = run(root, services, "2026-02-04")
    assert {day.outcome for day in report.days} == {"kept", "empty"}
    assert 200 in {logged.status for logged in services.log}
    assert listings(root) == before


def test_what_was_kept_of_two_answers_is_none(services: Services, root: Path) -> None:
    """The tag of the newer answer before the body of the older one would bring old counts back."""
    kept = list[bytes]()
    for votes in (10, 20):
        services.put(invented_day(DAY, 3, votes))
        run(root, services, "2026-02-04", Order(date=DAY))
        [path] = (root / FOLDER).iterdir()
        kept.append(path.read_bytes())
    before = listings(root)
    path.write_bytes(kept[1].partition(b"\n")[0] + b"\n" + kept[0].partition(b"\n")[2])
    assert run(root, services, "2026-02-04", Order(date=DAY)).days[0].outcome == "kept"
    assert listings(root) == before


# Politeness of whole runs -------------------------------------------------------------------------------------------


def test_three_seconds_are_between_two_requests_to_arxiv(root: Path) -> None:
    clock = LeapingClock("2026-02-04")
    with Services(clock.monotonic) as services:
        for day in (Date(2026, 2, 2), DAY):
            services.put(invented_day(day, 230))
        arxiv = Arxiv(["cs.CL"], services.base)
        services.fail(arxiv.address(DAY, 1).removeprefix(services.base), lambda asked: asked.answer(b"", 503), 1)
        report = run(root, services, "2026-02-04", span("2026-02-02", "2026-02-03"), [arxiv], clock)
    times = [logged.time for logged in services.log]
    assert report.exit_code == 0
    assert len(times) == 7
    assert all(later - earlier >= 3 for earlier, later in pairwise(times))
    assert services.most_connections == 1
    assert report.waited == clock.monotonic()


def test_a_backfill_stays_within_the_limit_of_hugging_face(root: Path) -> None:
    clock = LeapingClock("2026-02-04")
    with Services(clock.monotonic) as services:
        services.allow(20, 300)
        put_days(services, "2025-12-01", "2026-01-10")
        report = run(root, services, "2026-02-04", span("2025-12-01", "2026-01-10"), clock=clock)
    assert report.exit_code == 0
    assert {logged.status for logged in services.log} == {200}
    assert services.log[-1].time >= 600


# What stands in the way ---------------------------------------------------------------------------------------------


def test_a_second_run_at_the_same_time_is_refused(services: Services, root: Path) -> None:
    services.put(invented_day(DAY, 2))
    refused: list[str] = []

    def run_again(asked: Asked) -> None:
        with pytest.raises(Busy) as busy:
            run(root, services, "2026-02-04", Order(date=DAY))
        refused.append(str(busy.value))
        run(root, services, "2026-02-04", Order(date=Date(2026, 2, 1), dry=True))
        asked.answer(asked.body)

    services.fail(HuggingFace("").address(DAY, 0), run_again)
    assert run(root, services, "2026-02-04", Order(date=DAY)).exit_code == 0
    assert set(refused) == {f"another fetch or import is at work on {root / 'content'}; wait until it is done"}
    assert sorted(path.name for path in root.iterdir()) == ["content"]


def test_a_damaged_day_is_left_as_it_is(services: Services, root: Path) -> None:
    put_days(services, "2026-02-01", "2026-02-03")
    path = root / "content" / PATH
    path.parent.mkdir(parents=True)
    path.write_text('{"complete": true,\n<<<<<<< HEAD\n')
    report = run(root, services, "2026-02-04", span("2026-02-01", "2026-02-03"))
    assert path.read_text() == '{"complete": true,\n<<<<<<< HEAD\n'
    assert [day.outcome for day in report.days] == ["new", "new", "failed"]
    assert str(report).startswith(f"2026-02-03 huggingface: failed, content/{PATH}:2:1: DB210 this is not JSON")
    assert report.exit_code == 1


def test_a_day_in_the_wrong_place_is_left_as_it_is(services: Services, root: Path) -> None:
    services.put(invented_day(DAY, 2))
    path = root / "content" / PATH
    path.parent.mkdir(parents=True)
    path.write_text(dump_listing(listing(Date(2026, 2, 2), entry(1))))
    report = run(root, services, "2026-02-04", Order(date=DAY))
    assert "the file holds 2026-02-02 of huggingface; move it to where that belongs" in str(report)
    assert path.read_text() == dump_listing(listing(Date(2026, 2, 2), entry(1)))


def test_a_folder_in_the_place_of_a_day_is_left_as_it_is(services: Services, root: Path) -> None:
    services.put(invented_day(DAY, 2))
    (root / "content" / PATH).mkdir(parents=True)
    report = run(root, services, "2026-02-04", Order(date=DAY))
    assert "what is stored cannot be read" in str(report)
    assert report.exit_code == 2


def test_when_the_disk_is_full_what_is_stored_stays_and_nobody_is_asked_in_vain(services: Services, root: Path) -> None:
    services.put(invented_day(Date(2026, 2, 2), 1))
    services.put(invented_day(DAY, 90))
    services.put(invented_day(Date(2026, 2, 4), 1))
    run(root, services, "2026-02-02", span("2026-02-02", "2026-02-02"))
    before = listings(root)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        report = run(root, services, "2026-02-05", span("2026-02-03", "2026-02-05"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert listings(root) == before
    assert [day.text for day in report.days] == [
        "it cannot be stored (File too large); nothing is stored for this day",
        *["not asked, since nothing can be stored (File too large); nothing is stored for this day"] * 2,
    ]
    assert report.exit_code == 2
