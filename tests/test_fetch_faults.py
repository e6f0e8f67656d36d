"""Whatever a service answers, no stored day is harmed, the other days are stored, and it is said what happened."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from daybook.fetch_report import DayReport
from tests.fault_matrix import AFTER, BEFORE, DAY, PAGES, Case, Matrix, matrix
from tests.faults import FAULTS, NOTHING_LISTED, NamedFault

STATES = ("new day", "known day")


@pytest.fixture(scope="module")
def hugging_face(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Matrix]:
    with matrix(tmp_path_factory.mktemp("matrix"), "huggingface") as made:
        yield made


@pytest.fixture(scope="module")
def arxiv(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Matrix]:
    with matrix(tmp_path_factory.mktemp("matrix"), "arxiv") as made:
        yield made


def assert_right(fault: NamedFault, case: Case, slug: str) -> None:
    """Nothing is lost, everything else is there, and what is said is true."""
    path = f"listings/2026/02/{DAY}.{slug}.json"
    others = {name: body for name, body in case.undisturbed.items() if name != path}
    if fault.reason is None:
        assert case.after == case.undisturbed
        assert case.report.exit_code == 0
    else:
        assert case.after.get(path) == case.before.get(path)
        assert case.report.exit_code == 1
        assert_told(fault.reason, case)
        if fault.rest:
            assert {name: body for name, body in case.after.items() if name != path} == others
        else:
            assert [day.outcome for day in case.report.days if day.date > DAY] == ["failed"]
            assert all(case.after[name] == body for name, body in case.before.items() if str(AFTER) in name)
    assert all(case.after[name] == others[name] for name in others if str(BEFORE) in name)
    assert case.asked <= fault.asked
    assert case.waited >= fault.waited


def assert_told(reason: str, case: Case) -> None:
    told = str(case.day)
    assert case.day.outcome == "failed"
    assert case.address in told
    assert re.search(reason, told)
    stored = any(str(DAY) in name for name in case.before)
    assert told.endswith("the 207 entries that are stored were kept" if stored else "nothing is stored for this day")
    assert told in str(case.report)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_harms_no_stored_day(fault: NamedFault, page: str, state: str, hugging_face: Matrix) -> None:
    assert_right(fault, hugging_face.case(fault, page, state), "huggingface")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_of_arxiv_harms_no_stored_day(fault: NamedFault, state: str, arxiv: Matrix) -> None:
    assert_right(fault, arxiv.case(fault, "middle page", state), "arxiv")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_entries_takes_none_away(page: str, hugging_face: Matrix) -> None:
    case = hugging_face.case(NOTHING_LISTED, page, "known day")
    path = f"listings/2026/02/{DAY}.huggingface.json"
    assert case.report.exit_code == 0
    assert ids(case.before[path]) <= ids(case.after[path])
    if page == "first page":
        assert case.day == DayReport(
            "huggingface", DAY, "kept", "207 entries",
            ("the answer lists nothing; the 207 entries that are stored were kept",),
        )  # fmt: skip
        assert case.after[path] == case.before[path]
    else:
        assert case.day.outcome == "refreshed"
        assert case.day.notices[0].startswith("no longer listed, and kept: ")


def test_a_day_without_entries_is_not_stored(hugging_face: Matrix) -> None:
    case = hugging_face.case(NOTHING_LISTED, "first page", "new day")
    assert case.day == DayReport("huggingface", DAY, "empty", "nothing is listed")
    assert case.report.exit_code == 0
    assert not any(str(DAY) in name for name in case.after)


def ids(body: bytes) -> set[str]:
    return set(re.findall('"id": "([^"]+)"', body.decode()))
