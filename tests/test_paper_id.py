from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daybook.model import PaperId
from daybook.paper_id import _ARCHIVES, normalise, with_version
from tests.spec_files import Case, cases

MONTHS = st.integers(1, 12).map("{:02}".format)
NEW = st.one_of(
    st.builds("{:02}{}.{:04}".format, st.integers(8, 14), MONTHS, st.integers(1, 9999)),
    st.builds("{:02}{}.{:05}".format, st.integers(15, 99), MONTHS, st.integers(1, 99999)),
)
OLD_YEARS = st.one_of(st.integers(91, 99), st.integers(0, 6))
OLD = st.builds("{}/{:02}{}{:03}".format, st.sampled_from(_ARCHIVES.split()), OLD_YEARS, MONTHS, st.integers(1, 999))
IDS = st.one_of(NEW, OLD)

NAMED = ("{}", "arXiv:{}", "doi:10.48550/arXiv.{}", "10.48550/arXiv.{}", "{} [math.CO]")
ADDRESSES = (
    "arxiv.org/abs/{}",
    "arxiv.org/pdf/{}.pdf",
    "www.arxiv.org/html/{}",
    "export.arxiv.org/e-print/{}",
    "huggingface.co/papers/{}",
    "doi.org/10.48550/arXiv.{}",
)
SCHEMES = ("", "http://", "https://")
SPELLINGS = NAMED + tuple(scheme + address for scheme in SCHEMES for address in ADDRESSES)
ENDS = ("", "/", ".", ")", "?x=1", "#top")


def spelled(text: str) -> str:
    try:
        paper, version = with_version(text)
    except ValueError as error:
        return f"error: {error}"
    return str(paper) if version is None else f"{paper}v{version}"


@pytest.mark.parametrize("case", cases("paper_ids.md"), ids=str)
def test_spelling(case: Case) -> None:
    assert {line: spelled(line) for line in case.source.split("\n")} == dict.fromkeys(
        case.source.split("\n"), case.expected
    )


@settings(deadline=None)
@given(IDS)
def test_normalised_again_is_the_same(name: str) -> None:
    assert str(normalise(name)) == name
    assert normalise(str(normalise(name))) == normalise(name)


@settings(deadline=None)
@given(IDS, st.sampled_from(SPELLINGS), st.sampled_from(ENDS), st.booleans(), st.integers(0, 999))
def test_every_spelling_is_one_paper(name: str, spelling: str, end: str, upper: bool, version: int) -> None:
    text = spelling.format(name + f"v{version}" * bool(version)) + end * (not spelling.endswith("]"))
    assert with_version(text.upper() if upper else text) == (PaperId(name), version or None)


@settings(deadline=None)
@given(IDS)
def test_an_escaped_slash_is_a_slash(name: str) -> None:
    assert normalise("https://arxiv.org/abs/" + quote(name, safe="")) == PaperId(name)


@settings(deadline=None)
@given(IDS)
def test_the_stem_is_a_safe_file_name_and_leads_back(name: str) -> None:
    stem = normalise(name).stem
    assert re.fullmatch(r"[a-z0-9][a-z0-9.-]*[0-9]", stem)
    assert normalise(stem) == PaperId(name)


FRAGMENTS = st.sampled_from(["arxiv", "org/", "https://", "abs/", "2401", "01234", "v2", "hep-th", "9901001", *".:/%?"])


@settings(deadline=None)
@given(st.one_of(st.text(), st.text(st.characters(categories=["Cs", "Cc", "Nd"])), st.lists(FRAGMENTS).map("".join)))
def test_anything_else_is_a_value_error_of_one_short_line(text: str) -> None:
    answer = spelled(text)
    assert answer.isprintable()
    assert len(answer) < 300
    assert answer.startswith("error: ") or spelled(answer) == answer


def test_a_huge_text_is_refused_in_a_short_sentence() -> None:
    assert spelled("2401." + "0" * 1_000_000) == (
        f'error: "2401.{"0" * 52}..." is 1,000,005 characters long: that is no arXiv identifier'
    )
