"""A clock for tests: it stands still until somebody sleeps, and then it leaps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class LeapingClock:
    """Starts at noon (UTC) of a day. `slept` are the waits so far, in seconds."""

    def __init__(self, day: str) -> None:
        self._start = datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        return sum(self.slept)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
