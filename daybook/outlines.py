"""OPML 2.0, http://opml.org/spec2.opml: lists of feeds that feed readers import."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from daybook.feeds import Feed


def document(title: str, groups: Iterable[tuple[str, Iterable[Feed]]], base_url: str) -> bytes:
    """The Atom feeds of each group, by its name."""
    element = Element("opml", version="2.0")
    _put(SubElement(element, "head"), title)
    body = SubElement(element, "body")
    for name, feeds in groups:
        group = SubElement(body, "outline", text=name, title=name)
        for feed in feeds:
            SubElement(
                group,
                "outline",
                type="rss",
                text=feed.links.title,
                title=feed.links.title,
                xmlUrl=f"{base_url}/{feed.links.atom}",
                htmlUrl=f"{base_url}/{feed.home}",
            )
    indent(element, " ")
    text = tostring(element, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode("utf-8", "replace")


def _put(head: Element, title: str) -> None:
    SubElement(head, "title").text = title
