"""The sites that tests look at as readers, crawlers and checkers do: the shipped content and the toy content."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from daybook.assemble import assemble
from daybook.assets import assets
from daybook.cards import Cards
from daybook.export import export
from daybook.index import index
from daybook.load import load
from daybook.pages import plan_pages
from daybook.relate import relate
from daybook.render import render
from daybook.resolve import resolve
from daybook.serve import listen
from daybook.tabulate import tabulate
from daybook.write import write

ROOT = Path(__file__).resolve().parents[1]
TOY = ROOT / "tests" / "toy"

# Only a curator with very many notes has one: it is the list of a month's lines, with another heading.
_UNSEEN = "curator_month.html"

KINDS = tuple(
    path.name
    for path in sorted((ROOT / "templates").glob("*.html"))
    if path.name[0] != "_" and path.name not in ("frame.html", _UNSEEN)
)
"""The kinds of pages, each by its template."""

PLACES = ("root", "prefix", "disk")
"""Where the same bytes have to work: at the root of a host, deeper on a host, opened from disk."""

_ELEMENT = re.compile(r'<(\w+)(?=[ >])(?:[^>]*? class="([^"]*)")?')


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A site on disk and on loopback hosts. `homes` are the addresses of its root by place, with a final slash.

    `samples` has, for each kind of page that the site has, the paths of a few pages that show all there is to see.
    """

    name: str
    folder: Path
    base_url: str
    samples: dict[str, tuple[str, ...]]
    homes: dict[str, str]

    @property
    def base_place(self) -> str:
        """Where the site has the path that its settings name: what 404.html needs."""
        return "prefix" if urlsplit(self.base_url).path else "root"

    def html_paths(self) -> list[str]:
        """The paths of all pages, sorted."""
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html"))


@contextmanager
def hosted(name: str, root: Path, scratch: Path) -> Iterator[BuiltSite]:
    """Build the content of `root` into the empty folder `scratch` and serve it there."""
    site = assemble(load(root / "content"))
    words = tabulate(site, scratch)
    site = relate(site, words, scratch)
    base_url = site.settings.base_url
    prefix = urlsplit(base_url).path.strip("/") or "a/b"
    folder = scratch / prefix
    found = [*index(site, words)]
    site = resolve(site, found)
    write([*found, *render(site, ROOT / "templates"), *export(site), *assets(ROOT / "static")], folder)
    # A host that has the site under a path gives its 404.html for what is not there, too.
    shutil.copy(folder / "404.html", scratch)
    kinds: dict[str, list[str]] = {}
    for page in plan_pages(site, Cards()):
        kinds.setdefault(page.template, []).append(page.path)
    with ExitStack() as stack:
        homes = {
            "root": stack.enter_context(served(folder)),
            "prefix": f"{stack.enter_context(served(scratch))}{prefix}/",
            "disk": f"{folder.as_uri()}/",
        }
        samples = {kind: tuple(_samples(folder, paths)) for kind, paths in kinds.items()}
        yield BuiltSite(name, folder, base_url, samples, homes)


def _samples(folder: Path, paths: list[str]) -> Iterator[str]:
    """Pages that together have every element, with every class, that any of the pages has."""
    seen = {path: set(_ELEMENT.findall((folder / path).read_text("utf-8"))) for path in paths}
    unseen = set().union(*seen.values())
    while unseen:
        richest = max(paths, key=lambda path: len(seen[path] & unseen))
        unseen -= seen[richest]
        yield richest


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder on a loopback host."""
    with listen(folder, 0) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.url
        server.shutdown()
        thread.join()
