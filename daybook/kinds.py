"""The kinds of value that a key in content/ may have: each says what it wants, reads a value and writes it back.

`shapes` declares every file with these; the checker, the reader, the JSON writer and the JSON Schemas all go by
that one declaration. `read` never raises: it reports what is wrong and returns None. It takes values as they are in
`daybook.documents.Document`; `plain` turns what it returned into a JSON value again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from daybook import codes
from daybook.codes import Code
from daybook.documents import FORBIDDEN, NOTHING, Twice, Unquoted, forbidden
from daybook.report import Report
from daybook.vocabulary import Word
from daybook.wording import did_you_mean, either, escape, nearest, quote

_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9])")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})(?![0-9])")


class Kind:
    """What a key may hold."""

    @property
    def wanted(self) -> str:
        """What to write, as a noun phrase."""
        raise NotImplementedError

    def read(self, value: object, report: Report) -> Any:
        """What the value means, or None after a report."""
        raise NotImplementedError

    def plain(self, value: Any) -> object:
        """The JSON value that `read` makes this value of."""
        return value

    def refuse(self, value: object, report: Report, code: Code = codes.WRONG_KIND) -> None:
        """Reports a value that cannot be of this kind."""
        if isinstance(value, Twice):
            report.add(codes.KEY_TWICE, f"key {quote(report.name)} stands twice", "keep one of the two")
        elif value is None or (isinstance(value, Unquoted) and value.reads_as == NOTHING):
            report.add(codes.NO_VALUE, f"{report.name} has no value", report.or_leave_out(self.wanted))
        else:
            report.add(code, f"{report.name} is {described(value)}", f"write {self.wanted}")


def described(value: object) -> str:
    """A value as a message shows it: safe to print, and short."""
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a block of keys"
    return quote(value) if isinstance(value, str) else _as_it_stands(value)


def _as_it_stands(value: object) -> str:
    """A value that has no quotes in the file, shortened."""
    if isinstance(value, Unquoted):
        return escape(value.text[:60])
    return str(value).lower() if isinstance(value, bool) else str(value)


# Text ------------------------------------------------------------------------------------------------------------


class Written(Kind):
    """All kinds that are text in the file.

    `pattern` is the regular expression that all of an accepted text matches, for programs that check without us: it
    means the same to Python and to JavaScript (with the flag `u`).
    """

    @property
    def pattern(self) -> str:
        raise NotImplementedError

    def read(self, value: object, report: Report) -> Any:
        if type(value) is str:
            return self.accept(value, report)
        if isinstance(value, int | Unquoted) and not _is_absent(value, report):
            _demand_quotes(value, report)
        else:
            self.refuse(value, report)
        return None

    def accept(self, text: str, report: Report) -> Any:
        """As `read`, for a value that is text."""
        raise NotImplementedError


def _is_absent(value: int | Unquoted, report: Report) -> bool:
    """Is there no value? The word null is one where a text must be: somebody may be called so."""
    if not isinstance(value, Unquoted) or value.reads_as != NOTHING:
        return False
    return value.text in ("", "~") or not (report.required or isinstance(report.steps[-1], int))


def _demand_quotes(value: int | Unquoted, report: Report) -> None:
    reads_as = "true or false" if isinstance(value, bool) else getattr(value, "reads_as", "a number")
    text = _as_it_stands(value)
    key = f"{report.name}: " if report.steps and isinstance(report.steps[-1], str) else ""
    message = f"{report.name}: {text} without quotes reads as {reads_as}"
    report.add(codes.NOT_QUOTED, message, f'write it in quotes, as {key}"{text}"')


def visible(text: str, report: Report) -> bool:
    """Is there text, and nothing in it that a reviewer would not see? Reports what there is against it."""
    if text.isprintable() and text and not text.isspace():
        return True
    if not text.strip():
        report.add(codes.NO_VALUE, f"{report.name} is empty", report.or_leave_out("it"))
        return False
    found = FORBIDDEN.search(text)
    if found:
        what, remedy = forbidden(found[0])
        report.add(codes.FORBIDDEN_CHARACTER, f"{report.name}: {what}", remedy)
    return not found


UNSEEN = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in FORBIDDEN.pattern[1:-1])
"""The characters of FORBIDDEN as they stand inside the brackets of a portable regular expression."""

_NOT_EMPTY = r"(?=\s*\S)"
_LINE_FEED = r"\u000a"
VISIBLE = f"{_NOT_EMPTY}[^{UNSEEN}]*"
"""Matches what `visible` lets pass."""


@dataclass(frozen=True)
class Text(Written):
    """Plain text of one line (or of several), with TeX between dollar signs. `limit` counts characters."""

    limit: int | None = None
    lines: bool = False

    @property
    def wanted(self) -> str:
        limit = f", at most {self.limit} characters" if self.limit else ""
        return f"{'text' if self.lines else 'one line of text'}{limit}"

    @property
    def pattern(self) -> str:
        often = f"{{1,{self.limit}}}" if self.limit else "+"
        return f"{_NOT_EMPTY}[^{UNSEEN}{'' if self.lines else _LINE_FEED}]{often}"

    def accept(self, text: str, report: Report) -> str | None:
        if not visible(text, report):
            return None
        if not self.lines and "\n" in text:
            report.add(codes.SEVERAL_LINES, f"{report.name} has more than one line", f"write {self.wanted}")
        if self.limit and len(text) > self.limit:
            remedy = f"cut {len(text) - self.limit}: at most {self.limit} are allowed"
            report.add(codes.TOO_LONG, f"{report.name} has {len(text)} characters", remedy)
        return text


@dataclass(frozen=True)
class Form(Written):
    """Text of a form that a regular expression describes and `shown` explains with an example."""

    form: str
    shown: str

    @property
    def wanted(self) -> str:
        return self.shown

    @property
    def pattern(self) -> str:
        return self.form

    def accept(self, text: str, report: Report) -> str | None:
        if re.fullmatch(self.form, text):
            return text
        report.add(codes.BAD_FORM, f"{report.name} is {quote(text)}", f"write {self.shown}")
        return None


@dataclass(frozen=True)
class Phrase(Written):
    """Words to look for: runs of letters and digits; a final `*` lets the last word go on."""

    @property
    def wanted(self) -> str:
        return "words to look for, perhaps with * at the end"

    @property
    def pattern(self) -> str:
        """Which of the signs beyond ASCII are letters it does not know."""
        return rf"(?=[\s\S]*[^\s!-/:-@\[-`{{-~])[^*{UNSEEN}]*\*?"

    def accept(self, text: str, report: Report) -> str | None:
        if not visible(text, report):
            return None
        if not re.search(r"[^\W_]", text):
            report.add(codes.BAD_PHRASE, f"the phrase {quote(text)} has no letter or digit", f"write {self.wanted}")
        elif "*" in text[:-1]:
            report.add(codes.BAD_PHRASE, f"a * inside the phrase {quote(text)}", "leave it out, or put it at the end")
        return text


# Words, dates, numbers ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Choice(Kind):
    """One of a few words."""

    words: tuple[Word, ...]

    @property
    def wanted(self) -> str:
        return either(word.value for word in self.words)

    def read(self, value: object, report: Report) -> str | None:
        values = [word.value for word in self.words]
        if type(value) is not str:
            self.refuse(value, report, codes.NOT_ONE_OF)
        elif value not in values:
            remedy = did_you_mean(nearest(value, values), f"write {self.wanted}")
            report.add(codes.NOT_ONE_OF, f"{report.name} is {quote(value)}", remedy)
        else:
            return value
        return None


_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_LEAP = "(?:(?:19|2[01])(?:0[48]|[2468][048]|[13579][26])|2000)-02-29"
_DATE = (
    "(?:(?:19|2[01])[0-9]{2}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)"
    f"|(?:0[13578]|1[02])-31)|{_LEAP})"
)
_A_DATE = re.compile(_DATE)


@dataclass(frozen=True)
class Day(Kind):
    """A day that exists, written 2026-01-31, in quotes or without; `pattern` is as that of texts."""

    pattern = _DATE

    @property
    def wanted(self) -> str:
        return "a day as 2026-01-31"

    def read(self, value: object, report: Report) -> date | None:
        text = value.text if isinstance(value, Unquoted) else value
        found = _day(text) if isinstance(text, str) else None
        if found is None:
            self._refuse_day(value, text, report)
        return found

    def plain(self, value: date) -> str:
        return value.isoformat()

    def _refuse_day(self, value: object, text: object, report: Report) -> None:
        meant = _meant_days(text) if isinstance(text, str) else []
        if meant:
            remedy = f"did you mean {either(meant)}? Write {self.wanted}, without a time"
            report.add(codes.NOT_A_DATE, f"{report.name} is {described(value)}", remedy)
        elif isinstance(text, str) and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            remedy = f"write a day that the calendar has, from {_FIRST_YEAR} to {_LAST_YEAR}"
            report.add(codes.NOT_A_DATE, f"{report.name} is {described(value)}: there is no such day", remedy)
        else:
            self.refuse(value, report, codes.NOT_A_DATE)


def _meant_days(text: str) -> list[str]:
    """The days that may be meant by a date in another notation: 6.1.2026 may be of January or of June."""
    if first := _YEAR_FIRST.match(text):
        orders = [first.groups()]
    else:
        last = _YEAR_LAST.match(text)
        orders = [(last[3], last[2], last[1]), (last[3], last[1], last[2])] if last else []
    days = (f"{year}-{month:0>2}-{day:0>2}" for year, month, day in orders)
    return [day for day in dict.fromkeys(days) if _day(day)]


@lru_cache(maxsize=10_000)
def _day(text: str) -> date | None:
    """The day that a text names; None where there is no such day, or no paper can be of it."""
    return date.fromisoformat(text) if _A_DATE.fullmatch(text) else None


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number between two limits, both included."""

    least: int
    most: int | None = None

    @property
    def wanted(self) -> str:
        return f"a whole number from {self.least}{f' to {self.most}' if self.most else ' up'}, without quotes"

    def read(self, value: object, report: Report) -> int | None:
        if type(value) is int and value >= self.least and (self.most is None or value <= self.most):
            return value
        self.refuse(value, report, codes.NOT_A_NUMBER)
        return None


@dataclass(frozen=True)
class Flag(Kind):
    """True or false."""

    @property
    def wanted(self) -> str:
        return "true or false"

    def read(self, value: object, report: Report) -> bool | None:
        if isinstance(value, bool):
            return value
        self.refuse(value, report)
        return None
