"""What a list shows of a paper: exactly the fields that the card draws, made once a paper."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date as Date

from daybook.fingerprint import Digested
from daybook.model import Link, PaperId
from daybook.site import CuratedPaper, SignedNote

AUTHORS_SHOWN = 4
LEDE_LENGTH = 260


@dataclass(frozen=True, slots=True)
class Remark:
    """The line of a note that a card shows."""

    verdict: str
    summary: str
    by: Link
    date: Date


@dataclass(frozen=True, slots=True, repr=False)
class Card(Digested):
    """A paper in a list."""

    id: PaperId
    title: str
    authors: tuple[str, ...]
    more_authors: int
    published: Date
    listed: Date | None
    organisation: Link | None
    remarks: tuple[Remark, ...]
    lede: str | None
    votes: int | None
    read: Date | None
    comments: int | None
    discussion: str | None
    stars: int | None
    code: str | None
    project: str | None
    digest: str = field(init=False, compare=False)


def make_card(paper: CuratedPaper) -> Card:
    """The card of a paper: its notes' summaries or, where it has none, the beginning of its abstract."""
    entry = paper.entry
    return Card(
        id=paper.id,
        title=entry.paper.title,
        authors=entry.paper.authors[:AUTHORS_SHOWN],
        more_authors=max(0, len(entry.paper.authors) - AUTHORS_SHOWN),
        published=entry.paper.published,
        listed=paper.first if paper.appearances else None,
        organisation=paper.organisation,
        remarks=tuple(_remark(signed) for signed in paper.notes),
        lede=None if paper.notes or entry.paper.abstract is None else lede(entry.paper.abstract),
        votes=entry.votes,
        read=paper.read,
        comments=entry.comments,
        discussion=entry.discussion,
        stars=entry.stars,
        code=entry.code,
        project=entry.project,
    )


class Cards:
    """The cards of papers, each made when it is first asked for."""

    def __init__(self) -> None:
        self._made: dict[str, Card] = {}

    def of(self, paper: CuratedPaper) -> Card:
        """The card of a paper."""
        card = self._made.get(paper.digest)
        if card is None:
            card = self._made[paper.digest] = make_card(paper)
        return card


def _remark(signed: SignedNote) -> Remark:
    return Remark(
        signed.note.verdict, signed.note.summary, Link(signed.curator.name, signed.curator.path), signed.note.date
    )


def lede(abstract: str) -> str:
    """The first sentences that fit into LEDE_LENGTH characters; a longer first one is cut at a word."""
    text = " ".join(abstract.split())
    if len(text) <= LEDE_LENGTH:
        return text
    start = text[:LEDE_LENGTH]
    if start.count("$") % 2:  # it would end inside a formula
        start = start[: start.rindex("$")]
    ends = [match.end() for match in re.finditer(r"[.?!](?= [A-Z])", start)]
    if ends and ends[-1] > LEDE_LENGTH // 3:
        return start[: ends[-1]]
    return start[: start.rindex(" ")] + " …" if " " in start else start + "…"
