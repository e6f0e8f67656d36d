"""Markdown of notes, introductions and descriptions as HTML: CommonMark with tables, strikethrough and formulas.

The author is not trusted: HTML is text, links lead to http, https and mail addresses only, and pictures are links,
so that a page never asks another host for anything. What comes out fits under a heading of the second level.
Formulas are between dollars only, since Markdown reads \\( and \\[ as brackets that were escaped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup

from daybook.tex import Formula, clean, dollar_formula, to_mathml

# The parser takes longer to import than most texts to render, and many texts have no markup: it is fetched when needed.
if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

# A line that no rule of Markdown looks at: it starts with a letter, has no mark in it and no blank at its end.
_LINE = r"[^\W\d_](?:[^\n\\`*_\[\]<>&$~|]*[^\s\\`*_\[\]<>&$~|])?"
_UNMARKED = re.compile(rf"{_LINE}(?:\n+{_LINE})*+\n*")
_FORMULA = re.compile(r"<math.*?<annotation[^>]*>(.*?)</annotation></semantics></math>", re.DOTALL)
_PARAGRAPH_BREAK = re.compile(r"\n\n+")

_HOST = r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*"
_WEB = re.compile(rf"https?://{_HOST}\.?(?::[1-5]?[0-9]{{1,4}})?(?:[/?][^#]*)?(?:#[^#]*)?", re.IGNORECASE)
_MAIL = re.compile(rf"mailto:[^@?#]+@{_HOST}(?:\?[^#]*)?", re.IGNORECASE)

_LABEL_LENGTH = 40  # characters


def render(text: str, below: int = 2) -> Markup:
    """`text` as paragraphs, lists, tables and so on; `#` becomes a heading below one of the level that is given."""
    text = clean(text)
    if _UNMARKED.fullmatch(text):
        paragraphs = _PARAGRAPH_BREAK.split(text.strip("\n"))
        return Markup("").join(Markup("<p>{}</p>\n").format(_escaped(paragraph)) for paragraph in paragraphs)
    return Markup(clean(_parser().render(text, {"below": below})))


def render_inline(text: str) -> Markup:
    """`text` for within a line: emphasis, code, links and formulas only."""
    text = clean(text)
    return _escaped(text) if _UNMARKED.fullmatch(text) else Markup(clean(_parser().renderInline(text)))


def render_source(text: str) -> Markup:
    """As `render`, with each formula as it was written and nothing that scrolls: for programs that know no MathML."""
    return Markup(clean(_source_parser().render(clean(text))))


def render_inline_source(text: str) -> Markup:
    """As `render_inline`, likewise."""
    return Markup(clean(_source_parser().renderInline(clean(text))))


def plain(text: str) -> str:
    """The words of `text` in one line, for where no markup can be; a formula is its TeX."""
    return Markup(_FORMULA.sub(r"\1", render(text))).striptags()


def raw_html(text: str) -> Iterator[tuple[int, str]]:
    """The HTML tags and comments in `text` outside of code and formulas, each with its line, counted from 0.

    https://spec.commonmark.org/0.31.2/#raw-html
    """
    lines = text.split("\n")
    for block in _html_parser().parse(text):
        at = block.map[0] if block.map else 0
        for token in (block, *(block.children or ())):
            if token.type in ("html_block", "html_inline"):
                html = token.content.strip()
                start = html.split("\n", 1)[0]
                # Code and formulas may have had lines that no token tells of.
                at = next((line for line in range(at, len(lines)) if start in lines[line]), at)
                yield at, html[: html.find(">") + 1] or start
            at += token.type in ("softbreak", "hardbreak")


def _escaped(text: str) -> Markup:
    """`text` as the parser would escape it, so that both ways to a page give the same bytes."""
    return Markup(html.escape(text, quote=False).replace('"', "&quot;"))


@cache
def _parser() -> MarkdownIt:
    parser = _base_parser()
    for rule in (_shift_headings, _align_cells, _frame_tables, _frame_code, _tame_links):
        parser.core.ruler.push(rule.__name__, rule)
    parser.add_render_rule("formula", _render_formula)
    return parser


@cache
def _source_parser() -> MarkdownIt:
    parser = _base_parser()
    for rule in (_shift_headings, _drop_alignment, _tame_links):
        parser.core.ruler.push(rule.__name__, rule)
    parser.add_render_rule("formula", _render_source)
    return parser


@cache
def _html_parser() -> MarkdownIt:
    parser = _base_parser()
    parser.options["html"] = True
    return parser


def _base_parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}).enable(["table", "strikethrough"])
    parser.validateLink = _may_lead_to  # type: ignore[method-assign]
    parser.block.ruler.before("fence", "formula", _formula_block, {"alt": ["paragraph", "blockquote", "list"]})
    parser.inline.ruler.before("escape", "formula", _formula_inline)
    return parser


def _may_lead_to(url: str) -> bool:
    return bool(_WEB.fullmatch(url) or _MAIL.fullmatch(url))


# Formulas --------------------------------------------------------------------------------------------------------


def _formula_inline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "$":
        return False
    formula = dollar_formula(state.src, state.pos)
    if formula is None or state.pos + len(formula.text) > state.posMax:
        return False
    if not silent:
        state.push("formula", "", 0).meta = {"formula": formula}
    state.pos += len(formula.text)
    return True


def _formula_block(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Lines from one that starts with `$$` to one that ends with it, so that none of them is taken for a list."""
    if state.is_code_block(first) or not state.src.startswith("$$", state.bMarks[first] + state.tShift[first]):
        return False
    lines: list[str] = []
    for line in range(first, end):
        if state.isEmpty(line) or state.sCount[line] < state.blkIndent:
            return False
        lines.append(state.getLines(line, line + 1, state.blkIndent, False).strip())
        if lines[-1].endswith("$$") and lines != ["$$"]:
            break
        if "$$" in lines[-1][2 * (line == first) :]:
            return False
    text = "\n".join(lines)
    formula = dollar_formula(text, 0)
    if formula is None or formula.text != text:
        return False
    if not silent:
        token = state.push("formula", "", 0)
        token.meta, token.block = {"formula": formula}, True
        state.line = first + len(lines)
    return True


def _render_formula(renderer: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    formula: Formula = tokens[index].meta["formula"]
    mathml = to_mathml(formula.source, formula.display)
    if not tokens[index].block:
        return mathml or _escaped(formula.text)
    return f"{mathml}\n" if mathml else f"<p>{_escaped(formula.text)}</p>\n"


def _render_source(renderer: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    formula: Formula = tokens[index].meta["formula"]
    return f"<p>{_escaped(formula.text)}</p>\n" if tokens[index].block else _escaped(formula.text)


# What the parser found, made fit for the page: each of these changes the tokens of a text ---------------------------


def _shift_headings(state: StateCore) -> None:
    """The first level comes below that of the heading above; none is skipped on the way down, none is empty."""
    level = below = int(state.env.get("below", 2))
    for index, token in enumerate(state.tokens):
        if token.type not in ("heading_open", "heading_close"):
            continue
        token.hidden = not state.tokens[index + token.nesting].children
        if token.type == "heading_open" and not token.hidden:
            level = min(int(token.tag[1]) + below, level + 1, 6)
        token.tag = f"h{level}"


def _align_cells(state: StateCore) -> None:
    """The alignment of a cell is a class, since the page allows no style; a heading without text is a plain cell."""
    for index, token in enumerate(state.tokens):
        if token.type in ("th_open", "td_open") and (style := token.attrs.pop("style", None)):
            token.attrs["class"] = str(style).replace("text-align:", "align-")
        if token.type in ("th_open", "th_close") and not state.tokens[index + token.nesting].children:
            token.tag = "td"


def _drop_alignment(state: StateCore) -> None:
    """Programs that read feeds refuse styles."""
    for token in state.tokens:
        if token.type in ("th_open", "td_open"):
            token.attrs.pop("style", None)


def _frame_tables(state: StateCore) -> None:
    """A table may be wider than a narrow screen: it scrolls on its own, by keyboard too, and says what it is."""
    framed: list[Token] = []
    for index, token in enumerate(state.tokens):
        if token.type == "table_open":
            framed.append(_region("div", "Table", _heading_words(state.tokens[index:]), {"class": "table"}))
        framed.append(token)
        if token.type == "table_close":
            framed.append(_token("region_close", "div", -1, block=True))
    state.tokens = framed


def _heading_words(tokens: Iterable[Token]) -> str:
    words: list[str] = []
    for token in tokens:
        if token.type == "thead_close":
            break
        if token.type == "inline":
            words.append(_words(token))
    return ", ".join(filter(None, words))


def _frame_code(state: StateCore) -> None:
    """The same for code, which does not wrap."""
    state.tokens = [
        part
        for token in state.tokens
        for part in (_code(token.content) if token.type in ("fence", "code_block") else (token,))
    ]


def _code(text: str) -> Iterator[Token]:
    yield _region("pre", "Code", text, {})
    yield _token("code_open", "code", 1)
    yield _text(text)
    yield _token("code_close", "code", -1)
    yield _token("region_close", "pre", -1, block=True)


def _region(tag: str, kind: str, content: str, attributes: dict[str, str | int | float]) -> Token:
    """The start of a part that scrolls; its label quotes the content, since regions may not be namesakes."""
    first = next((line.strip() for line in content.split("\n") if line.strip()), "")
    label = f"{kind}: {first[:_LABEL_LENGTH]}" if first else kind
    token = _token("region_open", tag, 1, block=tag == "div")
    token.attrs = attributes | {"role": "region", "aria-label": label, "tabindex": "0"}
    return token


def _tame_links(state: StateCore) -> None:
    """No search engine is to reward a link, no link is empty or leads nowhere, and a picture is a link to it."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = list(_tamed(token.children or []))


def _tamed(tokens: list[Token]) -> Iterator[Token]:
    links: list[str] = []  # the addresses of the links that are open, empty for one that is not shown
    words = ""
    for token in tokens:
        if token.type == "link_open":
            address = str(token.attrs["href"])
            links.append(address if _may_lead_to(address) and not any(links) else "")
            if links[-1]:
                words = ""
                yield _unrewarded(token)
        elif token.type == "link_close":
            if address := links.pop():
                yield from (token,) if words.strip() else (_text(address), token)
        elif token.type == "image":
            yield from _picture(token, inside_link=any(links))
        else:
            yield token
        if any(links):
            words += _words(token)


def _picture(image: Token, *, inside_link: bool) -> Iterator[Token]:
    address = str(image.attrs["src"])
    words = _text(_words(image) or address)
    if inside_link or not _may_lead_to(address):
        yield words
        return
    opening = _token("link_open", "a", 1)
    opening.attrs = {"href": address}
    yield from (_unrewarded(opening), words, _token("link_close", "a", -1))


def _unrewarded(token: Token) -> Token:
    if _WEB.fullmatch(str(token.attrs.get("href", ""))):
        token.attrs["rel"] = "nofollow noopener"
    return token


def _words(token: Token) -> str:
    """The text of an inline token or a picture without its markup."""
    if token.type == "formula":
        return str(token.meta["formula"].text)
    if token.children is None:
        return token.content or " " * (token.type in ("softbreak", "hardbreak"))
    return "".join(_words(child) for child in token.children).strip()


def _token(kind: str, tag: str, nesting: Literal[-1, 0, 1], *, block: bool = False) -> Token:
    from markdown_it.token import Token

    return Token(kind, tag, nesting, block=block)


def _text(content: str) -> Token:
    token = _token("text", "", 0)
    token.content = content
    return token
