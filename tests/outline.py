"""What HTML consists of, for tests of what other people's text becomes."""

from __future__ import annotations

import re
from html.parser import HTMLParser

MATHML = frozenset(
    re.findall(
        r"\w+",
        """
        math semantics annotation mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover
        munderover mmultiscripts mprescripts mtable mtr mtd mpadded mphantom mstyle
        """,
    )
)
HARMFUL = re.compile(r"on.*|style|href|src|id|action")
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")

_VOID = frozenset({"br", "hr"})


class Outline(HTMLParser):
    """Every tag with the names of its attributes, the text, and `balanced`: whether all tags close in order."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: set[tuple[str, ...]] = set()
        self.text = ""
        self.balanced = True
        self._open: list[str] = []
        self.feed(str(markup))
        self.close()
        self.balanced &= not self._open

    @property
    def names(self) -> set[str]:
        return {tag for tag, *_ in self.tags}

    @property
    def harmful(self) -> set[str]:
        """The attributes that load, style or run something, and links that are on anything but `a`."""
        return {
            f"{tag} {name}"
            for tag, *names in self.tags
            for name in names
            if HARMFUL.fullmatch(name) and (tag, name) != ("a", "href")
        }

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add((tag, *(name for name, _ in attrs)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.balanced &= bool(self._open) and self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
