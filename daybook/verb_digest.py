"""`build.py digest`"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from daybook.verb import add_output, shown

if TYPE_CHECKING:
    from daybook.built_site import BuiltSite
    from daybook.clock import Clock
    from daybook.mail import Letter
    from daybook.mail_ledger import Ledger
    from daybook.mail_report import MailReport
    from daybook.model import Settings
    from daybook.send_mail import Order, Server
    from daybook.settings import Mail

EPILOG = """\
The digest is the one of the built site, and leads to the site that is published: publish it first. The mail is written
as an .eml file, dated by its day, unless --send or --dry-run says otherwise.

--send takes from the environment:
  DAYBOOK_SMTP_HOST      the server that takes the mail
  DAYBOOK_SMTP_PORT      587, with STARTTLS, if it is not set; 465 is TLS from the first byte
  DAYBOOK_SMTP_USER      who logs in, if anybody has to
  DAYBOOK_SMTP_PASSWORD  and with which password
  SSL_CERT_FILE          a file of certificates to believe instead of the system's

FILE of --to has an address a line; # begins a comment. Who got which mail is kept beside it, in FILE.MESSAGE-ID.sent:
when a run was stopped or killed, the next one goes on with the others. If it was killed in the very moment in which the
server took a mail, nobody knows whether it went out: that address is told of, and only --retry-uncertain
sends to it again. An address that the server refuses is told of and not tried again; one that it puts off is tried
again twice, and by the next run.

exit codes:
  0  written, or everybody has it
  1  some addresses did not get it: they are printed with the reasons
  2  could not run, or was cut off: the message says why, and who got it is kept
  130  stopped by Ctrl-C: who got it is kept
"""


def options(verb: argparse.ArgumentParser) -> None:
    """Which digest, and what becomes of it."""
    add_output(verb)
    which = verb.add_mutually_exclusive_group()
    which.add_argument("--date", type=_day, metavar="D", help="that of this day (the newest complete one)")
    which.add_argument("--week", type=_week, metavar="W", help="that of this ISO week, as 2026-W02")
    what = verb.add_mutually_exclusive_group()
    what.add_argument("--eml", type=Path, metavar="FILE", help="write the mail to a file (standard output)")
    what.add_argument("--send", action="store_true", help="send it to the addresses of --to")
    what.add_argument("--dry-run", action="store_true", help="say what would be sent to whom, and send nothing")
    verb.add_argument("--to", type=Path, metavar="FILE", help="whom to send it to")
    verb.add_argument("--pause", type=_seconds, default=1.0, metavar="S", help="seconds between two mails (1)")
    verb.add_argument("--retry-uncertain", action="store_true", help="send to those who may have got it, too")
    verb.add_argument("--tls", action="store_true", help="TLS from the first byte at other ports than 465, too")
    verb.add_argument("--plaintext", action="store_true", help="encrypt nothing: anyone on the way can read along")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day: write it as 2026-01-31") from None


def _week(text: str) -> date:
    """The Sunday that ends it."""
    year, _, week = text.partition("-W")
    try:
        return date.fromisocalendar(int(year), int(week), 7)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no week: write it as 2026-W05") from None


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds")
    return seconds


def run(options: argparse.Namespace) -> int:
    """Write the digest of a day or a week as a mail, or send it."""
    from daybook import excerpt
    from daybook.built_site import open_site
    from daybook.mail import as_bytes, compose
    from daybook.model import Invalid
    from daybook.verb import report

    try:
        settings = excerpt.settings(options.root / "content")
    except Invalid as invalid:
        report(invalid.problems)
        return 2
    if settings.mail is None:
        return _refuse("content/site.yaml has no `mail`; add it, with `from` and `unsubscribe` (see README.md)")
    if (options.send or options.dry_run) and options.to is None:
        return _refuse("whom to? Name a file of addresses with --to")
    letter, day = _letter(open_site(options.out), options)
    if options.send or options.dry_run:
        return _send(options, letter, settings, settings.mail)
    mail = as_bytes(compose(letter, settings, settings.mail, datetime(day.year, day.month, day.day, tzinfo=UTC)))
    if options.eml:
        options.eml.write_bytes(mail)
    else:
        sys.stdout.buffer.write(mail)
    return 0


def _refuse(reason: str) -> int:
    print(f"build.py: {reason}", file=sys.stderr)
    return 2


def _letter(site: BuiltSite, options: argparse.Namespace) -> tuple[Letter, date]:
    """The digest that is asked for, and its day. Raises NoSite where the site does not have it."""
    from daybook.built_site import NoSite
    from daybook.digests import HTML, TEXT, digest_path
    from daybook.health import HEALTH, parse
    from daybook.mail import Letter
    from daybook.words import long_date, week_name

    if options.week:
        year, week, _ = options.week.isocalendar()
        day, series, key, title = options.week, "weeks", f"{year:04}-W{week:02}", week_name(options.week)
    else:
        day = options.date or parse(site.text(HEALTH)).complete
        if day is None:
            raise NoSite("no day of the site is complete: name one with --date")
        series, key, title = "days", day.isoformat(), long_date(day)
    path = digest_path(key, HTML)
    if path not in site.sizes:
        raise NoSite(f"there is no {path} in {shown(site.folder)}: no papers, or the site is older; build it again")
    html, text = site.read(path), site.read(digest_path(key, TEXT))
    return Letter(series, key, title, path, html.decode("utf-8"), text.decode("utf-8")), day


def _send(options: argparse.Namespace, letter: Letter, settings: Settings, mail: Mail) -> int:
    from daybook.clock import SystemClock
    from daybook.mail import as_bytes, compose, message_id
    from daybook.mail_addresses import read_recipients
    from daybook.mail_ledger import Busy, ledger, read_ledger
    from daybook.mail_report import MailReport
    from daybook.send_mail import Order

    clock = SystemClock()
    moment = clock.now()

    def body(address: str) -> bytes:
        return as_bytes(compose(letter, settings, mail, moment, address))

    recipients = read_recipients(options.to.read_bytes())
    order = Order(mail.sender, recipients.addresses, body, options.retry_uncertain)
    path = options.to.with_name(f"{options.to.name}.{message_id(letter, settings)}.sent")
    try:
        if options.dry_run:
            what = f"{settings.title}: {letter.title} ({len(body(mail.sender)):,} bytes)"
            print(*MailReport(recipients, read_ledger(path)).plan(what, options.retry_uncertain), sep="\n")
            return 0
        server = _server(options)
        with ledger(path) as kept:
            return _deliver(order, kept, server, clock, options.pause, MailReport(recipients, kept), path)
    except (Busy, ValueError) as refusal:
        return _refuse(str(refusal))


def _server(options: argparse.Namespace) -> Server:
    """Raises ValueError where the environment does not say which."""
    from daybook.send_mail import TLS_PORT, Server

    host, port = os.environ.get("DAYBOOK_SMTP_HOST"), os.environ.get("DAYBOOK_SMTP_PORT") or "587"
    if not host:
        raise ValueError("which server? Set DAYBOOK_SMTP_HOST (see --help); nothing was sent")
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise ValueError(f"DAYBOOK_SMTP_PORT is {port!r}, which is no port; nothing was sent")
    user, password = os.environ.get("DAYBOOK_SMTP_USER") or None, os.environ.get("DAYBOOK_SMTP_PASSWORD")
    encrypted = not options.plaintext and (options.tls or int(port) == TLS_PORT)
    return Server(host, int(port), user, password, encrypted, options.plaintext)


def _deliver(
    order: Order, kept: Ledger, server: Server, clock: Clock, pause: float, report: MailReport, path: Path
) -> int:
    from daybook.progress import bar
    from daybook.send_mail import Pace, Stopped, send

    try:
        send(order, kept, server, clock, Pace(pause=pause), bar("mails"))
    except (Stopped, KeyboardInterrupt) as stopped:
        why = str(stopped) or "stopped"
        remedy = f"who got it is kept in {shown(path)}; run it again to go on"
        print(f"build.py: {why}; {report.count}; {remedy}", file=sys.stderr)
        return 2 if isinstance(stopped, Stopped) else 130
    print(*report.lines(), sep="\n")
    return report.exit_code
