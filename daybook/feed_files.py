"""All that can be followed, as Files: feeds, lists of feeds, a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

from daybook import atom, json_feed, outlines, week_calendar
from daybook.feed_text import Article, Draw, article
from daybook.feeds import ALL_FEEDS, CALENDAR, GROUPS, Feed, FeedEntry, Feeds, outline_path
from daybook.fingerprint import fingerprint
from daybook.model import File, Settings
from daybook.paper_marks import PaperMarks
from daybook.site import Site

_KEPT = 4_000  # entries of each format that are kept for the next feed


def feed_files(site: Site, draw: Draw, generator: str, marks: PaperMarks) -> Iterator[File]:
    """Two files a feed, the lists of feeds of each kind and of all, the calendar of weeks.

    `draw` draws a template, `generator` is the fingerprint of what templates and program are.
    """
    feeds = list(Feeds(site))
    press = _Press(site.settings, draw)
    program = fingerprint(generator, site.settings)
    for feed in feeds:
        mark = _feed_mark(feed, program, marks)
        yield File(feed.links.atom, mark, partial(press.atom, feed))
        yield File(feed.links.json, mark, partial(press.json, feed))
    yield from _outline_files(site.settings, feeds, program)
    weeks = [(week.key, [(day.date, [marks.of(paper) for paper in day.papers]) for day in week.days])
             for week in site.weeks]  # fmt: skip
    yield File(CALENDAR, fingerprint(program, weeks), partial(week_calendar.document, site.weeks, site.settings))


def _feed_mark(feed: Feed, program: str, marks: PaperMarks) -> str:
    entries = [
        (entry.id, entry.published, entry.updated, entry.remark, marks.of(entry.paper)) for entry in feed.entries
    ]
    return fingerprint(program, feed.links, feed.home, feed.description, feed.brief, entries)


def _outline_files(settings: Settings, feeds: list[Feed], program: str) -> Iterator[File]:
    groups = [(kind, title, [feed for feed in feeds if feed.kind == kind]) for kind, title in GROUPS.items()]
    groups = [group for group in groups if group[2]]
    # Nobody takes tens of thousands of authors along at once: they have a list of their own.
    most = [group for group in groups if group[0] != "authors"]
    for path, chosen in [(ALL_FEEDS, most), *((outline_path(group[0]), [group]) for group in groups)]:
        named = [(title, of_kind) for _, title, of_kind in chosen]
        mark = fingerprint(
            program, [(title, [(feed.links, feed.home) for feed in of_kind]) for title, of_kind in named]
        )
        yield File(path, mark, partial(outlines.document, settings.title, named, settings.base_url))


class _Press:
    """Makes the bytes of feeds. What several feeds have is made once, as a rule."""

    def __init__(self, settings: Settings, draw: Draw) -> None:
        self._settings, self._draw = settings, draw
        self._article = lru_cache(_KEPT)(self._make_article)
        self._atom_entry = lru_cache(_KEPT)(lambda key: atom.entry(self._article(key)))
        self._json_item = lru_cache(_KEPT)(lambda key: json_feed.item(self._article(key)))

    def atom(self, feed: Feed) -> bytes:
        entries = [self._atom_entry(_Key(entry, feed.brief)) for entry in feed.entries]
        return atom.document(feed, entries, self._settings)

    def json(self, feed: Feed) -> bytes:
        items = [self._json_item(_Key(entry, feed.brief)) for entry in feed.entries]
        return json_feed.document(feed, atom.title(feed, self._settings), items, self._settings)

    def _make_article(self, key: _Key) -> Article:
        return article(key.entry, key.brief, self._settings, self._draw)


@dataclass(frozen=True, slots=True, eq=False)
class _Key:
    """An entry as the key of what is kept of it: its id tells it from all others of one build."""

    entry: FeedEntry
    brief: bool

    def __hash__(self) -> int:
        return hash((self.entry.id, self.brief))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and (self.entry.id, self.brief) == (other.entry.id, other.brief)
