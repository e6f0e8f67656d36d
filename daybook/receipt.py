"""What a build leaves behind for the next one: the receipt of what is published, and the marks of what is owed.

Both are sorted lines of text without times, so equal sites have equal records. The first line names the kind, the
version of the format and a checksum of the rest; a record that somebody cut short or edited is not believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import NamedTuple

_VERSION = 1


class Published(NamedTuple):
    """One published file: its length in bytes, the digest of its body and the fingerprint that it was made for.

    A tuple since a big site has tens of thousands, read at the start of every build.
    """

    size: int
    digest: str
    fingerprint: str


def digest(body: bytes) -> str:
    """BLAKE2b, 128 bits, in hexadecimal."""
    return blake2b(body, digest_size=16).hexdigest()


def format_receipt(published: Mapping[str, Published]) -> bytes:
    """A line a file, sorted. Paths and fingerprints are printable, so they have neither tabs nor line feeds."""
    lines = [
        f"{path}\t{size}\t{body_digest}\t{fingerprint}\n"
        for path, (size, body_digest, fingerprint) in sorted(published.items())
    ]
    return _sealed("receipt", lines)


def parse_receipt(record: bytes) -> dict[str, Published]:
    """Raises ValueError for a record that is damaged or of another version."""
    return dict(map(parse_line, receipt_lines(record)))


def receipt_lines(record: bytes) -> list[str]:
    """A line a file, for `parse_line`. Raises ValueError as `parse_receipt` does."""
    return _unsealed("receipt", record)


def parse_line(line: str) -> tuple[str, Published]:
    """The path of a file, and what is published there."""
    path, size, body_digest, fingerprint = line.split("\t")
    return path, Published(int(size), body_digest, fingerprint)


def format_owed(paths: Iterable[str]) -> bytes:
    """The paths that a build is about to touch."""
    return _sealed("owed", [f"{path}\n" for path in sorted(paths)])


def parse_owed(record: bytes) -> frozenset[str]:
    """Raises ValueError for a record that is damaged or of another version."""
    return frozenset(_unsealed("owed", record))


def _sealed(kind: str, lines: list[str]) -> bytes:
    rest = "".join(lines).encode()
    return _first_line(kind, rest) + rest


def _unsealed(kind: str, record: bytes) -> list[str]:
    first, _, rest = record.partition(b"\n")
    if first + b"\n" != _first_line(kind, rest):
        raise ValueError(f"not a {kind} of version {_VERSION}, or damaged")
    return rest.decode().split("\n")[:-1]


def _first_line(kind: str, rest: bytes) -> bytes:
    return f"daybook {kind} {_VERSION} {digest(rest)}\n".encode()
