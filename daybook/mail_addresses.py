"""Who gets a mail: a file with an address a line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from daybook.wording import quote

_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_LABEL = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)")
_LONGEST_LOCAL = 64  # octets, https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.1
_LONGEST = 254  # octets that fit into a path with its brackets, section 4.5.3.1.3
_COMMENT = re.compile(r"(^|\s)#.*")


@dataclass(frozen=True, slots=True)
class Recipients:
    """Addresses in the order of the file, each once; what is wrong with other lines, as `line N: …`."""

    addresses: tuple[str, ...]
    faults: tuple[str, ...]


def read_recipients(body: bytes) -> Recipients:
    """An address a line; `#` begins a comment. A byte order mark, CRLF and repeated addresses do no harm."""
    addresses: dict[str, None] = {}
    faults = []
    for place, line in enumerate(body.decode("utf-8-sig", "replace").splitlines(), 1):
        text = _COMMENT.sub("", line).strip()
        if not text:
            continue
        try:
            addresses[canonical(text)] = None
        except ValueError as error:
            faults.append(f"line {place}: {error}")
    return Recipients(tuple(addresses), tuple(faults))


def canonical(text: str) -> str:
    """An address (RFC 5321 and 6531, without quoted parts and literals), its domain in lower-case ASCII.

    Before the @ it may be of any script, and its case is kept: only its host knows whether that matters. Raises
    ValueError.
    """
    local, at, domain = text.rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        domain = ""
    labels = domain.split(".")
    if not at or not _LOCAL.fullmatch(local) or len(labels) < 2 or not all(map(_LABEL.fullmatch, labels)):
        raise ValueError(f"{quote(text)} is no mail address; write one as ada@example.org, without name or quotes")
    if len(local.encode()) > _LONGEST_LOCAL or len(f"{local}@{domain}".encode()) > _LONGEST:
        raise ValueError(f"{quote(text)} is longer than mail addresses may be")
    return f"{local}@{domain}"
