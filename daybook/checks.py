"""The rules that hold between files, or between the keys of one. Each is one small function whose docstring says the
rule to contributors.

To add a rule, write its function and list it in RULES; its code goes into `codes`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any, TypeVar

from daybook import codes
from daybook.documents import Trail
from daybook.model import Curator, Introduction, Listing, Note, Override, Paper, PaperId, Pick, Right, Settings, Topic
from daybook.name_kinds import is_slug
from daybook.places import Place
from daybook.report import Finding, Mention, Target
from daybook.wording import did_you_mean, either, nearest, quote

Noun = TypeVar("Noun")

_MOST_LEVELS = 8
_HAVE_PAPERS = ("listings", "picks")


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file of content/: what kind it is, what its name says, its noun if it has no mistakes, what it mentions."""

    path: str
    place: Place
    name: Mapping[str, Any]
    noun: object | None
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What content/ declares, as far as it can be told.

    A file that has mistakes, or the wrong name, still declares what its name says, and where a listing or a pick has
    mistakes `all_papers` is False, so that a mistake is not told again for everything that depends on it.
    """

    files: tuple[ReadFile, ...]
    names: Mapping[Target, frozenset[str]]
    papers: Mapping[str, tuple[Paper, ...]]
    listed: Mapping[date, frozenset[PaperId]]
    all_papers: bool

    def of(self, noun: type[Noun]) -> Iterator[tuple[ReadFile, Noun]]:
        """The files without mistakes that hold a noun."""
        return ((file, file.noun) for file in self.files if isinstance(file.noun, noun))


Found = Iterator[tuple[ReadFile, Finding]]
Rule = Callable[[Known], Found]


def known(files: tuple[ReadFile, ...], all_paths: Iterable[str]) -> Known:
    """What is declared by the files that were read, and by the paths (inside content/) of all that are there."""
    paths = [PurePosixPath(path) for path in all_paths]
    papers, listed = dict[str, tuple[Paper, ...]](), dict[date, frozenset[PaperId]]()
    for file in files:
        for paper in _papers(file):
            papers[paper.id.text] = (*papers.get(paper.id.text, ()), paper)
        if isinstance(file.noun, Listing):
            of_day = listed.get(file.noun.date, frozenset())
            listed[file.noun.date] = of_day.union(entry.paper.id for entry in file.noun.entries)
    valid = {file.path for file in files if file.noun is not None}
    return Known(
        files,
        {"topic": _stems(paths, "topics"), "curator": _stems(paths, "curators"), "paper": frozenset(papers)},
        papers,
        listed,
        all(f"content/{path}" in valid for path in paths if path.parts[0] in _HAVE_PAPERS),
    )


def _stems(paths: Iterable[PurePosixPath], folder: str) -> frozenset[str]:
    return frozenset(path.name.partition(".")[0].lower() for path in paths if path.parts[0] == folder)


def _papers(file: ReadFile) -> Iterable[Paper]:
    """The papers that a listing or a pick brings."""
    if isinstance(file.noun, Listing):
        return (entry.paper for entry in file.noun.entries)
    return (file.noun.entry.paper,) if isinstance(file.noun, Pick) else ()


# References ------------------------------------------------------------------------------------------------------


def topics_are_declared(known: Known) -> Found:
    """A topic that a note or another topic names has a file in content/topics/."""
    for file, mention in _unknown(known, "topic"):
        remedy = did_you_mean(nearest(mention.name, known.names["topic"]), "topics are the files in content/topics/")
        yield file, Finding(mention.trail, codes.UNKNOWN_TOPIC, f"unknown topic {quote(mention.name)}", remedy)


def curators_are_declared(known: Known) -> Found:
    """Whoever signs a note, a day, a list or a correction, or owns a topic, has a file in content/curators/."""
    for file, mention in _unknown(known, "curator"):
        rule = "whoever signs has a file in content/curators/, with at least the line `name: Your Name`"
        remedy = did_you_mean(nearest(mention.name, known.names["curator"]), rule)
        yield file, Finding(mention.trail, codes.UNKNOWN_CURATOR, f"unknown curator {quote(mention.name)}", remedy)


def papers_are_known(known: Known) -> Found:
    """A paper that a note, a day, a list or a correction names stands in a listing or has a file in content/picks/."""
    for file, mention in _unknown(known, "paper") if known.all_papers else ():
        rule = "a paper stands in a listing or has a file in content/picks/"
        remedy = did_you_mean(_one_slip_away(mention.name, known.names["paper"]), rule)
        yield file, Finding(mention.trail, codes.UNKNOWN_PAPER, f"unknown paper {quote(mention.name)}", remedy)


def _unknown(known: Known, target: Target) -> Iterator[tuple[ReadFile, Mention]]:
    for file in known.files:
        for mention in file.mentions:
            if mention.target == target and mention.name not in known.names[target]:
                yield file, mention


def _one_slip_away(name: str, known: frozenset[str]) -> list[str]:
    """Known identifiers that differ by a digit that is wrong, missing or too many, or by two that changed places.

    Slips are made and looked up: there may be a hundred thousand known ones.
    """
    cuts = [(name[:at], name[at:]) for at in range(len(name) + 1)]
    slips = {left + right[1:] for left, right in cuts if right}
    slips |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    slips |= {left + digit + right for left, right in cuts for digit in "0123456789"}
    slips |= {left + digit + right[1:] for left, right in cuts if right for digit in "0123456789"}
    return sorted((slips - {name}) & known)[:3]


def topics_are_a_tree(known: Known) -> Found:
    """No topic is its own parent, grandparent and so on."""
    files = {topic.slug: file for file, topic in known.of(Topic)}
    for circle in _circles(_parents(known)):
        way = " > ".join((*circle[:8], *(["…"] if len(circle) > 8 else []), circle[0]))
        finding = Finding(("parent",), codes.TOPIC_CIRCLE, f"topics in a circle: {way}", "take one `parent` out")
        yield files[circle[0]], finding


def topics_have_few_levels(known: Known) -> Found:
    """No topic has more than seven above it."""
    files, parents = {topic.slug: file for file, topic in known.of(Topic)}, _parents(known)
    level = set(files) - set(parents)
    for _ in range(_MOST_LEVELS):
        level = {slug for slug, parent in parents.items() if parent in level}
    for slug in sorted(level):
        message = f"{quote(slug)} is on level {_MOST_LEVELS + 1} of its tree of topics"
        remedy = f"at most {_MOST_LEVELS} are allowed: give it, or one above it, a `parent` further up"
        yield files[slug], Finding(("parent",), codes.TOPICS_TOO_DEEP, message, remedy)


def _parents(known: Known) -> dict[str, str]:
    """The topics that have a parent which is there and valid, each with that parent."""
    topics = {topic.slug: topic for _, topic in known.of(Topic)}
    return {slug: topic.parent for slug, topic in topics.items() if topic.parent and topic.parent in topics}


def _circles(parents: Mapping[str, str]) -> Iterator[list[str]]:
    """Each circle once, from its first slug in the alphabet on."""
    seen = set[str]()
    for start in sorted(parents):
        way, at = dict[str, None](), start
        while at in parents and at not in seen:
            seen.add(at)
            way[at] = None
            at = parents[at]
        if at in way:
            yield list(way)[list(way).index(at) :]


# File names ------------------------------------------------------------------------------------------------------


def notes_are_named_after_paper_and_curator(known: Known) -> Found:
    """A note on 2401.01234 by ada is content/notes/2401.01234.ada.yaml (hep-th-9901001 for hep-th/9901001)."""
    taken = {file.path for file in known.files}
    for file, note in known.of(Note):
        # The path holds what stands in `by`, which may be anything: an unknown curator is told elsewhere.
        is_curator = note.by in known.names["curator"] and is_slug(note.by)
        if file.path != note.source_path and "handle" in file.name and is_curator:
            key = "by" if file.name["paper"] == note.paper.stem else "paper"
            if note.source_path in taken:
                message = f"{note.by} has a note on this paper already, {note.source_path}"
                remedy = "put both into that file and delete this one, or correct `paper` and `by`"
                yield file, Finding((key,), codes.NAME_DISAGREES, message, remedy)
            else:
                yield file, _belongs(note.source_path, (key,), "correct `paper` and `by`")


def listings_are_named_after_date_and_source(known: Known) -> Found:
    """A listing is content/listings/2026/01/2026-01-05.huggingface.json, as its `date` and its `source` say."""
    for file, listing in known.of(Listing):
        right = f"content/listings/{listing.date:%Y/%m}/{listing.date}.{listing.source}.json"
        if file.path != right and file.name.keys() >= {"date", "source"}:
            wrong = [key for key in ("date", "source") if file.name[key] != getattr(listing, key)]
            yield file, _belongs(right, tuple(wrong[:1]), "correct `date` and `source`")


def picks_are_named_after_their_paper(known: Known) -> Found:
    """The pick of 2401.01234 is content/picks/2401.01234.json."""
    for file, pick in known.of(Pick):
        right = f"content/picks/{pick.entry.paper.id.stem}.json"
        if file.path != right:
            yield file, _belongs(right, ("paper", "id"), "correct the paper's `id`")


def corrections_are_named_after_their_paper(known: Known) -> Found:
    """The correction of 2401.01234 is content/overrides/2401.01234.yaml."""
    for file, override in known.of(Override):
        if file.path != override.source_path:
            yield file, _belongs(override.source_path, ("paper",), "correct `paper`")


def _belongs(right: str, trail: Trail, otherwise: str) -> Finding:
    return Finding(trail, codes.NAME_DISAGREES, f"this belongs in {right}", f"move the file there, or {otherwise}")


# Picks -------------------------------------------------------------------------------------------------------------


def counts_of_picks_have_a_day(known: Known) -> Found:
    """A pick with votes, comments or stars says in `read` when they were read."""
    for file, pick in known.of(Pick):
        counts = [key for key in ("votes", "comments", "stars") if getattr(pick.entry, key) is not None]
        if counts and pick.read is None:
            message, remedy = f"{either(counts, ' and ')} without a day", "add `read`, the day when they were read"
            yield file, Finding((counts[0],), codes.UNDATED_COUNTS, message, remedy, at_key=True)


# Sources -----------------------------------------------------------------------------------------------------------


def sources_can_be_asked(known: Known) -> Found:
    """With arXiv among the sources, `arxiv_categories` names at least one."""
    for file, settings in known.of(Settings):
        if "arxiv" in settings.sources and not settings.arxiv_categories:
            remedy = "name some, as arxiv_categories: [cs.CL], or take arxiv out of the sources"
            yield file, Finding(("sources",), codes.CATEGORIES_MISSING, "arXiv is asked by category", remedy)


# Days --------------------------------------------------------------------------------------------------------------


def introduced_days_are_listed(known: Known) -> Found:
    """Only a day on which a source listed a paper has an introduction."""
    for file, introduction in known.of(Introduction):
        if known.all_papers and not known.listed.get(introduction.date):
            message = f"no source listed a paper on {introduction.date}"
            yield file, Finding((), codes.NO_SUCH_DAY, message, "rename the file to the day that it introduces")


def leads_were_listed_that_day(known: Known) -> Found:
    """A day leads with papers that a source listed on that day."""
    for file, introduction in known.of(Introduction):
        listed = known.listed.get(introduction.date, frozenset())
        for place, paper in enumerate(introduction.lead):
            if known.all_papers and listed and paper.text in known.names["paper"] and paper not in listed:
                message = f"{quote(paper.text)} was not listed on {introduction.date}"
                remedy = "lead with papers of that day; others go into a list in content/lists/"
                yield file, Finding(("lead", place), codes.LEAD_NOT_LISTED, message, remedy)


# Notes -------------------------------------------------------------------------------------------------------------


def notes_follow_their_papers(known: Known) -> Found:
    """A note is not dated before its paper was published."""
    corrected = {override.paper: override.correct.published for _, override in known.of(Override)}
    for file, note in known.of(Note):
        told = (paper.published for paper in known.papers.get(note.paper.text, ()))
        published = corrected.get(note.paper) or min(told, default=note.date)
        if note.date < published:
            message = f"the note is of {note.date}, its paper of {published}"
            remedy = "correct the date: it is the day on which the note was written"
            yield file, Finding(("date",), codes.NOTE_TOO_EARLY, message, remedy)


def retractions_follow_their_notes(known: Known) -> Found:
    """A note is taken back on its own date or later."""
    for file, note in known.of(Note):
        if note.retracted and note.retracted.date < note.date:
            message = f"taken back on {note.retracted.date}, before the note of {note.date}"
            remedy = "correct one of the two dates"
            yield file, Finding(("retracted", "date"), codes.RETRACTED_TOO_EARLY, message, remedy)


# Corrections and curators ------------------------------------------------------------------------------------------


def corrections_correct_something(known: Known) -> Found:
    """A correction says what is right, in `correct`, or what is not so, in `remove`."""
    for file, override in known.of(Override):
        if override.correct == Right() and not override.remove:
            remedy = "say what is right in `correct`, or what is not so in `remove`; or delete the file"
            yield file, Finding((), codes.CORRECTS_NOTHING, "this corrects nothing", remedy)


def corrections_do_not_contradict_themselves(known: Known) -> Found:
    """What a correction takes away with `remove` has no value in `correct`; what is retracted is not withdrawn, too."""
    for file, override in known.of(Override):
        given = {name for name in Right.__slots__ if getattr(override.correct, name) not in (None, ())}
        if "retracted" in given:
            given |= {"withdrawn"} & set(override.remove)
        for place, name in enumerate(override.remove):
            if name in given:
                message = f"{quote(name)} is both corrected and removed"
                yield file, Finding(("remove", place), codes.CORRECTED_AND_REMOVED, message, "keep one of the two")


def logins_are_of_one_curator(known: Known) -> Found:
    """No two curators have the same login on GitHub, in whatever case it is written."""
    first = dict[str, str]()
    for file, curator in sorted(known.of(Curator), key=lambda found: found[1].handle):
        login = (curator.github or "").lower()
        if login and first.setdefault(login, curator.handle) != curator.handle:
            message = f"{quote(curator.github or '')} is the login of {quote(first[login])}, too"
            yield file, Finding(("github",), codes.TWO_OF_A_LOGIN, message, "take it out of one of the two files")


RULES: tuple[Rule, ...] = (
    topics_are_declared,
    curators_are_declared,
    papers_are_known,
    topics_are_a_tree,
    topics_have_few_levels,
    notes_are_named_after_paper_and_curator,
    listings_are_named_after_date_and_source,
    picks_are_named_after_their_paper,
    corrections_are_named_after_their_paper,
    counts_of_picks_have_a_day,
    sources_can_be_asked,
    introduced_days_are_listed,
    leads_were_listed_that_day,
    notes_follow_their_papers,
    retractions_follow_their_notes,
    corrections_correct_something,
    corrections_do_not_contradict_themselves,
    logins_are_of_one_curator,
)
