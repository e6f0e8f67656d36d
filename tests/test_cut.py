from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from daybook.cut import cut
from daybook.front import front_coded
from daybook.search_format import file_name, front_decoded, in_order, sort_key

WORDS = st.sets(st.text(st.sampled_from("abc-9é機𠀀"), min_size=1, max_size=6), max_size=60).map(in_order)
SIZED = WORDS.flatmap(
    lambda words: st.tuples(st.just(words), st.lists(st.integers(1, 9), min_size=len(words), max_size=len(words)))
)


@given(SIZED, st.integers(1, 30))
def test_parts_hold_all_words_once_and_in_order(sized: tuple[list[str], list[int]], limit: int) -> None:
    words, sizes = sized
    parts = cut(words, sizes, limit)
    assert [word for part in parts for word in words[part.start : part.end]] == words
    for part in parts:
        assert part.start < part.end
        assert part.end - part.start == 1 or sum(sizes[part.start : part.end]) <= limit


@given(SIZED, st.integers(1, 30))
def test_a_word_is_in_the_last_part_whose_key_is_not_after_it(sized: tuple[list[str], list[int]], limit: int) -> None:
    words, sizes = sized
    parts = cut(words, sizes, limit)
    for one, other in pairwise(parts):
        assert sort_key(one.key) < sort_key(other.key)
    for part in parts:
        for word in words[part.start : part.end]:
            assert [one for one in parts if sort_key(one.key) <= sort_key(word)][-1] == part


@given(WORDS, st.integers(2, 12))
def test_a_word_that_grows_moves_no_cut_within_other_letters(words: list[str], limit: int) -> None:
    """That holds of letters with more words than fit into one part; small ones are put together as they come."""
    before = cut(words, [1] * len(words), limit)
    after = cut(words, [3 if word.startswith("a") else 1 for word in words], limit)
    for letter in {word[0] for word in words} - {"a"}:
        own = [place for place, word in enumerate(words) if word[0] == letter]
        if len(own) > limit:
            assert [part for part in after if part.start in own] == [part for part in before if part.start in own]


@given(WORDS)
def test_front_coding_goes_both_ways(words: list[str]) -> None:
    assert list(front_decoded(front_coded(words))) == words


def test_front_coding_of_words_that_share_much() -> None:
    words = ["x" * 40, "x" * 40 + "a", "x" * 50]
    assert list(front_decoded(front_coded(words))) == words


@given(st.sets(st.text(max_size=5), max_size=20))
def test_file_names_are_portable_and_all_different(keys: set[str]) -> None:
    names = [file_name(key) for key in keys]
    assert len({name.lower() for name in names}) == len(keys)
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789_-") for name in names)


def test_a_device_of_windows_is_no_file_name() -> None:
    assert file_name("con") == "con-"
