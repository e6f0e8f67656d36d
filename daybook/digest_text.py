"""A digest as plain text that mail programs may reflow: format=flowed, https://www.rfc-editor.org/rfc/rfc3676

A line that ends with a blank goes on in the next one (section 4.1), so that the text has 72 columns where it is shown
as it stands, and the width of the screen where it is understood. Addresses are lines of their own, however long: one
that is broken leads nowhere. What would begin with a blank, ">" or "From " is stuffed with a blank (section 4.4).
Deleting the blanks at the ends (DelSp) is not asked for, since our words have blanks between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from daybook import markdown
from daybook.cards import Card
from daybook.digests import Digest, Telling
from daybook.model import Settings
from daybook.tex import plain_text
from daybook.vocabulary import VERDICTS
from daybook.words import count_of, number, short_date

COLUMNS = 72

_STUFFED = (" ", ">", "From ")
_SIGNATURE = "-- "  # section 4.3
_BLANK_LINES = re.compile(r"\n\s*\n")
_LABELS = {word.value: word.label for word in VERDICTS}


def document(digest: Digest, settings: Settings) -> str:
    """The whole digest."""
    base = settings.base_url
    parts = [
        "\n".join([flowed(settings.title), flowed(digest.title), f"{base}/{digest.page}"]),
        *filter(None, (flowed(digest.order), flowed(digest.notice or ""))),
        *_introduction(digest),
    ]
    for section in digest.sections:
        parts.append(f"{flowed(section.title)}\n{'-' * min(len(section.title), COLUMNS)}")
        parts += [paper(one, base) for one in section.papers]
    if digest.more:
        parts.append(f"{flowed(f'… and {number(digest.more)} more on the site:')}\n{base}/{digest.page}")
    return "\n\n".join([*parts, _ending(settings)]) + "\n"


def paper(one: Telling, base: str) -> str:
    """A paper in full or in two lines, the last of which is its address."""
    told = _full(one.card) if one.full else _line(one.card)
    return "\n".join([*map(flowed, told), f"{base}/{one.card.id.path}"])


def flowed(text: str) -> str:
    """A paragraph, its lines ending with a blank where it goes on."""
    return " \n".join(f" {line}" if line.startswith(_STUFFED) else line for line in _lines(text))


def _lines(text: str) -> Iterator[str]:
    """Whole words, as many as fit: textwrap, which knows more, takes a third of the time of all digests."""
    line = ""
    for word in text.split():
        if line and len(line) + len(word) >= COLUMNS - 1:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    if line:
        yield line


def _full(card: Card) -> Iterator[str]:
    yield _title(card)
    names = ", ".join(map(plain_text, card.authors))
    more = f" and {number(card.more_authors)} more" if card.more_authors else ""
    yield names + more + (f" · {plain_text(card.organisation.title)}" if card.organisation else "")
    for remark in card.remarks:
        signed = f"{remark.by.title}, {short_date(remark.date)}"
        yield f"{_LABELS[remark.verdict]}: {plain_text(remark.summary)} ({signed})"
    if card.lede:
        yield plain_text(card.lede)
    if card.votes is not None:
        yield count_of(card.votes, "vote") + (f" on {short_date(card.read)}" if card.read else "")


def _line(card: Card) -> Iterator[str]:
    marks = [_LABELS[remark.verdict] for remark in card.remarks]
    marks += [count_of(card.votes, "vote")] if card.votes is not None else []
    yield f"* {_title(card)}" + (f" ({', '.join(marks)})" if marks else "")


def _title(card: Card) -> str:
    return plain_text(card.title) or card.id.text


def _introduction(digest: Digest) -> Iterator[str]:
    if digest.editor is None:
        return
    if digest.introduction:
        yield from filter(None, (flowed(markdown.plain(part)) for part in _BLANK_LINES.split(digest.introduction)))
        yield flowed(f"— {digest.editor.title}")
    else:
        yield flowed(f"{digest.editor.title} introduces this day on the site.")


def _ending(settings: Settings) -> str:
    licences = settings.licences
    return "\n".join(
        [
            _SIGNATURE,
            flowed(f"{settings.title}: {settings.tagline}"),
            flowed("To subscribe, to leave, or to follow in other ways:"),
            f"{settings.base_url}/follow.html",
            flowed(f"Notes: {licences.notes}. Metadata: {licences.metadata}. Counts: {licences.counts}."),
        ]
    )
