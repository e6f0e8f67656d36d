"""What an import did, for people: a table with a line for each file, and the reasons below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from daybook.importing import Imported
from daybook.model import Dropped
from daybook.wording import escape

_SHOWN = 20
_HEAD = ("listed", "kept", "merged", "dropped")


def lines(done: Sequence[Imported]) -> Iterator[str]:
    """The table: every entry of every file is in one of its last three columns. Then why, file by file."""
    rows = [(_name(one), [one.listed, one.kept, one.merged, one.dropped]) for one in done]
    if len(rows) > 1:
        rows.append(
            (f"{len(rows):,} files", [sum(column) for column in zip(*(counts for _, counts in rows), strict=True)])
        )
    widest = max(len("file"), *(len(name) for name, _ in rows))
    yield f"{'file':{widest}}" + "".join(f"  {head:>9}" for head in _HEAD)
    for name, counts in rows:
        yield f"{name:{widest}}" + "".join(f"  {count:>9,}" for count in counts)
    for one in done:
        yield from _reasons(one)
    changed = sum(one.stored for one in done)
    yield f"{changed:,} {'file' if changed == 1 else 'files'} of content/ changed"


def exit_code(done: Sequence[Imported]) -> int:
    """0 all files were taken, 1 some were refused, 2 all were."""
    refused = sum(bool(one.refused) for one in done)
    return 0 if not refused else 2 if refused == len(done) else 1


def _name(one: Imported) -> str:
    return escape(one.file.name)


def _reasons(one: Imported) -> Iterator[str]:
    if one.refused:
        yield f"{_name(one)}: refused: {escape(one.refused)}"
    yield from _told(_name(one), "dropped", one.reasons, one.dropped)
    yield from _told(_name(one), "left out of", one.omitted, len(one.omitted))


def _told(file: str, verb: str, reasons: Sequence[Dropped], total: int) -> Iterator[str]:
    for each in reasons[:_SHOWN]:
        yield f"{file}: {verb} {escape(each.what)}: {escape(each.reason)}"
    if total > _SHOWN:
        yield f"{file}: {verb} {total - _SHOWN:,} more"
