"""Who writes: every curator with all that the curator signs, and the names in the history. A part of `assemble`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from daybook import names
from daybook.model import Content, Curator, Link
from daybook.provenance import Provenance
from daybook.site import Contributor, CuratedPaper, CuratorPapers, SignedNote


def assemble_curators(content: Content, papers: tuple[CuratedPaper, ...]) -> tuple[CuratorPapers, ...]:
    """Every curator, by name, with the papers that carry a standing note of theirs, newest note first."""
    by_name = sorted(content.curators, key=lambda curator: (names.fold(curator.name), curator.handle))
    return tuple(_assemble_curator(curator, content, papers) for curator in by_name)


def _assemble_curator(curator: Curator, content: Content, papers: tuple[CuratedPaper, ...]) -> CuratorPapers:
    mine = sorted(_notes_of(curator, papers), key=lambda one: (-one[0].note.date.toordinal(), one[1].id))
    topics = {topic.slug: Link(topic.title, topic.path) for topic in content.topics}
    named = Counter(slug for signed, _ in mine for slug in signed.note.topics)
    corrected = (paper for paper in papers if paper.correction and paper.correction.curator == curator)
    introductions = sorted((one.date for one in content.introductions if one.by == curator.handle), reverse=True)
    return CuratorPapers(
        curator,
        papers=tuple(paper for _, paper in mine),
        lists=tuple(Link(one.title, one.path) for one in content.lists if one.by == curator.handle),
        topics=tuple((topics[slug], named[slug]) for slug in sorted(named, key=lambda slug: (-named[slug], slug))),
        owned=tuple(topics[topic.slug] for topic in content.topics if curator.handle in topic.owners),
        days=tuple(introductions),
        corrected=tuple(corrected),
    )


def _notes_of(curator: Curator, papers: tuple[CuratedPaper, ...]) -> Iterator[tuple[SignedNote, CuratedPaper]]:
    """The curator's standing notes on papers that stand."""
    for paper in papers:
        if paper.paper.withdrawn is None:
            yield from ((signed, paper) for signed in paper.notes if signed.curator == curator)


def assemble_contributors(provenance: Provenance | None) -> tuple[Contributor, ...]:
    """Every name in the history, those first that changed most of the files."""
    files = Counter(name for history in provenance.files for name in history.people) if provenance else Counter[str]()
    found = (Contributor(name, count) for name, count in files.items())
    return tuple(sorted(found, key=lambda one: (-one.files, names.fold(one.name), one.name)))
