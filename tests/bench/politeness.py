"""A polite run in real time (a minute): `python tests/bench/politeness.py` prints what the server saw.

Three days of arXiv and three of Hugging Face are fetched from a server on this machine that asks for waits in all
ways; then once more, when nothing has changed.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from daybook.clock import SystemClock
from daybook.fetch import FetchReport, Order, fetch
from daybook.source import Source
from daybook.source_arxiv import Arxiv
from daybook.source_huggingface import HuggingFace
from tests.fetching import ASKING, checkout
from tests.service_days import invented_day
from tests.services import Asked, Services

WAIT = 5


def ask_for_seconds(asked: Asked) -> None:
    asked.answer(b"", 429, {"Retry-After": str(WAIT)})


def ask_for_date(asked: Asked) -> None:
    moment = datetime.now(UTC) + timedelta(seconds=WAIT + 1)  # one more, since dates have whole seconds
    asked.answer(b"", 503, {"Retry-After": format_datetime(moment, usegmt=True)})


def ask_by_limit(asked: Asked) -> None:
    asked.answer(asked.body, 200, {"RateLimit": f'"api";r=0;t={WAIT}'})


def show(services: Services, report: FetchReport) -> bool:
    """Print what the server saw of a run; tells whether that was polite."""
    print(f"    {report}".replace("\n", "\n    "))
    polite = True
    for slug, least in (("query", 3.0), ("daily_papers", 0.6)):
        log = [logged for logged in services.log if slug in logged.address]
        gaps = [later.time - earlier.time for earlier, later in pairwise(log)]
        asked = [gap for gap, logged in zip(gaps, log, strict=False) if logged.status in {429, 503}]
        statuses = sorted({f"{logged.status}" for logged in log})
        after = f", {min(asked):.3f} s after 429 and 503" if asked else ""
        print(f"  {slug:14}{len(log):3} requests, answered by {', '.join(statuses)}")
        print(f"  {'':14}{min(gaps):.3f} s at least between two{after}")
        polite &= min(gaps) >= least and all(gap >= WAIT for gap in asked)
    print(f"  {services.most_connections} connection at a time; {services.log[0].headers['user-agent']}")
    services.log.clear()
    return polite and services.most_connections == 1


def main() -> None:
    today = datetime.now(UTC).date()
    monday = today - timedelta(days=today.weekday() + 7)
    days = [monday + timedelta(days=number) for number in range(3)]
    order = Order(since=days[0], until=days[-1])
    with tempfile.TemporaryDirectory() as folder, Services(time.monotonic) as services:
        for day in days:
            services.put(invented_day(day, 130))
        sources: list[Source] = [HuggingFace(services.base), Arxiv(["cs.CL"], services.base)]
        faults = (ask_for_seconds, ask_for_date, ask_by_limit)
        for source in sources:
            for day, fault in zip(days, faults, strict=True):
                services.fail(source.address(day, 0).removeprefix(services.base), fault, times=1)
        root, polite = checkout(Path(folder, "checkout")), True
        for _ in range(3):
            polite &= show(services, fetch(root, sources, ASKING, order, SystemClock()))
        sys.exit(0 if polite else "not polite")


if __name__ == "__main__":
    main()
