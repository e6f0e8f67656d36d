"""File names and places in the alphabet, from names as sources print them."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from daybook.names import fold, letter, slug, sort_key

# Names that are nearly the same are the hard ones: case, accents, points, blanks, and signs that fold to letters.
NEARLY = st.text(st.sampled_from("aAáäbB.- '’łŁﬁ™ßK\u0301"), min_size=1, max_size=6)
PLAIN = st.lists(st.sampled_from(["Ada", "Ed", "B.", "C", "ada", "Łi", "De"]), min_size=1, max_size=3).map(" ".join)
NAMES = NEARLY | PLAIN | st.text(min_size=1)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ada Lovelace", "ada-lovelace"),
        ("Ada B. Lovelace", "ada-b-lovelace"),
        ("A. Lovelace", "a-lovelace"),
    ],
)
def test_a_plain_name_is_its_own_file_name(name: str, expected: str) -> None:
    assert slug(name) == expected


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("ada lovelace", "ada-lovelace-"),
        ("Ada Łovelace", "ada-lovelace-"),
        ("Ada  Lovelace", "ada-lovelace-"),
        ("ADA LOVELACE", "ada-lovelace-"),
        ("Ada B Lovelace", "ada-b-lovelace-"),
        ("Plato", "plato-"),
        ("con", "con-"),
        ("../../etc/passwd", "etc-passwd-"),
        ("O'Neil Mc<b>", "o-neil-mc-b-"),
        ("Ægir Þórðarson", "aegir-thordarson-"),
        ("Straße", "strasse-"),
        ("李明", ""),
        ("محمد", ""),
        ("…", ""),
        ("Ab " * 40, "ab-ab-"),
    ],
)
def test_every_other_name_carries_a_digest(name: str, start: str) -> None:
    assert re.fullmatch(re.escape(start) + r"(?:ab-)*[0-9a-f]{8}", slug(name))


@given(NAMES, NAMES)
@example("Ada Lovelace", "Ada Lovelace ")
@example("Jos\u00e9", "Jose\u0301")
def test_two_names_never_share_a_file_name(one: str, other: str) -> None:
    assume(one != other)
    assert slug(one) != slug(other)


@given(NAMES | st.text(min_size=50))
def test_a_file_name_is_safe_everywhere(name: str) -> None:
    found = slug(name)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", found)
    assert len(found) <= 70
    assert found not in {"con", "prn", "aux", "nul", "index", "com1", "lpt1"}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Ada Lovelace", "lovelace ada"),
        ("Łukasz de la Ørsted", "orsted łukasz de la".replace("ł", "l")),
        ("Plato", "plato"),
        ("  Anna   Berg ", "berg anna"),
        ("李明", "李明"),
        ("", ""),
    ],
)
def test_family_names_come_first(name: str, key: str) -> None:
    assert sort_key(name) == key


@given(NAMES)
@example("Trade Mark™")
@example("Foo ℡")
@example("İ")
def test_each_name_stands_under_a_letter_that_is_safe_in_a_path(name: str) -> None:
    assert re.fullmatch(r"[a-z]|other", letter(sort_key(name)))


@given(NAMES)
def test_folding_twice_changes_nothing_more(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(st.text(st.characters(max_codepoint=0x24F)))
def test_folded_text_has_no_upper_case(name: str) -> None:
    assert not re.search("[A-Z]", fold(name))


@pytest.mark.parametrize(
    ("key", "heading"), [("lovelace ada", "l"), ("李明", "other"), ("", "other"), ("3 m", "other"), ("'abd", "other")]
)
def test_what_is_no_latin_letter_stands_under_other(key: str, heading: str) -> None:
    assert letter(key) == heading
