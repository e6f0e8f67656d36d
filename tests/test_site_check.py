"""`build.py verify`: a built site passes, and one that is damaged in any way does not."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from build import main
from daybook import site_check
from daybook.built_site import BuiltSite, open_site
from daybook.site_check import PAGE_RULES, SITE_RULES, faults
from tests.checkouts import built, toy_checkout

Damage = Callable[[Path], object]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the toy content, to copy and not to change."""
    folder = tmp_path_factory.mktemp("whole")
    built(toy_checkout(folder / "checkout"), folder / "site")
    return folder / "site"


@pytest.fixture
def site(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "site"))


def replaced(path: str, old: str, new: str) -> Damage:
    def damage(site: Path) -> None:
        text = (site / path).read_text("utf-8")
        assert old in text
        (site / path).write_text(text.replace(old, new, 1), "utf-8")

    return damage


def written(path: str, text: str) -> Damage:
    return lambda site: (site / path).write_text(text, "utf-8")


def removed(path: str) -> Damage:
    return lambda site: (site / path).unlink()


def test_what_a_build_makes_has_no_faults(whole: Path) -> None:
    assert faults(open_site(whole)) == ()


def test_neither_has_the_shipped_site(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[1]
    built(root, tmp_path / "site")
    assert faults(open_site(tmp_path / "site")) == ()


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (replaced("about.html", 'href="report.html"', 'href="reprot.html"'),
         "about.html: the link 'reprot.html' leads nowhere"),
        (replaced("papers/2612.00001.html", 'href="../static/style.css"', 'href="../../static/style.css"'),
         "papers/2612.00001.html: the link '../../static/style.css' leads nowhere"),
        (replaced("404.html", 'href="/toy/index.html"', 'href="/toys/index.html"'),
         "404.html: the link '/toys/index.html' leads nowhere"),
        (replaced("about.html", 'href="#content"', 'href="#contents"'),
         "about.html: the link to 'contents' in about.html leads to no such place"),
        (replaced("about.html", 'src="static/stale.js"', 'src="https://cdn.example/stale.js"'),
         "about.html: asks another host for 'https://cdn.example/stale.js'"),
        (replaced("about.html", 'href="report.html"', 'href="javascript:report"'),
         "about.html: the link 'javascript:report' is neither of the web nor of mail"),
        (replaced("about.html", "<h1>", '<h1 id="content">'), "about.html: the id 'content' stands twice"),
        (removed("health.json"), "health.json: is missing, or health.js is"),
        (written("health.json", "{}"), "health.json: not the health of a site: 'newest_complete_day'"),
        (replaced("health.json", '"2027-01-01"', '"2026-12-31"'),
         "health.json: the newest day, 2026-12-31, is not the one that index.html shows"),
        (replaced("health.json", '"2027-01-01"', '"2027-01-03"'),
         "health.json: the newest day, 2027-01-03, has no page"),
        (replaced("health.js", "1 January 2027", "2 January 2027"),
         "health.json: health.js has another day than 2027-01-01"),
        (removed("papers/2612.00001.html"), "health.json: counts 23 papers, and there are 22 pages of them"),
        (replaced("sitemap-1.xml", "/toy/about.html", "/toy/abuot.html"),
         "sitemap.xml: lacks 'https://example.org/toy/about.html'"),
        (replaced("sitemap-1.xml", "/toy/about.html", "/toy/abuot.html"),
         "sitemap.xml: has 'https://example.org/toy/abuot.html', which no page is"),
        (replaced("sitemap-1.xml", "<url>", "<url><loc>https://example.org/toy/</loc></url>\n<url>"),
         "sitemap.xml: has an address twice"),
        (replaced("sitemap.xml", "/toy/sitemap-1.xml", "/toy/sitemap-2.xml"),
         "sitemap.xml: 'https://example.org/toy/sitemap-2.xml' is not a file of this site"),
        (written("feed.xml", "<feed>"), "feed.xml: is not well-formed: no element found: line 1, column 6"),
        (written("feed.json", "{"), "feed.json: is not well-formed: Expecting property name"),
        (written("left-over.txt", ""), "left-over.txt: was not made by the build"),
        (removed("robots.txt"), "robots.txt: was made by the build and is missing"),
        (replaced("days/2026-12-31.html", "December", "Decembre"), "days/2026-12-31.html: is not as the build made it"),
        (written(".daybook-receipt", "gone\n"), ".daybook-receipt: not a receipt of version 1, or damaged"),
    ],
)  # fmt: skip
def test_a_damaged_site_is_told_of(site: Path, damage: Damage, told: str) -> None:
    damage(site)
    found = [str(fault) for fault in faults(open_site(site))]
    assert [line for line in found if line.startswith(told)], "\n".join(found)


@pytest.mark.parametrize(
    ("budget", "most", "told"),
    [
        ("MOST_PAGE_BYTES", 4_000, "about.html: has "),
        ("MOST_FILE_BYTES", 4_000, "static/style.css: has "),
        ("MOST_SITE_BYTES", 100_000, "the site has "),
        ("MOST_FILES", 100, "the site has "),
        ("MOST_SITEMAP_ADDRESSES", 10, "sitemap-1.xml: has "),
    ],
)
def test_a_site_that_is_too_large_is_told_of(
    whole: Path, monkeypatch: pytest.MonkeyPatch, budget: str, most: int, told: str
) -> None:
    monkeypatch.setattr(site_check, budget, most)
    found = [str(fault) for fault in faults(open_site(whole))]
    assert [line for line in found if line.startswith(told) and f", {most:,} at the most" in line]


def test_every_rule_says_what_it_is(whole: Path) -> None:
    assert all(rule.__doc__ for rule in (*PAGE_RULES, *SITE_RULES))


def test_a_site_without_a_receipt_is_looked_over_too(site: Path) -> None:
    """A mirror has none."""
    (site / ".daybook-receipt").unlink()
    assert faults(open_site(site)) == ()
    (site / "robots.txt").write_text("", "utf-8")
    assert faults(open_site(site)) == ()


def test_the_records_of_builds_are_no_part_of_a_site(whole: Path) -> None:
    opened: BuiltSite = open_site(whole)
    assert [path for path in opened.sizes if ".daybook-" in path] == []


def test_the_verb(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--out", str(site)]) == 0
    assert ": nothing is wrong\n" in capsys.readouterr().err
    (site / "left-over.txt").write_text("", "utf-8")
    assert main(["verify", "--out", str(site)]) == 1
    told = capsys.readouterr()
    assert told.out == "left-over.txt: was not made by the build\n"
    assert told.err.endswith(": 1 wrong\n")


def test_where_there_is_no_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for verb in (["verify"], ["health"]):
        assert main([*verb, "--out", str(tmp_path)]) == 2
        assert "there is no built site in " in capsys.readouterr().err
