"""What a page of a built site says of itself: its title, its ids, and every address in it.

Pages are ours: their attributes are quoted and what others wrote in them is escaped, so that elements are found by
their form, some ten times as fast as by a parser of any HTML (https://html.spec.whatwg.org/#start-tags).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote, urlsplit

NOT_FOUND = "404.html"
"""The one page whose addresses begin at the host's root, since a host serves it at any depth."""

_ELEMENT = re.compile(r"""<([a-zA-Z][a-zA-Z0-9-]*)\s((?:[^>"']|"[^"]*"|'[^']*')*)>""")
_ATTRIBUTE = re.compile(r"""([a-zA-Z:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ADDRESSES = ("href", "src", "action", "poster", "data", "xlink:href")


@dataclass(frozen=True, slots=True)
class Address:
    """An address in a page, with the element that it stands in and the `rel` of that."""

    element: str
    rel: str
    url: str


@dataclass(frozen=True, slots=True)
class PageText:
    """`title` and `address` are those for others to show; `canonical` is None where there is none, as on a page that is
    not to be found by search.
    """

    path: str
    title: str
    address: str
    canonical: str | None
    ids: tuple[str, ...]
    addresses: tuple[Address, ...]

    def target(self, url: str) -> tuple[str, str] | None:
        """The path on the site and the fragment that an address means; None where it leads elsewhere.

        A path that is outside of the site begins with `../` or `/`.
        """
        parts = urlsplit(url)
        if parts.scheme or parts.netloc:
            return None
        path, fragment = unquote(parts.path), unquote(parts.fragment)
        if self.path == NOT_FOUND and path:
            base = urlsplit(self.address).path.removesuffix(NOT_FOUND)
            return (path.removeprefix(base) if path.startswith(base) else f"../{path}"), fragment
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.path), path)) if path else self.path, fragment


def read_page(path: str, text: str) -> PageText:
    """The page at a path of the site."""
    ids, addresses, said = [], [], {"og:title": path, "og:url": ""}
    canonical = None
    for element, attributes in _elements(text):
        rel = attributes.get("rel", "")
        if "id" in attributes:
            ids.append(attributes["id"])
        if element == "meta" and attributes.get("property") in said:
            said[attributes["property"]] = attributes.get("content", "")
        if element == "link" and rel == "canonical":
            canonical = attributes.get("href")
        addresses += [Address(element, rel, attributes[name]) for name in _ADDRESSES if name in attributes]
    return PageText(path, said["og:title"], canonical or said["og:url"], canonical, tuple(ids), tuple(addresses))


def _elements(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    for element, given in _ELEMENT.findall(text):
        attributes = {name.lower(): unescape(one or other) for name, one, other in _ATTRIBUTE.findall(given)}
        yield element.lower(), attributes
