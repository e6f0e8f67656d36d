"""Formulas of e-books: read as text they say what they are, drawn they are what they would be without that."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from daybook import mathml_text, tex
from tests.browser import Window
from tests.spec_files import Case, cases

CASES = cases("mathml_text.md")


def drawn(source: str, display: bool = False) -> str:
    formula = tex.to_mathml(source, display)
    assert formula
    return str(formula)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_as_text(case: Case) -> None:
    formula = ElementTree.fromstring(mathml_text.spelled(drawn(case.source)))
    assert "".join(formula.itertext()) == case.expected
    assert formula.get("alttext") == case.source


def test_tex_may_have_whatever_attributes_may_not() -> None:
    formula = ElementTree.fromstring(mathml_text.spelled(drawn('\\text{a "}\n< b')))
    assert formula.get("alttext") == '\\text{a "} < b'


def test_what_is_said_takes_no_room_where_formulas_are_drawn(window: Window, tmp_path: Path) -> None:
    formulas = [drawn(case.source, display) for case in CASES for display in (False, True)]
    style = "<style>.formula { display: block; overflow-x: auto }</style>"
    for name, shown in (("plain", formulas), ("spelled", [mathml_text.spelled(one) for one in formulas])):
        body = "\n".join(f"<p>{one}</p>" for one in shown)
        (tmp_path / f"{name}.html").write_text(f"<!doctype html><meta charset=utf-8>{style}{body}", "utf-8")
    sizes = []
    for name in ("plain", "spelled"):
        window.open(f"{tmp_path.as_uri()}/", f"{name}.html")
        sizes.append(
            window.ask(
                """[...document.querySelectorAll("math")].map(math => {
                    const box = math.getBoundingClientRect();
                    return [box.x, box.y, box.width, box.height, math.parentElement.scrollWidth];
                })"""
            )
        )
    assert [source for source, one, other in zip(formulas, *sizes, strict=True) if one != other] == []
