"""The digests as Files: HTML that mail programs keep, and plain text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from daybook import digest_text
from daybook.cards import Cards
from daybook.digests import HTML, TEXT, Digest, Telling, digest_path, digests, drawn_to_fit
from daybook.feed_text import Draw
from daybook.fingerprint import fingerprint
from daybook.model import File, Settings
from daybook.site import Site


def digest_files(site: Site, cards: Cards, draw: Draw, generator: str) -> Iterator[File]:
    """Two files for each day and each week with papers.

    `draw` draws a template, `generator` is the fingerprint of what templates and program are.
    """
    program = fingerprint(generator, site.settings)
    for digest in digests(site, cards):
        mark = fingerprint(program, digest)
        yield File(digest_path(digest.key, HTML), mark, partial(_html, digest, site.settings, draw))
        yield File(digest_path(digest.key, TEXT), mark, partial(_text, digest, site.settings))


def _html(digest: Digest, settings: Settings, draw: Draw) -> bytes:
    def whole(digest: Digest) -> bytes:
        return _bytes(draw("_digest.html", {"digest": digest, "settings": settings, "base": settings.base_url}))

    def size(paper: Telling) -> int:
        return len(_bytes(draw("_digest_paper.html", {"paper": paper, "base": settings.base_url})))

    return drawn_to_fit(digest, whole, size)


def _text(digest: Digest, settings: Settings) -> bytes:
    def whole(digest: Digest) -> bytes:
        return _bytes(digest_text.document(digest, settings))

    def size(paper: Telling) -> int:
        return len(_bytes(digest_text.paper(paper, settings.base_url))) + len("\n\n")

    return drawn_to_fit(digest, whole, size)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
