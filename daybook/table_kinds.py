"""Kinds of value that hold others: lists, and blocks of keys."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from daybook import codes
from daybook.kinds import Kind
from daybook.report import Report
from daybook.wording import did_you_mean, either, nearest, quote

N = TypeVar("N")

_LONGEST_SHOWN = 60


def _in_one_line(value: object) -> str:
    """A value as it may stand in a file, JSON or YAML."""
    return json.dumps(value, ensure_ascii=False)


def itself(value: Any) -> Hashable:
    """For lists in which no value may stand twice."""
    return value  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Many(Kind):
    """A list of values of one kind. No two of them may be equal in what `unique` makes of them."""

    kind: Kind
    least: int = 0
    most: int | None = None
    unique: Callable[[Any], Hashable] | None = None

    @property
    def wanted(self) -> str:
        return f"a list, each entry {self.kind.wanted}"

    def read(self, value: object, report: Report) -> tuple[Any, ...]:
        if not isinstance(value, list):
            self._refuse_value(value, report)
            return ()
        members = self._members(value, report)
        if len(value) < self.least or (self.most is not None and len(value) > self.most):
            limits = f"{self.least} to {self.most}" if self.most else f"at least {self.least}"
            report.add(codes.WRONG_COUNT, f"{report.name} has {len(value)} entries", f"give it {limits}")
        if self.unique:
            self._refuse_twins([None if each is None else self.unique(each) for each in members], report)
        return tuple(members)

    def plain(self, value: tuple[Any, ...]) -> list[object]:
        return [self.kind.plain(each) for each in value]

    def _members(self, value: list[object], report: Report) -> list[Any]:
        read, steps, members = self.kind.read, report.steps, []
        steps.append(0)
        for index, each in enumerate(value):
            steps[-1] = index
            members.append(read(each, report))
            if report.full:
                break
        steps.pop()
        return members

    def _refuse_value(self, value: object, report: Report) -> None:
        if isinstance(value, str) and report.example:
            remedy = self._as_list(value) or f"write a list, for example {_in_one_line(report.example)}"
            report.add(codes.WRONG_KIND, f"{report.name} is {quote(value)}", remedy)
        else:
            self.refuse(value, report)

    def _as_list(self, text: str) -> str | None:
        """The advice to put a text between brackets, where that would be a list without mistakes."""
        members, trial = [part.strip() for part in text.split(",")], Report()
        if len(text) > _LONGEST_SHOWN or not text.isprintable():
            return None
        self.read(members, trial)
        return None if trial.findings else f"write it as a list, {_in_one_line(members)}"

    def _refuse_twins(self, marks: list[Hashable], report: Report) -> None:
        if len(set(marks)) == len(marks):
            return
        first: dict[Hashable, int] = {}
        for index, mark in enumerate(marks):
            if mark is not None and first.setdefault(mark, index) != index:
                message = f"{quote(str(mark))} stands twice in {report.name}, first in place {first[mark] + 1}"
                report.steps.append(index)
                report.add(codes.LISTED_TWICE, message, "keep one of the two")
                report.steps.pop()


@dataclass(frozen=True)
class Field:
    """A key of a block: what it may hold, what it is for, and a value to show.

    `attribute` is what the noun calls it, where that is not the key's name.
    """

    name: str
    kind: Kind
    doc: str
    example: object
    required: bool = False
    attribute: str = ""


@dataclass(frozen=True)
class Table(Kind, Generic[N]):
    """A block of keys that `make` turns into a noun. At least one key of `needs_one_of`, if any, holds something."""

    title: str
    make: Callable[..., N]
    fields: tuple[Field, ...]
    needs_one_of: tuple[str, ...] = ()

    @property
    def wanted(self) -> str:
        return f"{self.title} (a block with the keys {either(self._by_name, ' and ')})"

    def read(self, value: object, report: Report) -> N | None:
        gathered = self.gather(value, report)
        return None if gathered is None else self.make(**gathered)

    def gather(self, value: object, report: Report) -> dict[str, Any] | None:
        """The noun's attributes, as far as the block has them; None after a report."""
        if not isinstance(value, dict):
            self.refuse(value, report)
            return None
        before, gathered = report.count, dict[str, Any]()
        for key, inner in value.items():
            field = self._by_name.get(key)
            if field is None:
                self._refuse_key(key, report)
                if report.full:
                    break
            else:
                report.steps.append(key)
                report.required, report.example = field.required, field.example
                gathered[field.attribute or key] = field.kind.read(inner, report)
                report.steps.pop()
        self._refuse_gaps(value, report)
        return gathered if report.count == before else None

    def plain(self, value: Any) -> dict[str, object]:
        """Only what the noun has: a key that would be null or an empty list is left out unless it is required."""
        found = ((field, getattr(value, field.attribute or field.name)) for field in self.fields)
        return {
            field.name: field.kind.plain(inner)
            for field, inner in found
            if field.required or (inner is not None and inner != ())
        }

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}

    @cached_property
    def _required(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.required)

    def _refuse_key(self, key: str, report: Report) -> None:
        rule = f"{self.title} has {either(self._by_name, ' and ')}"
        remedy = did_you_mean(nearest(key, self._by_name), rule)
        report.add_at_key(key, codes.UNKNOWN_KEY, f"unknown key {quote(key)}", remedy)

    def _refuse_gaps(self, value: dict[str, object], report: Report) -> None:
        for field in self._required:
            if field.name not in value:
                remedy = f"add it, for example {field.name}: {_in_one_line(field.example)}"
                report.add(codes.MISSING_KEY, f"{self.title} lacks the key {quote(field.name)}", remedy)
        if self.needs_one_of and not any(value.get(name) for name in self.needs_one_of):
            remedy = f"give {either(self.needs_one_of)} an entry, or leave {report.name} out"
            report.add(codes.NO_RULE, f"{report.name} does not say what to look for", remedy)
