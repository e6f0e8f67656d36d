"""Pages as programs read them: what html.parser finds in every page of a built site, and the links between pages."""

from __future__ import annotations

import posixpath
from collections import deque
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from tests.sites import BuiltSite

_ADDRESSES = {"href", "src", "srcset", "poster", "data", "action", "formaction", "xlink:href", "manifest"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}

NOT_FOUND = "404.html"


class ParsedPage(HTMLParser):
    """One page: its title, headings' levels, ids, meta elements by name, addresses with element and `rel`, scripts."""

    def __init__(self, path: str, text: str) -> None:
        super().__init__()
        self.path = path
        self.title = ""
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.meta: dict[str, list[str]] = {}
        self.addresses: list[tuple[str, str, str]] = []
        self.scripts: list[tuple[str, str]] = []
        self.inline: list[str] = []
        self._inside: str | None = None
        self.feed(text)
        self.close()

    @property
    def indexed(self) -> bool:
        return "noindex" not in " ".join(self.meta.get("robots", ()))

    @property
    def links(self) -> list[str]:
        """Every address of the page, of files that it needs and of pages that it leads to."""
        return [address for _, _, address in self.addresses]

    def linked(self, rel: str) -> list[str]:
        return [address for _, rels, address in self.addresses if rel in rels.split()]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self._inside = tag if tag in ("title", "script") and not self._is_svg_title(tag) else None
        if tag in _HEADINGS:
            self.headings.append(int(tag[1]))
        if tag == "script":
            self.scripts.append((given.get("type", ""), ""))
        if tag == "meta":
            self.meta.setdefault(given.get("name") or given.get("property", ""), []).append(given.get("content", ""))
        if "id" in given:
            self.ids.append(given["id"])
        self.inline += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        self.inline += [tag] if tag == "style" else []
        self.addresses += [(tag, given.get("rel", ""), given[name]) for name in given if name in _ADDRESSES]

    def handle_endtag(self, tag: str) -> None:
        self._inside = None

    def handle_data(self, text: str) -> None:
        if self._inside == "title":
            self.title += text
        elif self._inside == "script":
            kind, before = self.scripts[-1]
            self.scripts[-1] = (kind, before + text)

    def _is_svg_title(self, tag: str) -> bool:
        """The page's own title comes before everything that is shown; pictures have titles too."""
        return tag == "title" and bool(self.title)


class ParsedSite:
    """All pages of a built site by path, and which page leads to which."""

    def __init__(self, site: BuiltSite) -> None:
        self.site = site
        self.pages = {path: ParsedPage(path, (site.folder / path).read_text("utf-8")) for path in site.html_paths()}

    @property
    def framed(self) -> list[ParsedPage]:
        """The pages that readers see on the site: digests are for mail programs, a week to take along stands alone."""
        return [page for path, page in self.pages.items() if not path.startswith(("digests/", "along/"))]

    def target(self, page: ParsedPage, address: str) -> tuple[str, str] | None:
        """The path and the fragment that an address of a page means; None where it leads to another host."""
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            return None
        folder, path = posixpath.dirname(page.path), unquote(parts.path)
        if page.path == NOT_FOUND and path:
            base = f"{urlsplit(self.site.base_url).path}/"
            folder, path = ("", path.removeprefix(base)) if path.startswith(base) else ("..", path.lstrip("/"))
        return posixpath.normpath(posixpath.join(folder, path)) if path else page.path, unquote(parts.fragment)

    def targets(self, page: ParsedPage) -> list[tuple[str, str]]:
        """The paths and fragments on this site that a page links."""
        found = (self.target(page, address) for address in page.links)
        return [target for target in found if target is not None]

    def clicks(self, start: str) -> dict[str, int]:
        """The pages that links lead to from a page, each with the smallest number of clicks."""
        reached, waiting = {start: 0}, deque([start])
        while waiting:
            page = waiting.popleft()
            for path, _ in self.targets(self.pages[page]):
                if path in self.pages and path not in reached:
                    reached[path] = reached[page] + 1
                    waiting.append(path)
        return reached
