"""Reads the Markdown that GitHub makes of an issue form: for each question `### Label`, a blank line and the answer.

What is a heading and what is an answer is told by place alone and never by looks. After the heading of a question, the
next line that is not blank is its answer, whatever it says, and after that the very next heading must come; only the
last question takes all lines to the end. So an answer that holds `### Verdict` is an answer that holds `### Verdict`.
https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from daybook.forms import Form, Question
from daybook.wording import did_you_mean, nearest, quote

LONGEST = 262_144
"""How many characters of an issue are read: GitHub allows 65,536."""

_NO_RESPONSE = "_No response_"
_BOX = re.compile(r"- \[([ xX])\] (.*)")

Answers = dict[str, str | tuple[str, ...]]
"""By the question's id: its text, one of its values, or its ticked values. Questions without an answer are left out."""


class Misread(Exception):
    """The text is not that of the form. Has one sentence or more for people."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


def form_of(forms: Iterable[Form], body: str) -> Form:
    """The form that made an issue's text, by its first three headings, which are there before anybody has a say: the
    answers between them are a line each. Raises Misread.

    Labels would tell it, too, but only in repositories that somebody has made them in.
    """
    lines = _Lines(body[:LONGEST])
    headings = [lines.next() for _ in range(5)][::2]
    for form in forms:
        if headings == [f"### {question.label}" for question in form.questions[:3]]:
            return form
    raise Misread("these are not the answers to a form; the form's headings must stay as they are")


def read_answers(form: Form, body: str) -> Answers:
    """The answers in an issue's text. Raises Misread."""
    if len(body) > LONGEST:
        raise Misread(f"the issue has {len(body):,} characters: more than any form's answers")
    lines = _Lines(body)
    answers, reasons = Answers(), list[str]()
    for question in form.questions:
        lines.heading(question.label)
        answer = _answer(question, lines, reasons)
        if answer:
            answers[question.id] = answer
        elif question.required:
            reasons.append(f"{question.label}: there is no answer; edit the issue and write one")
    lines.end()
    if reasons:
        raise Misread(*reasons)
    return answers


class _Lines:
    """The lines of an issue, from the first to the last."""

    def __init__(self, body: str) -> None:
        self._lines = re.split(r"\r?\n", body.expandtabs(4))
        self._at = 0

    def heading(self, label: str) -> None:
        line = self.next()
        if line != f"### {label}":
            found = f"there is {quote(line)}" if line is not None else "the text ends"
            where = f"### {label}"
            raise Misread(
                f"line {self._at}: {found} where {quote(where)} must be; the form's headings must stay as they are"
            )

    def next(self) -> str | None:
        """The next line that is not blank, None at the end."""
        while self._at < len(self._lines):
            line = self._lines[self._at].strip()
            self._at += 1
            if line:
                return line
        return None

    def boxes(self) -> list[str]:
        """The lines up to a blank one, after blank ones."""
        first = self.next()
        found = [] if first is None else [first]
        while first is not None and self._at < len(self._lines) and self._lines[self._at].strip():
            found.append(self._lines[self._at].strip())
            self._at += 1
        return found

    def rest(self) -> str:
        """All that is left, without blank lines around it."""
        left = self._lines[self._at :]
        self._at = len(self._lines)
        return re.sub(r"\A(?:[ \t]*\n)+|\s+\Z", "", "\n".join(left))

    def end(self) -> None:
        line = self.next()
        if line is not None:
            raise Misread(f"line {self._at}: there is {quote(line)} after the form's last answer; take it out")


def _answer(question: Question, lines: _Lines, reasons: list[str]) -> str | tuple[str, ...]:
    """The answer to a question, empty where there is none; what is no answer is told in `reasons`."""
    if question.kind == "checkboxes":
        return tuple(_ticked(question, lines.boxes(), reasons))
    text = lines.rest() if question.kind == "textarea" else lines.next() or ""
    if text == _NO_RESPONSE:
        return ""
    return _value(question, text, reasons) if question.kind == "dropdown" and text else text


def _ticked(question: Question, boxes: list[str], reasons: list[str]) -> list[str]:
    found = []
    for line in boxes:
        box = _BOX.fullmatch(line)
        if box is None:
            reasons.append(f"{question.label}: {quote(line)} is no box of the form")
        elif box[1] != " ":
            found.append(_value(question, box[2], reasons))
    return found


def _value(question: Question, text: str, reasons: list[str]) -> str:
    """The value that a form shows as this text."""
    values = {shown: value for value, shown in question.choices}
    if text not in values:
        remedy = did_you_mean(nearest(text, values), "choose one that the form offers")
        reasons.append(f"{question.label}: {quote(text)} is none of the form's answers; {remedy}")
    return values.get(text, "")
