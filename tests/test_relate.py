"""Which papers are alike: what a plain program finds that compares all pairs."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from math import log, sqrt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daybook.assemble import assemble
from daybook.kept import Kept
from daybook.model import Content, Note
from daybook.relate import KEPT, MOST_RELATED, MOST_WORDS, relate
from daybook.site import Site
from daybook.tabulate import tabulate
from tests.nouns import content, entry, listing, note, paper_id

Said = tuple[list[str], list[str]]
WORDS = ("sheep", "nap", "tea", "pillow", "owl", "bird", "kettle", "dream", "x", "42")
PAPERS = st.lists(
    st.tuples(st.lists(st.sampled_from(WORDS), max_size=4), st.lists(st.sampled_from(WORDS), max_size=8)),
    min_size=2,
    max_size=12,
)


def related(papers: list[Said], folder: Path) -> list[list[tuple[str, tuple[str, ...]]]]:
    """By paper, the papers like it with the words that they share; titles and abstracts are of these words."""
    entries = [
        entry(number, title=" ".join(title) or "—", abstract=" ".join(abstract) or None)
        for number, (title, abstract) in enumerate(papers, start=1)
    ]
    site = assemble(content(listings=(listing(date(2026, 1, 5), *entries),)))
    return [[(one.paper.url, one.words) for one in alike] for alike in with_related(site, folder).related]


def with_related(site: Site, folder: Path) -> Site:
    return relate(site, tabulate(site, folder), folder)


def related_plainly(papers: list[Said]) -> list[list[tuple[float, int, dict[str, float]]]]:
    """By paper, all papers that share a word: the cosine, the number, and what each word adds to it."""
    times = [
        Counter(word for word in title + abstract if word.isalpha() and len(word) > 1) for title, abstract in papers
    ]
    count = Counter(word for one in times for word in one)
    idf = {word: log(len(papers) / papers_with) for word, papers_with in count.items() if 1 < papers_with < len(papers)}
    weights = [{word: (1 + log(n)) * idf[word] for word, n in one.items() if word in idf} for one in times]
    lengths = [sqrt(sum(weight**2 for weight in one.values())) for one in weights]
    found = []
    for place, mine in enumerate(weights):
        shared = []
        for other, theirs in enumerate(weights):
            added = {
                word: mine[word] * theirs[word] / (lengths[place] * lengths[other])
                for word in mine.keys() & theirs.keys()
            }
            if other != place and added:
                shared.append((sum(added.values()), other, added))
        found.append(sorted(shared, key=lambda one: (-round(one[0], 6), -one[1])))
    return found


@given(PAPERS)
@settings(max_examples=60)
def test_the_most_alike_are_found(tmp_path_factory: pytest.TempPathFactory, papers: list[Said]) -> None:
    found = related(papers, tmp_path_factory.mktemp("checkout"))
    for alike, plain in zip(found, related_plainly(papers), strict=True):
        assert len(alike) == min(MOST_RELATED, len(plain))
        cosines = {paper_id(other + 1).path: (cosine, added) for cosine, other, added in plain}
        chosen = [cosines[url][0] for url, _ in alike]
        assert chosen == pytest.approx([cosine for cosine, *_ in plain[: len(alike)]], abs=2e-6)
        for url, words in alike:
            added = cosines[url][1]
            assert len(words) == min(MOST_WORDS, len(added))
            assert [added[word] for word in words] == pytest.approx(sorted(added.values(), reverse=True)[: len(words)])


def test_what_was_withdrawn_is_like_nothing(tmp_path: Path) -> None:
    entries = [entry(n, title="Sheep and owls", abstract=f"Kettle {n}.") for n in (1, 2, 3)]
    entries += [entry(n, title=f"Other {'abcdefg'[n]} {'tuvwxyz'[n]}") for n in (4, 5, 6)]
    gone = replace(entries[0], paper=replace(entries[0].paper, withdrawn=date(2026, 2, 1)))
    site = assemble(content(listings=(listing(date(2026, 1, 5), gone, *entries[1:]),)))
    assert [[one.paper.url for one in alike] for alike in with_related(site, tmp_path).related[:3]] == [
        [], [paper_id(3).path], [paper_id(2).path],
    ]  # fmt: skip


def test_notes_count_where_there_is_no_abstract(tmp_path: Path) -> None:
    def site(abstract: str | None) -> Content:
        papers = [
            entry(n, title=title, abstract=abstract) for n, title in enumerate(("One", "Two", "Three", "Four"), 1)
        ]
        notes = (note(1, text="Owls and kettles."), note(2, text="Kettles, and owls."))
        return content(listings=(listing(date(2026, 1, 5), *papers),), notes=notes)

    for abstract, words in ((None, {"owls", "kettles"}), ("Different from all.", set[str]())):
        alike = with_related(assemble(site(abstract)), tmp_path).related[0]
        assert {word for one in alike for word in one.words} & {"owls", "kettles"} == words


def test_what_is_kept_is_used_and_not_trusted(tmp_path: Path) -> None:
    """A note on a paper with an abstract compares nothing again; what is damaged is made again."""
    papers = [entry(n, title=f"Owls {n}", abstract="Owls like kettles.") for n in range(1, 60)]

    def site(*notes: Note) -> Site:
        return assemble(content(listings=(listing(date(2026, 1, 5), *papers),), notes=notes))

    expected = with_related(site(), tmp_path).related
    (kept,) = Kept(tmp_path, KEPT).folder.iterdir()
    before = kept.stat().st_mtime_ns
    assert with_related(site(note(1, text="Kettles.")), tmp_path).related == expected
    assert (kept.stat().st_mtime_ns, [kept]) == (before, [*kept.parent.iterdir()])
    for damage in (b"", kept.read_bytes()[:-1], b"x" + kept.read_bytes()):
        kept.write_bytes(damage)
        assert with_related(site(), tmp_path).related == expected
