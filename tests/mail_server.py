"""An SMTP server on loopback that keeps what it takes: aiosmtpd, as real as they come."""

from __future__ import annotations

import asyncio
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

REFUSED = "550 no such mailbox here"
LOGIN = (b"daybook", b"secret")


@dataclass
class Mailbox:
    """What came, in order. `refused` gets a 550, `busy` a 450 so many times, `closing` a 421 in place of the mail."""

    refused: frozenset[str] = frozenset()
    busy: Counter[str] = field(default_factory=Counter)
    closing: set[str] = field(default_factory=set)
    rejects: str = ""
    came: list[tuple[str, bytes]] = field(default_factory=list)
    greeted: int = 0
    port: int = 0

    @property
    def counts(self) -> Counter[str]:
        """How often each address got mail."""
        return Counter(address for address, _ in self.came)

    def message(self, place: int = -1) -> EmailMessage:
        parsed = message_from_bytes(self.came[place][1], policy=POLICY)
        assert isinstance(parsed, EmailMessage)
        return parsed

    async def handle_EHLO(
        self, server: SMTP, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.greeted += 1
        return responses

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if address in self.refused:
            return REFUSED
        if self.busy[address]:
            self.busy[address] -= 1
            return "450 greylisted, come back"
        if address in self.closing:
            self.closing.remove(address)
            return "421 good night"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        if self.rejects:
            return self.rejects
        self.came += [(address, envelope.original_content) for address in envelope.rcpt_tos]
        return "250 taken"


class _Loopback(Controller):
    """As its base, on any free port, of which it tells."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def mail_server(mailbox: Mailbox, certificate: Path | None = None, login: bool = False, **given: Any) -> Iterator[int]:
    """Runs for the `with` block; gives its port. With a certificate it demands STARTTLS."""
    if certificate:
        given["tls_context"] = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        given["tls_context"].load_cert_chain(certificate)
        given["require_starttls"] = True
    if login:
        given |= {"authenticator": _authenticate, "auth_required": True, "auth_require_tls": bool(certificate)}
    controller = _Loopback(mailbox, hostname="127.0.0.1", port=0, ready_timeout=30, **given)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def _authenticate(server: SMTP, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
    known = isinstance(given, LoginPassword) and (given.login, given.password) == LOGIN
    return AuthResult(success=known, handled=False)
