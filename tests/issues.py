"""The text that GitHub makes of a form's answers, as its documentation describes it."""

from __future__ import annotations

from daybook.form_answers import Answers
from daybook.forms import Form


def issue_text(form: Form, answers: Answers, end: str = "\n") -> str:
    """The issue of these answers: values of choices, ticked boxes as a tuple, other texts as they are typed."""
    return f"{end}{end}".join(part for question in form.questions for part in _parts(form, question.id, answers, end))


def _parts(form: Form, name: str, answers: Answers, end: str) -> tuple[str, str]:
    (question,) = [question for question in form.questions if question.id == name]
    answer = answers.get(name, "")
    shown = dict(question.choices)
    if question.kind == "checkboxes":
        text = end.join(f"- [{'X' if value in answer else ' '}] {label}" for value, label in question.choices)
    elif question.kind == "dropdown" and answer:
        text = shown.get(str(answer), str(answer))
    else:
        text = str(answer)
    return f"### {question.label}", text or "_No response_"
