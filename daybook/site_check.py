"""Whether a built site may be published: a list of rules, each a function whose docstring is the rule."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from daybook.built_site import BuiltSite
from daybook.folder import RECEIPT
from daybook.health import HEALTH, HEALTH_SCRIPT, Health, parse
from daybook.page_text import PageText, read_page
from daybook.receipt import digest, parse_receipt
from daybook.words import plain_date

MOST_PAGE_BYTES = 5_000_000
"""Nine times the largest page of a site of 50,000 papers (its archive); what is larger should have been divided."""
MOST_FILE_BYTES = 100_000_000
"""The largest file that a mirror can keep in a repository at GitHub."""
MOST_SITE_BYTES = 1_000_000_000
"""GitHub Pages: https://docs.github.com/pages/getting-started-with-github-pages/github-pages-limits"""
MOST_FILES = 200_000
"""A site of 50,000 papers has some 110,000. GitHub names no number, but has ten minutes to unpack and publish them."""
MOST_SITEMAP_ADDRESSES = 50_000
"""https://www.sitemaps.org/protocol.html"""

_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_XML = {".xml", ".svg", ".atom", ".rss", ".opml"}
_JSON = {".json", ".geojson", ".webmanifest"}
_SCHEMES = {"", "http", "https", "mailto"}
_TO_GO_TO = {"a", "area"}
_TO_NAME = {"canonical", "alternate"}


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong with a file of the site, or with the site as a whole (`path` is empty then)."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


@dataclass(frozen=True, slots=True)
class Looked:
    """A site with what its pages say, as far as the rules between files need it."""

    site: BuiltSite
    ids: dict[str, frozenset[str]]
    fragments: tuple[tuple[str, str, str], ...]
    canonical: dict[str, str]

    @property
    def base(self) -> str:
        """Where the site is at home, without final slash."""
        return self.canonical.get("index.html", "").rstrip("/")


# Rules for a page by itself ---------------------------------------------------------------------------------------


def dead_links(site: BuiltSite, page: PageText) -> Iterator[str]:
    """Every address within the site leads to a file that is there."""
    for address in page.addresses:
        target = page.target(address.url)
        if target and target[0] not in site.sizes:
            yield f"the link {address.url!r} leads nowhere"


def other_hosts(site: BuiltSite, page: PageText) -> Iterator[str]:
    """A page loads nothing from another host, and leads only to the web and to mail."""
    for address in page.addresses:
        parts = urlsplit(address.url)
        if parts.scheme not in _SCHEMES:
            yield f"the link {address.url!r} is neither of the web nor of mail"
        elif parts.netloc and address.element not in _TO_GO_TO and address.rel not in _TO_NAME:
            yield f"asks another host for {address.url!r}"


def doubled_ids(site: BuiltSite, page: PageText) -> Iterator[str]:
    """An id stands once on its page, or links to it lead to the wrong place."""
    for name in sorted({name for name in page.ids if page.ids.count(name) > 1}):
        yield f"the id {name!r} stands twice"


PAGE_RULES: tuple[Callable[[BuiltSite, PageText], Iterator[str]], ...] = (dead_links, other_hosts, doubled_ids)


# Rules for the site -----------------------------------------------------------------------------------------------


def dead_fragments(looked: Looked) -> Iterator[Fault]:
    """Every link to a place in a page leads to an id that is there."""
    for path, target, fragment in looked.fragments:
        if fragment not in looked.ids.get(target, ()):
            yield Fault(path, f"the link to {fragment!r} in {target} leads to no such place")


def budgets(looked: Looked) -> Iterator[Fault]:
    """No file, and not the site as a whole, is larger than its readers and its host can take."""
    for path, size in looked.site.sizes.items():
        most = MOST_PAGE_BYTES if path.endswith(".html") else MOST_FILE_BYTES
        if size > most:
            yield Fault(path, f"has {size:,} bytes, {most:,} at the most")
    total, files = sum(looked.site.sizes.values()), len(looked.site.sizes)
    if total > MOST_SITE_BYTES:
        yield Fault("", f"the site has {total:,} bytes, {MOST_SITE_BYTES:,} at the most")
    if files > MOST_FILES:
        yield Fault("", f"the site has {files:,} files, {MOST_FILES:,} at the most")


def sitemap(looked: Looked) -> Iterator[Fault]:
    """The sitemap has every page that is to be found, once, and nothing else."""
    listed: list[str] = []
    for part in _addresses(looked, "sitemap.xml", "sitemap"):
        path = unquote(part.removeprefix(f"{looked.base}/"))
        if path not in looked.site.sizes:
            yield Fault("sitemap.xml", f"{part!r} is not a file of this site")
            continue
        addresses = _addresses(looked, path, "url")
        if len(addresses) > MOST_SITEMAP_ADDRESSES:
            yield Fault(path, f"has {len(addresses):,} addresses, {MOST_SITEMAP_ADDRESSES:,} at the most")
        listed += addresses
    wanted = set(looked.canonical.values())
    yield from (Fault("sitemap.xml", f"lacks {address!r}") for address in sorted(wanted - set(listed)))
    yield from (Fault("sitemap.xml", f"has {address!r}, which no page is") for address in sorted(set(listed) - wanted))
    if len(listed) > len(set(listed)):
        yield Fault("sitemap.xml", "has an address twice")


def health(looked: Looked) -> Iterator[Fault]:
    """health.json is there and agrees with the pages, and health.js with health.json."""
    if HEALTH not in looked.site.sizes or HEALTH_SCRIPT not in looked.site.sizes:
        yield Fault(HEALTH, f"is missing, or {HEALTH_SCRIPT} is")
        return
    try:
        told = parse(looked.site.text(HEALTH))
    except ValueError as error:
        yield Fault(HEALTH, str(error))
        return
    yield from (Fault(HEALTH, message) for message in _disagreements(looked.site, told))


def well_formed(looked: Looked) -> Iterator[Fault]:
    """Feeds, sitemaps, pictures and whatever else is XML or JSON can be read as such."""
    for path in looked.site.sizes:
        suffix = PurePosixPath(path).suffix
        try:
            if suffix in _XML:
                ElementTree.fromstring(looked.site.read(path))
            elif suffix in _JSON:
                json.loads(looked.site.read(path))
        except (ElementTree.ParseError, ValueError) as error:
            yield Fault(path, f"is not well-formed: {error}")


def as_built(looked: Looked) -> Iterator[Fault]:
    """Every file is as the build left it, where the build's receipt lies beside it: none damaged, lost or added."""
    receipt = looked.site.folder / RECEIPT
    if not receipt.is_file():
        return
    try:
        published = parse_receipt(receipt.read_bytes())
    except ValueError as error:
        yield Fault(RECEIPT, str(error))
        return
    for path in sorted(looked.site.sizes.keys() | published.keys()):
        if path not in published:
            yield Fault(path, "was not made by the build")
        elif path not in looked.site.sizes:
            yield Fault(path, "was made by the build and is missing")
        elif digest(looked.site.read(path)) != published[path].digest:
            yield Fault(path, "is not as the build made it")


SITE_RULES: tuple[Callable[[Looked], Iterator[Fault]], ...] = (
    dead_fragments,
    budgets,
    sitemap,
    health,
    well_formed,
    as_built,
)


def faults(site: BuiltSite) -> tuple[Fault, ...]:
    """Everything that is wrong with a site, sorted."""
    found: set[Fault] = set()
    ids, canonical = dict[str, frozenset[str]](), dict[str, str]()
    fragments: list[tuple[str, str, str]] = []
    for path in site.pages:
        page = read_page(path, site.text(path))
        found.update(Fault(path, message) for rule in PAGE_RULES for message in rule(site, page))
        ids[path] = frozenset(page.ids)
        targets = (page.target(address.url) for address in page.addresses)
        fragments += [(path, *target) for target in targets if target and target[0] in site.sizes and target[1]]
        if page.canonical is not None:
            canonical[path] = page.canonical
    looked = Looked(site, ids, tuple(fragments), canonical)
    found.update(fault for rule in SITE_RULES for fault in rule(looked))
    return tuple(sorted(found))


def _addresses(looked: Looked, path: str, element: str) -> list[str]:
    """What a file of the sitemap lists; nothing where it is missing or broken, which `well_formed` tells."""
    try:
        tree = ElementTree.fromstring(looked.site.read(path))
    except (ElementTree.ParseError, OSError):
        return []
    return [location.text or "" for location in tree.iterfind(f"{_SITEMAP}{element}/{_SITEMAP}loc")]


def _disagreements(site: BuiltSite, told: Health) -> Iterator[str]:
    for name in ("days", "papers"):
        pages = sum(path.startswith(f"{name}/") for path in site.pages)
        if told.counts.get(name) != pages:
            yield f"counts {told.counts.get(name)} {name}, and there are {pages} pages of them"
    if told.front is None:
        return
    if f"days/{told.front}.html" not in site.sizes:
        yield f"the newest day, {told.front}, has no page"
    if f'<time datetime="{told.front}">' not in site.text("index.html"):
        yield f"the newest day, {told.front}, is not the one that index.html shows"
    if f'"{plain_date(told.front)}"' not in site.text(HEALTH_SCRIPT):
        yield f"{HEALTH_SCRIPT} has another day than {told.front}"
