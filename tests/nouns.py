"""Nouns with no more in them than a test asks for."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from daybook.model import (
    Content,
    Curator,
    Entry,
    Introduction,
    Licences,
    Listing,
    Match,
    Note,
    Paper,
    PaperId,
    Pick,
    ReadingList,
    Remark,
    Settings,
    Topic,
)

SETTINGS = Settings(
    title="Toy",
    tagline="Papers on rest",
    base_url="https://example.org/toy",
    language="en",
    repository="https://example.org/git/toy",
    branch="main",
    editor="The editors",
    home_days=3,
    licences=Licences("CC BY 4.0", "CC0 1.0", "None"),
)
CURATOR = Curator("ada", "Ada Ash")

_OF_PAPER = {field.name for field in fields(Paper)}


def paper_id(number: int) -> PaperId:
    return PaperId(f"2601.{number:05}")


def entry(number: int, **given: Any) -> Entry:
    """An entry of paper `number`; what a Paper has goes to its paper, the rest to the entry."""
    of_paper = {
        "title": f"Paper {number}",
        "authors": (f"Author {number}",),
        "published": date(2026, 1, 1),
        **{name: value for name, value in given.items() if name in _OF_PAPER},
    }
    paper = Paper(id=paper_id(number), **of_paper)
    return Entry(paper, **{name: value for name, value in given.items() if name not in _OF_PAPER})


def listing(day: date, *entries: Entry, source: str = "huggingface", **given: Any) -> Listing:
    return Listing(**{"source": source, "date": day, "read": day, "complete": True, "entries": entries, **given})


def pick(number: int, **given: Any) -> Pick:
    return Pick("arxiv", entry(number, **given))


def note(number: int, **given: Any) -> Note:
    plain = {"by": CURATOR.handle, "date": date(2026, 1, 1), "verdict": "caution", "summary": "Short.", "text": "Long."}
    return Note(**{"paper": paper_id(number), "interests": "none", "assistance": "none", **plain, **given})


def topic(slug: str, *phrases: str, parent: str | None = None) -> Topic:
    return Topic(slug, slug.title(), f"About {slug}.", parent, Match(any=phrases))


def introduction(day: date, *lead: int) -> Introduction:
    return Introduction(day, CURATOR.handle, "A day.", tuple(paper_id(number) for number in lead))


def reading_list(slug: str, *numbers: int) -> ReadingList:
    papers = tuple(Remark(paper_id(number), f"Remark {number}.") for number in numbers)
    return ReadingList(slug, slug.title(), "A list.", CURATOR.handle, papers)


def content(**given: Any) -> Content:
    """Content of these parts and nothing else; one curator signs everything."""
    empty: dict[str, Any] = {"topics": (), "notes": (), "introductions": (), "lists": (), "listings": (), "picks": ()}
    return Content(**{"settings": SETTINGS, "curators": (CURATOR,), **empty, **given})
