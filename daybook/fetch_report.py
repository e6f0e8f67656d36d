"""What a run of `fetch` did, for people: as lines and as Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date

from daybook.job_summary import plain

OUTCOMES = ("new", "grown", "refreshed", "kept", "empty", "failed")
"""Stored for the first time; with more entries than before; with other values; nothing changed; neither stored nor
listed; no answer that can be used, and what was stored is untouched."""

_MOST_NOTICES = 50


@dataclass(frozen=True, slots=True)
class DayReport:
    """What became of a day. `text` goes on after the outcome; `notices` are what somebody should look at."""

    source: str
    date: Date
    outcome: str
    text: str
    notices: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.date} {self.source}: {self.outcome}, {self.text}"


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What a run did: the days in the order in which they were asked for, requests made, seconds waited."""

    days: tuple[DayReport, ...]
    requests: int
    waited: float
    dry: bool = False

    @property
    def exit_code(self) -> int:
        """0: all well; 1: some days failed, the others are stored; 2: no day could be fetched."""
        failed = len(self._of("failed"))
        return 0 if not failed else 2 if failed == len(self.days) else 1

    def __str__(self) -> str:
        lines = [str(day) for day in self._of("failed")] + self._notices()
        return "\n".join([*lines, f"{self._counted(self.days)}; {self._effort}", *self._closing()])

    def markdown(self) -> str:
        """The same as a page for a CI job."""
        parts = [self._table()]
        for title, lines in (("Failed", [str(day) for day in self._of("failed")]), ("To look at", self._notices())):
            if lines:
                parts.append(f"### {title}\n\n" + "\n".join(f"- {plain(line)}" for line in lines))
        parts.append(plain(" ".join([f"{self._effort}.", *self._closing()])))
        return "## Listings\n\n" + "\n\n".join(parts) + "\n"

    def _of(self, outcome: str) -> list[DayReport]:
        return [day for day in self.days if day.outcome == outcome]

    def _counted(self, days: tuple[DayReport, ...]) -> str:
        counts = Counter(day.outcome for day in days)
        return f"{_number(len(days), 'day')}: " + ", ".join(f"{counts[outcome]:,} {outcome}" for outcome in OUTCOMES)

    @property
    def _effort(self) -> str:
        return f"{_number(self.requests, 'request')} made, {self.waited:,.0f} s waited"

    def _closing(self) -> Iterator[str]:
        if self.dry:
            yield "This was a dry run: nothing was stored."

    def _notices(self) -> list[str]:
        notices = [f"{day.date} {day.source}: {notice}" for day in self.days for notice in day.notices]
        more = len(notices) - _MOST_NOTICES
        return notices if more <= 0 else [*notices[:_MOST_NOTICES], f"and {more:,} more"]

    def _table(self) -> str:
        counts = Counter((day.source, day.outcome) for day in self.days)
        rows = [
            [source, *(f"{counts[source, outcome]:,}" for outcome in OUTCOMES)]
            for source in sorted({day.source for day in self.days})
        ]
        ruler = ["---", *("--:" for _ in OUTCOMES)]
        return "\n".join(f"| {' | '.join(row)} |" for row in (["days of", *OUTCOMES], ruler, *rows))


def _number(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"
