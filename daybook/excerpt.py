"""Parts of content/, for verbs that need one thing of it: whatever is broken elsewhere does not stand in their way.

`folder` is content/ everywhere. What `load` promises of the whole (no mistakes, names that agree) does not hold here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from daybook import pick_files
from daybook.content_file import read_document
from daybook.correct import correct
from daybook.documents import Document, Unread
from daybook.licences import allowed
from daybook.merge import Sighting, merge, seen_on
from daybook.model import Curator, Entry, Invalid, Listing, Override, PaperId, Settings, Topic
from daybook.name_kinds import Slug
from daybook.record_shapes import OVERRIDE
from daybook.report import Report, located, problems_of
from daybook.shapes import CURATOR, LISTING, SITE, TOPIC
from daybook.table_kinds import Table


def settings(folder: Path) -> Settings:
    """The settings of the site. Raises Invalid with what is wrong in site.yaml, OSError where there is none."""
    path, report = "content/site.yaml", Report()
    document = read_document(folder / "site.yaml")
    if isinstance(document, Unread):
        raise Invalid(tuple(problems_of(path, document.mistakes)))
    found = SITE.read(document.value, report)
    if found is None or document.mistakes:
        raise Invalid(tuple(sorted(problems_of(path, document.mistakes) + located(path, document, report.findings))))
    return found


def names(folder: Path, declared: Literal["curators", "topics"]) -> frozenset[str]:
    """The handles or slugs that have a file, whatever is in it."""
    return frozenset(path.stem for path in _files(folder, f"{declared}/*.yaml") if _is_slug(path.stem))


def topics(folder: Path) -> tuple[Topic, ...]:
    """The topics whose files have no mistakes, by slug."""
    found = ((path.stem, _gathered(path, TOPIC)) for path in _files(folder, "topics/*.yaml"))
    return tuple(Topic(slug=slug, **values) for slug, values in found if values is not None)


def curators(folder: Path) -> tuple[Curator, ...]:
    """The curators whose files have no mistakes, by handle."""
    found = ((path.stem, _gathered(path, CURATOR)) for path in _files(folder, "curators/*.yaml"))
    return tuple(Curator(handle=handle, **values) for handle, values in found if values is not None)


def entry(folder: Path, paper: PaperId, huggingface_data: bool) -> Entry | None:
    """What listings and picks say of a paper, merged and corrected as for its page; None where none of them has it.

    Of a listing only the paper's own entry has to be free of mistakes; a listing that cannot be read is as good as
    none. Raises Invalid where the paper's own pick has mistakes. `huggingface_data` is the setting of that name.
    """
    listings = _listings(folder, paper)
    found = [Sighting(one.source, seen_on(one, each), each) for one in listings for each in one.entries]
    if pick := pick_files.read(folder, paper):
        found.append(Sighting(pick.source, pick.read, pick.entry))
    shown = [replace(one, entry=allowed(one.source, one.entry, huggingface_data)) for one in found]
    if not shown:
        return None
    override = _override(folder, paper)
    return correct(merge(shown), override) if override else merge(shown)


def _override(folder: Path, paper: PaperId) -> Override | None:
    """The paper's correction; one that has mistakes is as good as none."""
    for path in _files(folder, f"overrides/{paper.stem}.yaml"):
        document = read_document(path)
        if isinstance(document, Document) and not document.mistakes:
            return OVERRIDE.read(document.value, Report())
    return None


def _gathered(path: Path, shape: Table[Any]) -> dict[str, Any] | None:
    """What a YAML file that is named by a slug holds; None where it has mistakes."""
    document = read_document(path)
    if not isinstance(document, Document) or document.mistakes or not _is_slug(path.stem):
        return None
    return shape.gather(document.value, Report())


def _listings(folder: Path, paper: PaperId) -> Iterator[Listing]:
    """The listings that have the paper, with no other entries. Most files are ruled out without being parsed."""
    number = paper.text.rpartition("/")[2].encode()
    for path in _files(folder, "listings/*/*/*.json"):
        if number not in path.read_bytes():
            continue
        document = read_document(path)
        if isinstance(document, Document) and isinstance(document.value, dict):
            entries = document.value.get("entries")
            mine = [each for each in entries if _names(each, paper)] if isinstance(entries, list) else []
            listing = LISTING.read({**document.value, "entries": mine, "dropped": []}, Report())
            if listing is not None:
                yield listing


def _names(entry: object, paper: PaperId) -> bool:
    """Is this, as it stands in a file, an entry of the paper?"""
    of = entry.get("paper") if isinstance(entry, dict) else None
    return isinstance(of, dict) and of.get("id") == paper.text


def _files(folder: Path, pattern: str) -> list[Path]:
    """Plain files only: a pipe would never end."""
    return sorted(path for path in folder.glob(pattern) if path.is_file() and not path.is_symlink())


def _is_slug(name: str) -> bool:
    report = Report()
    Slug().read(name, report)
    return report.count == 0
