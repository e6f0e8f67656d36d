"""All sources, by the slugs of site.yaml. A new one is its file, a line here and one in `vocabulary`."""

from __future__ import annotations

from collections.abc import Callable

from daybook.model import Settings
from daybook.source import Source
from daybook.source_arxiv import Arxiv
from daybook.source_huggingface import HuggingFace
from daybook.wording import either, quote

_MAKERS: dict[str, Callable[[Settings], Source]] = {
    "arxiv": lambda settings: Arxiv(settings.arxiv_categories),
    "huggingface": lambda settings: HuggingFace(),
}


class NoSuchSource(Exception):
    """A source that the site does not have, or that cannot be asked; says why."""


def sources(settings: Settings, only: str | None = None) -> tuple[Source, ...]:
    """The sources of a site in its order, or the one that is wanted. Raises NoSuchSource."""
    if only is not None and only not in settings.sources:
        named = either(settings.sources, " and ") or "none"
        raise NoSuchSource(f"{quote(only)} is not among the `sources` of content/site.yaml, which are: {named}")
    slugs = settings.sources if only is None else (only,)
    if not slugs:
        raise NoSuchSource("content/site.yaml names no `sources`: write sources: [huggingface], for example")
    if "arxiv" in slugs and not settings.arxiv_categories:
        raise NoSuchSource("arXiv is asked by category: name some in content/site.yaml, as arxiv_categories: [cs.CL]")
    return tuple(_MAKERS[slug](settings) for slug in slugs)
