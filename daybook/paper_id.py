"""arXiv identifiers in every spelling that people paste: normalised, or refused with a sentence that says why.

The two schemes: https://info.arxiv.org/help/arxiv_identifier.html; the DOIs: https://info.arxiv.org/help/doi.html.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from daybook.model import PaperId

_LONGEST = 300  # characters: a paper's address has about 60

# The archives of the old style, with those that were merged into others since.
_ARCHIVES = """
    acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga
    funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph
    q-alg q-bio quant-ph solv-int supr-con
"""

_ADDRESS = re.compile(
    r"""(?:https?://)?(?:
        (?:[a-z0-9-]+\.)*arxiv\.org/(?:abs|pdf|html|format|ps|src|e-print)/
      | (?:www\.)?(?:huggingface\.co|hf\.co)/papers/
      | (?:dx\.|www\.)?doi\.org/(?=10\.)
    )""",
    re.VERBOSE,
)
_PREFIX = re.compile(r"(?:doi:\s*)?10\.48550/arxiv\.|arxiv:\s*")
_SUBJECT = re.compile(r"\s+\[[a-z][a-z.-]*\]\Z")
_VERSION = re.compile(r"v([1-9][0-9]{0,2})\Z")
_NEW = re.compile(r"([0-9]{2})([0-9]{2})\.([0-9]{4,5})")
_OLD = re.compile(r"([a-z]+(?:-[a-z]+)?)(?:(?:\.[a-z]+(?:-[a-z]+)?)?/|-)([0-9]{2})([0-9]{2})([0-9]{3})")
CANONICAL = (
    r"(?:07(?:0[4-9]|1[0-2])|(?:0[89]|1[0-4])(?:0[1-9]|1[0-2]))\.(?!0000)[0-9]{4}"
    r"|(?:1[5-9]|[2-9][0-9])(?:0[1-9]|1[0-2])\.(?!00000)[0-9]{5}"
    rf"|(?:{'|'.join(_ARCHIVES.split())})/(?:(?:9[1-9]|0[0-6])(?:0[1-9]|1[0-2])|070[1-3])(?!000)[0-9]{{3}}"
)
"""The regular expression of identifiers in canonical form, for programs that check without `normalise`."""

_DOI = re.compile(r"10\.[0-9]{4,9}/")  # ISO 26324: a directory, a registrant and a suffix
_NUMBER = re.compile(r"[0-9]{1,4}\.[0-9]{1,5}")

_BLANK = " \t\r\n"
_BEFORE = _BLANK + "<([{\"'`"
_AFTER = _BLANK + ">)]}\"'`,;:.!/"

_ZEROS = "YAML reads one without quotes as a number, and a number loses its last zeros: write it in quotes"


def normalise(text: str) -> PaperId:
    """The identifier that `text` spells, without its version.

    Takes the identifier itself (any case; with `arXiv:`, a version, its subject in brackets), addresses at arXiv,
    Hugging Face and doi.org, DOIs and file stems. Raises ValueError with a sentence that says what is wrong with
    anything else.
    """
    return with_version(text)[0]


def with_version(text: str) -> tuple[PaperId, int | None]:
    """As `normalise`, with the version that `text` names, or None."""
    bare = _bare(text)
    version = _VERSION.search(bare)
    name = bare[: version.start()] if version else bare
    return PaperId(_canonical(name, _quoted(text))), int(version[1]) if version else None


def _bare(text: str) -> str:
    """What is left of `text`, in lower case, without the address, the prefix and the punctuation around it."""
    if len(text) > _LONGEST:
        raise ValueError(f"{_quoted(text)} is {len(text):,} characters long: that is no arXiv identifier")
    stripped = text.strip()
    if not stripped.isascii():
        raise ValueError(f"{_quoted(text)} has characters other than plain letters, digits, dots, slashes and hyphens")
    rest = _SUBJECT.sub("", stripped.lower()).lstrip(_BEFORE).rstrip(_AFTER)
    if not rest:
        raise ValueError("the arXiv identifier is empty")
    rest = unquote(re.split(r"[?#]", rest, maxsplit=1)[0]).rstrip(_AFTER)
    address = _ADDRESS.match(rest)
    if address is None and "://" in rest:
        raise ValueError(f"{_quoted(text)} is no address of a paper at arxiv.org, huggingface.co/papers or doi.org")
    rest = rest[address.end() :] if address else rest
    prefix = _PREFIX.match(rest)
    return (rest[prefix.end() :] if prefix else rest).removesuffix(".pdf")


def _canonical(name: str, quoted: str) -> str:
    if new := _NEW.fullmatch(name):
        year, month, number = new.groups()
        _check_new(year, month, number, quoted)
        return name
    if old := _OLD.fullmatch(name):
        archive, year, month, number = old.groups()
        _check_old(archive, year, month, number, quoted)
        return f"{archive}/{year}{month}{number}"
    if _NUMBER.fullmatch(name):
        raise ValueError(f"{quoted} has too few digits for an arXiv identifier ({_ZEROS})")
    if _DOI.match(name):
        raise ValueError(f"{quoted} is a DOI that arXiv did not give, and only papers at arXiv have a page here")
    raise ValueError(f"{quoted} is no arXiv identifier such as 2401.01234 or hep-th/9901001")


def _check_new(year: str, month: str, number: str, quoted: str) -> None:
    """Four digits after the dot from April 2007, five from January 2015."""
    _check_month_and_number(month, number, quoted)
    if year + month < "0704":
        raise ValueError(f"{quoted} cannot be: identifiers of this form begin with 0704, April 2007")
    if year < "15" and len(number) == 5:
        raise ValueError(f"{quoted} has 5 digits after the dot, but until the end of 2014 there were 4")
    if year >= "15" and len(number) == 4:
        raise ValueError(f"{quoted} has 4 digits after the dot, but since 2015 there are 5 ({_ZEROS})")


def _check_old(archive: str, year: str, month: str, number: str, quoted: str) -> None:
    """An archive, then year, month and a number of three digits, from 1991 to March 2007."""
    if archive not in _ARCHIVES.split():
        raise ValueError(f'{quoted} names "{archive}", which is no archive of arXiv')
    _check_month_and_number(month, number, quoted)
    if "0703" < year + month < "9101":
        raise ValueError(f"{quoted} cannot be: identifiers of this form are from 1991 to March 2007")


def _check_month_and_number(month: str, number: str, quoted: str) -> None:
    if not "01" <= month <= "12":
        raise ValueError(f"{quoted} has {month} for the month, which is not one of 01 to 12")
    if not number.strip("0"):
        raise ValueError(f"{quoted} ends in zeros only, but arXiv counts from 1")


def _quoted(text: str) -> str:
    """`text` for a message: one line of printable ASCII, cut when it is long."""
    printable = ascii(text[:100])[1:-1]
    return f'"{printable if len(printable) <= 60 else printable[:57] + "..."}"'
