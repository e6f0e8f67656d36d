"""JSON Feed, https://www.jsonfeed.org/version/1.1/."""

from __future__ import annotations

import json
from collections.abc import Iterable

from daybook.feed_text import Article
from daybook.feeds import Feed
from daybook.model import Settings

TYPE = "application/feed+json"


def item(article: Article) -> str:
    """One item, as the format calls it, on one line."""
    made: dict[str, object] = {
        "id": article.id,
        "url": article.url,
        "external_url": article.related[0].url if article.related else "",
        "title": article.title,
        "content_html": article.html,
        "summary": article.summary,
        "date_published": article.published,
        "date_modified": article.updated,
        "authors": [{"name": name} for name in article.authors],
        "tags": list(article.tags),
    }
    return _json({key: value for key, value in made.items() if value})


def document(feed: Feed, title: str, items: Iterable[str], settings: Settings) -> bytes:
    """A whole feed, an item a line."""
    base = settings.base_url
    made: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": f"{base}/{feed.home}",
        "feed_url": f"{base}/{feed.links.json}",
        "description": feed.description,
        "favicon": f"{base}/static/favicon.svg",
        "language": settings.language,
        "authors": [{"name": settings.editor}],
    }
    head = _json({key: value for key, value in made.items() if value})
    listed = ",\n".join(items)
    return f'{head.removesuffix("}")}, "items": [\n{listed}\n]}}\n'.encode("utf-8", "replace")


def _json(value: dict[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False)
