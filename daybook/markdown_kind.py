"""The kind of value that is Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass

from daybook import codes
from daybook.kinds import VISIBLE, Written, visible
from daybook.report import Report
from daybook.wording import quote

_LIKE_HTML = re.compile(r"<[A-Za-z/!?]")
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
# What writes in Markdown what newcomers write tags for.
_MARKDOWN = {
    "a": "[words](https://example.org)",
    "b": "**bold**",
    "br": "an empty line between paragraphs",
    "code": "`code`",
    "em": "*emphasis*",
    "i": "*emphasis*",
    "img": "[words](https://example.org) for a link to the picture",
    "li": "- a line for each point",
    "p": "an empty line between paragraphs",
    "pre": "lines of code between two lines ```",
    "strong": "**bold**",
    "sub": "$x_2$",
    "sup": "$x^2$",
}
_INSTEAD = "Markdown, as **bold** or *emphasis*"


@dataclass(frozen=True)
class Markdown(Written):
    """Markdown (CommonMark) of any length, without HTML, with TeX between dollar signs."""

    @property
    def wanted(self) -> str:
        return "Markdown text"

    @property
    def pattern(self) -> str:
        """What is HTML in a text is for the checker alone."""
        return VISIBLE

    def accept(self, text: str, report: Report) -> str | None:
        if not visible(text, report):
            return None
        if _LIKE_HTML.search(text):
            _refuse_html(text, report)
        return text


def _refuse_html(text: str, report: Report) -> None:
    """Reports the first tag or comment of each line that has one outside of code."""
    # The parser takes longer to import than most contents to check.
    from daybook.markdown import raw_html

    told: set[int] = set()
    for line, html in raw_html(text):
        if line not in told:
            told.add(line)
            report.add_in_line(line, codes.RAW_HTML, f"{report.name} has HTML, {quote(html)}", _remedy(html))


def _remedy(html: str) -> str:
    tag = _TAG.match(html)
    if tag is None:
        return "take it out, or put it between backticks if it is meant as text"
    instead = _MARKDOWN.get(tag[1].lower(), _INSTEAD)
    return f"write {instead}; what is meant as text goes between backticks: `<{tag[1].lower()[:20]}>`"
