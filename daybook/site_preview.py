"""The pages that a change adds or changes, with what they need, in a folder that opens from disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from daybook.built_site import BuiltSite
from daybook.page_text import read_page
from daybook.site_diff import REMOVED, Difference

START = "changes.html"
"""The page that leads to the others."""

_SEARCH = "search.html"
_TO_GO_TO = {"a", "area", "form"}


class NotEmpty(OSError):
    """Something is where the pages should go."""


def collect(difference: Difference, new: BuiltSite, out: Path, start: str) -> int:
    """Copy the pages, what they need and the page `start` into a new folder; returns how many pages that are.

    Raises NotEmpty before anything is written where something is in it.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise NotEmpty(f"{out} is not empty; choose a new folder for the changed pages, or empty this one")
    pages = [page.path for page in difference.pages if page.how != REMOVED]
    for path in sorted({*pages, *_needs(pages, new)}):
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(new.folder / path, out / path)
    (out / START).write_text(start, encoding="utf-8")
    return len(pages)


def _needs(pages: Iterable[str], new: BuiltSite) -> Iterator[str]:
    """What the browser loads by itself with the pages: of the search page, whatever its script may ask for."""
    yield from (path for path in new.sizes if path.startswith("static/"))
    for path in pages:
        page = read_page(path, new.text(path))
        targets = (page.target(address.url) for address in page.addresses if address.element not in _TO_GO_TO)
        yield from (target[0] for target in targets if target and target[0] in new.sizes)
        if path == _SEARCH:
            yield from (needed for needed in new.sizes if needed.startswith("search/"))
