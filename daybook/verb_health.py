"""`build.py health`"""

from __future__ import annotations

import argparse

from daybook.verb import add_output

EPILOG = """\
exit codes:
  0  the newest complete day of the built site is new enough
  1  it is too old, or no day is complete
  2  could not run: there is no built site, or its health.json cannot be read
"""


def options(verb: argparse.ArgumentParser) -> None:
    """How old is too old."""
    add_output(verb)
    verb.add_argument(
        "--max-age", type=int, metavar="N", help="days that are not too old (stale_after_days of content/site.yaml)"
    )


def run(options: argparse.Namespace) -> int:
    """Tell how old the newest complete day of the built site is."""
    from daybook.built_site import NoSite, open_site
    from daybook.clock import SystemClock
    from daybook.health import HEALTH, parse

    try:
        health = parse(open_site(options.out).text(HEALTH))
    except (FileNotFoundError, ValueError) as error:
        raise NoSite(f"{options.out / HEALTH} cannot be read ({error}); build the site again") from error
    most = health.stale_after_days if options.max_age is None else options.max_age
    remedy = "see whether the sources answer (python build.py fetch) and whether the schedule still runs"
    if health.complete is None:
        print(f"no day is complete; {remedy}")
        return 1
    age = (SystemClock().now().date() - health.complete).days
    told = f"the newest complete day is {health.complete}, {age} {'day' if age == 1 else 'days'} ago ({most} allowed)"
    print(f"{told}; {remedy}" if age > most else told)
    return 1 if age > most else 0
