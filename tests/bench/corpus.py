"""Turn a corpus of papers (JSON Lines, gzipped) into a content tree of any size, for benchmarks.

Papers are listed in the order of publication, 27 a weekday up to the newest one's, as Hugging Face would list them;
every tenth has a note of made-up text, of the same day or, where that is later, of that of the publication. Topics and
settings are the shipped ones.
"""

from __future__ import annotations

import gzip
import itertools
import json
import shutil
import sys
from collections.abc import Iterator
from datetime import date as Date
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAPERS_A_DAY = 27
NOTE_EVERY = 10

_NOTE = """paper: "{paper}"
by: daybook
date: {date}
verdict: {verdict}
summary: A made-up sentence about paper number {number}, as long as such a sentence is in practice.
note: |
  What is **new** here is number {number}; it scales as $O(n^{{{power}}} \\log n)$.

  Made-up remarks follow: who should read it, and what to doubt. They are about as long as a
  short note is, with a [link](https://arxiv.org/abs/{paper}) and some `code`.
interests: none
assistance: none
"""
_VERDICTS = ("must-read", "worth-reading", "for-specialists", "caution")


def read_corpus(corpus: Path, count: int) -> list[dict[str, object]]:
    """The newest `count` papers of a corpus, oldest first. With fewer in it, the program ends: a figure would lie."""
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        papers = sorted((json.loads(line) for line in lines), key=lambda paper: (paper["published"], paper["id"]))
    if len(papers) < count:
        sys.exit(f"{corpus} has {len(papers):,} papers, not {count:,}: name a larger one, or fewer papers")
    return papers[-count:]


def make_tree(corpus: Path, count: int, root: Path) -> None:
    """Write a checkout with `count` papers to the empty folder `root`: content/, templates/ and static/."""
    for name in ("templates", "static"):
        shutil.copytree(ROOT / name, root / name)
    content = root / "content"
    for name in ("topics", "curators"):
        shutil.copytree(ROOT / "content" / name, content / name)
    shutil.copy(ROOT / "content" / "site.yaml", content / "site.yaml")
    (content / "notes").mkdir()
    papers = read_corpus(corpus, count)
    batches = [papers[start : start + PAPERS_A_DAY] for start in range(0, len(papers), PAPERS_A_DAY)]
    last = Date.fromisoformat(str(papers[-1]["published"]))
    numbers = itertools.count(1)
    for day, batch in zip(_weekdays(len(batches), last), batches, strict=True):
        write_listing(content, day, batch)
        for paper in batch:
            if not (number := next(numbers)) % NOTE_EVERY:
                written = max(day, Date.fromisoformat(str(paper["published"])))
                write_note(content, written, str(paper["id"]), number)


def _weekdays(count: int, last: Date) -> list[Date]:
    """The last `count` weekdays up to a day, oldest first."""
    days = (last - timedelta(days=back) for back in itertools.count())
    return list(itertools.islice((day for day in days if day.weekday() < 5), count))[::-1]


def write_listing(content: Path, day: Date, papers: list[dict[str, object]]) -> None:
    """Write the listing of a day, with papers of a corpus."""
    listing = {
        "complete": True,
        "date": day.isoformat(),
        "entries": [_entry(paper) for paper in papers],
        "read": day.isoformat(),
        "source": "huggingface",
    }
    path = content / "listings" / f"{day:%Y}" / f"{day:%m}" / f"{day}.huggingface.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(listing, ensure_ascii=False, sort_keys=True, indent=2) + "\n", encoding="utf-8")


def _entry(paper: dict[str, object]) -> dict[str, object]:
    described = {
        "id": paper["id"],
        "title": _one_line(str(paper["title"])),
        "abstract": _one_line(str(paper["abstract"])),
        "authors": list(_authors(paper)),
        "published": paper["published"],
        "categories": list(_categories(paper)),
    }
    counted = {"votes": paper["upvotes"], "comments": paper["comments"], "code": _address(paper["github"])}
    return {"paper": described, **{name: value for name, value in counted.items() if value is not None}}


def _address(url: object) -> str | None:
    return "".join(str(url).split()) if url else None


def _authors(paper: dict[str, object]) -> Iterator[str]:
    names = paper["authors"]
    assert isinstance(names, list)
    yield from dict.fromkeys(_one_line(name) for name in names if _one_line(name))


def _categories(paper: dict[str, object]) -> Iterator[str]:
    categories = paper["categories"]
    assert isinstance(categories, list)
    for text in categories:
        yield from text.split()


def _one_line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def write_note(content: Path, day: Date, paper: str, number: int) -> None:
    """Write a note of made-up text on a paper; its number decides about the verdict."""
    stem = paper.replace("/", "-")
    text = _NOTE.format(paper=paper, date=day, verdict=_VERDICTS[number % 4], number=number, power=number % 7)
    (content / "notes" / f"{stem}.daybook.yaml").write_text(text, encoding="utf-8")
