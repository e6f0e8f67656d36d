"""Kinds of value that name something: a file, an address, a paper, what another file declares."""

from __future__ import annotations

import re
from dataclasses import dataclass

from daybook import codes, paper_id
from daybook.documents import FORBIDDEN
from daybook.kinds import UNSEEN, VISIBLE, Written, visible
from daybook.model import PaperId
from daybook.report import Report, Target
from daybook.wording import did_you_mean, quote

_REST = r'[^\s"<>\\]*'
_WEB = r"[Hh][Tt][Tt][Pp][Ss]?://"
_HOST = rf"{_WEB}[\w-]+(?:\.[\w-]+)*\.?"
_PORT = "(?:[0-9]{1,4}|[0-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
_ADDRESS = rf"{_HOST}(?::{_PORT})?(?:[/?#]{_REST})?"
_BARE_ADDRESS = rf'{_HOST}(?::{_PORT})?(?:/[^\s"<>\\?#]*)?'
_MAIL = "[Mm][Aa][Ii][Ll][Tt][Oo]:"
_MAIL_ADDRESS = rf'{_MAIL}[^\s"<>\\@?]+@[\w-]+(?:\.[\w-]+)+(?:\?{_REST})?'
_LETTERS = r"[\w-]"
# To JavaScript \w is ASCII only. Which of the signs beyond it are letters the portable form does not know.
_ABOUT_LETTERS = r"[^\s\u0000-,./:-@\[-^`{-\u007f]"
_SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
_LONGEST_SLUG = 60
# Names of devices on Windows, with any extension (https://learn.microsoft.com/windows/win32/fileio/naming-a-file),
# and the name that servers show for a folder.
_RESERVED = {"con", "prn", "aux", "nul", "index", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}

# The archives of arXiv (https://arxiv.org/category_taxonomy). Where the subclasses are two capitals or words, one of
# them is shown as an example; no paper has such an archive alone as its category, but for two in their first years.
_CAPITALS = {
    "astro-ph": "astro-ph.GA",
    "cs": "cs.CL",
    "econ": "econ.TH",
    "eess": "eess.AS",
    "math": "math.ST",
    "nlin": "nlin.CD",
    "q-bio": "q-bio.NC",
    "q-fin": "q-fin.RM",
    "stat": "stat.ML",
}
_WORDS = {"cond-mat": "cond-mat.soft", "physics": "physics.soc-ph"}
_ALONE = {
    *("astro-ph", "cond-mat", "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math-ph", "nucl-ex", "nucl-th"),
    "quant-ph",
    # Merged into others since; old papers still have them.
    *("acc-phys", "adap-org", "alg-geom", "ao-sci", "atom-ph", "bayes-an", "chao-dyn", "chem-ph", "cmp-lg"),
    *("comp-gas", "dg-ga", "funct-an", "mtrl-th", "patt-sol", "plasm-ph", "q-alg", "solv-int", "supr-con"),
}


@dataclass(frozen=True)
class Slug(Written):
    """A name that is safe as a file name and in an address."""

    @property
    def wanted(self) -> str:
        return f"lower-case ASCII letters, digits and single hyphens, at most {_LONGEST_SLUG}"

    @property
    def pattern(self) -> str:
        letters = "[a-z0-9-]"
        reserved = "|".join(sorted(_RESERVED))
        return f"(?!(?:{reserved})(?!{letters}))(?={letters}{{1,{_LONGEST_SLUG}}}(?!{letters})){_SLUG}"

    def accept(self, text: str, report: Report) -> str | None:
        if text in _RESERVED:
            report.add(codes.BAD_SLUG, f"{quote(text)} is a name that computers reserve", "choose another one")
        elif len(text) > _LONGEST_SLUG or not re.fullmatch(_SLUG, text):
            better = re.sub(r"[^a-z0-9]+", "-", text[:_LONGEST_SLUG].lower()).strip("-")
            remedy = did_you_mean([better] if better else [], f"write {self.wanted}")
            report.add(codes.BAD_SLUG, f"{quote(text)} is no slug", remedy)
        return text


def is_slug(text: str) -> bool:
    """May a file be called so?"""
    report = Report()
    Slug().accept(text, report)
    return not report.findings


@dataclass(frozen=True)
class Url(Written):
    """An address on the web; with `mail` an address to write to as well; `bare` ones have no query and no fragment."""

    mail: bool = False
    bare: bool = False

    @property
    def wanted(self) -> str:
        return "a complete address such as https://example.org/page" + (" or mailto:list@example.org" * self.mail)

    @property
    def pattern(self) -> str:
        return f"(?![\\s\\S]*[{UNSEEN}])(?:{self._form.replace(_LETTERS, _ABOUT_LETTERS)})"

    @property
    def _form(self) -> str:
        address = _BARE_ADDRESS if self.bare else _ADDRESS
        return f"{address}|{_MAIL_ADDRESS}" if self.mail else address

    def accept(self, text: str, report: Report) -> str | None:
        fault = None if re.fullmatch(self._form, text) else _fault(text)
        if fault or FORBIDDEN.search(text):
            report.add(codes.BAD_ADDRESS, f"{report.name} {quote(text)} {fault or _HIDDEN}", f"write {self.wanted}")
        return text.rstrip("/") if self.bare else text


_HIDDEN = "holds a blank, a quotation mark or a character that is not allowed in addresses"


def _fault(text: str) -> str:
    if re.fullmatch(_ADDRESS, text):
        return "has a query or a fragment"
    if not re.match(_WEB, text):
        return "does not start with https:// or http://"
    if re.search(r'[\s"<>\\]', text):
        return _HIDDEN
    if re.match(rf"{_HOST}:[0-9]+(?![^/?#])", text):
        return "has a port that does not exist"
    host = re.split("[/?#]", text.partition("://")[2])[0]
    return "holds a user name or a password" if "@" in host else "names no host"


@dataclass(frozen=True)
class Category(Written):
    """A category to look for, in the spelling that arXiv gives to papers.

    The archive must be one of arXiv's; of its subclass only the form is checked, since arXiv adds some now and then.
    """

    @property
    def wanted(self) -> str:
        return "an arXiv category such as cs.HC or quant-ph, exactly so"

    @property
    def pattern(self) -> str:
        return _CATEGORY

    def accept(self, text: str, report: Report) -> str | None:
        if _is_category(text):
            return text
        report.add(codes.BAD_FORM, f"{report.name} is {quote(text)}", self._remedy(text.strip().lower()))
        return None

    def _remedy(self, folded: str) -> str:
        archive, dot, subclass = folded.partition(".")
        meant = f"{archive}.{subclass.upper()}" if dot and archive in _CAPITALS else folded
        example = {**_CAPITALS, **_WORDS}.get(archive)
        if example and not subclass and archive not in _ALONE:
            return f"{archive} has subclasses: write each one that is meant, such as {example}"
        return did_you_mean([meant] if _is_category(meant) else [], f"write {self.wanted}")


_CATEGORY = (
    f"(?:{'|'.join(_CAPITALS)})\\.[A-Z]{{2}}|(?:{'|'.join(_WORDS)})\\.[a-z]+(?:-[a-z]+)?|{'|'.join(sorted(_ALONE))}"
)


def _is_category(text: str) -> bool:
    return re.fullmatch(_CATEGORY, text) is not None


@dataclass(frozen=True)
class PaperIdentifier(Written):
    """The identifier of a paper that the file itself tells of."""

    @property
    def wanted(self) -> str:
        return 'an arXiv identifier in quotes, as "2401.01234"'

    @property
    def pattern(self) -> str:
        return paper_id.CANONICAL

    def accept(self, text: str, report: Report) -> PaperId | None:
        return _paper_id(text, report)

    def plain(self, value: PaperId) -> str:
        return value.text


@dataclass(frozen=True)
class Reference(Written):
    """The name of something that is declared elsewhere in content/; whether it is, is checked across files."""

    target: Target

    @property
    def wanted(self) -> str:
        if self.target == "paper":
            return 'an arXiv identifier in quotes, as "2401.01234"'
        return f"the name of a file in content/{self.target}s/, without .yaml"

    @property
    def pattern(self) -> str:
        return paper_id.CANONICAL if self.target == "paper" else VISIBLE

    def accept(self, text: str, report: Report) -> PaperId | str | None:
        if self.target == "paper":
            paper = _paper_id(text, report)
            if paper:
                report.mention("paper", paper.text)
            return paper
        if not visible(text, report):
            return None
        report.mention(self.target, text)
        return text

    def plain(self, value: PaperId | str) -> str:
        return str(value)


def _paper_id(text: str, report: Report) -> PaperId | None:
    """The paper that is meant; a report where it is not named by its canonical form."""
    try:
        found = paper_id.normalise(text)
    except ValueError as error:
        remedy = 'write one in quotes, as "2401.01234" or "hep-th/9901001"'
        report.add(codes.NOT_A_PAPER_ID, str(error), remedy)
        return None
    if found.text != text:
        report.add(codes.NOT_CANONICAL, f"{quote(text)} is not the canonical form", f'write "{found.text}"')
    return found
