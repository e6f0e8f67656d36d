"""content/ as nouns, or every mistake in it.

Each file is read by itself, so that a broken one hides nothing of the others; then the rules between files are held
against what could be read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

from daybook import codes
from daybook.checks import RULES, Known, ReadFile, known
from daybook.content_file import read_document
from daybook.documents import MOST_PROBLEMS, Document
from daybook.model import (
    Content,
    Curator,
    Introduction,
    Invalid,
    Listing,
    NamedQuery,
    Note,
    Override,
    Pick,
    Problem,
    ReadingList,
    Settings,
    Topic,
)
from daybook.places import Place, name_values, paths, place_of, unexpected
from daybook.provenance import Provenance
from daybook.report import Finding, Report, located, problems_of

Noun = TypeVar("Noun")

_NOWHERE = Document(None, lambda trail, at_key: (1, 1))


class NoContent(OSError):
    """There is no folder to read."""


@dataclass(slots=True)
class _Reading:
    """What was read of content/ so far. Files below `over` stand in for those below `folder`."""

    folder: Path
    over: Path | None = None
    files: list[ReadFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def where(self, relative: str) -> Path:
        """The file that has a path inside content/."""
        stand_in = self.over / relative if self.over else None
        return stand_in if stand_in and stand_in.exists() else self.folder / relative

    def tell(self, path: str, *findings: Finding) -> None:
        """Problems of a file as a whole, by its path from the root of the repository."""
        self.problems += located(path, _NOWHERE, findings)


def load(folder: Path) -> Content:
    """Everything that the folder holds, read and valid.

    Raises Invalid with all mistakes, sorted by place; NoContent where there is no such folder, another OSError where
    it, or a file in it, cannot be read.
    """
    reading = _read(folder)
    if reading.problems:
        raise Invalid(_told(reading.problems))
    nouns = [file.noun for file in reading.files]
    return Content(
        settings=_all(nouns, Settings)[0],
        curators=tuple(sorted(_all(nouns, Curator), key=lambda curator: curator.handle)),
        topics=tuple(sorted(_all(nouns, Topic), key=lambda topic: topic.slug)),
        notes=tuple(sorted(_all(nouns, Note), key=lambda note: (note.paper, note.by))),
        introductions=tuple(sorted(_all(nouns, Introduction), key=lambda introduction: introduction.date)),
        lists=tuple(sorted(_all(nouns, ReadingList), key=lambda reading_list: reading_list.slug)),
        listings=tuple(sorted(_all(nouns, Listing), key=lambda listing: (listing.date, listing.source))),
        picks=tuple(sorted(_all(nouns, Pick), key=lambda pick: pick.entry.paper.id)),
        overrides=tuple(sorted(_all(nouns, Override), key=lambda override: override.paper)),
        provenance=next(iter(_all(nouns, Provenance)), None),
        queries=tuple(sorted(_all(nouns, NamedQuery), key=lambda query: query.slug)),
    )


def reread(content: Content, folder: Path, notes: Collection[str]) -> Content | None:
    """The content with some notes as they are now, by their paths from the root of the repository.

    None where one of them has a mistake or is about what the content does not have: `load` says what is wrong.
    """
    reading = _Reading(folder)
    for path in notes:
        relative = path.removeprefix("content/")
        if reading.where(relative).is_file():
            _read_file(reading, relative)
    found = _all((file.noun for file in reading.files), Note)
    handles, slugs = {one.handle for one in content.curators}, {topic.slug for topic in content.topics}
    is_sound = all(note.source_path in notes and note.by in handles and slugs.issuperset(note.topics) for note in found)
    if reading.problems or len(found) < len(reading.files) or not is_sound:
        return None
    others = (note for note in content.notes if note.source_path not in notes)
    return replace(content, notes=tuple(sorted([*others, *found], key=lambda note: (note.paper, note.by))))


def check(folder: Path, over: Path | None = None) -> tuple[Problem, ...]:
    """All mistakes in the folder, sorted by place; none where it is valid. Raises OSError as `load` does.

    With `over`, as if the files of that folder stood in this one.
    """
    return _told(_read(folder, over).problems)


def _all(nouns: Iterable[object], kind: type[Noun]) -> list[Noun]:
    return [noun for noun in nouns if isinstance(noun, kind)]


def _read(folder: Path, over: Path | None = None) -> _Reading:
    if not folder.is_dir():
        what = "it holds site.yaml and what curators write"
        raise NoContent(f"there is no folder {folder.name}/ in {folder.parent}; {what}")
    reading = _Reading(folder, over)
    found = dict(sorted([*paths(folder), *(paths(over) if over else ())]))
    for relative, is_plain in found.items():
        if is_plain:
            _read_file(reading, relative)
        else:
            message, remedy = "a symbolic link or a device", "put the file itself here"
            reading.tell(f"content/{relative}", Finding((), codes.NOT_A_FILE, message, remedy))
    if "site.yaml" not in found:
        remedy = "write it: the title of the site, its address and the other settings"
        reading.tell("content/site.yaml", Finding((), codes.NO_SETTINGS, "there is no site.yaml", remedy))
    _check_between_files(reading, known(tuple(reading.files), found))
    return reading


def _read_file(reading: _Reading, relative: str) -> None:
    path, placed = f"content/{relative}", place_of(relative)
    if placed is None:
        reading.tell(path, unexpected(relative))
        return
    place, parts = placed
    named, report = Report(), Report()
    name = name_values(parts, named)
    rule = f"files there are called content/{place.form}"
    for f in named.findings:
        reading.tell(path, Finding((), codes.BAD_FILE_NAME, f"file name: {f.message}", f"{f.remedy}; {rule}"))
    document, noun = read_document(reading.where(relative)), None
    reading.problems += problems_of(path, document.mistakes)
    if isinstance(document, Document):
        noun = _noun(place, name, document, report)
        reading.problems += located(path, document, report.findings)
    reading.files.append(ReadFile(path, place, name, noun, tuple(report.mentions)))


def _noun(place: Place, name: dict[str, Any], document: Document, report: Report) -> object | None:
    """The file's noun, with what its name gives; None where the file or that part of its name has a mistake."""
    gathered = place.shape.gather(document.value, report)
    if gathered is None or document.mistakes or not name.keys() >= set(place.given):
        return None
    noun: object = place.shape.make(**gathered, **{part: name[part] for part in place.given})
    return noun


def _check_between_files(reading: _Reading, facts: Known) -> None:
    """Files in which a rule finds something are read once more, for the places."""
    found: dict[str, list[Finding]] = {}
    for rule in RULES:
        for file, finding in rule(facts):
            found.setdefault(file.path, []).append(finding)
    for path, findings in found.items():
        document = read_document(reading.where(path.removeprefix("content/")))
        where = document if isinstance(document, Document) else _NOWHERE
        reading.problems += located(path, where, findings)


def _told(problems: list[Problem]) -> tuple[Problem, ...]:
    """The problems in the order of files and lines; of one file no more than a person can use."""
    told: list[Problem] = []
    for path, group in groupby(sorted(problems), key=lambda problem: problem.path):
        of_file = list(group)
        told += of_file[:MOST_PROBLEMS]
        if len(of_file) > MOST_PROBLEMS:
            first, code = of_file[MOST_PROBLEMS], codes.MORE_PROBLEMS
            message = f"more than {MOST_PROBLEMS} problems in this file"
            remedy = "mend the others first and check again"
            told.append(Problem(path, first.line, first.column, code.id, message, remedy))
    return tuple(told)
