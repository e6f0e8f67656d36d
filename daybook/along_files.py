"""Each week to take along, as Files: one HTML page, and one EPUB with a document for each day."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from functools import partial
from hashlib import sha256

from daybook import epub
from daybook.along import AlongPaper, AlongWeek, along_week
from daybook.feed_text import Draw
from daybook.fingerprint import fingerprint
from daybook.model import File, PaperId, Settings
from daybook.paper_marks import PaperMarks
from daybook.site import Site
from daybook.tex import clean

_KEPT = 1_000  # papers that are drawn, of a few weeks


def along_files(site: Site, draw: Draw, generator: str, marks: PaperMarks) -> Iterator[File]:
    """Two files a week. `draw` draws a template, `generator` is the fingerprint of what templates and program are."""
    press = _Press(site.settings, draw)
    program = fingerprint(generator, epub.ZLIB, site.settings)
    for week in map(along_week, site.weeks):
        mark = _mark(week, program, marks)
        yield File(week.html, mark, partial(press.html, week))
        yield File(week.epub, mark, partial(press.epub, week))


def _mark(week: AlongWeek, program: str, marks: PaperMarks) -> str:
    days = [
        (day.date, day.complete, day.introduction, day.editor, day.withdrawn,
         [(marks.of(one.paper), one.before) for one in day.papers])
        for day in week.days
    ]  # fmt: skip
    return fingerprint(program, week.key, week.modified, days)


class _Press:
    """Makes the bytes of both files."""

    def __init__(self, settings: Settings, draw: Draw) -> None:
        self._draw = draw
        self._shared = {"settings": settings, "base": settings.base_url, "told": self._told}
        self._kept: dict[PaperId, str] = {}

    def html(self, week: AlongWeek) -> bytes:
        # The page's policy names the style that stands in it: https://www.w3.org/TR/CSP3/#grammardef-hash-source.
        digest = b64encode(sha256(self._drawn("along.css").encode()).digest()).decode()
        return self._drawn("week.html", week=week, digest=digest).encode("utf-8", "replace")

    def epub(self, week: AlongWeek) -> bytes:
        days = {day.date: self._xhtml("day.xhtml", week=week, day=day) for day in week.days}
        formulas = {date for date, text in days.items() if "<math" in text}
        parts = {
            "META-INF/container.xml": self._drawn("container.xml"),
            "EPUB/package.opf": self._drawn("package.opf", week=week, formulas=formulas),
            "EPUB/cover.svg": self._drawn("cover.svg", week=week),
            "EPUB/style.css": self._drawn("along.css"),
            "EPUB/title.xhtml": self._xhtml("title.xhtml", week=week),
            "EPUB/nav.xhtml": self._xhtml("nav.xhtml", week=week),
        } | {f"EPUB/{date}.xhtml": text for date, text in days.items()}
        return epub.pack({path: text.encode("utf-8", "replace") for path, text in parts.items()})

    def _told(self, one: AlongPaper) -> str:
        """A paper in full: both files of its week, which are made in a row as a rule, have the same."""
        if one.paper.id not in self._kept:
            if len(self._kept) > _KEPT:
                self._kept.clear()
            self._kept[one.paper.id] = self._drawn("_paper.html", paper=one.paper, id=one.anchor)
        return self._kept[one.paper.id]

    def _xhtml(self, template: str, **context: object) -> str:
        return epub.as_xhtml(self._drawn(template, **context))

    def _drawn(self, template: str, **context: object) -> str:
        return clean(self._draw(f"along/{template}", self._shared | context))
