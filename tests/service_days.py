"""Days of invented papers, in the shapes in which Hugging Face and arXiv were recorded to tell of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape

from daybook.source_arxiv import window

_ENTRY = """  <entry>
    <id>http://arxiv.org/abs/{id}v1</id>
    <title>{title}</title>
    <updated>{published}</updated>
    <link href="https://arxiv.org/abs/{id}v1" rel="alternate" type="text/html"/>
    <link href="https://arxiv.org/pdf/{id}v1" rel="related" type="application/pdf" title="pdf"/>
    <summary>{abstract}</summary>
    <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
    <published>{published}</published>
    <arxiv:comment>{number} pages</arxiv:comment>
    <arxiv:primary_category term="cs.CL"/>
    <author>
      <name>Ada Ash {number}</name>
    </author>
    <author>
      <name>Bo Birch</name>
    </author>
  </entry>
"""
_FEED = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/made-up</id>
  <title>arXiv Query: made up</title>
  <updated>{updated}</updated>
  <link href="https://arxiv.org/api/query?made-up" type="application/atom+xml"/>
  <opensearch:itemsPerPage>{size}</opensearch:itemsPerPage>
  <opensearch:totalResults>{total}</opensearch:totalResults>
  <opensearch:startIndex>{start}</opensearch:startIndex>
{entries}</feed>
"""


@dataclass(frozen=True, slots=True)
class InventedPaper:
    """A paper that nobody wrote; what is left out of it is made of `day` and `number` (below 500)."""

    day: Date
    number: int
    votes: int = 1
    given: Mapping[str, Any] | None = None  # keys of Hugging Face's inner block, to add or to put in the place of ours

    @property
    def id(self) -> str:
        return f"{self.day:%y%m}.{500 * self.day.day + self.number:05}"

    @property
    def title(self) -> str:
        return f"On Gears & $n < {self.number}$ Springs of {self.day}"

    @property
    def abstract(self) -> str:
        return f"We wind {self.number} springs on {self.day}.\nNone of them breaks."

    def as_hugging_face_has_it(self) -> dict[str, Any]:
        """An item of daily_papers."""
        before = self.day - timedelta(days=1)
        person = {"_id": "5" * 24, "avatarUrl": "/avatars/a.svg", "fullname": "Cy Cedar", "type": "user"}
        inner = {
            "id": self.id,
            "authors": [
                {"_id": "6" * 24, "name": f"Ada Ash {self.number}", "hidden": False},
                {"_id": "7" * 24, "name": "Bo Birch", "hidden": False},
            ],
            "publishedAt": f"{before}T17:59:59.000Z",
            "submittedOnDailyAt": f"{self.day}T00:26:37.060Z",
            "title": self.title.replace("$", ""),
            "submittedOnDailyBy": {**person, "user": "cy"},
            "summary": self.abstract,
            "upvotes": self.votes,
            "discussionId": "8" * 24,
            "ai_summary": f"Springs were wound {self.number} times.",
            "ai_keywords": ["springs", "gears"],
            **(self.given or {}),
        }
        return {
            "paper": inner,
            "publishedAt": f"{before}T12:59:59.000Z",
            "title": self.title,
            "summary": self.abstract,
            "thumbnail": f"https://cdn.example/{self.id}.png",
            "numComments": self.number % 3,
            "submittedBy": {**person, "name": "cy", "isHf": False},
        }

    def as_arxiv_has_it(self) -> str:
        """An entry of a feed."""
        return _ENTRY.format(
            id=self.id,
            title=escape(self.title),
            abstract=escape(self.abstract),
            published=f"{self.submitted:%Y-%m-%dT%H:%M:%SZ}",
            number=self.number,
        )

    @property
    def submitted(self) -> datetime:
        """Within the hours of which arXiv announces the submissions on `day`."""
        announced = window(self.day)
        assert announced, f"arXiv announces nothing on {self.day:%A}s"
        return announced[0] + timedelta(minutes=self.number)


def invented_day(day: Date, count: int, votes: int = 0) -> list[InventedPaper]:
    """`count` papers, sorted by their votes as Hugging Face does."""
    return [InventedPaper(day, number, votes + count - number) for number in range(1, count + 1)]


def hugging_face_page(papers: Sequence[InventedPaper], page: int, limit: int) -> bytes:
    """An answer of daily_papers, on one line as it comes."""
    shown = papers[page * limit : (page + 1) * limit]
    return json.dumps([paper.as_hugging_face_has_it() for paper in shown], ensure_ascii=False).encode()


def arxiv_page(papers: Sequence[InventedPaper], start: int, size: int) -> bytes:
    """An answer of the query interface to a question that these papers are the results of."""
    shown = papers[start : start + size]
    entries = "".join(paper.as_arxiv_has_it() for paper in shown)
    updated = max((f"{paper.day}T00:00:00Z" for paper in papers), default="2026-01-01T00:00:00Z")
    feed = _FEED.format(updated=updated, size=size, total=len(papers), start=start, entries=entries)
    return feed.encode()
