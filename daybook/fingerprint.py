"""Short names for values: equal values have equal fingerprints, on any machine."""

from __future__ import annotations

from hashlib import blake2b


def fingerprint(*parts: object) -> str:
    """A digest of values whose `repr` tells all of them: str, int, date, bytes, tuple, dict in a fixed order, nouns."""
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(repr(part).encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return digest.hexdigest()
