"""A calendar with an entry a week, as iCalendar, https://www.rfc-editor.org/rfc/rfc5545."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Date
from datetime import timedelta

from daybook.model import Settings
from daybook.site import CuratedPaper, Period
from daybook.tex import plain_text
from daybook.vocabulary import VERDICTS
from daybook.words import count_of, week_name

_LONGEST_LINE = 75  # octets, section 3.1
_MOST_TITLES = 20
_LABELS = {word.value: word.label for word in VERDICTS}


def document(weeks: tuple[Period, ...], settings: Settings) -> bytes:
    """The weeks in the order given. Each is an event of one whole day: the Monday after it, when it can be read."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Daybook//Weeks//EN",
        "CALSCALE:GREGORIAN",
        f"NAME:{_text(settings.title)}",
        f"X-WR-CALNAME:{_text(settings.title)}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        *(line for week in weeks for line in _event(week, settings)),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode("utf-8", "replace")


def _event(week: Period, settings: Settings) -> Iterator[str]:
    """One VEVENT (section 3.6.1). It is stamped with the newest day that it tells of, since a build knows no time."""
    papers = list({paper.id: paper for day in week.days for paper in day.papers}.values())
    noted = [paper for paper in papers if paper.notes]
    monday = week.start + timedelta(weeks=1)
    address = f"{settings.base_url}/{week.path}"
    count = f"{count_of(len(papers), 'paper')}, {len(noted)} with a note"
    yield "BEGIN:VEVENT"
    yield f"UID:{settings.namespace}/weeks/{week.key}"
    yield f"DTSTAMP:{_basic(max(day.date for day in week.days))}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_basic(monday)}"
    yield f"DTEND;VALUE=DATE:{_basic(monday + timedelta(days=1))}"
    yield f"SUMMARY:{_text(f'{settings.title}, {week_name(week.start)}: {count}')}"
    yield f"DESCRIPTION:{_text(_description(noted, address))}"
    yield f"URL:{address}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _description(noted: list[CuratedPaper], address: str) -> str:
    lines = [f"{_LABELS[paper.notes[0].note.verdict]}: {plain_text(paper.paper.title)}" for paper in noted]
    more = [f"and {len(lines) - _MOST_TITLES} more"] if len(lines) > _MOST_TITLES else []
    return "\n".join([*lines[:_MOST_TITLES], *more, address])


def _basic(day: Date) -> str:
    return day.isoformat().replace("-", "")


def _text(value: str) -> str:
    """A value of the type TEXT, section 3.3.11."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 octets, of which no character is cut in two."""
    parts, room = [""], _LONGEST_LINE
    for char in line:
        size = len(char.encode("utf-8", "replace"))
        if size > room:
            parts.append("")
            room = _LONGEST_LINE - 1  # the blank that a continued line begins with
        parts[-1] += char
        room -= size
    return "\r\n ".join(parts)
