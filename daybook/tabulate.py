"""Which word stands where, in all papers of the site: what searching and likeness are made from.

Papers are read a month at a time, by several processes at once, and only months in which something is new. A month is
kept by a digest of all that its words are made from. What is not there, or damaged, is read again, and nothing else
depends on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from hashlib import blake2b
from itertools import groupby
from pathlib import Path

from daybook import search_papers, shard
from daybook.fingerprint import fingerprint
from daybook.generator import program_fingerprint
from daybook.parallel import spread
from daybook.planned_paths import OUR_PREFIX
from daybook.postings import Postings, merge
from daybook.search_numbers import number
from daybook.site import CuratedPaper, Site

FOLDER = Path(".cache", "words")
"""Where a checkout keeps them; git ignores it."""

LIBRARIES = ("lunr", "numpy")
"""What else than our code decides over the tables."""

_TEMPORARY = f"{OUR_PREFIX}tmp"

Month = Sequence[CuratedPaper]


def tabulate(site: Site, root: Path, jobs: int = 1) -> Postings:
    """The tables of all papers, by their numbers. `root` is the checkout, which keeps months between builds."""
    numbers = number([paper.first for paper in site.papers])
    months = [list(month) for _, month in groupby(site.papers, key=lambda paper: (paper.first.year, paper.first.month))]
    read = _read_months(months, root / FOLDER, program_fingerprint(*LIBRARIES), jobs)
    return merge(read, [month.first for month in numbers.months], numbers.end)


def _read_months(months: Sequence[Month], folder: Path, program: str, jobs: int) -> list[Postings]:
    names = [fingerprint(program, [_source(paper) for paper in month]) for month in months]
    found = [_read(folder / name) for name in names]
    vocabulary = shard.Vocabulary()
    missing = [place for place, body in enumerate(found) if body is None]

    def read(number: int, _job: int) -> bytes:
        month = months[missing[number]]
        texts, filters = map(search_papers.texts, month), map(search_papers.filters, month)
        return shard.dump(shard.read([*texts], [*filters], vocabulary))

    for place, body in spread(read, len(missing), jobs):
        found[missing[place]] = body
        _write(folder / names[missing[place]], body)
    _forget(folder, set(names))
    return [shard.load(body) for body in found if body is not None]


def _source(paper: CuratedPaper) -> tuple[object, ...]:
    """All that the texts and filters of a paper are made from, and as little more as can be."""
    entry = paper.entry
    return (
        entry.paper, paper.notes, paper.topics, entry.organisation, bool(entry.code), bool(entry.project)
    )  # fmt: skip


def _read(path: Path) -> bytes | None:
    """What was kept of a month; None where it is not as it was written."""
    with suppress(OSError):
        seal, _, body = path.read_bytes().partition(b"\n")
        if seal == _seal(path.name, body):
            return body
    return None


def _write(path: Path, body: bytes) -> None:
    """Keep a month. Where that is not to be had, it costs time and nothing else."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(_TEMPORARY)
        temporary.write_bytes(_seal(path.name, body) + b"\n" + body)
        temporary.replace(path)


def _forget(folder: Path, names: set[str]) -> None:
    """Only what this build used stays."""
    with suppress(OSError):
        for path in folder.iterdir():
            if path.name not in names:
                path.unlink()


def _seal(name: str, body: bytes) -> bytes:
    return blake2b(name.encode() + body, digest_size=16).hexdigest().encode()
