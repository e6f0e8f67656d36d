from __future__ import annotations

import re
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from daybook import markdown
from daybook.tex import clean
from tests.outline import FORBIDDEN, MATHML, Outline
from tests.spec_files import Case, cases

SECTIONS = {"render": markdown.render, "render_inline": markdown.render_inline}

TAGS = MATHML | set(
    re.findall(
        r"\w+", "p h3 h4 h5 h6 ul ol li blockquote pre code div span table thead tbody tr th td hr br em strong s a"
    )
)


@pytest.mark.parametrize("case", cases("markdown.md"), ids=str)
def test_case(case: Case) -> None:
    assert SECTIONS[case.section](case.source).removesuffix("\n") == case.expected


BLOCKS = st.sampled_from(
    ["# ", "## ", "> ", "- ", "1. ", "```", "~~~", "    ", "\t", "| a |\n|---|\n", "\n", "\n\n", "---", "===", "$$\n"]
)
SPANS = st.sampled_from(
    [
        "|",
        "*",
        "**",
        "_",
        "~~",
        "`",
        "[",
        "](",
        "![",
        "](https://example.org)",
        "](javascript:x)",
        "<https://example.org>",
    ]
)
SIGNS = st.sampled_from(
    [
        "<b>",
        "$",
        "$$",
        "\\",
        "\\\\",
        "&amp;",
        "&#x202e;",
        "&#0;",
        "  \n",
        "\u202e",
        "\x00",
        "[a]: https://example.org\n",
    ]
)
PLAIN = st.sampled_from(["a", "b c", "x1^2", ". ", "\n", "\n\n", " ", "-", "1.", "#", "'", '"', ":"])
MARKDOWN = st.lists(st.one_of(BLOCKS, SPANS, SIGNS, PLAIN, st.text(max_size=3))).map("".join)
NEARLY_PLAIN = st.lists(st.one_of(PLAIN, PLAIN, PLAIN, BLOCKS, SPANS)).map("".join)


@settings(deadline=None)
@given(st.one_of(MARKDOWN, st.text()))
def test_any_markdown_is_harmless_html(text: str) -> None:
    for rendered in (markdown.render(text), markdown.render_inline(text)):
        outline = Outline(rendered)
        assert outline.balanced
        assert outline.names <= TAGS
        assert not outline.harmful
        assert not FORBIDDEN.search(rendered)
        for address in re.findall(r'<a href="([^"]*)"', rendered):
            assert re.match(r"https?://[\w.]|mailto:.", address)
        assert not re.search(r"<a [^>]*>\s*</a>|<a [^>]*>(?:(?!</a>).)*<a ", rendered, re.DOTALL)


@settings(deadline=None)
@given(st.one_of(NEARLY_PLAIN, st.text()))
@example("a\nb\n\nc")
@example('It is "so".')
def test_the_short_way_gives_what_the_parser_gives(text: str) -> None:
    assert markdown.render(text) == clean(markdown._parser().render(clean(text)))
    assert markdown.render_inline(text) == clean(markdown._parser().renderInline(clean(text)))


@pytest.mark.parametrize("text", ["One plain line.", "Two lines\nand more.", "Two paragraphs.\n\nHere, isn't it?\n"])
def test_plain_text_goes_the_short_way(text: str) -> None:
    assert markdown._UNMARKED.fullmatch(text)


@settings(deadline=None)
@given(MARKDOWN)
def test_no_heading_is_skipped(text: str) -> None:
    level = 2
    for heading in re.findall(r"<h([1-6])>", markdown.render(text)):
        assert 3 <= int(heading) <= level + 1
        level = int(heading)


def calls(text: str) -> int:
    """How many calls it takes to render `text`: a measure of the work that does not depend on the machine."""
    count = 0

    def add(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(add)
    try:
        markdown.render(text)
    finally:
        sys.setprofile(None)
    return count


MARKS = ["[", "![", "[a](", "*a ", "**a*", "`a ", "<a", "$a ", "$$\n", "> ", "- a\n", "|a", "\\", "[![](", "a|b\n-|-\n"]


@pytest.mark.parametrize("mark", MARKS)
def test_work_grows_no_faster_than_the_text(mark: str) -> None:
    markdown.render(mark)
    assert calls(mark * 1_600) < 2.5 * calls(mark * 800)


def test_a_long_text_is_rendered_whole() -> None:
    rendered = markdown.render("A *b* $c$.\n\n" * 10_000)
    assert rendered.count("<p>") == rendered.count("<em>") == rendered.count("<math>") == 10_000
