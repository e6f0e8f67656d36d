"""`build.py diff`: what five kinds of pull requests change on the site, told completely, and as a folder to open."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from build import main
from daybook import job_summary
from daybook.built_site import open_site
from daybook.site_diff import Difference, PageChange, compare, kind_of
from tests.browser import Window
from tests.checkouts import built, published, toy_checkout
from tests.sites import ROOT

NOTE = """\
paper: "{paper}"
by: {by}
date: 2027-01-20
verdict: worth-reading
summary: A short and sober remark.
note: |
  What is new is small, and it is useful.
topics: []
interests: none
assistance: none
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the toy content's `checkout` and its `site`, to copy and not to change."""
    folder = tmp_path_factory.mktemp("base")
    built(toy_checkout(folder / "checkout"), folder / "site")
    return folder


def pull_request(base: Path, scratch: Path, change: Callable[[Path], object]) -> tuple[Path, Difference]:
    """The site after a change of the checkout, and how it differs from the one before."""
    root = Path(shutil.copytree(base / "checkout", scratch / "checkout"))
    change(root)
    built(root, scratch / "site")
    return scratch / "site", compare(open_site(base / "site"), open_site(scratch / "site"))


def is_complete(difference: Difference, old: Path, new: Path) -> bool:
    """Is every file that differs told or counted, and no other?"""
    before, after = published(old), published(new)
    differing = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    pages = {path for path in differing if path.endswith(".html") and not path.startswith(("digests/", "along/"))}
    return {page.path for page in difference.pages} == pages and sum(difference.counts.values()) == len(differing)


def told(difference: Difference, how: str) -> set[str]:
    return {page.path for page in difference.pages if page.how == how}


def add_note(root: Path) -> None:
    (root / "content/notes/2612.00009.mara-quill.yaml").write_text(
        NOTE.format(paper="2612.00009", by="mara-quill"), "utf-8"
    )


def add_topic(root: Path) -> None:
    (root / "content/topics/tea.yaml").write_text("title: Tea & <kettles>\ndescription: What boils.\n", "utf-8")
    with (root / "content/topics/tea.yaml").open("a", encoding="utf-8") as file:
        file.write("match: {any: [kettle*]}\n")


def change_template(root: Path) -> None:
    template = root / "templates/list.html"
    template.write_text(template.read_text("utf-8").replace("<h1>", '<h1 lang="en">'), "utf-8")


def add_listing(root: Path) -> None:
    path = root / "content/listings/2027/01/2027-01-04.arxiv.json"
    listing = json.loads(path.read_text("utf-8"))
    listing.update(date="2027-01-05", read="2027-01-06", complete=True)
    path.with_name("2027-01-05.arxiv.json").write_text(json.dumps(listing), "utf-8")


def delete_note(root: Path) -> None:
    (root / "content/notes/2612.00005.bjork.yaml").unlink()


def test_a_note(base: Path, tmp_path: Path) -> None:
    site, difference = pull_request(base, tmp_path, add_note)
    assert is_complete(difference, base / "site", site)
    assert (told(difference, "added"), told(difference, "removed")) == (set(), set())
    assert told(difference, "changed") >= {"papers/2612.00009.html", "curators/mara-quill.html", "curators.html"}
    assert not any(path.startswith("papers/") for path in told(difference, "changed") - {"papers/2612.00009.html"})


def with_abstracts(root: Path) -> None:
    """As fetched papers are: the shipped ones have none, and are related by their notes instead."""
    for path in (*root.glob("content/listings/*/*/*.json"), *root.glob("content/picks/*.json")):
        held = json.loads(path.read_text("utf-8"))
        for entry in held.get("entries", [held]):
            entry["paper"]["abstract"] = f"We look at {entry['paper']['title']} with care."
        path.write_text(json.dumps(held), "utf-8")


def test_a_note_changes_less_than_ten_pages(tmp_path: Path) -> None:
    """On a paper of the shipped content that is in a listing, in a topic and on an author's page."""
    root, paper = tmp_path / "base" / "checkout", "2601.00796"
    needed = ("listings/2026/01/2026-01-05.huggingface.json", "curators/daybook.yaml")
    if not all((ROOT / "content" / path).exists() for path in needed):
        pytest.skip("is about the shipped content, which is no longer there")
    for name in ("content", "templates", "static"):
        shutil.copytree(ROOT / name, root / name)
    with_abstracts(root)
    built(root, tmp_path / "base" / "site")

    def change(root: Path) -> None:
        note = NOTE.format(paper=paper, by="daybook").replace("2027-01-20", "2026-01-06")
        (root / f"content/notes/{paper}.daybook.yaml").write_text(note, "utf-8")

    site, difference = pull_request(tmp_path / "base", tmp_path / "after", change)
    assert is_complete(difference, tmp_path / "base" / "site", site)
    assert {page.path.partition("/")[0] for page in difference.pages} >= {"papers", "days", "topics", "authors"}
    assert 0 < len(difference.pages) < 10
    assert 0 < difference.counts["search index files", "changed"] < 30
    assert 0 < difference.counts["feeds", "changed"] < 20
    assert 0 < difference.counts["data files", "changed"] < 20
    assert {kind for kind, _ in difference.counts} == {
        "pages",
        "digests",
        "weeks to take along",
        "pictures",
        "search index files",
        "feeds",
        "references",
        "data files",
    }


def test_a_topic(base: Path, tmp_path: Path) -> None:
    site, difference = pull_request(base, tmp_path, add_topic)
    assert is_complete(difference, base / "site", site)
    assert PageChange("added", "topics/tea.html", "Tea & <kettles>") in difference.pages
    assert told(difference, "changed") >= {"topics.html", "search.html"}
    assert told(difference, "removed") == set()
    assert "| added | topics/tea.html | Tea &amp; &lt;kettles&gt; |" in difference.markdown()


def test_a_template(base: Path, tmp_path: Path) -> None:
    site, difference = pull_request(base, tmp_path, change_template)
    assert is_complete(difference, base / "site", site)
    lists = {path.relative_to(site).as_posix() for path in (site / "lists").glob("*.html")}
    assert told(difference, "changed") == lists
    assert dict(difference.counts) == {("pages", "changed"): len(lists)}


def test_a_listing(base: Path, tmp_path: Path) -> None:
    site, difference = pull_request(base, tmp_path, add_listing)
    assert is_complete(difference, base / "site", site)
    assert told(difference, "added") == {"days/2027-01-05.html"}
    assert told(difference, "changed") >= {"index.html", "archive.html", "report.html", "weeks/2027-W01.html"}
    assert difference.counts["health files", "changed"] == 2
    assert difference.counts["sitemap files", "changed"] == 1


def test_a_deleted_note(base: Path, tmp_path: Path) -> None:
    site, difference = pull_request(base, tmp_path, delete_note)
    assert is_complete(difference, base / "site", site)
    assert told(difference, "changed") >= {"papers/2612.00005.html", "curators/bjork.html"}
    assert told(difference, "added") == set()


def test_a_page_that_goes_is_told_with_the_title_that_it_had(base: Path, tmp_path: Path) -> None:
    def delete_list(root: Path) -> None:
        (root / "content/lists/all-gone.yaml").unlink()

    _, difference = pull_request(base, tmp_path, delete_list)
    assert told(difference, "removed") == {"lists/all-gone.html"}
    assert all(page.title for page in difference.pages)


def test_two_equal_sites(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(base / "site"), str(base / "site")]) == 0
    assert capsys.readouterr().out == "the two sites are the same\n"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("search.html", "pages"),
        ("papers/1.html", "pages"),
        ("search/terms/a-.js", "search index files"),
        ("static/search.js", "static files"),
        ("sitemap-1.xml", "sitemap files"),
        ("topics/a.xml", "feeds"),
        ("a.feed.json", "feeds"),
        ("health.json", "health files"),
        ("api/v1/index.json", "data files"),
        ("data/2026.csv", "data files"),
        ("robots.txt", "other files"),
    ],
)
def test_files_are_of_kinds(path: str, kind: str) -> None:
    assert kind_of(path) == kind


# What a job shows of it -----------------------------------------------------------------------------------------


def test_a_summary_is_added_to_what_is_there(base: Path, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("# Before\n", "utf-8")
    site, _ = pull_request(base, tmp_path, add_topic)
    assert main(["diff", str(base / "site"), str(site), "--summary", str(summary)]) == 0
    text = summary.read_text("utf-8")
    assert text.startswith("# Before\n## What changes on the site\n\n- pages: 2 added, ")
    assert "| added | topics/tea.html |" in text


def test_hostile_titles_stay_text_in_one_cell() -> None:
    page = PageChange("added", "papers/1.html", "<img src=x> | [a](javascript:b) @all `c` https://x.example\n# d")
    markdown = Difference((page,), {("pages", "added"): 1}).markdown()
    row = next(line for line in markdown.splitlines() if line.startswith("| added"))
    assert row == (
        "| added | papers/1.html | &lt;img src=x&gt; \\| \\[a\\](javascript:b) &#64;all \\`c\\` "
        "https:&#47;&#47;x.example \\# d |"
    )


def test_a_summary_is_no_longer_than_a_job_may_leave(tmp_path: Path) -> None:
    pages = tuple(PageChange("changed", f"papers/{number}.html", "@" * 500) for number in range(20_000))
    markdown = Difference(pages, {("pages", "changed"): len(pages)}).markdown()
    assert "And 19,700 more pages.\n" in markdown
    for _ in range(3):
        job_summary.append(tmp_path / "summary.md", markdown * 5)
    assert (tmp_path / "summary.md").stat().st_size < 1024 * 1024


# The folder to open ---------------------------------------------------------------------------------------------


def test_the_changed_pages_open_from_disk(base: Path, tmp_path: Path, browser: Browser) -> None:
    site, difference = pull_request(base, tmp_path, add_topic)
    out = tmp_path / "preview"
    assert main(["diff", str(base / "site"), str(site), "--out", str(out)]) == 0
    pages = told(difference, "added") | told(difference, "changed")
    assert {path for path in published(out) if path.endswith(".html")} == {*pages, "changes.html"}
    with browser.new_context() as context:
        window = Window(context)
        window.open(f"{out.as_uri()}/", "changes.html")
        listed = window.ask("[...document.querySelectorAll('main a')].map(a => a.getAttribute('href'))")
        assert set(listed) == pages
        for path in ("changes.html", "topics/tea.html", "search.html"):
            window.open(f"{out.as_uri()}/", path)
            assert window.ask("getComputedStyle(document.body).maxWidth") != "none"
            assert window.faults == []
        # The search page has all that its script asks for.
        window.open(f"{out.as_uri()}/", "search.html?q=kettle*")
        window.page.wait_for_selector("#answers h3")
        assert window.faults == []


def test_a_folder_with_something_in_it_is_left_alone(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").write_text("kept", "utf-8")
    assert main(["diff", str(base / "site"), str(base / "site"), "--out", str(tmp_path)]) == 2
    assert "is not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_site_that_is_not_there(base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(base / "site"), str(tmp_path)]) == 2
    assert "there is no built site in " in capsys.readouterr().err
