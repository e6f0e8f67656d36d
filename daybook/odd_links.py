"""Addresses that are allowed and still look wrong: for the report, so that somebody may mend them where they stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import SplitResult, urlsplit

_NUMBERS = re.compile(r"[0-9.]+|.*:.*")
_ACCOUNT_HOSTS = {"github.com", "gitlab.com", "bitbucket.org", "codeberg.org"}


def plain_http(parts: SplitResult) -> str | None:
    """What comes over http: can be read and changed on the way."""
    return "http: and not https:" if parts.scheme == "http" else None


def numbered_host(parts: SplitResult) -> str | None:
    """Who has only a number today has another one tomorrow."""
    return "the host has a number and no name" if _NUMBERS.fullmatch(parts.hostname or "") else None


def local_host(parts: SplitResult) -> str | None:
    """A name without a dot is known on one network only."""
    is_local = not re.search(r"[.:]", parts.hostname or "")
    return "the host is known on one network only" if is_local else None


def doubled_slash(parts: SplitResult) -> str | None:
    """Left over where addresses are put together."""
    return "two slashes in a row" if "//" in parts.path else None


def account_only(parts: SplitResult) -> str | None:
    """A host of repositories, and an account or nothing at all instead of one."""
    names = [name for name in parts.path.split("/") if name]
    is_one = parts.hostname in _ACCOUNT_HOSTS and len(names) < 2
    return "names an account and no repository" if is_one else None


def sentence_end(parts: SplitResult) -> str | None:
    """The mark that ended the sentence from which the address was taken."""
    return "ends in a punctuation mark" if parts.geturl().endswith((".", ",", ";", ":")) else None


RULES: tuple[Callable[[SplitResult], str | None], ...] = (
    plain_http,
    numbered_host,
    local_host,
    doubled_slash,
    account_only,
    sentence_end,
)


def what_looks_wrong(url: str) -> tuple[str, ...]:
    """Each thing that looks wrong with an address (http or https, as content/ allows them)."""
    parts = urlsplit(url)
    return tuple(told for rule in RULES if (told := rule(parts)))
