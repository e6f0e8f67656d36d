"""Hugging Face Daily Papers: https://huggingface.co/papers, as https://huggingface.co/api/daily_papers gives them.

The service documents no format; this one is read off what it sends. An answer is a list of blocks with a `paper` each.
Keys that have nothing to say are absent. What is read, and what is not: titles are those of the outer block, since the
inner ones have lost their dollar signs; dates are those of the inner block, since the outer ones are a day early at
times. Entries come with the most voted first, and a day fills until it is over (UTC).
"""

from __future__ import annotations

import re
from datetime import date as Date
from hashlib import blake2b
from urllib.parse import urlencode

from daybook import answer_values as read
from daybook import json_text
from daybook.answer_values import Unfit, Values
from daybook.documents import Unread
from daybook.model import Dropped, Entry, MachineText, Organisation, Paper
from daybook.name_kinds import Slug
from daybook.names import fold
from daybook.report import Report
from daybook.source import Answer, Unusable
from daybook.wording import quote

_PAGE = 100  # entries: the most that the service gives at once
_MOST = 2_000
_LONGEST_SLUG = 60


class HuggingFace:
    """The source `huggingface`. 500 requests in 5 minutes are allowed to those who do not log in."""

    slug = "huggingface"
    pause = 0.6

    def __init__(self, base: str = "https://huggingface.co") -> None:
        self._base = base.rstrip("/")

    def address(self, day: Date, page: int) -> str:
        """The URL of a page (from 0) of a day."""
        return f"{self._base}/api/daily_papers?{urlencode({'date': day.isoformat(), 'limit': _PAGE, 'p': page})}"

    def parse(self, body: bytes, day: Date) -> Answer:
        """What the page holds. Raises Unusable, and nothing else, whatever the body is.

        An answer is for another day when most of its entries were proposed on another day, or (where none says when,
        as before autumn 2025) when most are of papers that were published only after the day.
        """
        listed = _listed(body)
        _refuse_another_day(listed, day)
        entries, dropped, omitted = list[Entry](), list[Dropped](), list[Dropped]()
        for value in listed:
            left_out = list[str]()
            try:
                entry = _entry(value, left_out)
            except Unfit as reason:
                dropped.append(Dropped(_label(value), f"{reason}."))
            else:
                entries.append(entry)
                omitted += (Dropped(entry.paper.id.text, f"{why}.") for why in dict.fromkeys(left_out))
        return Answer(tuple(entries), tuple(dropped), len(listed) >= _PAGE, tuple(omitted))


def _listed(body: bytes) -> list[object]:
    """The blocks of an answer."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unusable("the answer is not UTF-8") from None
    if not text.strip():
        raise Unusable("the answer is empty, not even a list")
    if text.lstrip().startswith("<"):
        raise Unusable("the answer is a page of HTML or XML, not JSON")
    document = json_text.read(text)
    if isinstance(document, Unread):
        raise Unusable(f"the answer is cut, or no JSON: {document.mistakes[0].message}")
    return _list(document.value)


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        said = value.get("error") if isinstance(value, dict) else None
        why = f": {quote(said)}" if isinstance(said, str) else ""
        raise Unusable(f"the answer is {read.described(value)}, not a list{why}")
    if len(value) > _MOST:
        raise Unusable(f"the answer lists {len(value):,} entries, more than {_MOST:,}")
    if value and not any(isinstance(each, dict) and isinstance(each.get("paper"), dict) for each in value):
        raise Unusable("the answer has another shape: none of its entries has a `paper`")
    return value


# Whose day is it? ------------------------------------------------------------------------------------------------


def _refuse_another_day(listed: list[object], day: Date) -> None:
    papers = [Values(value).inner("paper") for value in listed if isinstance(value, dict)]
    proposed = [each for paper in papers if (each := paper.may("submittedOnDailyAt", read.day))]
    others = [each for each in proposed if each != day]
    if 2 * len(others) > len(proposed):
        raise Unusable(f"the answer is for another day: most entries were proposed on {max(others, key=others.count)}")
    published = [each for paper in papers if (each := paper.may("publishedAt", read.day))]
    late = [each for each in published if each > day]
    if not proposed and 2 * len(late) > len(published):
        raise Unusable(f"the answer is for another day: most papers are of {max(late, key=late.count)} or so")


# An entry ----------------------------------------------------------------------------------------------------------


def _entry(value: object, omitted: list[str]) -> Entry:
    """Raises Unfit, with the reason as a sentence without its full stop."""
    if not isinstance(value, dict):
        raise Unfit(f"It is {read.described(value)}, not a block of keys")
    values = Values(value, omitted)
    said = Values(values.need("paper", read.block), omitted)
    paper_id, version = said.need("id", read.identifier, "identifier")
    return Entry(
        paper=Paper(
            id=paper_id,
            title=_title(values, said),
            authors=said.need("authors", _shown_authors),
            published=said.need("publishedAt", read.day, "date"),
            abstract=said.may("summary", read.text, "abstract"),
            version=version,
            withdrawn=said.may("withdrawnAt", read.day),
        ),
        votes=said.may("upvotes", read.count),
        comments=values.may("numComments", read.count),
        stars=said.may("githubStars", read.count),
        organisation=_organisation(values) or _organisation(said),
        submitter=_person(values.inner("submittedBy")) or _person(said.inner("submittedOnDailyBy")),
        code=said.may("githubRepo", read.repository),
        project=said.may("projectPage", read.web_address),
        discussion=f"https://huggingface.co/papers/{paper_id}",
        keywords=said.may("ai_keywords", read.words) or (),
        summary=_summary(said),
    )


def _title(values: Values, said: Values) -> str:
    """The inner title stands in for an outer one that cannot be used."""
    outer = Values(values.block).may("title", read.title)
    return outer or said.need("title", read.title)


def _shown_authors(value: object) -> tuple[str, ...]:
    """Those whom the paper's page shows: an author can be hidden there."""
    if not isinstance(value, list):
        raise Unfit(f"are {read.described(value)}, not a list")
    for each in value:
        if not isinstance(each, dict):
            raise Unfit(f"have {read.described(each)} among them, not a block of keys")
    return read.authors([each.get("name") for each in value if each.get("hidden") in (None, False)])


def _organisation(values: Values) -> Organisation | None:
    said = values.inner("organization")
    account = said.may("name", read.name, "organisation")
    return Organisation(_slug(account), said.may("fullname", read.name) or account) if account else None


def _slug(account: str) -> str:
    """The account in lower case, since case does not tell accounts apart; a digest is added where that is no slug."""
    lower, report = account.lower(), Report()
    Slug().accept(lower, report)
    if not report.findings:
        return lower
    digest = blake2b(lower.encode("utf-8"), digest_size=4).hexdigest()
    readable = re.sub(r"[^a-z0-9]+", "-", fold(lower))[: _LONGEST_SLUG - len(digest) - 1].strip("-")
    return f"{readable}-{digest}".lstrip("-")


def _person(values: Values) -> str | None:
    """Whom a page names: by the full name, or by the account, which has two keys."""
    return next((found for key in ("fullname", "name", "user") if (found := values.may(key, read.name))), None)


def _summary(said: Values) -> MachineText | None:
    text = said.may("ai_summary", read.text)
    return MachineText(text, said.may("ai_summary_model", read.name)) if text else None


def _label(value: object) -> str:
    outer = value if isinstance(value, dict) else {}
    inner = outer.get("paper")
    return read.label({**outer, **inner} if isinstance(inner, dict) else outer)
