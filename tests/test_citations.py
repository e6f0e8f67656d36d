"""References to papers: names in parts, keys, three formats, and what other programs read in them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pybtex.database import parse_string

from daybook import bibtex
from daybook.assemble import assemble
from daybook.clean_text import names as clean_names
from daybook.clean_text import one_line
from daybook.load import load
from daybook.model import Paper, PaperId
from daybook.note_citation import note_bibtex
from daybook.person_names import Name, parted
from daybook.references import FORMATS, reference
from daybook.site import SignedNote
from tests.browser import Window
from tests.citing import faults, from_tex, name_of
from tests.html_pages import ParsedSite
from tests.nouns import CURATOR, SETTINGS, note, paper_id
from tests.sites import TOY, BuiltSite

PAPER = Paper(
    PaperId("0801.01234"), "Visualizing Data", ("Laurens van der Maaten", "Geoffrey Hinton"), date(2008, 1, 9)
)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ada Lovelace", Name("Lovelace", "Ada")),
        ("Laurens van der Maaten", Name("Maaten", "Laurens", "van der")),
        ("Aad W. Van der Vaart", Name("Vaart", "Aad W. Van", "der")),
        ("Jader Riso Barbosa Jr.", Name("Barbosa", "Jader Riso", suffix="Jr.")),
        ("Hal Daumé III", Name("Daumé", "Hal", suffix="III")),
        ('Linxi "Jim" Fan', Name("Fan", 'Linxi "Jim"')),
        ("Claudia d'Amato", Name("d'Amato", "Claudia")),
        ("bell hooks", Name("hooks", "bell")),
        ("Smith", Name(literal="Smith")),
        ("李明", Name(literal="李明")),
        ("ATLAS Collaboration", Name(literal="ATLAS Collaboration")),
        ("The OLMo Team", Name(literal="The OLMo Team")),
        ("DeepSeek-AI", Name(literal="DeepSeek-AI")),
        ("Team Hunyuan3D", Name(literal="Team Hunyuan3D")),
        ("and Jian Xiao", Name(literal="and Jian Xiao")),
        ("Gemini Group, Example", Name(literal="Gemini Group, Example")),
        ("A/Prof. Vanessa Teague", Name(literal="A/Prof. Vanessa Teague")),
    ],
)
def test_the_parts_of_a_name(name: str, parts: Name) -> None:
    assert parted(name) == parts


@pytest.mark.parametrize(
    ("title", "first_author", "key"),
    [
        ("Visualizing Data", "Laurens van der Maaten", "maaten2008visualizing-0801.01234"),
        ("On the Émile Problem", "Łukasz Ørsted", "orsted2008emile-0801.01234"),
        ("What is it?", "The OLMo Team", "olmo2008-0801.01234"),
        ("午睡", "李明", "anonymous2008-0801.01234"),
        ("$O(n)$ Naps", "Claudia d'Amato", "damato2008o-0801.01234"),
    ],
)
def test_a_key_is_author_year_word_and_identifier(title: str, first_author: str, key: str) -> None:
    assert reference(replace(PAPER, title=title, authors=(first_author, "Another Author"))).key == key


def test_the_key_of_an_old_identifier_has_no_slash() -> None:
    assert reference(replace(PAPER, id=PaperId("hep-th/9901001"))).key == "maaten2008visualizing-hep-th-9901001"


@pytest.mark.parametrize(
    ("title", "tex"),
    [
        ("AT&T at 5% of $200k", r"AT\&T at 5\% of \$200k"),
        (r"Naps in $O(n_1 \log n)$", r"Naps in $O(n_1 \log n)$"),
        (r"\'Etudes with {braces}", r"Études with \textbraceleft{}braces\textbraceright{}"),
        (r"$\{a$ and b", r"\$\textbackslash{}\textbraceleft{}a\$ and b"),
        ("C_2 ^ ~ #1", r"C\_2 \textasciicircum{} \textasciitilde{} \#1"),
    ],
)
def test_the_title_as_tex(title: str, tex: str) -> None:
    assert bibtex.title(reference(replace(PAPER, title=title))) == tex


def test_an_entry_names_the_eprint() -> None:
    text = bibtex.entry(reference(replace(PAPER, categories=("stat.ML", "cs.LG"), withdrawn=date(2009, 1, 1))))
    for line in (
        "@misc{maaten2008visualizing-0801.01234,",
        "  author = {van der Maaten, Laurens and Hinton, Geoffrey},",
        "  eprint = {0801.01234},",
        "  archivePrefix = {arXiv},",
        "  primaryClass = {stat.ML},",
        "  note = {Withdrawn on 2009-01-01},",
    ):
        assert line in text.splitlines()


@pytest.mark.parametrize(
    ("author", "tex"),
    [
        ("zhiliang wu", "{wu}, zhiliang"),
        ("Zhiliang wu", "{wu}, Zhiliang"),
        ("łukasz ørsted Jr.", "{ørsted}, Jr., łukasz"),
        ("Ada van der wu", "van der wu, Ada"),
        ("Ada de Wu", "de Wu, Ada"),
        ("wu", "{wu}"),
        ("others", "others"),
    ],
)
def test_a_family_name_in_lower_case_is_no_particle(author: str, tex: str) -> None:
    """biber takes one without braces, and with a given name in lower case, for a particle and finds no family name."""
    assert bibtex.name(parted(author)) == tex


# Whatever stands in a title or a name, programs read it back -------------------------------------------------------

TEXTS = st.text(st.sampled_from("abcÀß李 ab  {}$\\%&#_^~\"'@,=-.:/*`|<>()0129"), min_size=1, max_size=30)


@example(title="$a$b", names=["a b"])
@example(title="a and b, @misc{x, y}", names=["and and and", "Jr. von der", "a,b c", "{a} b", "x \\ y"])
@given(title=TEXTS, names=st.lists(TEXTS, min_size=1, max_size=3))
def test_titles_and_names_come_back(title: str, names: list[str]) -> None:
    authors = clean_names(names)
    if authors and one_line(title):
        assert list(faults([replace(PAPER, title=one_line(title), authors=authors)])) == []


def test_the_papers_of_the_toy_content_come_back() -> None:
    papers = [paper.paper for paper in assemble(load(TOY / "content")).papers]
    assert len(papers) > 15
    assert list(faults(papers)) == []


# A note -----------------------------------------------------------------------------------------------------------


def test_a_note_is_cited_with_its_curator_and_its_address() -> None:
    signed = SignedNote(note(1), replace(CURATOR, name="Ada van Ash"))
    paper = replace(PAPER, id=paper_id(1), title="Naps in $O(n)$ & {more}")
    assert note_bibtex(signed, paper, replace(SETTINGS, base_url="https://example.org/{a}")).splitlines() == [
        "@misc{note-2601.00001-ada,",
        r"  title = {{Note on “Naps in $O(n)$ \& \textbraceleft{}more\textbraceright{}”}},",
        "  author = {van Ash, Ada},",
        "  year = {2026},",
        "  month = jan,",
        "  howpublished = {Toy},",
        "  note = {On arXiv:2601.00001},",
        "  url = {https://example.org/%7Ba%7D/papers/2601.00001.html#note-ada},",
        "}",
    ]


@example(title="$a$b", name="and and and", site="a,b @misc{c}")
@given(title=TEXTS, name=TEXTS, site=TEXTS)
def test_the_names_in_the_citation_of_a_note_come_back(title: str, name: str, site: str) -> None:
    title, name, site = (" ".join(one_line(text).split()) for text in (title, name, site))
    if not (title and name and site):
        return
    signed = SignedNote(note(1), replace(CURATOR, name=name))
    text = note_bibtex(signed, replace(PAPER, id=paper_id(1), title=title), replace(SETTINGS, title=site))
    entry = parse_string(text, "bibtex").entries["note-2601.00001-ada"]
    (author,) = entry.persons["author"]
    assert name_of(author) == name
    assert from_tex(entry.fields["howpublished"]) == site


# On the site -------------------------------------------------------------------------------------------------------


def test_papers_days_topics_and_lists_lead_to_their_references(parsed: ParsedSite) -> None:
    for path, page in parsed.pages.items():
        linked = {target for target, _ in parsed.targets(page)}
        own = {form.path(path) for form in FORMATS}
        assert linked.issuperset(own) or not path.startswith("papers/"), path
        assert own <= linked or not own & linked, path
    kinds = {path.partition("/")[0] for path in files(parsed.site, ".bib")}
    assert kinds <= {"papers", "days", "topics", "lists"}
    assert len(kinds) == 4 or parsed.site.name != "toy"


def test_collections_have_the_references_of_their_papers_in_all_formats(parsed: ParsedSite) -> None:
    for path in files(parsed.site, ".csl.json"):
        stem = parsed.site.folder / path.removesuffix(".csl.json")
        keys = [item["id"] for item in json.loads((parsed.site.folder / path).read_text("utf-8"))]
        assert keys == entries(stem.with_name(f"{stem.name}.bib"), "@misc{"), path
        assert keys == entries(stem.with_name(f"{stem.name}.ris"), "ID  - "), path
        assert keys


def files(site: BuiltSite, suffix: str) -> list[str]:
    return sorted(path.relative_to(site.folder).as_posix() for path in site.folder.rglob(f"*{suffix}"))


def entries(file: Path, start: str) -> list[str]:
    lines = file.read_text("utf-8").splitlines()
    return [line.removeprefix(start).removesuffix(",") for line in lines if line.startswith(start)]


@pytest.mark.parametrize("place", ["root", "disk"])
def test_a_button_copies_what_the_page_shows(window: Window, toy_site: BuiltSite, place: str) -> None:
    """By whichever way the browser has there: the selection is what the older one copies."""
    window.open(toy_site.homes[place], "papers/2612.00001.html")
    file = (toy_site.folder / "papers/2612.00001.bib").read_text("utf-8")
    assert window.ask("document.getElementById('bibtex').textContent") == file.rstrip()
    assert window.ask("document.querySelector('[data-copy]').hidden") is False
    window.ask("document.querySelector('[data-copy]').click()")
    said = ""
    for _ in range(1_000):
        said = window.ask("document.querySelector('[data-copy]').textContent")
        if said != "Copy BibTeX":
            break
    assert said.startswith(("Copied", "Selected"))
