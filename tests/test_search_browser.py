"""The browser finds what Python finds, in the same order, wherever the site is; and weighs words as lunr does."""

from __future__ import annotations

import random
from typing import Any

import pytest
from playwright.sync_api import Browser

from daybook.assemble import assemble
from daybook.load import load
from daybook.search import Searcher
from daybook.search_files import SearchFiles
from daybook.search_format import FIELDS, IS_PROSE
from daybook.search_numbers import number
from daybook.search_papers import texts
from daybook.tokens import BREAK, START, STOP_NUMBERS, fallen, tokenise
from tests.browser import Window
from tests.outside import find_npm_file
from tests.searching import FOUND_BY_JAVASCRIPT, found_by_python, open_search
from tests.sites import PLACES, ROOT, TOY, BuiltSite

QUERIES = [
    "sheep", "sheep nap", "counting sheep in naps", "aligment of models", "modl prefernce", "alig", "prefer*",
    "the of", '"language models"', '"state of the art"', '"a nap"', "sheep -nap", "-sheep",
    '-"language models" alignment', "title:sheep", "author:berg", "author:josé", "note:pillow",
    'title:"language models"', "topic:naps", "topic:alignment", "-topic:alignment has:note", "org:kettle-lab",
    "curator:bjork", "curator:daybook", "has:code", "has:project", "is:withdrawn", "date:2026",
    "date:2026-12-28..2027-01-01", "date:2026-W53", "date:..2024", "-date:2026 model", "sheep sort:newest",
    "models sort:votes", "sort:votes", "sort:newest topic:sleep", "like:2612.00001", "like:hep-th/9901001",
    "like:2408.16984", "like:2401.99999", "2612.00001", "k-means", "low-rank", "学", "Łóś", "zzyzx", "zzyzx sheep",
    "large language model alignment survey", "human preferences reward learning feedback", "a b c d e f g",
    "pre* model", "-con* sheep", "mod*", "author:ber*", "like:2612.00001 sheep", "like:2408.16984 model sort:newest",
    "2026 sheep", "topic:none sheep", "", "-", '"', "title:", "note:the", "transf", "reward modl sort:newest",
]  # fmt: skip


@pytest.fixture(params=["shipped", "toy"])
def site(request: pytest.FixtureRequest, sites: tuple[BuiltSite, ...]) -> BuiltSite:
    return next(site for site in sites if site.name == request.param)


@pytest.mark.parametrize("place", PLACES)
def test_the_browser_finds_what_python_finds(site: BuiltSite, window: Window, place: str) -> None:
    open_search(window, site, place=place)
    expected = found_by_python(Searcher(SearchFiles.of_folder(site.folder)), QUERIES)
    for query, here, there in zip(QUERIES, expected, window.ask(FOUND_BY_JAVASCRIPT, QUERIES), strict=True):
        assert there == here, query
    assert window.faults == []


def test_words_weigh_what_they_weigh_in_lunr(site: BuiltSite, browser: Browser) -> None:
    """lunr.js 2.3.9 with an index of the same words, made by itself; its own ways of making words are off."""
    content = {"shipped": ROOT, "toy": TOY}[site.name] / "content"
    papers = assemble(load(content)).papers
    numbers = number([paper.first for paper in papers]).of_papers
    documents = [[list(words(text, field)) for field, text in enumerate(texts(paper))] for paper in papers]
    known = sorted({word for fields in documents for field in fields for word in field})
    chance = random.Random(1)
    queries = [chance.sample(known, chance.randint(1, 4)) for _ in range(200)]
    tables = SearchFiles.of_folder(site.folder).tables
    with browser.new_context(bypass_csp=True) as context:
        window = Window(context)
        open_search(window, site)
        window.page.add_script_tag(path=find_npm_file("lunr/lunr.js"))
        given = [list(FIELDS), tables["boosts"], list(numbers), documents, queries]
        expected = window.ask(BY_LUNR, given)
        ours = window.ask(BY_US, queries)
    searcher = Searcher(SearchFiles.of_folder(site.folder))
    for query, by_lunr, in_browser in zip(queries, expected, ours, strict=True):
        by_python = {str(paper): score for paper, score in searcher.weigh(query).items()}
        assert by_python == pytest.approx(by_lunr, abs=1e-9), query
        assert in_browser == pytest.approx(by_lunr, abs=1e-9), query


BY_LUNR = """([fields, boosts, numbers, documents, queries]) => {
    const builder = new lunr.Builder();
    builder.pipeline.reset();
    builder.searchPipeline.reset();
    builder.ref("number");
    fields.forEach((field, place) => builder.field(field, {boost: boosts[place]}));
    documents.forEach((document, place) => builder.add(
        {number: numbers[place], ...Object.fromEntries(fields.map((field, one) => [field, document[one]]))}));
    const index = builder.build();
    return queries.map(words => Object.fromEntries(
        index.query(query => words.forEach(word => query.term(word, {usePipeline: false})))
            .map(result => [result.ref, result.score])));
}"""

BY_US = """async queries => {
    const tables = await daybook.load("tables");
    const found = [];
    for (const words of queries) {
        const scores = [...(await daybook.weigh(words, tables)).entries()];
        found.push(Object.fromEntries(scores.filter(([, score]) => score).map(([paper, score]) => [paper, score])));
    }
    return found;
}"""


def words(text: str, field: int) -> Any:
    """The words of a field that are indexed."""
    said = (one for token in tokenise([text]) for one in fallen(token, IS_PROSE[field]))
    return (one for one in said if one not in (START, BREAK) and one not in STOP_NUMBERS)
