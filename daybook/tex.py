"""TeX in titles, abstracts and notes: formulas become MathML, other markup becomes the letters that it stands for.

What a page shows of other people's text passes through here, so this is also where invisible and illegal characters
are taken out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree

from markupsafe import Markup, escape
from math_core import LatexError, LatexToMathML

from daybook.tex_letters import Reduction, reducible

# Characters ------------------------------------------------------------------------------------------------------

_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
_UNWANTED = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069{_NONCHARACTERS}]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """`text` with characters that may stand in HTML and XML and do not turn the reading direction.

    Line ends become "\\n", lone surrogates U+FFFD; control characters except tab and line end, bidirectional
    overrides and isolates, and noncharacters go.
    """
    if text.isprintable():
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(
        line if line.isprintable() else _SURROGATES.sub("\ufffd", _UNWANTED.sub("", line)) for line in lines
    )


# Formulas in text ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in a text: its TeX, whether it stands on a line of its own, and all that was written for it."""

    source: str
    display: bool
    text: str


# One character of a formula (or an escaped one), but no `$` and no blank line; then the same between \( and \).
_DOLLARLESS = r"(?:[^\\$\n]++|\\.|\\(?=\n)|\n(?![^\S\n]*\n))++"
_BRACKETED = r"(?:[^\\\n]++|\\[^()\[\]\n]|\\(?=\n)|\n(?![^\S\n]*\n))++"

_DISPLAY_DOLLARS = re.compile(rf"\$\$({_DOLLARLESS})\$\$")
_DOLLARS = re.compile(rf"\$({_DOLLARLESS})\$(?!\$)")
_ROUND = re.compile(rf"\\\(({_BRACKETED})\\\)")
_SQUARE = re.compile(rf"\\\[({_BRACKETED})\\\]")
_CANDIDATE = re.compile(r"\\.|\$", re.DOTALL)
_COMMAND = re.compile(r"\\[A-Za-z]")
_SURE = re.compile(r"[A-Za-z]|\S*[_^]\S*|.*\\[A-Za-z].*", re.DOTALL)
_GROUP = re.compile(r"\{[^{}]*\}")
_PROSE = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}(?:[ ,]+[A-Za-z]{2,}){2}")


def split_tex(text: str) -> list[str | Formula]:
    r"""`text` in pieces: what is between formulas, and the formulas: `$…$`, `$$…$$`, `\(…\)` and `\[…\]`."""
    pieces: list[str | Formula] = []
    plain = 0
    candidate = _CANDIDATE.search(text)
    while candidate:
        start, end = candidate.span()
        if formula := _formula_at(text, start):
            pieces += [text[plain:start], formula]
            plain = end = start + len(formula.text)
        candidate = _CANDIDATE.search(text, end)
    pieces.append(text[plain:])
    return [piece for piece in pieces if piece]


def _formula_at(text: str, position: int) -> Formula | None:
    if text[position] == "$":
        return dollar_formula(text, position)
    for pattern, display in ((_ROUND, False), (_SQUARE, True)):
        found = pattern.match(text, position)
        if found and found[1].strip():
            return Formula(found[1].strip(), display, found[0])
    return None


def dollar_formula(text: str, position: int) -> Formula | None:
    r"""The formula `$…$` or `$$…$$` that starts at `position`, if one does.

    A price is none: the first `$` stands before, the last one after something other than a blank, and no digit
    follows. A command such as \times, a sub- or superscript or a lone letter inside is proof enough, unless a digit
    comes first, as in prices. No formula holds a blank line, another `$` or, outside braces, three words in a row.
    """
    if found := _DISPLAY_DOLLARS.match(text, position):
        return Formula(found[1].strip(), True, found[0]) if found[1].strip() else None
    found = _DOLLARS.match(text, position)
    if found is None or not (source := found[1].strip()) or _PROSE.search(_GROUP.sub("", source)):
        return None
    tight = source == found[1] and not text[found.end() : found.end() + 1].isdigit()
    sure = _SURE.fullmatch(source) and not source[0].isdigit()
    return Formula(source, False, found[0]) if tight or sure else None


# MathML ----------------------------------------------------------------------------------------------------------

# What a formula may have, so that a hostile one costs little: neither the converter nor a browser can be made to
# nest deeply, since each level needs a brace or a command. The largest of 6,700 in real abstracts has 1,116
# characters, 17 commands and 3 levels of braces.
_LONGEST = 2_000
_MOST_COMMANDS = 150
_DEEPEST_BRACES = 30
_DEEPEST_OUTPUT = 200

# Commands of LaTeX, amsmath and common packages that the converter does not have, in those that it has.
_MACROS = {
    "dotsb": r"\cdots",
    "dotsc": r"\ldots",
    "dotsm": r"\cdots",
    "eps": r"\epsilon",
    "hbox": r"\text{#1}",
    "mathbbm": r"\mathbb{#1}",
    "mathds": r"\mathbb{#1}",
    "mbox": r"\text{#1}",
    "nicefrac": r"\frac{#1}{#2}",
    "pmb": r"\boldsymbol{#1}",
    "smash": "#1",
    "textnormal": r"\text{#1}",
    "textup": r"\text{#1}",
    "widetilde": r"\tilde{#1}",
}
_CONVERTER = LatexToMathML(annotation=True, fancy_error=False, macros=_MACROS, max_expansions=200)

# A wide formula scrolls, so the keyboard has to reach it; HTML has no tabindex on math itself.
_DISPLAYED = Markup('<span class="formula" role="group" aria-label="Formula" tabindex="0">{}</span>')

_DEFINITION = re.compile(r"\\(?:[egx]?def|let|futurelet|(?:new|renew|provide)command|global)(?![A-Za-z])")
_ENVIRONMENT = re.compile(r"\\(begin|end)\{(equation|gather|multline|align|flalign|eqnarray|split)\*?\}")
_UNNUMBERED = {"equation": "gathered", "gather": "gathered", "multline": "gathered"}
_LABEL = re.compile(r"\\(?:label|tag)\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])")
_COMMENT = re.compile(r"(\\.)|%", re.DOTALL)
_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot|apos);)[A-Za-z]+;")

# https://www.w3.org/TR/mathml-core/, without what loads, links or styles. A `class` says how a column of a table is
# aligned, since MathML Core has no attribute for that and the site's security policy no room for style attributes.
_ELEMENT_NAMES = """
    math semantics annotation mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover
    mmultiscripts mprescripts mtable mtr mtd mpadded mphantom mstyle
"""
_ATTRIBUTE_NAMES = """
    accent accentunder class columnspan depth display displaystyle encoding form height largeop linethickness lspace
    mathvariant maxsize minsize movablelimits rowspan rspace scriptlevel separator stretchy symmetric voffset width
"""
_ELEMENTS = frozenset(_ELEMENT_NAMES.split())
_ATTRIBUTES = frozenset(_ATTRIBUTE_NAMES.split())
_VALUE = re.compile(r"[A-Za-z0-9 .+/-]*")
_ALIGNED = re.compile(r"text-align: (left|right);")
_TEXT_MARKUP = frozenset({"mtext", "b", "i", "em", "code", "s", "u", "span"})
_INVISIBLE = "\u2061\u2062\u2063\u2064 \n"


@lru_cache(maxsize=16_384)
def to_mathml(source: str, display: bool) -> Markup | None:
    """The formula with TeX `source` as MathML Core with the source in it to copy; None when it is broken or too big.

    Never raises. The result holds nothing but the elements and attributes that this module lists.
    """
    source = clean(source).strip()
    if not source or not _is_modest(source):
        return None
    try:
        converted = _CONVERTER.convert_with_local_state(_prepared(source), displaystyle=display)
        tree = ElementTree.fromstring(_ENTITY.sub(lambda name: html.unescape(name[0]), converted))
    except (LatexError, ElementTree.ParseError):
        return None
    formula, annotation = tree[0]
    annotation.text = source
    if not _tidy(tree, 0) or not "".join(formula.itertext()).strip(_INVISIBLE):
        return None
    mathml = Markup(ElementTree.tostring(tree, encoding="unicode"))
    return _DISPLAYED.format(mathml) if display else mathml


def _is_modest(source: str) -> bool:
    """Whether `source` is short and flat, and defines nothing: the converter recurses on a stack that can overflow."""
    if len(source) > _LONGEST or len(_COMMAND.findall(source)) > _MOST_COMMANDS or _DEFINITION.search(source):
        return False
    depth = deepest = 0
    for brace in re.findall(r"[{}]", source):
        depth += 1 if brace == "{" else -1
        deepest = max(deepest, depth)
    return deepest <= _DEEPEST_BRACES


def _prepared(source: str) -> str:
    """`source` for the converter: a bare % is a percent sign here, and no line is numbered or labelled."""
    plain = _COMMENT.sub(lambda found: found[1] or r"\%", source)
    return _ENVIRONMENT.sub(
        lambda found: rf"\{found[1]}{{{_UNNUMBERED.get(found[2], 'aligned')}}}", _LABEL.sub("", plain)
    )


def _tidy(element: ElementTree.Element, depth: int) -> bool:
    """Takes styles and identifiers out of `element`, and says whether all that remains may stand in a page."""
    style = element.attrib.pop("style", "")
    element.attrib.pop("class", None)
    element.attrib.pop("id", None)
    if aligned := _ALIGNED.search(style):
        element.set("class", f"tex-{aligned[1]}")
    if element.tag == "mtext" and all(part.tag in _TEXT_MARKUP for part in element.iter()):
        words = "".join(element.itertext())
        del element[:]
        element.text = words
    _wrap_size(element)
    return (
        depth <= _DEEPEST_OUTPUT
        and element.tag in _ELEMENTS
        and all(name in _ATTRIBUTES and _VALUE.fullmatch(value) for name, value in element.items())
        and all(_tidy(child, depth + 1) for child in element)
    )


def _wrap_size(element: ElementTree.Element) -> None:
    """Moves what sets the size from `element` to an `mstyle` around it: validators know it nowhere else."""
    if element.tag == "mtable":
        element.attrib.pop("scriptlevel", None)
    size = {name: value for name, value in element.items() if name in ("displaystyle", "scriptlevel")}
    if element.tag in ("mstyle", "mtable") or not size:
        return
    inner = ElementTree.Element(element.tag, {name: value for name, value in element.items() if name not in size})
    inner.text = element.text
    inner.extend(element)
    element.clear()
    element.tag = "mstyle"
    element.attrib.update(size)
    element.append(inner)


# Text with formulas ----------------------------------------------------------------------------------------------

_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|amp|lt|gt|quot|apos|nbsp);")
_ONE_IN_BRACES = re.compile(r"([_^])\{([^{}\s])\}")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")


def inline(text: str) -> Markup:
    """`text` as HTML for within a line: formulas as MathML, a broken one as it was written, no other markup.

    Formulas that were written to stand alone stay in the line, too: it may be a heading or a link.
    """
    return _typeset(text, may_display=False)


def _typeset(text: str, may_display: bool) -> Markup:
    if not reducible(text):  # as most are
        return escape(clean(text))
    return Markup("").join(
        escape(piece)
        if isinstance(piece, str)
        else to_mathml(piece.source, piece.display and may_display) or escape(piece.text)
        for piece in pieces(text)
    )


def abstract(text: str) -> Markup:
    """The paragraphs of `text`, which blank lines separate; formulas that were written to stand alone do."""
    paragraphs = (paragraph.strip() for paragraph in _BLANK_LINE.split(clean(text)))
    return Markup("\n").join(
        Markup("<p>{}</p>").format(_typeset(part, may_display=True)) for part in paragraphs if part
    )


def abstract_source(text: str) -> Markup:
    """As `abstract`, with each formula as it was written: for programs that know no MathML."""
    paragraphs = ("".join(_as_written(part)) for part in _BLANK_LINE.split(clean(text)))
    return Markup("\n").join(Markup("<p>{}</p>").format(part.strip()) for part in paragraphs if part.strip())


def _as_written(text: str) -> Iterator[str]:
    return (piece if isinstance(piece, str) else piece.text for piece in pieces(text))


def is_plain(text: str) -> bool:
    """Has `text` no markup, as most have none, so that `plain_text` is the same but for blanks?"""
    return text.isprintable() and not reducible(text)


def plain_text(text: str) -> str:
    """`text` in one line without markup, for titles of windows, descriptions and sorting.

    A formula is its TeX: without dollars and with letters for commands where that is all it takes.
    """
    if is_plain(text):
        return " ".join(text.split())
    return " ".join(
        "".join(piece if isinstance(piece, str) else _plain_formula(piece) for piece in pieces(text)).split()
    )


def _plain_formula(formula: Formula) -> str:
    reduction: Reduction[str] = Reduction()
    reduction.read(formula.source)
    letters = _ONE_IN_BRACES.sub(r"\1\2", "".join(reduction.result()))
    return formula.text if "\\" in letters else letters


def pieces(text: str) -> list[str | Formula]:
    """The pieces of `text` with character references and text markup resolved."""
    text = clean(text)
    if not reducible(text):
        return [text]
    if "&" in text:
        text = clean(_REFERENCE.sub(lambda found: html.unescape(found[0]), text))
    reduction: Reduction[Formula] = Reduction()
    for piece in split_tex(text):
        if isinstance(piece, str):
            reduction.read(piece)
        else:
            reduction.keep(piece)
    return reduction.result()
