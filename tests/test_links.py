"""What every page of the site has, and where its links lead: read by a program, all pages of both sites."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from tests.html_pages import NOT_FOUND, ParsedPage, ParsedSite

# What crawlers and hosts know by name: no page has to link it.
KNOWN_BY_NAME = ("404.html", "robots.txt", "sitemap")
# What the search and saved papers load when they need it: whoever copies a site by its links gets all but these.
LOADED_BY_SCRIPT = ("search/", "static/search-", "references/")
# Elements whose address is a page to go to, and not a file that the browser asks for by itself.
TO_GO_TO = {"a", "area"}


def test_every_link_leads_to_a_file_and_a_fragment_that_are_there(parsed: ParsedSite) -> None:
    broken = [
        f"{page.path}: {path}#{fragment}"
        for page in parsed.pages.values()
        for path, fragment in parsed.targets(page)
        if not (parsed.site.folder / path).is_file() or (fragment and fragment not in parsed.pages[path].ids)
    ]
    assert broken == []


def test_addresses_are_relative_or_lead_to_other_sites(parsed: ParsedSite) -> None:
    wrong = [
        f"{page.path}: {address}"
        for page in parsed.pages.values()
        for address in page.links
        if urlsplit(address).scheme not in ("", "http", "https", "mailto")
        or (address.startswith("/") and page.path != NOT_FOUND)
        or address.startswith("//")
    ]
    assert wrong == []


def test_no_page_asks_another_host_for_anything(parsed: ParsedSite) -> None:
    asked = [
        f"{page.path}: {address}"
        for page in parsed.pages.values()
        for tag, rel, address in page.addresses
        if tag not in TO_GO_TO and rel not in ("canonical", "alternate") and "//" in address
    ]
    assert asked == []


def test_no_page_has_inline_styles_or_scripts(parsed: ParsedSite) -> None:
    """The policy forbids them; JSON-LD is no script that runs. Digests and what is to take along have their styles."""
    assert [f"{page.path}: {inline}" for page in parsed.framed for inline in page.inline] == []
    scripts = {kind for page in parsed.pages.values() for kind, text in page.scripts if text}
    assert scripts <= {"application/ld+json"}


def test_every_page_is_reached_from_home(parsed: ParsedSite) -> None:
    assert parsed.pages.keys() - parsed.clicks("index.html").keys() == {NOT_FOUND}


def test_every_file_is_linked(parsed: ParsedSite) -> None:
    """A copy that follows links gets every page and what it is made of."""
    linked = {path for page in parsed.pages.values() for path, _ in parsed.targets(page)}
    folder = parsed.site.folder
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    unlinked = {path for path in files - linked if not path.startswith((".", *KNOWN_BY_NAME, *LOADED_BY_SCRIPT))}
    unlinked -= {
        path.removeprefix(f"{parsed.site.base_url}/")
        for page in parsed.pages.values()
        for path in page.meta.get("og:image", ())
    }
    assert unlinked == set()


def test_papers_are_three_clicks_from_home_at_the_most_and_days_two(parsed: ParsedSite) -> None:
    home = parsed.clicks("index.html")
    assert [path for path in home if path.startswith("papers/") and home[path] > 3] == []
    assert [path for path in home if path.startswith("days/") and home[path] > 2] == []


def test_every_page_has_a_title_a_description_and_its_address(parsed: ParsedSite) -> None:
    wrong = [page.path for page in parsed.pages.values() if not is_described(parsed, page)]
    assert wrong == []


def is_described(parsed: ParsedSite, page: ParsedPage) -> bool:
    address = f"{parsed.site.base_url}/{'' if page.path == 'index.html' else page.path}"
    descriptions = page.meta.get("description", ())
    return (
        bool(page.title.strip())
        and [bool(text.strip()) for text in descriptions] == [True]
        and page.linked("canonical") == ([address] if page.indexed else [])
    )


def test_headings_begin_with_the_only_h1_and_skip_no_level(parsed: ParsedSite) -> None:
    wrong = [
        f"{page.path}: {page.headings}"
        for page in parsed.pages.values()
        if page.headings[:1] != [1]
        or page.headings.count(1) != 1
        or any(later > earlier + 1 for earlier, later in zip(page.headings, page.headings[1:], strict=False))
    ]
    assert wrong == []


def test_no_id_stands_twice_on_a_page(parsed: ParsedSite) -> None:
    assert [page.path for page in parsed.pages.values() if len(page.ids) != len(set(page.ids))] == []


def test_papers_have_json_ld_that_cannot_end_its_element(parsed: ParsedSite) -> None:
    for page in papers(parsed):
        (text,) = [text for kind, text in page.scripts if kind == "application/ld+json"]
        assert not {"<", ">", "&"} & set(text), page.path
        described = json.loads(text)
        assert described["@type"] == "ScholarlyArticle", page.path
        assert [author["name"] for author in described["author"]], page.path


def test_papers_have_the_tags_of_citation_tools(parsed: ParsedSite) -> None:
    """https://scholar.google.com/intl/en/scholar/inclusion.html#indexing"""
    for page in papers(parsed):
        (text,) = [text for kind, text in page.scripts if kind == "application/ld+json"]
        described = json.loads(text)
        assert len(page.meta["citation_title"]) == 1, page.path
        assert len(page.meta["citation_author"]) == len(described["author"]), page.path
        assert page.meta["citation_publication_date"] == [described["datePublished"].replace("-", "/")], page.path
        assert [f"arXiv:{identifier}" for identifier in page.meta["citation_arxiv_id"]] == [described["identifier"]]
        assert page.meta["citation_doi"] == [f"10.48550/{described['identifier'].replace(':', '.')}"], page.path
        assert page.meta["citation_abstract_html_url"] == [described["url"]], page.path
        assert page.meta["citation_pdf_url"] == [described["url"].replace("/abs/", "/pdf/")], page.path
        assert page.meta["DC.type"] == ["preprint"], page.path


def test_no_curator_is_taken_for_the_author_of_an_abstract(parsed: ParsedSite) -> None:
    """Zotero stores the description of a page as the abstract of the paper, unless a tag has another one."""
    for page in papers(parsed):
        noted = any(id.startswith("note-") for id in page.ids)
        assert len(page.meta.get("citation_abstract", ())) == (noted and "abstract" in page.ids), page.path


def papers(parsed: ParsedSite) -> list[ParsedPage]:
    found = [page for page in parsed.pages.values() if page.path.startswith("papers/")]
    assert found
    return found
