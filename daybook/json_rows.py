"""Papers as rows of JSON Lines: one block a line, as archives of arXiv's and Hugging Face's listings come.

Keys: `id`, `title`, `authors` (a list) and `published`, without which there is no paper; `abstract`, `categories`,
`withdrawn` (a day); `upvotes`, `comments`, `github`, `keywords`, which make it Hugging Face's. Others do not matter,
nor does null.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date
from typing import IO

from daybook import answer_values as read
from daybook import json_text
from daybook.answer_values import Unfit, Values
from daybook.documents import Unread
from daybook.licences import is_third_party
from daybook.model import Dropped, Entry, Paper, Pick
from daybook.source import Unusable

LONGEST = 16 * 1024 * 1024  # bytes of a line
MOST = 2_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """What became of a line: a pick, or why it was dropped; and what was left out of the pick."""

    paper: Pick | Dropped
    omitted: tuple[Dropped, ...] = ()


def rows(file: IO[bytes], largest: int, day: Date | None) -> Iterator[Row]:
    """The rows of a file in its order; blank lines are none. `day` is when their counts were read, where that is known.

    No line takes more memory than LONGEST. Raises Unusable after `largest` bytes or MOST lines, and what reading `file`
    raises.
    """
    taken = number = 0
    while line := file.readline(LONGEST):
        taken, number = taken + len(line), number + 1
        whole = line.endswith(b"\n") or len(line) < LONGEST
        while not whole and taken <= largest:
            rest = file.readline(LONGEST)
            taken, whole = taken + len(rest), rest.endswith(b"\n") or not rest
            line = b""
        if taken > largest or number > MOST:
            limit = f"{largest:,} bytes" if taken > largest else f"{MOST:,} lines"
            raise Unusable(f"the file has more than {limit}: what comes after them was left alone")
        if not line:
            yield Row(Dropped(f"Line {number:,}", f"It is longer than {LONGEST:,} bytes."))
        elif line.strip():
            yield _row(line, number, day)


def _row(line: bytes, number: int, day: Date | None) -> Row:
    try:
        document = json_text.read(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Row(Dropped(f"Line {number:,}", "It is not UTF-8."))
    if isinstance(document, Unread):
        return Row(Dropped(f"Line {number:,}", "It is cut, or no JSON."))
    if not isinstance(document.value, dict):
        return Row(Dropped(f"Line {number:,}", f"It is {read.described(document.value)}, not a block of keys."))
    values = Values(document.value)
    try:
        pick = _pick(values, day)
    except Unfit as reason:
        return Row(Dropped(read.label(values.block), f"{reason}."))
    omitted = dict.fromkeys(values.omitted)
    return Row(pick, tuple(Dropped(pick.entry.paper.id.text, f"{why}.") for why in omitted))


def _pick(values: Values, day: Date | None) -> Pick:
    """Raises Unfit, with the reason as a sentence without its full stop."""
    paper_id, version = values.need("id", read.identifier, "identifier")
    counts = {key: values.may(key, read.count) for key in ("upvotes", "comments")}
    if day is None and set(counts.values()) != {None}:
        values.omitted.append("Its counts have no day: say with --read when they were read")
        counts = dict.fromkeys(counts)
    entry = Entry(
        paper=Paper(
            id=paper_id,
            title=values.need("title", read.title),
            authors=values.need("authors", read.authors),
            published=values.need("published", read.day, "date"),
            abstract=values.may("abstract", read.text),
            categories=values.may("categories", read.categories) or (),
            version=version,
            withdrawn=values.may("withdrawn", read.day),
        ),
        votes=counts["upvotes"],
        comments=counts["comments"],
        code=values.may("github", read.repository),
        keywords=values.may("keywords", read.words) or (),
    )
    return Pick("huggingface", entry, day) if is_third_party(entry) else Pick("arxiv", entry)
