"""Formulas of e-books that read right as text: √(p(1−p)) where a reading program knows no MathML, and not p(1−p).

Such a program shows the text of all elements of a formula in a row, so that roots, fractions, powers and the TeX beside
it would be lost or come twice. What a row of text lacks is therefore put in as phantoms without extent, which take no
room and show nothing where MathML is drawn (https://www.w3.org/TR/mathml-core/#adjust-space-around-content-mpadded).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_FORMULA = re.compile(r"<math.*?</math>", re.DOTALL)
_MARKS = {"msub": "_", "msup": "^", "msubsup": "_^", "munder": "_", "mover": "^", "munderover": "_^"}
_LIMITS = frozenset({"munder", "mover", "munderover"})
_ATOMS = frozenset({"mi", "mn", "mo"})
_PRIMES = frozenset("′″‴⁗")


def spelled(html: str) -> str:
    """`html` with each formula of `tex.to_mathml` in it as XML that reads right as text; its TeX is its `alttext`."""
    return _FORMULA.sub(lambda formula: _spelled(formula[0]), html)


@lru_cache(maxsize=4_096)  # formulas of a letter are most of them, and the same ones
def _spelled(mathml: str) -> str:
    formula = ElementTree.fromstring(mathml)
    ((shown, annotation),) = formula
    _spell(shown)
    formula[:] = [shown]
    formula.attrib = {"xmlns": "http://www.w3.org/1998/Math/MathML"} | formula.attrib
    formula.set("alttext", " ".join((annotation.text or "").split()))
    return ElementTree.tostring(formula, encoding="unicode")


def _spell(element: Element) -> None:
    for part in element:
        _spell(part)
    if spell := _SPELLINGS.get(element.tag):
        spell(element)


def _scripts(element: Element) -> None:
    last = len(element) - 1
    for place, mark in enumerate(_MARKS[element.tag], 1):
        if not _is_sign(element, element[place]):
            after = "\u00a0" if place == last and element.tag in _LIMITS else ""
            element[place] = _enclosed(mark, element[place], after)


def _is_sign(element: Element, script: Element) -> bool:
    """Is a script a sign that says what it is, as primes do, or that stretches over or under what it stands at?"""
    return script.tag == "mo" and (element.tag in _LIMITS or script.text in _PRIMES)


def _fraction(element: Element) -> None:
    bar = ", " if element.get("linethickness") == "0" else "/"
    above, below = element
    element[:] = [_enclosed("", above, bar), _enclosed("", below, "")]


def _square_root(element: Element) -> None:
    element[:] = [_enclosed("√", _row(*element), "")]


def _root(element: Element) -> None:
    base, degree = element
    element[:] = [_enclosed("", base, ""), _row(_said("^(1/"), degree, _said(")"))]


def _table(element: Element) -> None:
    """Cells are apart, and so are rows: (1 0; 0 1)."""
    last = element[-1][-1]
    for row in element:
        for cell in row:
            if cell is not last:
                cell[:] = [_row(*cell), _said("; " if cell is row[-1] else "\u00a0")]


_SPELLINGS: dict[str, Callable[[Element], None]] = {
    **dict.fromkeys(_MARKS, _scripts),
    "mfrac": _fraction,
    "msqrt": _square_root,
    "mroot": _root,
    "mtable": _table,
}


def _enclosed(before: str, part: Element, after: str) -> Element:
    """`part` in brackets, unless it is a single sign, with something before and after them."""
    if not _is_atom(part):
        before, after = f"{before}(", f"){after}"
    if part.tag == "mo":
        # Alone, an operator has no space around it; in a row it would.
        part.attrib = {"lspace": "0", "rspace": "0"} | part.attrib
    return _row(*([_said(before)] if before else []), part, *([_said(after)] if after else []))


def _is_atom(part: Element) -> bool:
    return part.tag in _ATOMS or (part.tag == "mrow" and len(part) == 1 and _is_atom(part[0]))


def _row(*parts: Element) -> Element:
    row = Element("mrow")
    row.extend(parts)
    return row


def _said(text: str) -> Element:
    """What only those see who see no formula."""
    padded = Element("mpadded", {"width": "0", "height": "0", "depth": "0"})
    ElementTree.SubElement(ElementTree.SubElement(padded, "mphantom"), "mtext").text = text
    return padded
