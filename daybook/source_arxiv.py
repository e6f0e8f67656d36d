"""arXiv's query interface, which answers with an Atom feed: https://info.arxiv.org/help/api/user-manual.html

A day here is one of announcement, in the east of the USA. What was submitted until 14:00 there is announced at 20:00,
from Sunday to Thursday (https://info.arxiv.org/help/availability.html):

    submitted (14:00 to 14:00)    announced (20:00)
    Thursday to Friday            Sunday
    Friday to Monday              Monday
    Monday to Tuesday             Tuesday
    Tuesday to Wednesday          Wednesday
    Wednesday to Thursday         Thursday

The interface does not know when a paper was announced, so a day is asked for by that window of submission. What
moderators held back turns up in its window later, and days without an announcement that are holidays are not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from datetime import date as Date
from urllib.parse import urlencode
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

from daybook import answer_values as read
from daybook import xml_tree
from daybook.answer_values import Unfit, Values
from daybook.clean_text import one_line
from daybook.documents import Twice
from daybook.model import Dropped, Entry, Paper, PaperId
from daybook.source import Answer, Unusable
from daybook.wording import quote

_PAGE = 100
_MOST_IDS = 100  # identifiers in one request: more makes an address that is too long for some servers
_EASTERN = "America/New_York"
_DEADLINE = time(14)
_MINUTE = timedelta(minutes=1)
_MOST = 2_000  # entries that arXiv gives at once

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
# Said by authors and administrators, in comments or at the start of the abstract, of the whole paper.
_PAPER = "(?:paper|article|manuscript|submission|preprint|work|report|note|document|thesis)"
_WITHDRAWN = re.compile(
    rf"""(?: this | the | our )\ (?:\w+\ )?{_PAPER} (?:\ \([^()]*\))? \ (?: has\ been | have\ been | was | is )
            \ (?: now\ | temporarily\ | being\ )? withdrawn \b
      | (?: {_PAPER} \ )? (?: (?: has\ been | is | was ) \ )? withdrawn \b
      | (?: the\ authors? | we | i ) \ (?: (?: has | have ) \ withdrawn | withdrew | withdraw )
            \ (?: this | the ) \ {_PAPER} \b
    """,
    re.VERBOSE | re.IGNORECASE,
)

# By day of announcement, from Monday (0): how many days before are the deadlines that its submissions lie between.
_DEADLINES = {6: (3, 2), 0: (3, 0), 1: (1, 0), 2: (1, 0), 3: (1, 0)}


class Arxiv:
    """The source `arxiv`: what is announced in some categories. Asks for one request in three seconds.

    The terms of use: https://info.arxiv.org/help/api/tou.html.
    """

    slug = "arxiv"
    pause = 3.0

    def __init__(self, categories: Sequence[str] = (), base: str = "https://export.arxiv.org") -> None:
        self._categories = tuple(categories)
        self._base = base.rstrip("/")

    def address(self, day: Date, page: int) -> str:
        """The URL of a page (from 0) of a day: those submitted first come first.

        Raises ValueError where there are no categories. Nothing is announced on Fridays and Saturdays: what is asked
        for then is nothing, and what comes is left alone.
        """
        if not self._categories:
            raise ValueError("arXiv is asked by category: name some in site.yaml, as arxiv_categories: [cs.CL]")
        start, end = window(day) or (_deadline(day), _deadline(day))
        categories = " OR ".join(f"cat:{category}" for category in self._categories)
        submitted = f"submittedDate:[{start:%Y%m%d%H%M} TO {end:%Y%m%d%H%M}]"
        return self._query(
            search_query=f"({categories}) AND {submitted}",
            start=page * _PAGE,
            max_results=_PAGE,
            sortBy="submittedDate",
            sortOrder="ascending",
        )

    def parse(self, body: bytes, day: Date) -> Answer:
        """What the page holds. Raises Unusable, and nothing else, whatever the body is.

        An answer is for another day when most of its papers were submitted in another window. `again` is set where the
        page is shorter than it says itself, as arXiv's are at times.
        """
        root = _feed(body)
        told = [_told(entry) for entry in root.iter(f"{_ATOM}entry")]
        start, total, size = (_number(root, name) for name in ("startIndex", "totalResults", "itemsPerPage"))
        if start and start >= total:  # a later page is only asked for where an earlier one said that more follows
            raise Unusable(f"the page begins at entry {start:,} where it says that there are {total:,}", again=True)
        expected = max(0, min(size, total - start))
        if len(told) < expected:
            raise Unusable(f"the page has {len(told)} entries where it says {expected}", again=True)
        announced = window(day)
        own = _of_window(told, announced) if announced else []
        return _answer(own, more=start + len(told) < total)

    def by_ids(self, ids: Iterable[PaperId]) -> str:
        """The URL that tells of these papers, whatever day they are of. Raises ValueError for none or more than 100."""
        asked = [paper_id.text for paper_id in ids]
        if not 1 <= len(asked) <= _MOST_IDS:
            raise ValueError(f"arXiv is asked for 1 to {_MOST_IDS} papers at once, not {len(asked)}")
        return self._query(id_list=",".join(asked), max_results=len(asked))

    def parse_ids(self, body: bytes, ids: Iterable[PaperId]) -> tuple[Answer, tuple[PaperId, ...]]:
        """What the answer to `by_ids` holds, and the papers that it lacks, in the order of `ids`.

        arXiv leaves out papers that it does not know, and now and then one that it does: ask once more for those.
        Raises Unusable, and nothing else, whatever the body is.
        """
        asked, answer = dict.fromkeys(ids), self.parse_any(body)
        kept = {entry.paper.id: entry for entry in answer.entries if entry.paper.id in asked}
        if answer.entries and not kept:
            raise Unusable(f"the answer is for another request: it tells of {answer.entries[0].paper.id}")
        missing = tuple(paper_id for paper_id in asked if paper_id not in kept)
        return Answer(tuple(kept.values()), answer.dropped, False, answer.omitted), missing

    def parse_any(self, body: bytes) -> Answer:
        """What an answer holds, to whatever request. Raises Unusable, and nothing else, whatever the body is."""
        return _answer([_told(entry) for entry in _feed(body).iter(f"{_ATOM}entry")], more=False)

    def _query(self, **parameters: str | int) -> str:
        return f"{self._base}/api/query?{urlencode(parameters, safe='/,:')}"


def window(day: Date) -> tuple[datetime, datetime] | None:
    """When (UTC, from the first to before the second) what a day announces was submitted; None where it is nothing."""
    before = _DEADLINES.get(day.weekday())
    if before is None:
        return None
    first, last = (_deadline(day - timedelta(days=days)) for days in before)
    return first, last


def _deadline(day: Date) -> datetime:
    return datetime.combine(day, _DEADLINE, ZoneInfo(_EASTERN)).astimezone(UTC)


# A feed ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Told:
    """What became of an entry, and when its paper was submitted as far as that can be told."""

    entry: Entry | Dropped
    omitted: tuple[Dropped, ...]
    submitted: datetime | None


def _feed(body: bytes) -> Element:
    """The root of a feed that is no message of an error."""
    root = xml_tree.read(body)
    if root.tag != f"{_ATOM}feed":
        raise Unusable(f"the answer is no Atom feed: its root is {quote(root.tag)}")
    entries = root.findall(f"{_ATOM}entry")
    if len(entries) > _MOST:
        raise Unusable(f"the answer lists {len(entries):,} entries, more than {_MOST:,}")
    for entry in entries:
        if entry.find(f"{_ATOM}published") is None and "/errors" in (entry.findtext(f"{_ATOM}id") or ""):
            raise Unusable(f"arXiv says: {quote(one_line(entry.findtext(f'{_ATOM}summary') or 'Error'))}")
    return root


def _number(root: Element, name: str) -> int:
    """How many results there are, and which of them are here: https://github.com/dewitt/opensearch"""
    text = (root.findtext(f"{_OPENSEARCH}{name}") or "").strip()
    if not re.fullmatch("[0-9]{1,12}", text):
        raise Unusable(f"the answer has another shape: it has no number {name}")
    return int(text)


def _of_window(told: list[_Told], announced: tuple[datetime, datetime]) -> list[_Told]:
    """Those of the day. The minute of the second deadline was asked for since arXiv does not say how it cuts seconds
    off; what was submitted in it is of the next day, and comes with that.
    """
    start, end = announced
    asked = [each for each in told if not (each.submitted and end <= each.submitted < end + _MINUTE)]
    elsewhere = [each.submitted for each in asked if each.submitted and not start <= each.submitted < end]
    if 2 * len(elsewhere) > len(asked):
        raise Unusable(f"the answer is for another day: most papers were submitted about {elsewhere[0]:%Y-%m-%d}")
    return [_elsewhere(each) if each.submitted in elsewhere else each for each in asked]


def _elsewhere(told: _Told) -> _Told:
    if isinstance(told.entry, Dropped):
        return told
    reason = f"It was submitted on {told.submitted:%Y-%m-%d at %H:%M} (UTC), so that another day announced it."
    return _Told(Dropped(told.entry.paper.id.text, reason), (), told.submitted)


def _answer(told: list[_Told], more: bool) -> Answer:
    return Answer(
        tuple(each.entry for each in told if isinstance(each.entry, Entry)),
        tuple(each.entry for each in told if isinstance(each.entry, Dropped)),
        more,
        tuple(omitted for each in told for omitted in each.omitted),
    )


# An entry ----------------------------------------------------------------------------------------------------------


def _told(element: Element) -> _Told:
    values = _values(element)
    submitted = Values(values.block).may("published", read.moment)
    try:
        entry = Entry(_paper(values))
    except Unfit as reason:
        return _Told(Dropped(read.label(values.block), f"{reason}."), (), submitted)
    omitted = tuple(Dropped(entry.paper.id.text, f"{why}.") for why in dict.fromkeys(values.omitted))
    return _Told(entry, omitted, submitted)


def _values(element: Element) -> Values:
    """The texts of an entry by the names of their elements, whose order differs from year to year."""
    block: dict[str, object] = {}
    for child in element:
        name = child.tag.removeprefix(_ATOM)
        block[name] = Twice() if name in block else "".join(child.itertext())
    terms = [*element.findall(f"{_ARXIV}primary_category"), *element.findall(f"{_ATOM}category")]
    block["categories"] = [each.get("term") for each in terms]
    block["authors"] = [each.findtext(f"{_ATOM}name") for each in element.findall(f"{_ATOM}author")]
    return Values(block)


def _paper(values: Values) -> Paper:
    """Raises Unfit, with the reason as a sentence without its full stop."""
    paper_id, version = values.need("id", read.identifier, "identifier")
    return Paper(
        id=paper_id,
        title=values.need("title", read.title),
        authors=values.need("authors", read.authors),
        published=values.need("published", read.day, "date"),
        abstract=values.may("summary", read.text, "abstract"),
        categories=values.may("categories", read.categories) or (),
        version=version,
        withdrawn=_withdrawn(values),
    )


def _withdrawn(values: Values) -> Date | None:
    """The day of the version that takes the paper back. The feed has no word for it but those of its authors."""
    quiet = Values(values.block)
    said = (quiet.may(f"{_ARXIV}comment", read.text), quiet.may("summary", read.text))
    if not any(text and _WITHDRAWN.match(text) for text in said):
        return None
    return quiet.may("updated", read.day) or quiet.may("published", read.day)
