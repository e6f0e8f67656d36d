"""Makes the files of content/ that the answers to an issue form ask for. Nothing is written here, and all is hostile:
names of files come from identifiers and handles that were read as such, never from what somebody typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path

from daybook import excerpt
from daybook.form_answers import Answers, form_of, read_answers
from daybook.forms import forms
from daybook.listing_json import dump_pick
from daybook.model import Entry, Paper, PaperId, Pick, Settings
from daybook.name_kinds import is_slug
from daybook.paper_id import normalise
from daybook.report import Report
from daybook.shapes import PAPER
from daybook.skeleton import file_name
from daybook.source import Unusable
from daybook.wording import escape, quote
from daybook.yaml_writer import dump

_LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,37}[A-Za-z0-9])?")


class Declined(Exception):
    """The answers do not make a file. Has one sentence or more for people: why, and what to do."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


Ask = Callable[[PaperId, Settings], Entry]
"""Gets what arXiv says of a paper. Raises Unusable, with the reason as a sentence without its full stop."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as somebody sent it: the sender's login at the host, the issue's text, the day (UTC)."""

    login: str
    body: str
    day: Date


def take_form(root: Path, filled: Filled, ask: Ask) -> dict[str, str]:
    """The files that the answers ask for: text by path from the root of the repository, the first to be merged first.

    `ask` is called for a paper that content/ does not know. Files that are there already are never among them. Raises
    Misread, Declined; Invalid where a file that is needed has mistakes; OSError.
    """
    if not _LOGIN.fullmatch(filled.login):
        raise Declined(f"{quote(filled.login)} is no login of GitHub")
    content = root / "content"
    form = form_of(forms(excerpt.topics(content)), filled.body)
    answers = read_answers(form, filled.body)
    paper = _paper(answers)
    settings = excerpt.settings(content)
    make = {"paper": _suggest, "note": _note, "correction": _correct}[form.kind]
    made = make(_Desk(content, filled, settings, ask), paper, answers)
    for path in made:
        if (root / path).exists():
            raise Declined(f"{path} is there already: edit it there instead, {_edit(settings, path)}")
    return made


@dataclass(frozen=True, slots=True)
class _Desk:
    """What all forms need at hand."""

    content: Path
    filled: Filled
    settings: Settings
    ask: Ask

    def known(self, paper: PaperId) -> Entry | None:
        return excerpt.entry(self.content, paper, self.settings.huggingface_data)


def _edit(settings: Settings, path: str) -> str:
    return f"{settings.repository}/edit/{settings.branch}/{path}"


def _text(answers: Answers, name: str) -> str | None:
    answer = answers.get(name)
    return answer if isinstance(answer, str) else None


def _paper(answers: Answers) -> PaperId:
    try:
        return normalise(_text(answers, "paper") or "")
    except ValueError as error:
        raise Declined(
            f"Paper: {escape(str(error))}; write an identifier such as 2401.01234,"
            " or the paper's address at arxiv.org or huggingface.co"
        ) from error


# Who signs ---------------------------------------------------------------------------------------------------------


def _signer(desk: _Desk, answers: Answers) -> tuple[str, dict[str, str]]:
    """The sender's handle, and the file that introduces a new curator."""
    login = desk.filled.login
    for curator in excerpt.curators(desk.content):
        if (curator.github or "").lower() == login.lower():
            return curator.handle, {}
    handle = login.lower().replace("_", "-")
    if not is_slug(handle) or handle in excerpt.names(desk.content, "curators"):
        raise Declined(
            f"{login} is no curator's login yet, and the handle {quote(handle)} cannot be given to you; "
            "propose a file in content/curators/ of your own, with your login as `github`"
        )
    name = _text(answers, "name")
    if not name:
        raise Declined("Your name: you sign for the first time; edit the issue and write your name")
    return handle, {f"content/curators/{handle}.yaml": dump({"name": name, "github": login})}


# What is written ---------------------------------------------------------------------------------------------------


def _suggest(desk: _Desk, paper: PaperId, answers: Answers) -> dict[str, str]:
    """The pick of a paper that content/ does not have."""
    if desk.known(paper) is not None:
        raise Declined(f"{paper} is here already: {desk.settings.base_url}/{paper.path}")
    typed = {name: _text(answers, name) for name in ("title", "authors", "published")}
    if not any(typed.values()):
        return _pick(desk, paper)
    if not all(typed.values()):
        raise Declined("Title, Authors and Published go together: give all three, or none to let arXiv be asked")
    authors = [author.strip() for author in (typed["authors"] or "").split(";") if author.strip()]
    said = {"id": paper.text, "title": typed["title"], "authors": authors, "published": typed["published"]}
    report = Report()
    read: Paper | None = PAPER.read(said, report)
    if read is None:
        raise Declined(*(f"{finding.message}; {finding.remedy}" for finding in report.findings))
    return {_pick_path(paper): dump_pick(Pick("arxiv", Entry(read)))}


def _pick_path(paper: PaperId) -> str:
    return f"content/picks/{paper.stem}.json"


def _pick(desk: _Desk, paper: PaperId) -> dict[str, str]:
    """What arXiv says of a paper, as a pick."""
    try:
        return {_pick_path(paper): dump_pick(Pick("arxiv", desk.ask(paper, desk.settings)))}
    except Unusable as reason:
        raise Declined(f"no listing and no pick has {paper}, and arXiv did not tell of it: {reason}") from reason


def _note(desk: _Desk, paper: PaperId, answers: Answers) -> dict[str, str]:
    """The note, after its curator's file and its paper's pick where they are not there yet."""
    handle, made = _signer(desk, answers)
    entry = desk.known(paper)
    if entry is None:
        made |= _pick(desk, paper)
    day = desk.filled.day if entry is None else max(desk.filled.day, entry.paper.published)
    values: dict[str, object] = {"paper": paper.text, "by": handle, "date": day}
    if topics := answers.get("topics"):
        values["topics"] = list(topics)
    values |= {name: answers[name] for name in ("verdict", "summary", "note")}
    if version := _text(answers, "saw_version"):
        number = version.removeprefix("v")
        values["saw_version"] = int(number) if re.fullmatch("[1-9][0-9]{0,3}", number) else version
    values |= {name: answers[name] for name in ("interests", "assistance")}
    return {**made, f"content/notes/{file_name(paper, handle)}": dump(values)}


def _correct(desk: _Desk, paper: PaperId, answers: Answers) -> dict[str, str]:
    """The correction of one value."""
    if desk.known(paper) is None:
        raise Declined(f"no listing and no pick has {paper}: there is nothing to correct")
    handle, made = _signer(desk, answers)
    wrong, right = str(answers["wrong"]), _text(answers, "right")
    values: dict[str, object] = {"paper": paper.text, "by": handle, "date": desk.filled.day}
    values |= {name: answers[name] for name in ("reason", "source") if name in answers}
    if wrong.startswith("remove "):
        values["remove"] = [wrong.removeprefix("remove ")]
    elif right:
        values["correct"] = {wrong: _right(wrong, right)}
    else:
        raise Declined("What is right: there is no answer; edit the issue and write what is right")
    return {**made, f"content/overrides/{paper.stem}.yaml": dump(values)}


def _right(wrong: str, text: str) -> object:
    """A value as its key takes it: lists have an entry a line."""
    if wrong in ("authors", "categories"):
        return [line.strip() for line in text.split("\n") if line.strip()]
    if wrong == "organisation":
        return {"slug": re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")[:60].strip("-"), "name": text}
    return text
