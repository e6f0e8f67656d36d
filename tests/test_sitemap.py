"""The sitemap keeps the rules of https://www.sitemaps.org/protocol.html and has every page that is to be found."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from tests.html_pages import ParsedSite

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
MOST_ADDRESSES = 50_000
MOST_BYTES = 50 * 1024 * 1024


def test_sitemap_has_all_indexed_pages_once_and_no_others(parsed: ParsedSite) -> None:
    base = parsed.site.base_url
    parts = addresses(parsed.site.folder / "sitemap.xml", "sitemapindex")
    assert [part for part in parts if not part.startswith(f"{base}/")] == []
    listed = [
        address for part in parts for address in addresses(parsed.site.folder / part.removeprefix(f"{base}/"), "urlset")
    ]
    indexed = [page.path for page in parsed.pages.values() if page.indexed]
    assert sorted(listed) == sorted(f"{base}/{'' if path == 'index.html' else path}" for path in indexed)


def addresses(file: Path, root: str) -> list[str]:
    """The addresses in one file of the sitemap, which begins as it has to and is small enough."""
    tree = ElementTree.parse(file).getroot()
    assert tree.tag == NAMESPACE + root
    found = [location.text or "" for location in tree.iter(f"{NAMESPACE}loc")]
    assert 0 < len(found) == len(tree) <= MOST_ADDRESSES
    assert file.stat().st_size <= MOST_BYTES
    return found


def test_robots_names_the_sitemap_by_its_whole_address(parsed: ParsedSite) -> None:
    lines = (parsed.site.folder / "robots.txt").read_text("utf-8").splitlines()
    assert f"Sitemap: {parsed.site.base_url}/sitemap.xml" in lines
