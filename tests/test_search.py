"""What a search finds, and in which order: small contents, Python's searcher."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from daybook.model import Curator, Organisation
from daybook.search import EVERYWHERE, Searcher
from daybook.search_files import NoIndex, SearchFiles
from daybook.search_words import is_one_edit
from tests.nouns import CURATOR, content, entry, listing, note, pick, topic
from tests.searching import found, indexed

LAB = Organisation("kip-lab", "Kip Lab")
MONDAY = date(2026, 1, 5)
Search = Callable[..., list[str]]


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Fourteen papers on rest, and as many others, so that no word is everywhere."""
    rest = [
        entry(1, title="Counting sheep", abstract="A state of the art nap. It helps the sheep.", votes=3),
        entry(2, title="The art of tea", abstract="The state drinks tea. Art is a nap of its own.", votes=9),
        entry(3, title="Naps for all", abstract="Sheep count people who nap.", authors=("Anna Berg", "Łukasz Nowak")),
        entry(
            4, title="Kettles", abstract="Kettles sing; the kettle is hot. Pillows are not.", code="https://a.example/b"
        ),
        entry(
            5,
            title="Transformer pillows",
            abstract="Transformers hum.",
            organisation=Organisation("kip-lab", "Kip Lab"),
        ),
        entry(6, title="Transforming sleep", abstract="Transfer of pillows to sheep and so to sheep.", votes=0),
        entry(7, title="Withdrawn sheep", withdrawn=date(2026, 2, 1)),
        entry(8, title="A k-means of naps", abstract="We use k means."),
        entry(9, title="機械学習と睡眠", abstract="No English here: 機械."),
    ]
    others = [entry(n, title=f"Other work {n}", abstract="Nothing of that kind.") for n in range(20, 45)]
    days = (
        listing(MONDAY, *rest[:5], *others[:12]),
        listing(date(2026, 1, 6), *rest[5:], *others[12:]),
        listing(date(2026, 2, 2), rest[0], source="arxiv"),
    )
    notes = (
        note(4, by="bo", summary="The sheep are in the kettle.", text="Read it in bed.\n\nTwice."),
        note(2, summary="Dull.", text="No sheep at all.", topics=("drinks",)),
    )
    given = content(
        curators=(CURATOR, Curator("bo", "Bo Birch")),
        topics=(topic("drinks", "tea"), topic("warm-drinks", "kettle*", parent="drinks")),
        listings=days,
        notes=notes,
        picks=(pick(50, title="An older sheep", published=date(2024, 5, 1)),),
    )
    return indexed(given, tmp_path_factory.mktemp("searched"))


@pytest.fixture
def search(searcher: Searcher) -> Search:
    return lambda query, limit=10: found(searcher, query, limit)


# Words -----------------------------------------------------------------------------------------------------------


def test_papers_that_have_all_words_come_first(search: Search) -> None:
    assert search("sheep pillows")[:1] == ["00006"]
    assert set(search("sheep pillows")[1:]) >= {"00001", "00003", "00004", "00005"}


def test_a_title_by_its_words_is_first(searcher: Searcher) -> None:
    for number, title in (
        (1, "Counting sheep"),
        (2, "the art of tea"),
        (5, "pillows transformer"),
        (8, "k-means naps"),
    ):
        assert found(searcher, title)[0] == f"{number:05}", title


def test_a_note_counts_more_than_an_abstract(search: Search) -> None:
    """Papers 2 and 4 have the word in a note, 3 and 6 in the abstract, 6 twice; 1 and 50 in the title."""
    order = search("sheep")
    assert set(order) == {"00001", "00002", "00003", "00004", "00006", "00050"}
    assert max(order.index("00002"), order.index("00004")) < order.index("00003")


def test_words_in_one_sentence_count_more(search: Search) -> None:
    assert search("state tea")[0] == "00002"
    assert search("note:bed note:twice") == ["00004"]


def test_case_accents_and_joints_do_not_matter(search: Search) -> None:
    assert search("ŁUKASZ") == search("lukasz") == ["00003"]
    assert search("k-means") == ["00008"]
    assert search("機械") == ["00009"]
    assert search("学習 睡眠") == ["00009"]


def test_a_joined_word_that_nobody_wrote_falls_into_its_parts(search: Search) -> None:
    assert search("sheep-pillows")[0] == "00006"


def test_other_forms_come_after_the_word_as_typed(searcher: Searcher) -> None:
    sections = searcher.search("sheep naps", 50).sections
    assert {name: len(hits) for name, hits in sections.items()} == {"all": 1, "forms": 2, "some": 4}
    assert found(searcher, "sheep naps", 50)[0] == "00003"
    assert set(found(searcher, "sheep naps", 50)[1:3]) == {"00001", "00002"}
    assert list(searcher.search("sheep naps", 1).sections) == ["all"]


def test_a_word_that_goes_on(searcher: Searcher) -> None:
    answer = searcher.search("transfo")
    assert [(group.kind, len(group.parts)) for group in answer.groups] == [("completed", 3)]
    assert set(found(searcher, "transfo")) == {"00005", "00006"}
    assert set(found(searcher, "transf*")) == {"00005", "00006"}
    assert found(searcher, "transfo sheep")[0] != "00005"


def test_a_word_with_a_star_is_its_beginning_too(search: Search) -> None:
    assert set(search("nap*")) == {"00001", "00002", "00003", "00008"}


def test_a_star_stands_for_every_word_that_begins_so(tmp_path: Path) -> None:
    """However many they are, in however few papers, joined ones among them."""
    words = [f"{first}{second}" for first in "abcdefgh" for second in "uvwxyz"]
    papers = [entry(n, title=f"Tram{word}", abstract="Rails and tramlines.") for n, word in enumerate(words, start=1)]
    others = [
        entry(97, title="A tram-way", abstract="None."),
        entry(98, title="Traffic", abstract="None."),
        entry(99, title="Of its own", abstract="A tram."),
    ]
    searcher = indexed(content(listings=(listing(MONDAY, *papers, *others),)), tmp_path)
    begin_so = {f"{n:05}" for n in [*range(1, len(words) + 1), 97, 99]}
    assert set(found(searcher, "tram*", 100)) == begin_so
    assert found(searcher, "-tram*", 100) == ["00098"]
    assert set(found(searcher, "title:tram*", 100)) == begin_so - {"00099"}
    assert set(found(searcher, "trama*", 100)) == {f"{n:05}" for n in range(1, 7)}
    assert found(searcher, "tram-w*", 100) == ["00097"]


@pytest.mark.parametrize("typed", ["kettels", "ketles", "kettlles", "kettlez", "ettles", "kettle's"])
def test_one_letter_may_be_wrong(search: Search, typed: str) -> None:
    assert "00004" in search(typed)[:5]


@pytest.mark.parametrize(
    "typed", ["wonvergence", "onvergence", "convergenze", "convregence", "covnergence", "convergenc"]
)
def test_one_letter_may_be_wrong_in_a_word_that_one_paper_has(tmp_path: Path, typed: str) -> None:
    others = [entry(n, title=f"Work {n:x}onv", abstract=f"Of {n}onvergences and con{n}.") for n in range(2, 90)]
    searcher = indexed(content(listings=(listing(MONDAY, entry(1, title="On convergence"), *others),)), tmp_path)
    assert found(searcher, f"{typed} ")[:1] == ["00001"]


def test_another_number_is_not_what_was_meant(tmp_path: Path) -> None:
    papers = [entry(n, title=f"A year like 2025, {n}") for n in range(1, 4)]
    searcher = indexed(content(listings=(listing(MONDAY, *papers),)), tmp_path)
    assert len(found(searcher, "2025 year")) == 3
    assert searcher.search("2026 year").unknown == ["2026"]


def test_a_mistake_is_told(searcher: Searcher) -> None:
    (group,) = searcher.search("ketles").groups
    assert (group.word, group.kind, [part.term.text for part in group.parts]) == ("ketles", "corrected", ["kettles"])


def test_a_word_that_nobody_wrote_is_left_out_and_told(searcher: Searcher) -> None:
    answer = searcher.search("sheep zzyzx ")
    assert answer.unknown == ["zzyzx"]
    assert len(answer.hits) == 6


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("sheep", "sheep", False), ("sheep", "shep", True), ("shep", "sheep", True), ("sheep", "sleep", True),
        ("sheep", "hseep", True), ("sheep", "sheeep", True), ("sheep", "shpee", False), ("sheep", "shee", True),
        ("ab", "ba", True), ("abc", "cba", False), ("", "a", True), ("a", "b", True), ("abcd", "ab", False),
    ],
)  # fmt: skip
def test_one_edit(one: str, other: str, expected: bool) -> None:
    assert is_one_edit(one, other) is expected


# Phrases and conditions ------------------------------------------------------------------------------------------


def test_a_phrase_is_just_these_words_in_this_order(search: Search) -> None:
    assert search('"state of the art"') == ["00001"]
    assert search('"state art"') == []
    assert search('"state of art"') == []
    assert search('"art of tea"') == ["00002"]
    assert sorted(search('"the art"')) == ["00001", "00002"]
    assert search('"the state of the art nap"') == []
    assert search('"counting sheep"') == ["00001"]
    assert search('"sheep counting"') == []


def test_a_phrase_does_not_go_from_one_sentence_or_name_to_the_next(search: Search) -> None:
    assert search('"tea art"') == []
    assert search('"art nap it helps"') == []
    assert search('"berg łukasz"') == []
    assert search('"łukasz nowak"') == ["00003"]
    assert search('"hot pillows"') == []


def test_a_phrase_is_of_words_as_they_were_written(search: Search) -> None:
    assert search('"kettle sings"') == search('"transformer pillow"') == search('"k-mean"') == []
    assert search('"k-means"') == search('"k means"') == ["00008"]


def test_a_phrase_in_one_place(search: Search) -> None:
    assert search('title:"art of tea"') == ["00002"]
    assert search('note:"art of tea"') == []
    assert search('author:"anna berg"') == ["00003"]


def test_words_in_one_place(search: Search) -> None:
    assert set(search("title:sheep")) == {"00001", "00050"}
    assert search("author:berg") == ["00003"]
    assert set(search("note:sheep")) == {"00002", "00004"}
    assert search("title:sheep tea") == search("tea title:sheep")
    assert "00002" not in search("title:sheep tea")


def test_what_is_not_wanted(search: Search) -> None:
    assert set(search("sheep -nap")) == {"00004", "00006", "00050"}
    assert set(search("sheep -title:sheep")) == {"00002", "00003", "00004", "00006"}
    assert set(search('sheep -"state of the art"')) == {"00002", "00003", "00004", "00006", "00050"}
    assert set(search("sheep -topic:drinks")) == {"00001", "00003", "00006", "00050"}
    assert set(search("sheep -transf*")) == {"00001", "00002", "00003", "00004", "00050"}
    assert set(search("sheep -date:2026-01-06")) == {"00001", "00002", "00003", "00004", "00050"}


def test_filters(search: Search) -> None:
    assert set(search("topic:drinks")) == {"00002", "00004"}
    assert (
        set(search("topic:warm-drinks")) == set(search('topic:"Warm Drinks"')) == set(search("topic:warm")) == {"00004"}
    )
    assert search("org:kip-lab") == search("org:kip") == search('org:"Kip Lab"') == ["00005"]
    assert search("curator:bo") == search('curator:"Bo Birch"') == ["00004"]
    assert set(search("has:note")) == {"00002", "00004"}
    assert search("has:code") == ["00004"]
    assert search("topic:none") == []


def test_dates(search: Search) -> None:
    assert search("sheep date:2024") == search("sheep date:2024-05-01") == ["00050"]
    assert set(search("sheep date:2026-W02")) == {"00001", "00002", "00003", "00004", "00006"}
    assert search("sheep date:2026-01-06..2026-01-07") == ["00006"]
    assert search("sheep date:..2025") == ["00050"]
    assert "00050" not in search("sheep date:2025..")
    assert search("sheep date:2026-02") == []  # it is the first listing that counts


def test_withdrawn_papers_are_found_where_they_are_asked_for(search: Search) -> None:
    assert "00007" not in search("sheep", 50)
    assert search("sheep is:withdrawn") == search("is:withdrawn") == ["00007"]


def test_orders(search: Search) -> None:
    assert search("sheep sort:newest") == ["00006", "00004", "00003", "00002", "00001", "00050"]
    assert search("sheep sort:votes")[:3] == ["00002", "00001", "00006"]
    assert search("topic:drinks") == ["00004", "00002"]  # without words the newest come first


def test_papers_that_are_like_one(search: Search) -> None:
    alike = search("like:2601.00006", 50)
    assert "00005" in alike
    assert "00006" not in alike
    assert "00007" not in alike
    assert search("like:2601.00006 has:note", 50) == [one for one in alike if one in ("00002", "00004")]
    assert search("like:2601.99999") == []


def test_papers_that_are_like_one_may_have_words_and_another_order(search: Search) -> None:
    alike = search("like:2601.00006", 50)
    having = search("like:2601.00006 kettle", 50)
    assert having == [one for one in alike if one in search("kettle", 50)]
    assert having
    assert having != alike
    assert search("like:2601.00006 title:tea", 50) == ["00002"]
    assert search("like:2601.00006 sort:newest", 50) == [one for one in search("sort:newest", 50) if one in alike]


def test_a_limit_brings_as_many_as_there_are(searcher: Searcher) -> None:
    assert len(searcher.search("tea sheep", 1).sections) == 1
    assert list(searcher.search("tea sheep", 2).sections) == ["all", "forms", "some"]


def test_a_word_that_a_third_of_the_papers_have_stands_near_nothing(searcher: Searcher) -> None:
    everywhere = searcher.files.term("kind")
    assert everywhere
    assert len(everywhere.postings) * EVERYWHERE > searcher.files.tables["papers"]
    together, *apart = (searcher.search(query).hits[0].score for query in ("kind nothing", "kind", "nothing"))
    assert together == pytest.approx(sum(apart))


def test_nothing_to_search(tmp_path: Path) -> None:
    empty = indexed(content(), tmp_path)
    for query in ("sheep", '"sheep nap"', "-sheep", "topic:drinks", "date:2026", "like:2601.00001", "", "2601.00001"):
        assert found(empty, query) == []


def test_there_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(NoIndex, match="build the site"):
        SearchFiles.of_folder(tmp_path)


def test_an_index_of_another_version(tmp_path: Path) -> None:
    indexed(content(), tmp_path)
    path = tmp_path / "site" / "search" / "tables.js"
    path.write_text(path.read_text("utf-8").replace('"version":1', '"version":0'), "utf-8")
    with pytest.raises(NoIndex, match="another version"):
        SearchFiles.of_folder(tmp_path / "site")


def test_one_paper_that_changes_changes_few_files(tmp_path: Path) -> None:
    """Its own chunks, its results, the table of all; and a clean build is the same (test_incremental.py)."""
    from daybook.assemble import assemble
    from daybook.index import index
    from daybook.tabulate import tabulate

    def files(title: str) -> dict[str, str]:
        papers = [
            entry(
                n, title=f"Paper {'abcdefghijklmnop'[n % 16] * 9} {n}", abstract=f"Text {n} of {n * 37 % 1009} words."
            )
            for n in range(1, 3000)
        ]
        papers[70] = replace(papers[70], paper=replace(papers[70].paper, title=title))
        site = assemble(content(listings=(listing(MONDAY, *papers),)))
        return {file.path: file.fingerprint for file in index(site, tabulate(site, tmp_path))}

    before, after = files("Paper hhhhhhhhh 71"), files("Paper hhhhhhhhh 9999")
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert len(before) > 1_500
    assert len(changed) < 25
