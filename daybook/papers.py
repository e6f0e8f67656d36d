"""Every paper once, with all that content/ says of it: the first half of `assemble`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from daybook.correct import changes, correct
from daybook.licences import allowed
from daybook.matching import matcher, searchable
from daybook.merge import Sighting, counts_read, merge, seen_on
from daybook.model import Content, Entry, Link, Organisation, PaperId, Topic
from daybook.site import Appearance, Correction, CuratedPaper, Membership, SignedNote, author_path

_Signed = tuple[SignedNote, ...]


def curate(content: Content) -> tuple[CuratedPaper, ...]:
    """All papers of the listings and picks, in the order of their first listing (then by identifier)."""
    sightings, appearances = _gather(content)
    upstream = {paper_id: merge(sightings[paper_id]) for paper_id in sorted(sightings)}
    merged, corrections = _corrected(content, upstream)
    notes = _group_notes(content)
    lists = _lists_by_paper(content)
    author_pages = _author_pages(merged.values())
    organisations = _organisation_pages(merged.values())
    classify = _Classifier(content)
    papers = []
    for paper_id, entry in merged.items():
        standing, retracted = notes.get(paper_id, ((), ()))
        listed = tuple(sorted(appearances[paper_id], key=lambda a: (a.date, a.source)))
        papers.append(
            CuratedPaper(
                entry=entry,
                read=counts_read(sightings[paper_id]),
                first=listed[0].date if listed else entry.paper.published,
                sources=tuple(sorted({sighting.source for sighting in sightings[paper_id]})),
                appearances=listed,
                notes=standing,
                retracted=retracted,
                topics=classify(entry, standing),
                lists=tuple(lists.get(paper_id, ())),
                organisation=organisations.get(entry.organisation) if entry.organisation else None,
                author_pages=tuple(author_pages.get(name) for name in entry.paper.authors),
                correction=corrections.get(paper_id),
            )
        )
    return tuple(sorted(papers, key=lambda paper: (paper.first, paper.id)))


def annotate(papers: Iterable[CuratedPaper], content: Content) -> Iterator[CuratedPaper]:
    """Papers that `curate` made, with the notes that the content has now, and what these change of them."""
    notes, classify = _group_notes(content), _Classifier(content)
    for paper in papers:
        standing, retracted = notes.get(paper.id, ((), ()))
        yield replace(paper, notes=standing, retracted=retracted, topics=classify(paper.entry, standing))


def _gather(content: Content) -> tuple[dict[PaperId, list[Sighting]], dict[PaperId, list[Appearance]]]:
    """Where each paper was seen, and on which days it was listed."""
    huggingface_data = content.settings.huggingface_data
    sightings: dict[PaperId, list[Sighting]] = defaultdict(list)
    appearances: dict[PaperId, list[Appearance]] = defaultdict(list)
    for listing in content.listings:
        # Those that have gone from it have no place among those that it lists; they come after them.
        entries = sorted(listing.entries, key=lambda entry: entry.last_seen is not None)
        listed = sum(entry.last_seen is None for entry in entries)
        for rank, entry in enumerate(entries, start=1):
            shown = allowed(listing.source, entry, huggingface_data)
            sightings[entry.paper.id].append(Sighting(listing.source, seen_on(listing, entry), shown))
            appearances[entry.paper.id].append(Appearance(listing.date, listing.source, rank, listed))
    for pick in content.picks:
        shown = allowed(pick.source, pick.entry, huggingface_data)
        sightings[pick.entry.paper.id].append(Sighting(pick.source, pick.read, shown))
    return sightings, appearances


def _corrected(
    content: Content, upstream: dict[PaperId, Entry]
) -> tuple[dict[PaperId, Entry], dict[PaperId, Correction]]:
    """All entries as they are right, and what was corrected."""
    curators = {curator.handle: curator for curator in content.curators}
    right, corrections = dict(upstream), dict[PaperId, Correction]()
    for override in content.overrides:
        before = upstream[override.paper]
        right[override.paper] = correct(before, override)
        changed = changes(before, right[override.paper])
        corrections[override.paper] = Correction(override, curators[override.by], changed)
    return right, corrections


def _group_notes(content: Content) -> dict[PaperId, tuple[_Signed, _Signed]]:
    """Each paper's notes with their curators, oldest first: a second note often answers the first.

    Those that stand, and those that were taken back.
    """
    curators = {curator.handle: curator for curator in content.curators}
    histories = {f"content/{one.path}": one for one in content.provenance.files} if content.provenance else {}
    notes: dict[PaperId, list[SignedNote]] = defaultdict(list)
    for note in sorted(content.notes, key=lambda note: (note.date, note.by)):
        notes[note.paper].append(SignedNote(note, curators[note.by], histories.get(note.source_path)))
    return {
        paper_id: (
            tuple(one for one in signed if one.note.retracted is None),
            tuple(one for one in signed if one.note.retracted is not None),
        )
        for paper_id, signed in notes.items()
    }


def _lists_by_paper(content: Content) -> dict[PaperId, list[Link]]:
    lists: dict[PaperId, list[Link]] = defaultdict(list)
    for reading_list in content.lists:
        for remark in reading_list.papers:
            lists[remark.paper].append(Link(reading_list.title, reading_list.path))
    return lists


def _author_pages(entries: Iterable[Entry]) -> dict[str, str]:
    """The page of every name that stands on two or more papers, withdrawn ones aside."""
    count: dict[str, int] = defaultdict(int)
    for entry in entries:
        if entry.paper.withdrawn is None:
            for name in dict.fromkeys(entry.paper.authors):
                count[name] += 1
    return {name: author_path(name) for name, papers in count.items() if papers >= 2}


def _organisation_pages(entries: Collection[Entry]) -> dict[Organisation, Link]:
    """The page of every organisation, however it is spelled, that has a paper, withdrawn ones aside."""
    slugs = {entry.organisation.slug for entry in entries if entry.organisation and entry.paper.withdrawn is None}
    given = {entry.organisation for entry in entries if entry.organisation}
    return {one: Link(one.name, one.path) for one in given if one.slug in slugs}


@dataclass(frozen=True, slots=True)
class _Subject:
    """A topic, with the topics above it, nearest first."""

    link: Link
    title: str
    ancestors: tuple[str, ...]


class _Classifier:
    """Which topics a paper is in, and why."""

    def __init__(self, content: Content) -> None:
        topics = {topic.slug: topic for topic in content.topics}
        self._matched = matcher({slug: topic.match for slug, topic in topics.items()})
        self._subjects = {
            slug: _Subject(Link(topic.title, topic.path), topic.title, ancestors(topic, topics))
            for slug, topic in topics.items()
        }

    def __call__(self, entry: Entry, notes: tuple[SignedNote, ...]) -> tuple[Membership, ...]:
        """A note's word counts before a rule's, and either before a subtopic's."""
        found = self._by_note(notes)
        for slug, words in self._matched(searchable(entry), entry).items():
            found.setdefault(slug, ("rule", words))
        for slug in tuple(found):
            for ancestor in self._subjects[slug].ancestors:
                found.setdefault(ancestor, ("subtopic", self._subjects[slug].title))
        return tuple(Membership(self._subjects[slug].link, *found[slug]) for slug in self._subjects if slug in found)

    def _by_note(self, notes: tuple[SignedNote, ...]) -> dict[str, tuple[str, str]]:
        sayers: dict[str, list[str]] = defaultdict(list)
        for signed in notes:
            for slug in signed.note.topics:
                sayers[slug].append(signed.curator.name)
        return {slug: ("note", ", ".join(dict.fromkeys(sayers[slug]))) for slug in sayers}


def ancestors(topic: Topic, topics: Mapping[str, Topic]) -> tuple[str, ...]:
    """The slugs of the topics above, nearest first. Valid content has no cycles."""
    above = []
    while topic.parent is not None:
        above.append(topic.parent)
        topic = topics[topic.parent]
    return tuple(above)
