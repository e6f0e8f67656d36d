"""TeX markup of text, outside formulas: accents, escapes, fonts and braces become the letters that they stand for.

Only what arXiv's titles, abstracts and names really hold; anything else stays as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


def _pairs(table: str) -> dict[str, str]:
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


# The combining character of each accent, without its backslash; the last three are those of formulas.
_ACCENTS = dict(
    zip(
        "'`\"^~=.vcuHkrdb",
        "\u0301\u0300\u0308\u0302\u0303\u0304\u0307\u030c\u0327\u0306\u030b\u0328\u030a\u0323\u0331",
        strict=True,
    )
) | {"tilde": "\u0303", "hat": "\u0302", "bar": "\u0304"}

_LETTERS = _pairs("aa å AA Å ae æ AE Æ oe œ OE Œ o ø O Ø l ł L Ł ss ß i ı j ȷ dh ð DH Ð th þ TH Þ")

_SYMBOLS = _pairs("""
    alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta θ iota ι kappa κ lambda λ mu μ
    nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ
    Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
    times × cdot · pm ± leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ ll ≪ gg ≫ infty ∞ approx ≈ sim ∼ simeq ≃ equiv ≡ propto ∝
    to → rightarrow → leftarrow ← mapsto ↦ Rightarrow ⇒ in ∈ notin ∉ subset ⊂ subseteq ⊆ cup ∪ cap ∩ setminus ∖
    emptyset ∅ forall ∀ exists ∃ land ∧ lor ∨ neg ¬ oplus ⊕ otimes ⊗ circ ∘ star ⋆ ast ∗ bullet • prime ′ ell ℓ
    partial ∂ nabla ∇ sum ∑ prod ∏ int ∫ ldots … cdots ⋯ dots … deg ° degree ° langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋
    lceil ⌈ rceil ⌉ top ⊤ perp ⊥ N ℕ R ℝ Z ℤ vert | mid | textemdash — textendash – textasciitilde ~ S §
""")

_FUNCTIONS = frozenset(
    re.findall(r"\w+", "log ln lg exp min max arg argmin argmax sup inf lim sin cos tan det dim gcd ker Pr mod bmod")
)

_FONTS = r"""(?:
    emph|underline|text|textit|textbf|texttt|textsc|textsf|textsl|textrm|textup|textnormal|mbox|url|ensuremath|operatorname
    |mathbb|mathbf|mathcal|mathfrak|mathit|mathrm|mathscr|mathsf|mathtt|bm|boldsymbol
)"""
_SWITCHES = r"""(?:
    em|it|bf|tt|sc|sl|rm|sf|cal|itshape|bfseries|scshape|sffamily|ttfamily|small|tiny|large|displaystyle
    |left|right|[bB]igg?[lr]?
)(?![A-Za-z])"""

_ACCENT = re.compile(
    r"""\\(?: (?P<sign>['"`^~=.])(?:\ (?=[a-z]))? | (?P<name>[vcuHkrdb]|tilde|hat|bar)(?:\ |(?=\{)) )
    (?: \{\\?(?P<braced>[A-Za-z])\} | \\(?P<dotless>[ij])(?![A-Za-z]) | (?P<bare>[A-Za-z]) )""",
    re.VERBOSE,
)
_TIE = re.compile(r"(?<=[A-Za-z.,)\]])~(?![a-z\s])")

_TOKEN = re.compile(
    rf"""
    (?P<opening> \\{_FONTS}\s*\{{ | \\textcolor\s*\{{[^{{}}\\]*\}}\s*\{{ | \{{\s*\\{_SWITCHES}\s* )
    | (?P<link> \\href\s*\{{(?P<address>[^{{}}]*)\}}\s*\{{ )
    | (?P<dropped> \\{_SWITCHES}\s* | \\{_FONTS}(?![A-Za-z])\s*(?=[^\W_]) | \\[/!-] )
    | \\(?P<letter>{"|".join(_LETTERS)})(?![A-Za-z])(?:\ (?=[a-z]))?
    | \\(?P<command>[A-Za-z]+)
    | \\(?P<escaped>[&%_#${{}}])
    | (?P<space> \\[ ,;:] )
    | (?P<brace> [{{}}] )
    | (?P<quotes> ``|'' )
    | (?P<other> [^\\{{}}`']+ | . )
    """,
    re.VERBOSE | re.DOTALL,
)

# A word with a capital, a sign or a word that does not begin with ASCII, or one of , + = -
_PROTECTED = re.compile(r"(?=[^A-Z]*[A-Z])[A-Za-z][\w+-]*|[^\x00-\x7f][\w+-]*|[,+=-]")


def reducible(text: str) -> bool:
    """Whether `text` has any character that TeX or a character reference begins with; most texts have none."""
    # Each of these is much faster than a pattern that looks for any of them.
    return (
        "\\" in text
        or "$" in text
        or "{" in text
        or "}" in text
        or "~" in text
        or "`" in text
        or "&" in text
    )  # fmt: skip


@dataclass(slots=True)
class _Group:
    """An open brace: its place in the output, what was written there, and what its closing brace becomes.

    `closing` is None while only the content can tell whether the braces stay.
    """

    place: int
    written: str
    closing: str | None


class Reduction(Generic[T]):
    """Turns markup into letters, piece by piece: `read` takes text, `keep` what stands between texts.

    A group may begin in one text and end in another. The braces of a group that never ends stay.
    """

    def __init__(self) -> None:
        self._output: list[str | T] = []
        self._groups: list[_Group] = []
        self._quote: int | None = None

    def keep(self, piece: T) -> None:
        self._output.append(piece)

    def read(self, text: str) -> None:
        if "\\" in text:
            text = _ACCENT.sub(_accented, text)
        if "~" in text:
            text = _TIE.sub("\u00a0", text)
        for token in _TOKEN.finditer(text):
            kind = token.lastgroup
            if kind == "opening":
                self._open(token[0], "")
            elif kind == "link":
                self._open(token[0], f" ({token['address']})")
            elif kind == "brace":
                self._brace(token[0])
            elif kind == "quotes":
                self._quotes(token)
            else:
                self._output.append(_letters(token))

    def result(self) -> list[str | T]:
        for group in self._groups:
            self._output[group.place] = group.written
        return [piece for piece in self._output if piece != ""]

    def _open(self, written: str, closing: str | None) -> None:
        self._groups.append(_Group(len(self._output), written, closing))
        self._output.append("")

    def _brace(self, brace: str) -> None:
        if brace == "{":
            self._open("{", "}" if self._expects_argument() else None)
        elif self._groups:
            self._close(self._groups.pop())
        else:
            self._output.append("}")

    def _close(self, group: _Group) -> None:
        closing = group.closing
        if closing is None:
            closing = "" if self._protects(group) else "}"
        if closing == "}":
            self._output[group.place] = group.written
        self._output.append(closing)

    def _expects_argument(self) -> bool:
        r"""Whether a brace here belongs to what is before it: `x_{i}`, `2^{n}`, `\unknown{a}{b}`."""
        before = self._output[-1] if self._output else ""
        return isinstance(before, str) and (before.startswith("\\") or before.endswith(("_", "^", "}")))

    def _protects(self, group: _Group) -> bool:
        r"""Whether the braces only keep a word or a sign as it is, or end a command: `{B}ERT`, `2{,}000`, `{\mu}`."""
        inside = self._output[group.place + 1 :] if len(self._output) < group.place + 5 else []
        word = "".join(piece if isinstance(piece, str) else "$" for piece in inside)
        return _PROTECTED.fullmatch(word) is not None

    def _quotes(self, token: re.Match[str]) -> None:
        quotes = token[0]
        before = self._output[-1] if self._output else " "
        if quotes == "``":
            opens = not token.string[token.end() : token.end() + 1].isspace()
            self._quote = len(self._output) if opens else None
        elif self._quote is not None and not (isinstance(before, str) and before[-1:].isspace()):
            self._output[self._quote] = "“"
            self._quote, quotes = None, "”"
        self._output.append(quotes)


def _accented(found: re.Match[str]) -> str:
    """The accented letter, or what was written where Unicode has no such letter."""
    letter = found["braced"] or found["dotless"] or found["bare"]
    composed = unicodedata.normalize("NFC", letter + _ACCENTS[found["sign"] or found["name"]])
    return composed if len(composed) == 1 else found[0]


def _letters(token: re.Match[str]) -> str:
    """What a token other than a brace or a quotation mark stands for."""
    match token.lastgroup:
        case "dropped":
            return ""
        case "letter":
            return _LETTERS[token["letter"]]
        case "command" if token["command"] in _FUNCTIONS:
            return _apart(token)
        case "command":
            return _SYMBOLS.get(token["command"], token[0])
        case "escaped":
            return token["escaped"]
        case "space":
            return " "
        case _:
            return token[0]


def _apart(token: re.Match[str]) -> str:
    r"""The name of a function with blanks towards its neighbours: `n\log n` is `n log n`."""
    before = token.string[max(token.start() - 1, 0) : token.start()]
    after = token.string[token.end() : token.end() + 1]
    return " " * (before.isalnum() or before == ")") + token["command"] + " " * (after.isalnum() or after == "\\")
