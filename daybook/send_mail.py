"""Sends a mail to many, over SMTP (https://www.rfc-editor.org/rfc/rfc5321), so that nobody gets it twice.

One connection, a mail of its own for each address, a pause between two. A server that goes away is given time, and
after a few times in a row it is left alone: the ledger says who is left, and the next run goes on there.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ipaddress import ip_address
from types import TracebackType

from daybook.clock import Clock
from daybook.mail_ledger import DEFERRED, REFUSED, SENT, TRYING, Ledger, due
from daybook.wording import escape

TLS_PORT = 465
"""Where TLS comes first: https://www.rfc-editor.org/rfc/rfc8314"""

_OK, _FORWARDED, _GO_ON, _CLOSING = 250, 251, 354, 421
_DOT = re.compile(rb"(?m)^\.")


@dataclass(frozen=True, slots=True)
class Server:
    """Who takes our mail. `encrypted` says that TLS comes first; without it STARTTLS has to be offered.

    With `plaintext` nothing is encrypted. A server on this machine may do without STARTTLS.
    """

    host: str
    port: int
    user: str | None = None
    password: str | None = None
    encrypted: bool = False
    plaintext: bool = False

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between two mails, before whoever was put off is asked for again, and before another connection.

    `rounds`: how often an address is tried. `troubles`: in a row, and the server is left alone.
    """

    pause: float = 1
    again: float = 60
    reconnect: float = 5
    silence: float = 60
    answer: float = 600  # to a whole mail: RFC 5321, section 4.5.3.2.6
    rounds: int = 3
    troubles: int = 3


@dataclass(frozen=True, slots=True)
class Order:
    """A mail from `sender` to `addresses`; `body` makes it for one of them, with CRLF.

    `uncertain`: also to those that may have it, since a run was broken off in the moment of sending.
    """

    sender: str
    addresses: tuple[str, ...]
    body: Callable[[str], bytes]
    uncertain: bool = False


class Stopped(Exception):
    """The server cannot be used, or not any more: which, and why."""


class _Lost(Exception):
    """The connection broke, or the server ended it."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What became of a mail; `fault`: it is about the mail or the server, and not the address."""

    outcome: str
    reply: str
    fault: bool = False


def send(
    order: Order, ledger: Ledger, server: Server, clock: Clock, pace: Pace, tell: Callable[[int, int], None]
) -> None:
    """Send to every address that is not in the ledger as sent, refused or perhaps sent. Raises Stopped."""
    waiting = due(order.addresses, ledger, order.uncertain)
    with _Post(server, ledger, clock, pace) as post:
        done, total = 0, len(waiting)
        for round_ in range(pace.rounds):
            if round_ and waiting:
                post.rest(pace.again * 2 ** (round_ - 1))
            waiting, tried = [], waiting
            for address in tried:
                post.deliver(order.sender, address, order.body(address))
                if ledger.outcomes[address] == DEFERRED:
                    waiting.append(address)
                else:
                    done += 1
                tell(done, total)


class _Post:
    """Delivers mails one after the other, over one connection as long as it holds."""

    def __init__(self, server: Server, ledger: Ledger, clock: Clock, pace: Pace) -> None:
        self._server, self._ledger, self._clock, self._pace = server, ledger, clock, pace
        self._smtp: smtplib.SMTP | None = None
        self._troubles = 0
        self._first = True

    def __enter__(self) -> _Post:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up(politely=kind is None)

    def rest(self, seconds: float) -> None:
        """Leave the server alone for a while."""
        self._hang_up()
        self._clock.sleep(seconds)

    def deliver(self, sender: str, address: str, body: bytes) -> None:
        """Try once; what became of it is in the ledger. Raises Stopped."""
        if not self._first:
            self._clock.sleep(self._pace.pause)
        self._first = False
        try:
            fault, reason = self._try(sender, address, body)
        except _Lost as lost:
            fault, reason = True, str(lost)
            self._hang_up(politely=False)
            if self._ledger.outcomes.get(address) != TRYING:
                self._ledger.write(address, DEFERRED, reason)
        self._troubles = self._troubles + 1 if fault else 0
        if self._troubles == self._pace.troubles:
            raise Stopped(f"{self._server}: failed {self._troubles} times in a row, at last: {reason}")
        if self._smtp is None:
            self._clock.sleep(self._pace.reconnect * 2 ** (self._troubles - 1))

    def _try(self, sender: str, address: str, body: bytes) -> tuple[bool, str]:
        """Whether the mail, or the server, is at fault (and not the address), and what the server said."""
        smtp = self._connected()
        with _watched():
            answer = self._begin(smtp, sender, address, body)
        if answer is None:
            # All but the end is there. From the end on the server has it, whether or not we hear of it.
            self._ledger.write(address, TRYING)
            with _watched():
                answer = self._end(smtp)
        self._ledger.write(address, answer.outcome, answer.reply)
        return answer.fault, answer.reply

    def _begin(self, smtp: smtplib.SMTP, sender: str, address: str, body: bytes) -> _Answer | None:
        """All but the line that ends the mail; None if the server takes that next."""
        options = [f"SIZE={len(body)}"] if smtp.has_extn("size") else []
        if not address.isascii():
            if not smtp.has_extn("smtputf8"):
                return _Answer(REFUSED, f"{self._server} takes no address beyond ASCII (it lacks SMTPUTF8)")
            options += ["SMTPUTF8", "BODY=8BITMIME"]
        code, said = _reply(smtp.mail(sender, options))
        if code >= 500:
            raise Stopped(f"{self._server}: refuses mail from {sender}: {code} {said}")
        if code != _OK:
            smtp.rset()
            return _Answer(DEFERRED, f"{code} {said}", fault=True)
        code, said = _reply(smtp.rcpt(address))
        if code not in (_OK, _FORWARDED):
            smtp.rset()
            return _Answer(REFUSED if code >= 500 else DEFERRED, f"{code} {said}")
        smtp.putcmd("DATA")
        code, said = _reply(smtp.getreply())
        if code != _GO_ON:
            smtp.rset()
            return _Answer(DEFERRED, f"{code} {said}", fault=code >= 500)
        smtp.send(_DOT.sub(b"..", body))
        return None

    def _end(self, smtp: smtplib.SMTP) -> _Answer:
        _wait_for(smtp, self._pace.answer)
        smtp.send(b".\r\n")
        code, said = _reply(smtp.getreply(), closing=True)
        _wait_for(smtp, self._pace.silence)
        return _Answer(SENT if code == _OK else DEFERRED, f"{code} {said}", fault=code >= 500)

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is None:
            with _watched():
                self._smtp = _connect(self._server, self._pace.silence)
        return self._smtp

    def _hang_up(self, politely: bool = True) -> None:
        if self._smtp is None:
            return
        if politely:
            with suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()
        self._smtp.close()
        self._smtp = None


def _connect(server: Server, silence: float) -> smtplib.SMTP:
    """Raises Stopped for what another try would not change."""
    context = ssl.create_default_context()
    try:
        if server.encrypted:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=silence, context=context)
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=silence)
        try:
            _introduce(smtp, server, context)
        except BaseException:
            smtp.close()
            raise
    except ssl.SSLError as error:
        raise Stopped(f"{server}: no safe connection ({escape(str(error))})") from error
    return smtp


def _introduce(smtp: smtplib.SMTP, server: Server, context: ssl.SSLContext) -> None:
    smtp.ehlo_or_helo_if_needed()
    if not server.encrypted and not server.plaintext:
        _encrypt(smtp, server, context)
    if server.user is None:
        return
    try:
        smtp.login(server.user, server.password or "")
    except smtplib.SMTPNotSupportedError as error:
        raise Stopped(f"{server}: lets nobody in by name ({_said(error)})") from error
    except smtplib.SMTPAuthenticationError as error:
        if error.smtp_code >= 500:
            raise Stopped(f"{server}: does not let {server.user} in ({_said(error)})") from error
        raise


def _encrypt(smtp: smtplib.SMTP, server: Server, context: ssl.SSLContext) -> None:
    if smtp.has_extn("starttls"):
        smtp.starttls(context=context)
        smtp.ehlo()
    elif not _is_here(server.host):
        raise Stopped(f"{server}: offers no STARTTLS, so that anyone could read along; nothing was sent")


def _is_here(host: str) -> bool:
    """Is it this machine, so that nothing goes over a network?"""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextmanager
def _watched() -> Iterator[None]:
    """Turns what breaks a connection into _Lost."""
    try:
        yield
    except (smtplib.SMTPException, OSError) as error:
        raise _Lost(_said(error)) from error


def _reply(given: tuple[int, bytes], closing: bool = False) -> tuple[int, str]:
    """A reply in one line, safe to print. Raises _Lost where it is none or, if not `closing`, takes leave."""
    code, said = given[0], escape(" ".join(given[1].decode("utf-8", "replace").split()))
    if code < 0 or (code == _CLOSING and not closing):
        raise _Lost(f"{code} {said}")
    return code, said


def _wait_for(smtp: smtplib.SMTP, seconds: float) -> None:
    if smtp.sock is not None:
        smtp.sock.settimeout(seconds)


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error.decode("utf-8", "replace") if isinstance(error.smtp_error, bytes) else error.smtp_error
        return escape(f"{error.smtp_code} {' '.join(said.split())}")
    return escape(str(error)) or type(error).__name__
