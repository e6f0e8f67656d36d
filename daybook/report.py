"""What the reading of one file finds, by the way to each value; where that is in the text is found out later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from daybook.codes import Code
from daybook.documents import MOST_PROBLEMS, Document, Mistake, Trail
from daybook.model import Problem
from daybook.wording import escape

Target = Literal["topic", "curator", "paper"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake in a value: the way to it, and whether to point at its key."""

    trail: Trail
    code: Code
    message: str
    remedy: str
    at_key: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of something that must exist elsewhere in content/, and the way to it."""

    target: Target
    name: str
    trail: Trail


@dataclass(slots=True)
class Report:
    """Mistakes, and what the file mentions.

    `steps` is the way to the value that is being read; `required` and `example` are those of the last key that was
    stepped to. `count` goes on when `findings` is full.
    """

    findings: list[Finding] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    steps: list[str | int] = field(default_factory=list)
    required: bool = True
    example: object = None
    count: int = 0

    @property
    def full(self) -> bool:
        """More was found than will be told: there is no need to read on."""
        return self.count > MOST_PROBLEMS

    @property
    def name(self) -> str:
        """What to call the current value, safe to print."""
        key = next((escape(step) for step in reversed(self.steps) if isinstance(step, str)), "the file")
        return f"an entry of {key}" if self.steps and isinstance(self.steps[-1], int) else key

    def or_leave_out(self, wanted: str) -> str:
        """The remedy for a value that is not there: to write what is wanted, or no key where none must be."""
        if self.steps and isinstance(self.steps[-1], int):
            return f"leave the entry out, or write {wanted}"
        return f"write {wanted}" if self.required else f"leave the key out, or write {wanted}"

    def add(self, code: Code, message: str, remedy: str) -> None:
        """A mistake in the current value."""
        self._add(Finding(tuple(self.steps), code, message, remedy))

    def add_in_line(self, line: int, code: Code, message: str, remedy: str) -> None:
        """A mistake in a line, counted from 0, of the current value, which is text."""
        self._add(Finding((*self.steps, line), code, message, remedy))

    def add_at_key(self, key: str, code: Code, message: str, remedy: str) -> None:
        """A mistake in a key of the current block."""
        self._add(Finding((*self.steps, key), code, message, remedy, at_key=True))

    def mention(self, target: Target, name: str) -> None:
        """The current value names something."""
        self.mentions.append(Mention(target, name, tuple(self.steps)))

    def _add(self, finding: Finding) -> None:
        self.count += 1
        if len(self.findings) <= MOST_PROBLEMS:
            self.findings.append(finding)


def problems_of(path: str, mistakes: Iterable[Mistake]) -> list[Problem]:
    """What is wrong with how a file is written, as problems."""
    return [Problem(escape(path), *each.mark, each.code.id, each.message, each.remedy) for each in mistakes]


def located(path: str, document: Document, findings: Iterable[Finding]) -> list[Problem]:
    """Findings as problems, each at the place of its value; what concerns the whole file is at its start."""
    marks = ((each, document.locate(each.trail, each.at_key) if each.trail else (1, 1)) for each in findings)
    return problems_of(path, (Mistake(mark, each.code, each.message, each.remedy) for each, mark in marks))
