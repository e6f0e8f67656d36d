"""What content/site.yaml says: nouns, as those of model.py, which has them too."""

from __future__ import annotations

from dataclasses import dataclass

ADDRESS = "{address}"
"""What stands for the reader's own address in the addresses where one leaves."""


@dataclass(frozen=True, slots=True)
class Licences:
    """Under what terms the parts of the site stand; each a short line."""

    notes: str
    metadata: str
    counts: str


@dataclass(frozen=True, slots=True)
class Mail:
    """Who mails the site's digests, and how one leaves: `sender` and `reply_to` are plain addresses.

    `unsubscribe` are https: or mailto: addresses; `{address}` in them is the reader's own, percent-encoded.
    """

    sender: str
    unsubscribe: tuple[str, ...]
    reply_to: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """content/site.yaml. `base_url`, `first_base_url` and `repository` have no final slash.

    `sources` and `arxiv_categories` say what is fetched, `contact` (mailto: or http) whom a source can ask about it.
    `stale_after_days`: how old the newest complete day may be before pages, and `build.py health`, call it old.
    Without `social_cards` no picture is made to go with links to pages.
    `subscribe` is where one asks for mail, `mail` who sends it.
    Without `huggingface_data` nothing is stored or shown of what Hugging Face counted or added (see licences.py).
    """

    title: str
    tagline: str
    base_url: str
    language: str
    repository: str
    branch: str
    editor: str
    home_days: int
    licences: Licences
    subscribe: str | None = None
    mail: Mail | None = None
    sources: tuple[str, ...] = ("huggingface",)
    arxiv_categories: tuple[str, ...] = ()
    contact: str | None = None
    huggingface_data: bool = True
    stale_after_days: int = 7
    first_base_url: str | None = None
    social_cards: bool = True

    @property
    def namespace(self) -> str:
        """What the ids of feeds begin with: the address where the site was first, whatever has become of it."""
        scheme, _, rest = (self.first_base_url or self.base_url).partition("://")
        host, slash, path = rest.partition("/")
        return f"{scheme.lower()}://{host.lower()}{slash}{path}"
