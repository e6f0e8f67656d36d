"""When a topic's rule holds for a paper."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybook.matching import matcher, searchable
from daybook.model import Match
from tests.nouns import entry


def matched(rule: Match, **given: Any) -> str | None:
    """What a rule finds in a paper that has no words of its own."""
    one = entry(1, **{"title": "…", **given})
    return matcher({"rule": rule})(searchable(one), one).get("rule")


# fmt: off
PHRASES = [
    ("nap",          "A Nap, at Last",             True),
    ("nap",          "NAP",                        True),
    ("nap",          "naps",                       False),
    ("nap",          "kidnap",                     False),
    ("nap*",         "Napping",                    True),
    ("nap*",         "nap",                        True),
    ("nap*",         "kidnaps",                    False),
    ("human-AI",     "Human–AI teams",             True),
    ("human AI",     "human_ai",                   True),
    ("human AI",     "AI human",                   False),
    ("human AI",     "human and AI",               False),
    ("human-AI*",    "Human AIs",                  True),
    ("human-AI*",    "Humans AI",                  False),
    ("human   AI *", "Human AIs",                  True),
    ("GPT-4",        "gpt 4",                      True),
    ("GPT-4",        "GPT-4o",                     False),
    ("GPT-4*",       "GPT-4o",                     True),
    ("C++",          "c in the sea",               True),
    ("straße",       "Eine STRASSE",               True),
    ("café",         "CAFÉ",                       True),
    ("café",         "cafe",                       False),
    ("午睡与记忆",     "论 午睡与记忆",                True),
    ("午睡",          "午睡与记忆",                  False),
    ("午睡*",         "午睡与记忆",                  True),
    ("a.b",          "axb",                        False),
]
# fmt: on


@pytest.mark.parametrize(("phrase", "title", "expected"), PHRASES)
def test_phrases_are_runs_of_whole_words(phrase: str, title: str, expected: bool) -> None:
    assert matched(Match(any=(phrase,)), title=title) == (phrase if expected else None)


@pytest.mark.parametrize("part", [{"title": "On naps"}, {"abstract": "On naps."}, {"keywords": ("tea", "on naps")}])
def test_title_abstract_and_keywords_are_looked_at(part: dict[str, Any]) -> None:
    assert matched(Match(any=("on naps",)), **part) == "on naps"


@pytest.mark.parametrize(
    "parts",
    [
        {"title": "On", "abstract": "Naps."},
        {"title": "On", "keywords": ("naps",)},
        {"abstract": "On", "keywords": ("naps",)},
        {"keywords": ("on", "naps")},
    ],
)
def test_a_phrase_does_not_go_on_from_one_text_into_the_next(parts: dict[str, Any]) -> None:
    assert matched(Match(any=("on naps",)), **parts) is None
    assert matched(Match(any=("on nap*",)), **parts) is None


# fmt: off
RULES = [
    (Match(any=("tea", "nap")),                                  "nap and tea",  (),                 "tea"),
    (Match(any=("tea", "nap")),                                  "nap",          (),                 "nap"),
    (Match(all=("tea", "nap")),                                  "nap",          (),                 None),
    (Match(all=("tea", "nap")),                                  "nap and tea",  (),                 "tea, nap"),
    (Match(any=("nap",), all=("tea",)),                          "nap",          (),                 None),
    (Match(any=("nap",), all=("tea",)),                          "tea",          (),                 None),
    (Match(any=("nap",), all=("tea",)),                          "tea nap",      (),                 "nap, tea"),
    (Match(any=("nap",), none=("tea",)),                         "nap tea",      (),                 None),
    (Match(any=("nap",), none=("tea*",)),                        "nap teapot",   (),                 None),
    (Match(any=("nap",), none=("tea",)),                         "nap",          (),                 "nap"),
    (Match(categories=("cs.HC",)),                               "nap",          ("cs.LG", "cs.HC"), "cs.HC"),
    (Match(categories=("cs.HC",)),                               "cs.HC",        ("cs.LG",),         None),
    (Match(categories=("cs.H",)),                                "nap",          ("cs.HC",),         None),
    (Match(categories=("cs.HC",), any=("nap",)),                 "nap",          ("cs.LG",),         "nap"),
    (Match(categories=("cs.HC",), any=("nap",)),                 "tea",          ("cs.HC",),         "cs.HC"),
    (Match(categories=("cs.HC",), any=("nap",)),                 "tea",          ("cs.LG",),         None),
    (Match(categories=("cs.HC",), all=("tea",)),                 "nap",          ("cs.HC",),         None),
    (Match(categories=("cs.HC",), none=("tea",)),                "tea",          ("cs.HC",),         None),
    (Match(),                                                    "nap",          ("cs.HC",),         None),
]
# fmt: on


@pytest.mark.parametrize(("rule", "title", "categories", "found"), RULES)
def test_rules(rule: Match, title: str, categories: tuple[str, ...], found: str | None) -> None:
    assert matched(rule, title=title, categories=categories) == found


PHRASES_OF_RULES = st.lists(st.sampled_from(["tea", "nap", "tea nap", "na*", "…", "cs.HC"]), max_size=2).map(tuple)
SOME_RULES = st.lists(
    st.builds(
        Match,
        any=PHRASES_OF_RULES,
        all=PHRASES_OF_RULES,
        none=PHRASES_OF_RULES,
        categories=st.lists(st.sampled_from(["cs.HC", "tea"]), max_size=2).map(tuple),
    ),
    max_size=4,
)


@given(
    SOME_RULES, st.sampled_from(["tea", "nap", "tea nap", "nap tea", "cs HC", "…"]), st.sampled_from([(), ("cs.HC",)])
)
def test_rules_do_not_mind_each_other(rules: list[Match], title: str, categories: tuple[str, ...]) -> None:
    one = entry(1, title=title, categories=categories)
    named = {str(number): rule for number, rule in enumerate(rules)}
    alone = {name: matched(rule, title=title, categories=categories) for name, rule in named.items()}
    together = matcher(named)(searchable(one), one)
    assert list(together.items()) == [(name, words) for name, words in alone.items() if words is not None]


WORDS = st.lists(st.sampled_from(["a", "b", "ab", "A", "β", "7"]), max_size=6)
GAPS = st.sampled_from([" ", "-", "_", " . ", "\n", "…", "’"])


@given(WORDS, GAPS, WORDS.filter(bool), GAPS, st.booleans())
def test_a_phrase_matches_where_its_words_stand_in_a_row(
    text: list[str], gap: str, phrase: list[str], other_gap: str, open_end: bool
) -> None:
    spoken, wanted = [[word.casefold() for word in run] for run in (text, phrase)]
    runs = [spoken[start : start + len(wanted)] for start in range(len(spoken) - len(wanted) + 1)]
    expected = any(
        run == wanted or (open_end and run[:-1] == wanted[:-1] and run[-1].startswith(wanted[-1])) for run in runs
    )
    rule = other_gap.join(phrase) + "*" * open_end
    assert (matched(Match(any=(rule,)), title=gap.join(text)) is not None) == expected


@given(st.text(), st.text())
def test_any_text_can_be_searched_for_any_phrase(text: str, phrase: str) -> None:
    found = matched(Match(any=(phrase + "x",)), title=text, abstract=text)
    if re.fullmatch(r"\w*", phrase, re.ASCII) and "_" not in phrase:
        assert (found is not None) == (f"{phrase}x".casefold() in re.split(r"[\W_]+", text.casefold()))
