"""CSL-JSON, for citeproc, Pandoc and Zotero: https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html."""

from __future__ import annotations

import re
from collections.abc import Iterable

from daybook.compact_json import compact
from daybook.person_names import Name
from daybook.references import Reference
from daybook.tex import plain_text

# What the format takes for markup in a title; a blank that nobody sees keeps a word that looks so what it is.
_MARKUP = re.compile(r"<(?=/?(?:i|b|sup|sub|sc|span)\b)", re.IGNORECASE)


def entry(reference: Reference) -> str:
    """One item, on one line. `article` with the genre preprint is what Zotero takes for a preprint."""
    published = reference.published
    made: dict[str, object] = {
        "id": reference.key,
        "type": "article",
        "genre": "preprint",
        "title": _MARKUP.sub("<\u200b", plain_text(reference.title)),
        "author": [_name(name) for name in reference.names],
        "issued": {"date-parts": [[published.year, published.month, published.day]]},
        "publisher": "arXiv",
        "number": f"arXiv:{reference.id}",
        "DOI": reference.id.doi,
        "URL": reference.id.abstract_url,
        "keyword": ", ".join(reference.categories),
        "note": reference.note,
    }
    return compact({key: value for key, value in made.items() if value})


def document(entries: Iterable[str]) -> str:
    """A list of items."""
    listed = ",\n".join(entries)
    return f"[\n{listed}\n]\n"


def _name(name: Name) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {key: part for key, part in parts.items() if part}
