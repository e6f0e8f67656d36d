"""Whatever stands in content/, no page holds what runs, leads astray or asks another host for anything."""

from __future__ import annotations

import json
import posixpath
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Dialog

from daybook.load import check
from tests.browser import Window
from tests.checkouts import built, published
from tests.hostile import MARKUP, NAMES, PAYLOADS, TEMPLATES, Tree, hostile_site, lay_out, refused_trees
from tests.sites import ROOT

_WORDS = re.compile(r"[a-z0-9-]+")
ELEMENTS = set(
    _WORDS.findall("""
    html head meta title link body header footer main nav section article div p span a h1 h2 h3 h4 h5 h6 ul ol li
    dl dt dd table caption thead tbody tr th td figure figcaption details summary time bdi em strong s code pre
    blockquote hr br svg path rect text script form label input button
    select option dl template noscript mark textarea
    """)
)
FORMULAS = set(
    _WORDS.findall("""
    math semantics annotation mrow mi mo mn ms mtext mspace msup msub msubsup mover munder munderover mfrac msqrt mroot
    mtable mtr mtd mpadded mphantom mstyle mmultiscripts mprescripts menclose merror
    """)
)
ATTRIBUTES = set(
    _WORDS.findall("""
    lang dir charset name content http-equiv property rel href type class id datetime title role tabindex scope start
    action for placeholder autocomplete src async defer value hidden size spellcheck autocapitalize enterkeyhint
    data-part data-end data-title data-copy data-format data-way accept rows readonly
    aria-label aria-labelledby aria-current viewbox x y width height rx d
    display encoding stretchy lspace rspace mathvariant accent accentunder largeop movablelimits symmetric form minsize
    maxsize linethickness columnalign rowspacing columnspacing displaystyle scriptlevel fence separator voffset depth
    intent arg mathsize columnlines rowlines columnspan rowspan framespacing mathcolor mathbackground notation
    """)
)

# A digest has its styles in it, since mail programs know no other: no value of them can ask for anything.
# A week to take along has one sheet, which nothing that somebody wrote gets into.
DIGEST = re.compile(r"digests/[^/]+\.html")
STYLED = re.compile(r"(digests|along)/[^/]+\.html")
HARMLESS_STYLE = re.compile(r"[\w:;,.%#' -]+")


OUR_SCRIPTS = ("copy", "save", "saved", "search", "stale")


def is_ours(script: dict[str, str]) -> bool:
    """One of our scripts, from our host, and nothing else in its element."""
    source = urlsplit(script.get("src", ""))
    is_named = source.path.endswith(("health.js", *(f"static/{name}.js" for name in OUR_SCRIPTS)))
    return (
        is_named
        and not source.scheme
        and not source.netloc
        and script in [{"src": script["src"], when: ""} for when in ("defer", "async")]
    )


class Suspicions(HTMLParser):
    """What a page must not hold, as a list; and its JSON-LD and its text."""

    def __init__(self, path: str, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.json_ld: list[str] = []
        self.text = ""
        self.addresses: list[str] = []
        self._path = path
        self._script = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self._script = tag == "script"
        if DIGEST.fullmatch(self._path):
            self.found += [] if HARMLESS_STYLE.fullmatch(given.pop("style", "-")) else [f"{tag} with another style"]
        if tag not in ELEMENTS | FORMULAS and not (tag == "style" and STYLED.fullmatch(self._path) and not given):
            self.found.append(f"<{tag}>")
        if tag == "script" and given != {"type": "application/ld+json"} and not is_ours(given):
            self.found.append(f"a script {given}")
        if tag == "meta" and given.get("http-equiv", "Content-Security-Policy") != "Content-Security-Policy":
            self.found.append(f"a meta element {given}")
        if tag == "link" and given["rel"] not in ("icon", "stylesheet", "canonical", "search", "alternate"):
            self.found.append(f"a link element {given}")
        self.found += [f"{tag} {name}={value!r}" for name, value in given.items() if name not in ATTRIBUTES]
        self.addresses += [given[name] for name in ("href", "action", "src") if name in given]

    def handle_endtag(self, tag: str) -> None:
        self._script = False

    def handle_data(self, text: str) -> None:
        if self._script:
            self.json_ld.append(text)
        else:
            self.text += text

    def handle_comment(self, text: str) -> None:
        self.found.append(f"a comment {text!r}")

    def handle_pi(self, text: str) -> None:
        self.found.append(f"an instruction {text!r}")

    def unknown_decl(self, text: str) -> None:
        self.found.append(f"a declaration {text!r}")


@pytest.fixture(scope="module")
def tree() -> Tree:
    return hostile_site()


@pytest.fixture(scope="module")
def site(tree: Tree, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hostile content, published below a folder that has nothing else in it."""
    folder = tmp_path_factory.mktemp("hostile")
    root = folder / "checkout"
    lay_out(tree, root / "content")
    for name in ("templates", "static"):
        shutil.copytree(ROOT / name, root / name)
    (folder / "published").mkdir()
    built(root, folder / "published" / "site")
    return folder / "published" / "site"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Suspicions]:
    found = {path: body for path, body in published(site).items() if path.endswith(".html")}
    return {path: Suspicions(path, body.decode("utf-8")) for path, body in found.items()}


# What is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("payload", "tree", "wrong"), [pytest.param(*case, id=ascii(case[0])[:40]) for case in refused_trees()]
)
def test_what_is_refused_is_a_problem_of_its_file(payload: str, tree: Tree, wrong: set[str], tmp_path: Path) -> None:
    problems = check(lay_out(tree, tmp_path / "content"))
    assert {problem.path for problem in problems} == wrong
    for problem in problems:
        assert str(problem).isprintable()
        assert len(str(problem)) < 1_000


@pytest.mark.parametrize(
    "form", ["topics/{}.yaml", "notes/{}.p0.yaml", "notes/2601.00001.{}.yaml", "days/{}.yaml", "{}"]
)
@pytest.mark.parametrize("name", [name for name in NAMES if "/" not in name and name[0] != "."])
def test_a_file_name_that_means_something_elsewhere_is_a_problem(form: str, name: str, tmp_path: Path) -> None:
    tree = {form.format(name): {"title": "Title", "description": "Description"}}
    problems = check(lay_out(tree, tmp_path / "content"))
    assert f"content/{form.format(name)}" in {problem.path for problem in problems}
    assert all(str(problem).isprintable() for problem in problems)


def test_an_unknown_key_is_a_problem_whatever_it_is_called(tmp_path: Path) -> None:
    tree = {"site.yaml": dict.fromkeys(PAYLOADS, "x")}
    problems = check(lay_out(tree, tmp_path / "content"))
    assert problems
    assert all(str(problem).isprintable() for problem in problems)


# What is taken ---------------------------------------------------------------------------------------------------


def test_every_payload_is_taken_somewhere_or_is_refused_everywhere_for_a_reason(tree: Tree) -> None:
    """The attack is an attack: most payloads are on the site."""
    said = json.dumps(list(tree.values()), ensure_ascii=False)
    taken = [payload for payload in PAYLOADS if json.dumps(payload, ensure_ascii=False)[1:-1] in said]
    assert set(MARKUP + TEMPLATES) <= set(taken)
    assert len(taken) > 100


def test_the_hostile_content_is_valid(tree: Tree, tmp_path: Path) -> None:
    assert check(lay_out(tree, tmp_path / "content")) == ()


def test_pages_hold_only_what_is_known_to_do_no_harm(pages: dict[str, Suspicions]) -> None:
    assert len(pages) > 1_000
    assert {path: page.found for path, page in pages.items() if page.found} == {}


def test_what_other_programs_read_can_be_read(site: Path) -> None:
    for path, body in published(site).items():
        if path.endswith((".xml", ".opml")):
            ElementTree.fromstring(body)
        elif path.endswith(".json"):
            json.loads(body)


def test_links_lead_to_the_web_to_a_mail_address_or_to_a_page_of_the_site(
    site: Path, tree: Tree, pages: dict[str, Suspicions]
) -> None:
    base = urlsplit(tree["site.yaml"]["base_url"]).path
    bad = [
        (path, address)
        for path, page in pages.items()
        for address in page.addresses
        if not leads(site, base, path, address)
    ]
    assert bad == []


def leads(site: Path, base: str, path: str, address: str) -> bool:
    """Whether an address of a page goes where links may go."""
    parts = urlsplit(address)
    if parts.scheme:
        return parts.scheme == "mailto" or (parts.scheme in ("http", "https") and bool(parts.hostname))
    if parts.netloc or "\\" in address:
        return False
    if path == "404.html" and parts.path:
        return unquote(parts.path).startswith(f"{base}/")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
    return not target.startswith(("..", "/")) and (not parts.path or (site / target).is_file())


def test_json_ld_says_what_the_listing_says(tree: Tree, pages: dict[str, Suspicions]) -> None:
    entries = [entry for value in tree.values() for entry in value.get("entries", ())]
    for entry in entries:
        page = pages[f"papers/{entry['paper']['id']}.html"]
        (text,) = page.json_ld
        said = json.loads(text)
        assert said["headline"] == entry["paper"]["title"]
        assert [author["name"] for author in said["author"]] == entry["paper"]["authors"]


@pytest.mark.parametrize("payload", [*MARKUP[:4], *TEMPLATES])
def test_markup_and_templates_stay_text(payload: str, pages: dict[str, Suspicions]) -> None:
    place = PAYLOADS.index(payload)
    named = (f"papers/2601.{place + 1:05}", f"papers/2511.{place + 1:05}", f"topics/p{place}", f"curators/p{place}")
    for path in (*named, "contributors", "corrections"):
        assert payload in pages[f"{path}.html"].text, path


def test_what_crawlers_read_is_well_formed(site: Path) -> None:
    for path in site.glob("*.xml"):
        root = ElementTree.fromstring(path.read_bytes())
        assert all((one.text or "").startswith("https://") for one in root.iter() if one.tag.endswith("loc"))
    assert len((site / "robots.txt").read_text("utf-8").splitlines()) == 4


def test_nothing_is_written_outside_of_the_site(site: Path) -> None:
    assert {path.name for path in site.parent.iterdir()} == {"site"}
    assert all(not path.is_symlink() for path in site.rglob("*"))


# In a browser ----------------------------------------------------------------------------------------------------

DOM = """() => {
    const found = new Set();
    for (const element of document.querySelectorAll('*')) {
        found.add('<' + element.localName);
        for (const attribute of element.attributes) found.add(attribute.name.toLowerCase());
        if (element.href && !['http:', 'https:', 'mailto:', 'file:'].includes(new URL(element.href).protocol))
            found.add(element.href);
    }
    return [...found];
}"""


def _samples(site: Path) -> Iterator[str]:
    """Pages that the payloads stand on, those of markup on more kinds of pages, and the indexes."""
    yield from sorted(path.name for path in site.glob("*.html") if path.name != "404.html")
    yield from sorted(f"papers/{path.name}" for path in (site / "papers").glob("2601.*.html"))[: -len(NAMES)]
    yield from (f"{folder}/p{n}.html" for folder in ("curators", "topics", "lists") for n in range(0, len(MARKUP), 3))
    yield from ("days/2026-01-01.html", "weeks/2026-W01.html", "months/2026-01.html", "years/2026.html")


def test_a_browser_runs_nothing_and_finds_nothing_else_in_the_pages(site: Path, window: Window) -> None:
    known = ATTRIBUTES | {f"<{name}" for name in ELEMENTS | FORMULAS}
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    window.page.on("dialog", dismiss)
    for path in _samples(site):
        window.open(f"{site.as_uri()}/", path)
        assert window.faults == [], path
        assert window.ask("window.pwned") is None, path
        assert set(window.ask(DOM)) <= known, path
    assert dialogs == []
