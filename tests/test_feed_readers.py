"""Programs that read feeds read ours: all feeds of both sites, by their formats and as readers take them."""

from __future__ import annotations

import posixpath
import re
import shutil
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

from icalendar import Calendar

from tests import feed_faults
from tests.feed_faults import ATOM, faults_of_newsboat
from tests.html_pages import NOT_FOUND, ParsedSite
from tests.outside import missing
from tests.sites import BuiltSite

OF_A_PAGE = ("topics/", "lists/", "curators/", "organisations/", "authors/")
TEXT_ONLY = {"p", "a", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "br", "hr", "s", "table", "thead"}
TEXT_ONLY |= {"tbody", "tr", "th", "td", "h3", "h4", "h5", "h6"}


def atom_files(site: BuiltSite) -> list[Path]:
    found = feed_faults.atom_files(site.folder)
    assert found
    return found


def test_feeds_are_what_grammars_and_readers_want_and_both_formats_say_the_same(parsed: ParsedSite) -> None:
    assert [fault for file in atom_files(parsed.site) for fault in feed_faults.faults(file)] == []


class Elements(HTMLParser):
    """The elements and addresses of a piece of HTML, and whether all that was opened was closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.addresses += [value or "" for name, value in attrs if name == "href"]
        if tag not in ("br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_content_is_plain_html_with_whole_addresses_and_no_mathml(parsed: ParsedSite) -> None:
    for file in atom_files(parsed.site):
        for content in ElementTree.parse(file).getroot().iter(f"{ATOM}content"):
            found = Elements(content.text or "")
            assert found.open == [], file
            assert found.tags <= TEXT_ONLY, file
            assert found.attributes <= {"href", "rel", "title", "class", "start"}, file
            assert {urlsplit(address).scheme for address in found.addresses} <= {"https", "http", "mailto"}, file


def test_addresses_of_the_site_lead_to_what_is_there(parsed: ParsedSite) -> None:
    base, folder = parsed.site.base_url, parsed.site.folder
    for file in atom_files(parsed.site):
        feed = ElementTree.parse(file).getroot()
        links = [link.get("href", "") for link in feed.iter(f"{ATOM}link")]
        links += [address for one in feed.iter(f"{ATOM}content") for address in Elements(one.text or "").addresses]
        own = {urlsplit(link).path for link in links if link.startswith(f"{base}/")}
        paths = [path.removeprefix(urlsplit(base).path).removeprefix("/") or "index.html" for path in own]
        assert [path for path in paths if not (folder / path).is_file()] == [], file
        (self_link,) = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
        assert self_link == f"{base}/{file.relative_to(folder).as_posix()}"


def test_every_page_names_its_feeds(parsed: ParsedSite) -> None:
    """Its own first in both formats, then that of the site, as Atom; home has the site's in both."""
    for page in parsed.framed:
        feeds = [posixpath.normpath(f"{posixpath.dirname(page.path)}/{path}") for path in page.linked("alternate")]
        feeds = [path.lstrip("/") for path in feeds] if page.path != NOT_FOUND else ["index.atom.xml"]
        of_site = [path for path in feeds if path.startswith("index.")]
        assert feeds[-len(of_site) :] == of_site, page.path
        assert of_site[:1] == ["index.atom.xml"], page.path
        assert of_site[1:] == ["index.feed.json"] or page.path != "index.html"
        if page.path.startswith(OF_A_PAGE):
            stem = re.sub(r"(\.\d{4}(-\d\d)?)?\.html", "", page.path)
            if page.path.startswith("authors/") and not (parsed.site.folder / f"{stem}.atom.xml").exists():
                continue
            assert feeds[:2] == [f"{stem}.atom.xml", f"{stem}.feed.json"]
            assert f"{stem}.atom.xml" in {path for path, _ in parsed.targets(page)}


def outlines(file: Path) -> list[str]:
    tree = ElementTree.parse(file).getroot()
    assert (tree.tag, tree.get("version")) == ("opml", "2.0")
    assert tree.findtext("head/title")
    found = tree.findall("body/outline/outline")
    assert all(one.get("type") == "rss" and one.get("text") and one.get("htmlUrl") for one in found)
    return [one.get("xmlUrl", "") for one in found]


def test_lists_of_feeds_have_every_feed(parsed: ParsedSite) -> None:
    site = parsed.site
    every = {f"{site.base_url}/{file.relative_to(site.folder).as_posix()}" for file in atom_files(site)}
    told = outlines(site.folder / "feeds.opml")
    assert sorted(told) == sorted(one for one in every if f"{site.base_url}/authors/" not in one)
    of_kinds = [address for file in site.folder.glob("feeds.*.opml") for address in outlines(file)]
    assert sorted(of_kinds) == sorted(every)


def test_the_follow_page_leads_to_each_feed_or_to_where_it_is(parsed: ParsedSite) -> None:
    linked = {path for path, _ in parsed.targets(parsed.pages["follow.html"])}
    few = {path for path in files(parsed.site, ".atom.xml") if not path.startswith(("authors/", "organisations/"))}
    assert few <= linked
    assert {"authors.html", "organisations.html", *files(parsed.site, ".opml"), "weeks.ics"} <= linked


def files(site: BuiltSite, suffix: str) -> Iterable[str]:
    return [path.relative_to(site.folder).as_posix() for path in site.folder.rglob(f"*{suffix}")]


# The calendar ----------------------------------------------------------------------------------------------------


def test_the_calendar_has_an_event_a_week(parsed: ParsedSite) -> None:
    raw = (parsed.site.folder / "weeks.ics").read_bytes()
    calendar = Calendar.from_ical(raw)
    events = calendar.walk("VEVENT")
    weeks = sorted((parsed.site.folder / "weeks").glob("*.html"), reverse=True)
    assert [str(event["URL"]).rpartition("/")[2] for event in events] == [path.name for path in weeks]
    assert len({str(event["UID"]) for event in events}) == len(events)
    assert not any(component.errors for component in calendar.walk())
    for event in events:
        assert event["DTSTART"].dt.isoweekday() == 1
        assert (event["DTEND"].dt - event["DTSTART"].dt).days == 1
        assert str(event["DESCRIPTION"]).splitlines()[-1] == str(event["URL"])


def test_lines_of_the_calendar_are_folded_and_end_as_they_have_to(parsed: ParsedSite) -> None:
    raw = (parsed.site.folder / "weeks.ics").read_bytes()
    lines = raw.split(b"\r\n")
    assert lines.pop() == b""
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert [line.decode("utf-8") for line in lines]


# newsboat --------------------------------------------------------------------------------------------------------


def test_newsboat_reads_and_lists_the_feeds(sites: tuple[BuiltSite, ...], tmp_path: Path) -> None:
    program = shutil.which("newsboat") or missing("newsboat is not installed")
    for site in sites:
        scratch = tmp_path / site.name
        scratch.mkdir()
        found = faults_of_newsboat(program, site.homes["root"], site.folder, atom_files(site), scratch)
        assert list(found) == []
