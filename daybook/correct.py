"""Corrects what sources say of a paper as a curator's override has it, and tells what that changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, Final

from daybook.model import Entry, Override, Paper, Right
from daybook.site import Change
from daybook.vocabulary import REMOVABLE
from daybook.words import plain_date

_OF_PAPER: Final = {field.name for field in fields(Paper)} - {"withdrawn", "retracted"}


def correct(entry: Entry, override: Override) -> Entry:
    """The merged entry of a paper as it is right."""
    right = {field.name: getattr(override.correct, field.name) for field in fields(Right)}
    given: dict[str, Any] = {name: value for name, value in right.items() if value not in (None, ())}
    given |= dict.fromkeys(override.remove)
    standing = _standing(given)
    of_paper = {name: value for name, value in given.items() if name in _OF_PAPER}
    of_entry = {name: value for name, value in given.items() if name not in of_paper}
    return replace(entry, paper=replace(entry.paper, **of_paper, **standing), **of_entry)


def _standing(given: dict[str, Any]) -> dict[str, Any]:
    """Takes what is said of withdrawal and retraction out of the corrections: of the two, a retraction counts."""
    retracted, withdrawn = given.pop("retracted", None), given.pop("withdrawn", _UNSAID)
    if retracted:
        return {"withdrawn": retracted, "retracted": True}
    return {} if withdrawn is _UNSAID else {"withdrawn": withdrawn, "retracted": False}


_UNSAID = object()


def changes(upstream: Entry, here: Entry) -> tuple[Change, ...]:
    """What two entries of a paper differ in: the name that pages give it, and what the first one says."""
    told = ((name, says(upstream), says(here)) for name, says in _TOLD.items())
    return tuple(Change(name, before) for name, before, after in told if before != after)


def _state(entry: Entry) -> str:
    paper = entry.paper
    if paper.withdrawn is None:
        return "not withdrawn"
    return f"{'retracted' if paper.retracted else 'withdrawn'} on {plain_date(paper.withdrawn)}"


_NAMES = {word.value: word.label for word in REMOVABLE}
_TOLD: dict[str, Callable[[Entry], str | None]] = {
    "Title": lambda entry: entry.paper.title,
    "Authors": lambda entry: ", ".join(entry.paper.authors),
    "Published": lambda entry: plain_date(entry.paper.published),
    _NAMES["abstract"]: lambda entry: entry.paper.abstract,
    "Categories": lambda entry: ", ".join(entry.paper.categories) or None,
    _NAMES["withdrawn"]: _state,
    _NAMES["organisation"]: lambda entry: entry.organisation.name if entry.organisation else None,
    _NAMES["code"]: lambda entry: entry.code,
    _NAMES["project"]: lambda entry: entry.project,
    _NAMES["discussion"]: lambda entry: entry.discussion,
    _NAMES["summary"]: lambda entry: entry.summary.text if entry.summary else None,
}
