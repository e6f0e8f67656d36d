"""Atom, https://www.rfc-editor.org/rfc/rfc4287."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from daybook.feed_text import Article
from daybook.feeds import Feed
from daybook.model import Settings

TYPE = "application/atom+xml"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_END = "</feed>"


def entry(article: Article) -> str:
    """One entry (section 4.1.2)."""
    element = Element("entry")
    _put(element, "id", article.id)
    _put(element, "title", article.title)
    _put(element, "published", article.published)
    _put(element, "updated", article.updated)
    for name in article.authors:
        _put(SubElement(element, "author"), "name", name)
    SubElement(element, "link", rel="alternate", type="text/html", href=article.url)
    for link in article.related:
        SubElement(element, "link", rel="related", href=link.url, title=link.title)
    for tag in article.tags:
        SubElement(element, "category", term=tag)
    if article.summary:
        _put(element, "summary", article.summary)
    _put(element, "content", article.html, type="html")
    return tostring(element, encoding="unicode") + "\n"


def document(feed: Feed, entries: Iterable[str], settings: Settings) -> bytes:
    """A whole feed (section 4.1.1)."""
    element = Element("feed", {"xmlns": _NAMESPACE, "xml:lang": settings.language})
    links, base = feed.links, settings.base_url
    _put(element, "id", f"{settings.namespace}/{links.page.removesuffix('.html')}")
    _put(element, "title", title(feed, settings))
    if feed.description:
        _put(element, "subtitle", feed.description)
    _put(element, "updated", feed.updated)
    _put(SubElement(element, "author"), "name", settings.editor)
    SubElement(element, "link", rel="self", type=TYPE, href=f"{base}/{links.atom}")
    SubElement(element, "link", rel="alternate", type="text/html", href=f"{base}/{feed.home}")
    _put(element, "icon", f"{base}/static/favicon.svg")
    _put(element, "rights", f"Notes: {settings.licences.notes}; metadata: {settings.licences.metadata}")
    _put(element, "generator", "Daybook")
    text = tostring(element, encoding="unicode").removesuffix(_END)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n{"".join(entries)}{_END}\n'.encode("utf-8", "replace")


def title(feed: Feed, settings: Settings) -> str:
    """The name of a feed among those of other sites."""
    own = feed.links.title
    return own if own == settings.title else f"{own} · {settings.title}"


def _put(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = text
