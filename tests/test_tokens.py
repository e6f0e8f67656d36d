"""Words, in Python and in the browser: every word is found as it is seen."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybook.tokens import BREAK, LONGEST, START, STOP_NUMBERS, fallen, fold, stem, tokenise, words
from tests.browser import Window
from tests.searching import open_search
from tests.sites import BuiltSite
from tests.spec_files import Case, cases


def told(text: str) -> str:
    return "\n".join(" ~".join((word.term, *word.parts)) for word in words(text))


TOLD_BY_JAVASCRIPT = "text => daybook.words(text).map(({term, parts}) => [term, ...parts].join(' ~')).join('\\n')"


@pytest.mark.parametrize("case", [case for case in cases("tokens.md") if case.section == "words"], ids=str)
def test_words(case: Case) -> None:
    assert told(case.source) == case.expected


@pytest.mark.parametrize("case", [case for case in cases("tokens.md") if case.section == "sentences"], ids=str)
def test_sentences(case: Case) -> None:
    texts = [text for token in tokenise([case.source]) for text in fallen(token, is_prose=True)]
    assert " ".join(texts).replace(START, BREAK) == case.expected


def test_the_browser_makes_the_same_words(toy_site: BuiltSite, window: Window) -> None:
    open_search(window, toy_site)
    for case in cases("tokens.md"):
        assert window.ask(TOLD_BY_JAVASCRIPT, case.source) == told(case.source), case.title


def test_the_browser_folds_every_character_alike(toy_site: BuiltSite, window: Window) -> None:
    """But those of Unicode versions that only one of the two knows."""
    open_search(window, toy_site)
    known = [char for char in map(chr, range(0x110000)) if unicodedata.category(char) not in ("Cs", "Cn")]
    for start in range(0, len(known), 20_000):
        some = known[start : start + 20_000]
        there = window.ask(
            f"some => some.map(char => [daybook.fold(`a${{char}}b`), ({TOLD_BY_JAVASCRIPT})(char)])", some
        )
        here = [[fold(f"a{char}b"), told(char)] for char in some]
        assert [told for told in zip(some, here, there, strict=True) if told[1] != told[2]] == []


@given(st.text())
def test_folded_again_is_the_same(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_words_are_what_the_index_has(text: str) -> None:
    """A word is looked for as it was read."""
    text = text.replace(BREAK, " ")
    read = [part for token in tokenise([text]) for part in fallen(token, is_prose=False)]
    typed = [part for word in words(text) for part in (word.term, *word.parts)]
    assert without_breaks(read) == typed


@given(st.text())
def test_sentences_have_the_words_of_their_text(text: str) -> None:
    text = text.replace(BREAK, " ")
    prose = [part for token in tokenise([text]) for part in fallen(token, is_prose=True)]
    plain = [part for token in tokenise([text]) for part in fallen(token, is_prose=False)]
    assert without_breaks(prose) == without_breaks(plain)


def without_breaks(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if text not in (START, BREAK)]


@given(st.text())
def test_words_are_short_and_plain(text: str) -> None:
    for word in words(text):
        assert 0 < len(word.term) <= LONGEST
        assert not set(word.term) & set(' |>,:"')


def test_stop_words_are_those_of_lunr() -> None:
    assert len(STOP_NUMBERS) == 119
    assert {"the", "of", "and"} <= STOP_NUMBERS.keys()


def test_forms_share_a_stem() -> None:
    for forms in ("align aligned aligning aligns", "model models modeling", "study studies", "survey surveys"):
        assert len({stem(form) for form in forms.split()}) == 1, forms
