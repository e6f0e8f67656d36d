"""arXiv identifiers in every spelling that people paste: normalised, or refused with a sentence that says why.

The schemes: https://info.arxiv.org/help/arxiv_identifier.html; the DOIs: https://info.arxiv.org/help/doi.html.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from daybook.model import PaperId

_LONGEST = 300  # characters; the longest address of a paper has about 60

_ARCHIVES = frozenset(
    """acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga
    funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph
    q-alg q-bio quant-ph solv-int supr-con""".split()
)

_HOST = re.compile(
    r"""(?:https?://)?(?:
        (?:[a-z0-9-]+\.)*arxiv\.org/(?:abs|pdf|html|format|ps|src|e-print)/
      | (?:www\.)?(?:huggingface\.co|hf\.co)/papers/
      | (?:dx\.|www\.)?doi\.org/(?=10\.)
    )""",
    re.VERBOSE,
)
_DOI = re.compile(r"(?:doi:\s*)?10\.48550/(?=arxiv\.)")
_VERSION = re.compile(r"v([1-9][0-9]{0,2})$")
_SUBJECT = re.compile(r"\s+\[[a-z][a-z.-]*\]$")
_NEW = re.compile(r"([0-9]{2})([0-9]{2})\.([0-9]{4,5})")
_OLD = re.compile(r"([a-z]+(?:-[a-z]+)?)(?:(?:\.[a-z]+(?:-[a-z]+)?)?/|-)([0-9]{2})([0-9]{2})([0-9]{3})")
_NUMBER = re.compile(r"[0-9]{1,4}\.[0-9]{1,5}")
_AROUND = " \t\r\n<>()[]{}\"'`,;:.!/"


def normalise(text: str) -> PaperId:
    """The identifier that `text` spells, without its version.

    Takes the identifier itself (any case, with `arXiv:`, a version or the subject in brackets), addresses at arXiv,
    Hugging Face and doi.org, and DOIs. Raises ValueError with a sentence that says what is wrong with anything else.
    """
    return with_version(text)[0]


def with_version(text: str) -> tuple[PaperId, int | None]:
    """As `normalise`, with the version that `text` names, or None."""
    bare = _bare(text)
    version = _VERSION.search(bare)
    name = bare[: version.start()] if version else bare
    return PaperId(_canonical(name, text)), int(version[1]) if version else None


def _bare(text: str) -> str:
    """What is left of `text` without the address, the prefix and the punctuation around it, in lower case."""
    if len(text) > _LONGEST:
        raise ValueError(f"{_quoted(text)} is {len(text):,} characters long: that is no arXiv identifier")
    rest = _SUBJECT.sub("", text.strip().lower()).strip(_AROUND)
    if not rest:
        raise ValueError("the arXiv identifier is empty")
    if not rest.isascii():
        raise ValueError(f"{_quoted(text)} has characters other than plain letters, digits, dots, slashes and hyphens")
    rest = unquote(re.split(r"[?#]", rest, maxsplit=1)[0]).rstrip(_AROUND)
    host = _HOST.match(rest)
    if host is None and "://" in rest:
        raise ValueError(f"{_quoted(text)} is no address of a paper at arxiv.org, huggingface.co/papers or doi.org")
    rest = _DOI.sub("", rest[host.end() :] if host else rest, count=1)
    return re.sub(r"^arxiv(?::\s*|\.(?=.*/?[0-9]))", "", rest).removesuffix(".pdf")


def _canonical(name: str, text: str) -> str:
    if new := _NEW.fullmatch(name):
        return _new_style(name, *new.groups(), text=text)
    if old := _OLD.fullmatch(name):
        return _old_style(*old.groups(), text=text)
    if _NUMBER.fullmatch(name):
        raise ValueError(f"{_quoted(text)} has too few digits for an arXiv identifier ({_ZEROS})")
    raise ValueError(f"{_quoted(text)} is no arXiv identifier such as 2401.01234 or hep-th/9901001")


_ZEROS = "YAML reads one without quotes as a number, and a number loses its first or last zeros: write it in quotes"


def _new_style(name: str, year: str, month: str, number: str, *, text: str) -> str:
    _check_month(month, text)
    if year + month < "0704":
        raise ValueError(f"{_quoted(text)} cannot be: identifiers of this form begin with 0704, April 2007")
    if year < "15" and len(number) == 5:
        raise ValueError(f"{_quoted(text)} has 5 digits after the dot, but until the end of 2014 there were 4")
    if year >= "15" and len(number) == 4:
        raise ValueError(f"{_quoted(text)} has 4 digits after the dot, but since 2015 there are 5 ({_ZEROS})")
    _check_number(number, text)
    return name


def _old_style(archive: str, year: str, month: str, number: str, *, text: str) -> str:
    if archive not in _ARCHIVES:
        raise ValueError(f'{_quoted(text)} names "{archive}", which is no archive of arXiv')
    _check_month(month, text)
    if "07" < year < "91" or year + month in _AFTER_OLD_STYLE:
        raise ValueError(f"{_quoted(text)} cannot be: identifiers of this form are from 1991 to March 2007")
    _check_number(number, text)
    return f"{archive}/{year}{month}{number}"


_AFTER_OLD_STYLE = frozenset(f"07{month:02}" for month in range(4, 13))


def _check_month(month: str, text: str) -> None:
    if not "01" <= month <= "12":
        raise ValueError(f"{_quoted(text)} has {month} for the month, which is not one of 01 to 12")


def _check_number(number: str, text: str) -> None:
    if not number.strip("0"):
        raise ValueError(f"{_quoted(text)} ends in zeros only: arXiv counts from 1")


def _quoted(text: str) -> str:
    """`text` for a message: one line of printable ASCII, cut when it is long."""
    short = text if len(text) <= 60 else text[:57] + "..."
    return '"' + ascii(short)[1:-1] + '"'
