"""Fingerprints of all that is to be read of a paper, made once a paper for the many files that tell it."""

from __future__ import annotations

from daybook.fingerprint import fingerprint
from daybook.model import PaperId
from daybook.site import CuratedPaper


class PaperMarks:
    """No counts are in these marks, so that what is made of them changes when there is something to read."""

    def __init__(self) -> None:
        self._marks: dict[PaperId, str] = {}

    def of(self, paper: CuratedPaper) -> str:
        """The fingerprint of a paper's facts, notes, topics and links."""
        mark = self._marks.get(paper.id)
        if mark is None:
            work = paper.paper
            said = (work.title, work.authors, work.abstract, work.categories, work.published.isoformat())
            topics = [membership.topic for membership in paper.topics]
            mark = fingerprint((said, paper.notes, topics, paper.organisation, paper.entry.code, paper.entry.project))
            self._marks[paper.id] = mark
        return mark
