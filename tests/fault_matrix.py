"""One case of the fault matrix: a fault, met on one page of one day that was or was not stored before."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path

from daybook.fetch import DayReport, FetchReport
from daybook.source import Source
from daybook.source_arxiv import Arxiv
from daybook.source_huggingface import HuggingFace
from tests.clocks import LeapingClock
from tests.faults import TODAY, NamedFault
from tests.fetching import Detour, checkout, listings, run, span
from tests.service_days import invented_day
from tests.services import Services

BEFORE, DAY, AFTER = Date(2026, 2, 2), Date(2026, 2, 3), Date(2026, 2, 4)
PAGES = {"first page": 0, "middle page": 1, "last page": 2}
SOURCES: dict[str, Callable[[str], Source]] = {
    "huggingface": HuggingFace,
    "arxiv": lambda base: Arxiv(["cs.CL"], base),
}
_THREE_PAGES = 207


@dataclass(frozen=True, slots=True)
class Case:
    """What came of a run with a fault: what is stored, what it should be, what was said, how the server was treated."""

    before: dict[str, bytes]
    after: dict[str, bytes]
    undisturbed: dict[str, bytes]
    report: FetchReport
    address: str
    asked: int
    waited: float

    @property
    def day(self) -> DayReport:
        return next(day for day in self.report.days if day.date == DAY)


class Matrix:
    """A server with three days, a checkout in which they are stored as they were, and one as they should become."""

    def __init__(self, folder: Path, services: Services, slug: str) -> None:
        self._folder = folder
        self._services = services
        self._slug = slug
        self._cases = 0
        self._put(votes=0)
        self._old = self._fetched(checkout(folder / f"{slug}-old"), "2026-02-05")
        self._put(votes=7)
        self._new = {
            "new day": self._fetched(checkout(folder / f"{slug}-new"), TODAY),
            "known day": self._fetched(Path(shutil.copytree(self._old, folder / f"{slug}-grown")), TODAY),
        }

    def case(self, fault: NamedFault, page: str, state: str) -> Case:
        """Run into the fault."""
        self._cases += 1
        root = self._folder / f"{self._slug}-{self._cases}"
        if state == "known day":
            shutil.copytree(self._old, root)
        else:
            checkout(root)
        before, clock = listings(root), LeapingClock(TODAY)
        source = self._source()
        path = source.address(DAY, PAGES[page]).removeprefix(self._services.base)
        met = source.address(DAY, PAGES[page])
        if fault.fault:
            self._services.fail(path, fault.fault, fault.times)
        else:
            assert fault.detour
            met = fault.detour(met)
            source = Detour(source, {source.address(DAY, PAGES[page]): met})
        seen = len(self._services.log)
        report = run(root, self._services, TODAY, span("2026-02-02", "2026-02-04"), [source], clock)
        self._services.fail(path, fault.fault or _unmet, 0)
        asked = [logged.address for logged in self._services.log[seen:]].count(path)
        undisturbed = listings(self._new[state])
        return Case(before, listings(root), undisturbed, report, met, asked, clock.monotonic())

    def _source(self) -> Source:
        return SOURCES[self._slug](self._services.base)

    def _put(self, votes: int) -> None:
        """Three days; `DAY` has more entries later on, and other votes."""
        for day, count in ((BEFORE, 5), (DAY, _THREE_PAGES + votes), (AFTER, 8)):
            self._services.put(invented_day(day, count, votes))

    def _fetched(self, root: Path, today: str) -> Path:
        report = run(root, self._services, today, span("2026-02-02", "2026-02-04"), [self._source()])
        assert report.exit_code == 0, str(report)
        return root


def _unmet(asked: object) -> None:
    raise AssertionError("a fault that no request should have met")


@contextmanager
def matrix(folder: Path, slug: str) -> Iterator[Matrix]:
    """A matrix for one source, with its server."""
    with Services(lambda: 0.0) as services:
        yield Matrix(folder, services, slug)
