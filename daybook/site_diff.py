"""How one built site differs from another: page by page, everything else by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from daybook.built_site import BuiltSite
from daybook.job_summary import plain
from daybook.page_text import read_page
from daybook.wording import escape

ADDED, CHANGED, REMOVED = "added", "changed", "removed"

PAGES = "pages"
KINDS = (
    ("digests", "digests/*"),
    ("weeks to take along", "along/*"),
    (PAGES, "*.html"),
    ("search index files", "search/*"),
    ("static files", "static/*"),
    ("data files", "api/*"),
    ("data files", "data/*"),
    ("sitemap files", "sitemap*.xml"),
    ("health files", "health.*"),
    ("feeds", "*.xml"),
    ("feeds", "*.feed.json"),
    ("feeds", "*.opml"),
    ("feeds", "*.ics"),
    ("references", "*.bib"),
    ("references", "*.ris"),
    ("references", "*.csl.json"),
    ("pictures", "*.png"),
    ("other files", "*"),
)
"""What a file is, by the first pattern that its path has."""

_MOST_ROWS = 300
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class PageChange:
    """A page that is not as it was; `how` is one of ADDED, CHANGED, REMOVED."""

    how: str
    path: str
    title: str


@dataclass(frozen=True, slots=True)
class Difference:
    """All pages that differ, by what became of them and path, and how many files of each kind do, by (kind, how)."""

    pages: tuple[PageChange, ...]
    counts: Mapping[tuple[str, str], int]

    def lines(self) -> Iterator[str]:
        """A line a page, then one a kind."""
        for page in self.pages:
            yield f"{page.how:8}{page.path}  {escape(page.title)}"
        yield from self._kinds() or ["the two sites are the same"]

    def markdown(self) -> str:
        """The same as a part of a job's summary."""
        if not self.counts:
            return "## What changes on the site\n\nNothing.\n"
        counted = "".join(f"- {line}\n" for line in self._kinds())
        return f"## What changes on the site\n\n{counted}{self._table()}"

    def _table(self) -> str:
        rows = [
            f"| {page.how} | {plain(page.path)} | {plain(page.title[:_LONGEST])} |\n"
            for page in self.pages[:_MOST_ROWS]
        ]
        more = f"\nAnd {len(self.pages) - _MOST_ROWS:,} more pages.\n" if len(self.pages) > _MOST_ROWS else ""
        return f"\n| | page | title |\n| --- | --- | --- |\n{''.join(rows)}{more}" if rows else ""

    def _kinds(self) -> list[str]:
        kinds = [
            kind for kind in dict.fromkeys(kind for kind, _ in KINDS) if any(kind == key for key, _ in self.counts)
        ]
        return [
            f"{kind}: " + ", ".join(f"{self.counts.get((kind, how), 0):,} {how}" for how in (ADDED, CHANGED, REMOVED))
            for kind in kinds
        ]


def compare(old: BuiltSite, new: BuiltSite) -> Difference:
    """What became of the files of `old` in `new`."""
    changed = {path: how for path in sorted(old.sizes.keys() | new.sizes.keys()) if (how := _became(path, old, new))}
    pages = [
        PageChange(how, path, read_page(path, (old if how == REMOVED else new).text(path)).title)
        for path, how in changed.items()
        if kind_of(path) == PAGES
    ]
    counts = Counter((kind_of(path), how) for path, how in changed.items())
    return Difference(tuple(sorted(pages, key=lambda page: (page.how, page.path))), counts)


def kind_of(path: str) -> str:
    """What a file is, one of KINDS."""
    return next(kind for kind, pattern in KINDS if fnmatchcase(path, pattern))


def _became(path: str, old: BuiltSite, new: BuiltSite) -> str | None:
    if path not in old.sizes:
        return ADDED
    if path not in new.sizes:
        return REMOVED
    is_same = old.sizes[path] == new.sizes[path] and old.read(path) == new.read(path)
    return None if is_same else CHANGED
