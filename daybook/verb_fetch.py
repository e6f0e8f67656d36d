"""`build.py fetch`"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from daybook.verb import report

if TYPE_CHECKING:
    from daybook.fetch import DayReport

EPILOG = """\
Without --date and --since: every day from the newest complete one on, the last 14 days (votes and comments still change
then) and every day that was partial when it was last read. A day that is stored grows and never loses an entry; what is
complete and older than 14 days is only asked for again with --date.

exit codes:
  0  all days were fetched
  1  some days failed: they are printed with the reasons, and what was stored of them is as it was
  2  no day was fetched, or none could be asked for: the message says why
"""


def options(verb: argparse.ArgumentParser) -> None:
    """Which days of which source, and whether to store them."""
    verb.add_argument("--date", type=_day, metavar="D", help="this day only, as 2026-01-31, whatever is stored of it")
    verb.add_argument("--since", type=_day, metavar="D", help="from this day on; goes on where it was stopped before")
    verb.add_argument("--until", type=_day, metavar="D", help="with --since: up to this day (today)")
    verb.add_argument("--source", metavar="S", help="this one of the sources in content/site.yaml only")
    verb.add_argument("--dry-run", action="store_true", help="ask, and say what would change; store nothing")
    verb.add_argument("--summary", type=Path, metavar="FILE", help="write the summary to a file as Markdown as well")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day: write it as 2026-01-31") from None


def run(options: argparse.Namespace) -> int:
    """Bring the listings in content/ up to date from the services that site.yaml names."""
    from daybook import excerpt
    from daybook.clock import SystemClock
    from daybook.fetch import Busy, NoSuchDays, Order, fetch
    from daybook.model import Invalid
    from daybook.sources import NoSuchSource, sources

    order = Order(options.date, options.since, options.until, options.dry_run)
    try:
        settings = excerpt.settings(options.root / "content")
        asked = sources(settings, options.source)
        fetched = fetch(options.root, asked, settings, order, SystemClock(), tell=_day_told())
    except Invalid as invalid:
        report(invalid.problems)
        return 2
    except (Busy, NoSuchDays, NoSuchSource) as refusal:
        print(f"build.py: {refusal}", file=sys.stderr)
        return 2
    print(fetched)
    if options.summary:
        options.summary.write_text(fetched.markdown(), encoding="utf-8")
    return fetched.exit_code


def _day_told() -> Callable[[DayReport, int, int], None]:
    """A bar on a terminal; a line a day elsewhere."""
    from daybook.progress import bar

    show = bar("days")

    def tell(day: DayReport, done: int, total: int) -> None:
        if sys.stderr.isatty():
            show(done, total)
        else:
            print(f"[{done}/{total}] {day}", file=sys.stderr, flush=True)

    return tell
