"""A digest as a mail: its headers and its two forms, https://www.rfc-editor.org/rfc/rfc5322

- Message-ID is made of the list and the day or week, so that whoever gets a digest twice sees it once.
- List-Id (RFC 2919) is made of the site's first address: filters go on working when the site moves.
- List-Unsubscribe (RFC 2369), and List-Unsubscribe-Post (RFC 8058) where there is an https: address to post to.
- Auto-Submitted: auto-generated (RFC 3834, section 5) and the List- headers keep programs from answering; there is no
  Precedence, which RFC 2076 discourages.
- Both forms are quoted-printable, so that no host on the way has a reason to change them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address, Group
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import quote, urlsplit

from daybook.fingerprint import fingerprint
from daybook.model import Settings
from daybook.settings import ADDRESS, Mail

# No header is folded: a long address is one word, and folding would encode it. 998 is what RFC 5322 allows.
_UNFOLDED = SMTP.clone(max_line_length=998)
_UNSAFE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Letter:
    """A digest as the site has it. `series` is `days` or `weeks`, `path` where its HTML is."""

    series: str
    key: str
    title: str
    path: str
    html: str
    text: str


def list_id(settings: Settings, series: str) -> str:
    """The name of a series of digests, in the domain of the site."""
    parts = urlsplit(settings.namespace)
    host = (parts.hostname or "").encode("idna").decode("ascii")
    folders = [_UNSAFE.sub("-", folder.lower()).strip("-") for folder in parts.path.split("/")]
    return ".".join([series, *filter(None, reversed(folders)), host])


def message_id(letter: Letter, settings: Settings) -> str:
    """The same for everyone and for ever, without its angle brackets."""
    return f"{letter.key.lower()}@{list_id(settings, letter.series)}"


def compose(letter: Letter, settings: Settings, mail: Mail, moment: datetime, to: str | None = None) -> EmailMessage:
    """The mail, to one address or to nobody in particular. `moment` is its date, in UTC."""
    message = EmailMessage(SMTP)
    message["From"] = Address(_line(settings.title), addr_spec=mail.sender)
    message["To"] = Address(addr_spec=to) if to else Group("undisclosed-recipients", ())
    if mail.reply_to:
        message["Reply-To"] = Address(addr_spec=mail.reply_to)
    message["Subject"] = _line(f"{settings.title}: {letter.title}")
    message["Date"] = format_datetime(moment)
    message["Message-ID"] = f"<{message_id(letter, settings)}>"
    for name, value in _list_headers(letter, settings, mail, to):
        message[name] = value
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, cte="quoted-printable", params={"format": "flowed"})
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    # RFC 2045 recommends "=_", which stands in no quoted-printable text (section 6.7).
    message.set_boundary(f"=_{fingerprint(letter.text, letter.html)}")
    return message


def as_bytes(message: EmailMessage) -> bytes:
    """The mail with CRLF; an address beyond ASCII stays as it is (RFC 6532)."""
    return message.as_bytes(policy=_UNFOLDED.clone(utf8=not str(message["To"]).isascii()))


def _list_headers(letter: Letter, settings: Settings, mail: Mail, to: str | None) -> list[tuple[str, str]]:
    ways = [way for way in mail.unsubscribe if to or ADDRESS not in way]
    ways = [_ascii(way.replace(ADDRESS, quote(to or "", safe=""))) for way in ways]
    headers = [("List-Id", f"<{list_id(settings, letter.series)}>")]
    if ways:
        headers.append(("List-Unsubscribe", ", ".join(f"<{way}>" for way in ways)))
    if any(way.lower().startswith("https:") for way in ways):
        headers.append(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    if settings.subscribe:
        headers.append(("List-Subscribe", f"<{_ascii(settings.subscribe)}>"))
    headers.append(("List-Archive", f"<{_ascii(settings.base_url)}/archive.html>"))
    headers.append(("List-Post", "NO"))
    headers.append(("Archived-At", f"<{_ascii(settings.base_url)}/{letter.path}>"))  # RFC 5064
    return headers


def _ascii(address: str) -> str:
    """An address of the web without what headers have to encode, and without commas, which part addresses there."""
    return quote(address, safe="%/:?#[]@!$&'()*+;=~{}")


def _line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
