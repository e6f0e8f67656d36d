"""What services answered before, with what it takes to ask whether that still holds (an ETag, a date).

One file an address. It saves the services work and nothing depends on it: a file that is missing, damaged or cannot be
written costs a request for the whole answer. What has not been used for a month is removed.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from daybook.planned_paths import OUR_PREFIX

FOLDER = Path(".cache", "fetch")
"""Where a checkout keeps them; git ignores it."""

_UNUSED = timedelta(days=30)
_NAME = re.compile("[0-9a-f]{64}")
_TEMPORARY = f"{OUR_PREFIX}tmp"
# What may be sent back as it came; anything else is taken for no validator at all.
_VALIDATOR = re.compile(r"[!-~][ -~]{0,499}")


@dataclass(frozen=True, slots=True)
class Reply:
    """What an address answered, unpacked, with the validators that came with it.

    `kept` tells that the service only confirmed what was kept.
    """

    url: str
    body: bytes
    etag: str | None = None
    modified: str | None = None
    kept: bool = False

    @property
    def conditions(self) -> dict[str, str]:
        """The headers that ask for an answer only if it is another one (RFC 9110, section 13)."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in headers.items() if value is not None}


def validator(value: str | None) -> str | None:
    """A validator that can be sent back; None where there is none or it is odd."""
    return value if value is not None and _VALIDATOR.fullmatch(value) else None


class AnswerCache:
    """A folder of replies. With `frozen` nothing in it is changed."""

    def __init__(self, folder: Path, *, frozen: bool = False) -> None:
        self._folder = folder
        self._frozen = frozen

    def find(self, url: str) -> Reply | None:
        """What was kept of an address; None where there is nothing, or it is damaged."""
        try:
            head, _, packed = self._path(url).read_bytes().partition(b"\n")
            digest, facts = head[:64].decode(), head[64:]
            if sha256(facts + packed).hexdigest() != digest:
                return None
            said = json.loads(facts)
            if said["url"] != url:
                return None
            return Reply(url, zlib.decompress(packed), said["etag"], said["modified"], kept=True)
        except (OSError, ValueError, KeyError, TypeError, zlib.error):
            return None

    def keep(self, reply: Reply, now: datetime) -> None:
        """Keep a reply that can be asked for conditionally. Where the folder cannot be written, nothing happens."""
        if self._frozen or not reply.conditions:
            return
        path = self._path(reply.url)
        with suppress(OSError):
            if not reply.kept:
                self._place(path, reply)
            # The time of its last use, by the clock that `tidy` is told.
            os.utime(path, (now.timestamp(), now.timestamp()))

    def tidy(self, now: datetime) -> None:
        """Remove what has not been used for a month. Files that the cache did not make stay."""
        if self._frozen:
            return
        oldest = (now - _UNUSED).timestamp()
        with suppress(OSError):
            for path in sorted(self._folder.iterdir()):
                if _NAME.fullmatch(path.name) and path.lstat().st_mtime < oldest:
                    path.unlink()

    def _path(self, url: str) -> Path:
        return self._folder / sha256(url.encode("utf-8", "surrogatepass")).hexdigest()

    def _place(self, path: Path, reply: Reply) -> None:
        # Neither flushed to the disk nor locked: the digest tells a whole file from any other.
        facts = json.dumps({"etag": reply.etag, "modified": reply.modified, "url": reply.url}).encode()
        packed = zlib.compress(reply.body)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(_TEMPORARY)
        unfinished.write_bytes(sha256(facts + packed).hexdigest().encode() + facts + b"\n" + packed)
        unfinished.replace(path)
