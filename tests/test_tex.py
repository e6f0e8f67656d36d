from __future__ import annotations

import re
import threading
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from daybook import tex
from tests.outline import FORBIDDEN, MATHML, Outline
from tests.spec_files import Case, cases


def formula(source: str, *, display: bool = False) -> str:
    mathml = tex.to_mathml(source, display)
    return "none" if mathml is None else str(mathml)


SECTIONS = {
    "formula": formula,
    "display": lambda source: formula(source, display=True),
    "plain_text": tex.plain_text,
    "inline": tex.inline,
    "abstract": tex.abstract,
}


@pytest.mark.parametrize("case", cases("tex.md"), ids=str)
def test_case(case: Case) -> None:
    assert SECTIONS[case.section](case.source) == case.expected


COMMANDS = st.sampled_from(
    re.findall(
        r"\S+",
        r"""
        \frac \sqrt \left( \right) \text \mathbb \sum \begin{aligned} \end{aligned} \begin{array}{c} \end{array} \def
        \let \newcommand \href \color \label{a} \tag{b} \\ \{ \% \texttt \textsc \mathrm \hat \not \limits \substack
        \displaystyle \tfrac \binom \phantom \operatorname \prescript \cancel \underbrace \xrightarrow \boxed \ref
        """,
    )
)
SIGNS = st.sampled_from([*"{}[]()^_&#~'$%<>\"=xyz0159 \n\t\\", "\u202e", "\x00", "\ud800", "\ufffe", "é", "中"])
TEX = st.lists(st.one_of(COMMANDS, SIGNS, st.characters(categories=["Cs", "Cc", "Lu", "Sm"]))).map("".join)
MARKUP = st.sampled_from([r"\emph{", r"{\em ", r"\'e", r"\v{c}", "{B}", "``", "''", "&amp;", "&#x202e;", "<b>", "$$"])
BRACKETS = st.sampled_from(["$", r"\(", r"\)", r"\[", r"\]"])
TEXTS = st.lists(st.one_of(MARKUP, BRACKETS, SIGNS, COMMANDS, st.text(max_size=3))).map("".join)


@settings(deadline=None)
@given(st.one_of(TEX, st.text()), st.booleans())
@example("{" * 10_000 + "}" * 10_000, False)
@example(r"\sqrt" * 10_000 + " x", False)
@example("x" * 1_000_000, False)
def test_a_formula_is_harmless_mathml_or_none(source: str, display: bool) -> None:
    mathml = tex.to_mathml(source, display)
    if mathml is not None:
        outline = Outline(mathml)
        assert outline.balanced
        assert outline.names - {"span"} <= MATHML
        assert ("span" in outline.names) == display
        assert not outline.harmful
        assert not FORBIDDEN.search(mathml)
        assert outline.text.endswith(tex.clean(source).strip())


DEEP = {
    "fractions": lambda depth: r"\frac{" * depth + "x" + "}2" * depth,
    "fractions without braces": lambda depth: r"\frac1" * depth + "2",
    "roots": lambda depth: r"\sqrt " * depth + "x",
    "brackets": lambda depth: r"\left(" * depth + "x" + r"\right)" * depth,
    "matrices": lambda depth: r"\begin{matrix}" * depth + "x" + r"\end{matrix}" * depth,
    "scripts": lambda depth: "x_{" * depth + "x" + "}" * depth,
    "macros": lambda depth: r"\smash{" * depth + "x" + "}" * depth,
}


@pytest.mark.parametrize("shape", DEEP)
def test_a_deep_formula_fits_a_small_stack(shape: str) -> None:
    """As small as the stacks of threads on some systems: overflowing it would end the whole process."""
    before = threading.stack_size(512 * 1024)
    try:
        sources = [DEEP[shape](depth) for depth in range(10, 400, 10)]
        thread = threading.Thread(target=lambda: [tex.to_mathml(source, False) for source in sources])
        thread.start()
        thread.join()
    finally:
        threading.stack_size(before)
    assert tex.to_mathml(DEEP[shape](10), False)
    assert tex.to_mathml(DEEP[shape](390), False) is None


def test_a_formula_leaves_nothing_behind() -> None:
    assert tex.to_mathml(r"\gdef\leftover{x} y", False) is None
    assert tex.to_mathml(r"\global\let\leftover=x", False) is None
    assert tex.to_mathml(r"\leftover", False) is None


@settings(deadline=None)
@given(TEXTS)
def test_the_pieces_of_a_text_are_the_text(text: str) -> None:
    pieces = tex.split_tex(text)
    assert "".join(piece if isinstance(piece, str) else piece.text for piece in pieces) == text
    assert not any(isinstance(one, str) and isinstance(other, str) for one, other in pairwise(pieces))


@settings(deadline=None)
@given(st.one_of(TEXTS, st.text()))
def test_any_text_becomes_formulas_and_text_only(text: str) -> None:
    outline = Outline(tex.abstract(text))
    assert outline.balanced
    assert outline.names <= MATHML | {"p", "span"}
    assert not outline.harmful
    assert not FORBIDDEN.search(tex.abstract(text))
    assert not FORBIDDEN.search(tex.inline(text))


@settings(deadline=None)
@given(st.one_of(TEXTS, st.text()))
def test_plain_text_is_one_clean_line(text: str) -> None:
    plain = tex.plain_text(text)
    assert plain == " ".join(plain.split())
    assert not FORBIDDEN.search(plain)


@settings(deadline=None)
@given(st.text(st.characters(exclude_characters="\\${}~`&", exclude_categories=["Cc", "Cs", "Cf", "Cn"])))
def test_text_without_markup_is_only_escaped(text: str) -> None:
    assert tex.inline(text) == Markup.escape(text)


@settings(deadline=None)
@given(st.text())
def test_clean_text_is_left_alone(text: str) -> None:
    cleaned = tex.clean(text)
    assert not FORBIDDEN.search(cleaned)
    assert tex.clean(cleaned) == cleaned
