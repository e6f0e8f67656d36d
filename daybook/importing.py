"""The stage that takes recorded answers and archives from disk into content/, for work without a network.

A file called DATE.json is Hugging Face's answer for that day, and makes its listing or lets it grow. What has no day of
its own makes picks: *.xml is an answer of arXiv, *.jsonl holds papers as rows (see json_rows.py). Each may be
compressed (.gz). The parsers, the growth and the rules of what is kept are those of `fetch`.

A pick is stored whether or not a listing has its paper, since the merge takes from each what it knows best, and since
the outcome then does not depend on what is imported first.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date as Date
from pathlib import Path
from typing import IO, cast

from daybook import json_rows, listing_files, pick_files
from daybook.grow import grow, grow_pick
from daybook.licences import allowed, allowed_listing, allowed_pick
from daybook.listing_files import Busy
from daybook.model import Dropped, Entry, Invalid, PaperId, Pick
from daybook.source import Unusable
from daybook.source_arxiv import Arxiv
from daybook.source_huggingface import HuggingFace

__all__ = ["Busy", "Imported", "import_files"]

_LARGEST_ANSWER = 64 * 1024 * 1024
_LARGEST_ROWS = 1024 * 1024 * 1024
_MOST_REASONS = 1_000  # of a file, so that a hostile one cannot fill the memory with them
_AT_ONCE = 10_000  # picks in memory
_DAMAGED = (EOFError, zlib.error, gzip.BadGzipFile)


@dataclass(slots=True)
class Imported:
    """What became of a file and of all that it lists.

    `kept` are papers that content/ did not have there, `merged` those that went into what it had, `dropped` those that
    could not be used; `stored` counts the files of content/ that changed. `reasons` tell why entries were dropped and
    `omitted` what was left out of others, as far as anybody will read. `refused` is why the file, or what follows in
    it, was left alone.
    """

    file: Path
    kept: int = 0
    merged: int = 0
    dropped: int = 0
    stored: int = 0
    reasons: list[Dropped] = field(default_factory=list)
    omitted: list[Dropped] = field(default_factory=list)
    refused: str = ""

    @property
    def listed(self) -> int:
        """How many entries the file has, as far as it was read."""
        return self.kept + self.merged + self.dropped

    def tell(self, dropped: Sequence[Dropped], omitted: Sequence[Dropped]) -> None:
        """Note what was not kept, and why."""
        self.dropped += len(dropped)
        self.reasons += dropped[: max(0, _MOST_REASONS - len(self.reasons))]
        self.omitted += omitted[: max(0, _MOST_REASONS - len(self.omitted))]


def import_files(
    files: Sequence[Path],
    content: Path,
    *,
    huggingface_data: bool = True,
    read: Date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Imported, ...]:
    """Take the files in their order; one that is refused does not keep the others out.

    `read` is the day (UTC) on which the answers were recorded: without it, the very day that each lists, when it was
    not over. Raises Busy before anything is stored, and OSError where the lock cannot be made.
    """
    done = []
    with listing_files.held(content):
        for file in files:
            one = _Import(content, huggingface_data, read, Imported(file))
            one.take()
            done.append(one.told)
            if progress:
                progress(len(done), len(files))
    return tuple(done)


@dataclass(slots=True)
class _Import:
    content: Path
    huggingface_data: bool
    read: Date | None
    told: Imported

    def take(self) -> None:
        try:
            self._take(self.told.file)
        except Unusable as reason:
            self.told.refused = str(reason)
        except Invalid as invalid:
            self.told.refused = f"{invalid.problems[0]}; until it is mended it stays as it is"
        except _DAMAGED as error:
            self.told.refused = f"the file is cut or damaged: {error}"
        except OSError as error:
            self.told.refused = f"{error.filename or self.told.file}: {error.strerror or error}"

    def _take(self, file: Path) -> None:
        name = file.name.removesuffix(".gz")
        if name.endswith(".json"):
            self._take_day(_day_of(name), _whole(file))
        elif name.endswith(".xml"):
            answer = Arxiv().parse_any(_whole(file))
            self.told.tell(answer.dropped, answer.omitted)
            self._take_picks(Pick("arxiv", entry) for entry in answer.entries)
        elif name.endswith(".jsonl"):
            with _opened(file) as stream:
                self._take_picks(self._picks(json_rows.rows(stream, _LARGEST_ROWS, self.read)))
        else:
            raise Unusable("it is of no known kind: DATE.json, *.xml, *.jsonl, each perhaps with .gz")

    def _take_day(self, day: Date, body: bytes) -> None:
        source = HuggingFace()
        answer = source.parse(body, day)
        stored = listing_files.read(self.content, source.slug, day)
        entries = [allowed(source.slug, entry, self.huggingface_data) for entry in answer.entries]
        base = stored and allowed_listing(stored, self.huggingface_data)
        grown = grow(base, source.slug, day, entries, answer.dropped, self.read or day)
        if grown is not None and grown != stored:
            listing_files.store(self.content, grown)
            self.told.stored += 1
        self._count(entries, {entry.paper.id for entry in stored.entries} if stored else set())
        self.told.tell(answer.dropped, answer.omitted)

    def _count(self, entries: Iterable[Entry], known: set[object]) -> None:
        for entry in entries:
            if entry.paper.id in known:
                self.told.merged += 1
            else:
                self.told.kept += 1
                known.add(entry.paper.id)

    def _picks(self, found: Iterable[json_rows.Row]) -> Iterator[Pick]:
        for row in found:
            self.told.tell([row.paper] if isinstance(row.paper, Dropped) else [], row.omitted)
            if isinstance(row.paper, Pick):
                yield row.paper

    def _take_picks(self, picks: Iterable[Pick]) -> None:
        """Rows of one paper are put together before they are stored, or each would undo what the last one did."""
        waiting = dict[PaperId, Pick]()
        try:
            for pick in picks:
                paper = pick.entry.paper.id
                self.told.merged += paper in waiting
                waiting[paper] = grow_pick(waiting.get(paper), pick)
                if len(waiting) >= _AT_ONCE:
                    self._store_picks(waiting)
        finally:
            self._store_picks(waiting)

    def _store_picks(self, waiting: dict[PaperId, Pick]) -> None:
        while waiting:
            _, pick = waiting.popitem()
            try:
                self._store_pick(pick)
            except Invalid as invalid:
                why = f"What is stored of it has mistakes, and stays as it is: {invalid.problems[0]}."
                self.told.tell([Dropped(pick.entry.paper.id.text, why)], ())

    def _store_pick(self, pick: Pick) -> None:
        stored = pick_files.read(self.content, pick.entry.paper.id)
        base = stored and allowed_pick(stored, self.huggingface_data)
        grown = grow_pick(base, allowed_pick(pick, self.huggingface_data))
        if grown != stored:
            pick_files.store(self.content, grown)
            self.told.stored += 1
        self.told.kept += stored is None
        self.told.merged += stored is not None


# Files -------------------------------------------------------------------------------------------------------------


def _day_of(name: str) -> Date:
    found = re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.json", name)
    try:
        return Date.fromisoformat(found[1] if found else "")
    except ValueError:
        raise Unusable("an answer of Hugging Face has to be called after its day, as 2026-01-05.json") from None


def _whole(file: Path) -> bytes:
    with _opened(file) as stream:
        body = stream.read(_LARGEST_ANSWER + 1)
    if len(body) > _LARGEST_ANSWER:
        raise Unusable(f"the file is larger than {_LARGEST_ANSWER:,} bytes")
    return body


@contextmanager
def _opened(file: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file, of a compressed one those that it stands for."""
    with file.open("rb") as raw:
        if file.suffix != ".gz":
            yield raw
        else:
            with gzip.open(raw) as stream:
                yield cast(IO[bytes], stream)
