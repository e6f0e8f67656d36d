"""The words of papers as earlier builds found them, so that only what is new is read again.

The cache is kept by the texts themselves: what is not in it, or damaged, is tokenised again, and nothing else depends
on it. It is a folder of some files, each with the papers whose digests begin alike; a build leaves what it used.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from daybook.fingerprint import fingerprint
from daybook.generator import program_fingerprint
from daybook.planned_paths import OUR_PREFIX
from daybook.tokens import tokenise

FOLDER = Path(".cache", "tokens")
"""Where a checkout keeps it; git ignores it."""

_SHARD = 2  # characters of a digest: 256 files
_TEMPORARY = f"{OUR_PREFIX}tmp"


class TokenCache:
    """The words of texts, found once. `close` stores what was asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._program = program_fingerprint("lunr")
        self._known: dict[str, dict[str, str]] = {}
        self._used: dict[str, dict[str, str]] = {}

    def tokenised(self, texts: Sequence[Sequence[str]]) -> list[list[str]]:
        """The tokens of each field of a paper, which is a sequence of passages."""
        key = fingerprint(self._program, texts)
        shard = key[:_SHARD]
        if shard not in self._known:
            self._known[shard] = _read(self._folder / shard)
        line = self._known[shard].get(key)
        if line is None:
            line = "\t".join(" ".join(tokenise(passages)) for passages in texts)
        self._used.setdefault(shard, {})[key] = line
        return [tokens.split(" ") if tokens else [] for tokens in line.split("\t")]

    def close(self) -> None:
        """Store what was used. A cache that cannot be written costs time, and nothing else."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            for path in self._folder.iterdir():
                if path.name not in self._used:
                    path.unlink()
            for shard, lines in self._used.items():
                if lines != self._known[shard]:
                    _write(self._folder / shard, lines)


def _read(path: Path) -> dict[str, str]:
    """The lines of a file by their keys; none where it is not as it was written."""
    with suppress(OSError, ValueError):
        seal, _, body = path.read_bytes().partition(b"\n")
        if seal == _seal(body):
            rows = body.decode().split("\n")
            return dict(zip(rows[::2], rows[1::2], strict=False))
    return {}


def _write(path: Path, lines: dict[str, str]) -> None:
    body = "\n".join(part for key in sorted(lines) for part in (key, lines[key])).encode("utf-8", "surrogatepass")
    temporary = path.with_name(_TEMPORARY)
    temporary.write_bytes(_seal(body) + b"\n" + body)
    temporary.replace(path)


def _seal(body: bytes) -> bytes:
    return blake2b(body, digest_size=16).hexdigest().encode()
