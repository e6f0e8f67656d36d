"""What Hugging Face counted or added, and how to leave it out: the setting `huggingface_data`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from daybook.model import Entry, Listing, Pick
from daybook.vocabulary import THIRD_PARTY

_NOTHING: dict[str, Any] = {name: () if name == "keywords" else None for name in THIRD_PARTY.fields}


def allowed(source: str, entry: Entry, huggingface_data: bool) -> Entry:
    """The entry as it may be stored and shown: all of it, or no more than what is CC0 and what is ours."""
    if huggingface_data or source != "huggingface":
        return entry
    return replace(entry, **_NOTHING)


def allowed_listing(listing: Listing, huggingface_data: bool) -> Listing:
    """The listing with what may be stored of each entry."""
    entries = tuple(allowed(listing.source, entry, huggingface_data) for entry in listing.entries)
    return replace(listing, entries=entries)


def allowed_pick(pick: Pick, huggingface_data: bool) -> Pick:
    """The pick with what may be stored of its entry."""
    return replace(pick, entry=allowed(pick.source, pick.entry, huggingface_data))


def is_third_party(entry: Entry) -> bool:
    """Does the entry hold anything that a listing counted or added?"""
    return any(getattr(entry, name) not in (None, ()) for name in THIRD_PARTY.fields)
