"""The sources: where they ask, what they refuse whole, and that one bad entry costs nothing but itself."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybook.listing_json import dump_listing, read_listing
from daybook.model import Listing, PaperId
from daybook.source import Answer, Source, Unusable
from daybook.source_arxiv import Arxiv, window
from daybook.source_huggingface import HuggingFace

ANSWERS = Path(__file__).parent / "answers"
TUESDAY = date(2026, 3, 3)
ARXIV = Arxiv(["cs.HC", "cs.AI"])
SOURCES: list[Source] = [HuggingFace(), ARXIV]
SENT = [
    (ANSWERS / "huggingface" / "ordinary.json").read_bytes(),
    (ANSWERS / "arxiv" / "of-2026.xml").read_bytes(),
]
ORDINARY = json.loads(SENT[0])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["paper", "id", "name"]), inner),
    max_leaves=8,
)


def tried(source: Source, body: bytes, day: date = TUESDAY) -> Answer | str:
    """The answer, which a listing can hold as the checker demands, or why it is unusable."""
    try:
        answer = source.parse(body, day)
    except Unusable as reason:
        return str(reason)
    once = {entry.paper.id: entry for entry in answer.entries}
    listing = Listing(source.slug, day, day, False, tuple(once.values()), answer.dropped)
    assert read_listing(dump_listing(listing), "content/a.json") == listing
    return answer


# Addresses -----------------------------------------------------------------------------------------------------------


def asked(address: str) -> tuple[str, dict[str, str]]:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}{parts.path}", {
        key: value for key, [value] in parse_qs(parts.query).items()
    }


def test_hugging_face_is_asked_by_date_for_as_much_as_it_gives() -> None:
    place, query = asked(HuggingFace("http://127.0.0.1:8080/").address(TUESDAY, 2))
    assert place == "http://127.0.0.1:8080/api/daily_papers"
    assert query == {"date": "2026-03-03", "limit": "100", "p": "2"}
    assert HuggingFace().address(TUESDAY, 0).startswith("https://huggingface.co/api/daily_papers?")


def test_arxiv_is_asked_by_category_and_window_of_submission() -> None:
    place, query = asked(Arxiv(["cs.HC", "hep-th"], "http://127.0.0.1:8080").address(TUESDAY, 2))
    assert place == "http://127.0.0.1:8080/api/query"
    assert query == {
        "search_query": "(cat:cs.HC OR cat:hep-th) AND submittedDate:[202603021900 TO 202603031900]",
        "start": "200",
        "max_results": "100",
        "sortBy": "submittedDate",
        "sortOrder": "ascending",
    }


def test_arxiv_is_asked_for_papers_by_their_identifiers() -> None:
    ids = [PaperId("2603.00301"), PaperId("hep-th/9901001")]
    assert Arxiv().by_ids(ids) == ("https://export.arxiv.org/api/query?id_list=2603.00301,hep-th/9901001&max_results=2")
    for wrong in ([], ids[:1] * 101):
        with pytest.raises(ValueError, match="1 to 100 papers"):
            Arxiv().by_ids(wrong)


def test_arxiv_cannot_be_asked_for_a_day_without_categories() -> None:
    with pytest.raises(ValueError, match="arxiv_categories"):
        Arxiv().address(TUESDAY, 0)


def utc(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H").replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [
        ("2026-01-04", "2026-01-01 19", "2026-01-02 19"),  # a Sunday
        ("2026-01-05", "2026-01-02 19", "2026-01-05 19"),  # Monday
        ("2026-01-06", "2026-01-05 19", "2026-01-06 19"),
        ("2026-01-07", "2026-01-06 19", "2026-01-07 19"),
        ("2026-01-08", "2026-01-07 19", "2026-01-08 19"),
        ("2026-03-09", "2026-03-06 19", "2026-03-09 18"),  # summer time began on the Sunday
        ("2026-07-07", "2026-07-06 18", "2026-07-07 18"),
        ("2026-11-02", "2026-10-30 18", "2026-11-02 19"),  # and ended
    ],
)
def test_a_day_of_arxiv_is_a_window_of_submission(day: str, start: str, end: str) -> None:
    assert window(date.fromisoformat(day)) == (utc(start), utc(end))


def test_nothing_is_announced_on_fridays_and_saturdays() -> None:
    assert window(date(2026, 1, 9)) is window(date(2026, 1, 10)) is None
    _, query = asked(ARXIV.address(date(2026, 1, 9), 0))
    assert query["search_query"].endswith("submittedDate:[202601091900 TO 202601091900]")
    assert ARXIV.parse(SENT[1], date(2026, 1, 9)) == Answer((), (), False)


def test_every_submission_is_of_exactly_one_day() -> None:
    days = [date.fromordinal(TUESDAY.toordinal() + ahead) for ahead in range(800)]
    windows = [announced for day in days if (announced := window(day))]
    assert all(one[1] == other[0] for one, other in pairwise(windows))


# Answers that are refused --------------------------------------------------------------------------------------------


def entry(number: int = 1, **paper: object) -> dict[str, Any]:
    plain = {
        "id": f"2603.{number:05}",
        "title": "A Title",
        "authors": [{"name": "Ada Ash"}],
        "publishedAt": "2026-03-02",
    }
    return {"paper": {**plain, **paper}}


def listed(*entries: object) -> bytes:
    return json.dumps(entries).encode()


OTHER = {"submittedOnDailyAt": "2026-03-02T10:00:00.000Z"}
OWN = {"submittedOnDailyAt": "2026-03-03T10:00:00.000Z"}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "the answer is empty, not even a list"),
        (b" \n", "the answer is empty, not even a list"),
        (b"\xff\xfe[]", "the answer is not UTF-8"),
        (b"<!DOCTYPE html><html><body>Sorry</body></html>", "the answer is a page of HTML or XML, not JSON"),
        (SENT[0][:700], "the answer is cut, or no JSON: this is not JSON"),
        (SENT[0] + b"[", "the answer is cut, or no JSON: this is not JSON"),
        (b"[" * 100_000 + b"]" * 100_000, "the answer is cut, or no JSON: nested too deep"),
        (b"{}", "the answer is a block of keys, not a list"),
        (b'{"error": "Invalid\\ndate"}', 'the answer is a block of keys, not a list: "Invalid\\ndate"'),
        (b"null", "the answer is null, not a list"),
        (b"NaN", "the answer is a number, not a list"),
        (b'"[]"', 'the answer is "[]", not a list'),
        (b'[{"id": "2603.00101"}]', "the answer has another shape: none of its entries has a `paper`"),
        (b"[[], 1]", "the answer has another shape: none of its entries has a `paper`"),
        (listed(*[entry()] * 2_001), "the answer lists 2,001 entries, more than 2,000"),
        (
            listed(entry(1, **OTHER), entry(2, **OTHER), entry(3, **OWN), entry(4)),
            "the answer is for another day: most entries were proposed on 2026-03-02",
        ),
        (
            listed(entry(1, publishedAt="2026-03-05"), entry(2, publishedAt="2026-03-04"), entry(3)),
            "the answer is for another day: most papers are of 2026-03-05 or so",
        ),
    ],
    ids=lambda value: ascii(value)[:40],
)  # fmt: skip
def test_an_answer_of_hugging_face_that_is_none_is_refused(body: bytes, reason: str) -> None:
    assert tried(HuggingFace(), body) == reason


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"\xef\xbb\xbf[]",
        listed(entry(1, **OTHER), entry(2, **OWN)),  # a paper can stand on two days
        listed(entry(1, **OTHER, publishedAt="x"), entry(2, **OWN), entry(3, **OWN)),
        listed(entry(1, publishedAt="2026-03-04"), entry(2)),
        listed(entry(1, publishedAt="2026-03-04", **OWN)),
    ],
    ids=ascii,
)
def test_an_answer_of_hugging_face_with_little_or_odd_in_it_is_taken(body: bytes) -> None:
    assert isinstance(tried(HuggingFace(), body), Answer)


def test_a_full_page_has_another_one_behind_it() -> None:
    answers = [HuggingFace().parse(listed(*map(entry, range(1, count + 1))), TUESDAY) for count in (99, 100)]
    assert [answer.more for answer in answers] == [False, True]


FEED = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:o="http://a9.com/-/spec/opensearch/1.1/">'
    "<o:totalResults>{total}</o:totalResults><o:startIndex>{start}</o:startIndex>"
    "<o:itemsPerPage>{size}</o:itemsPerPage>{entries}</feed>"
)


def feed(*entries: str, total: object = 0, start: object = 0, size: object = 100) -> bytes:
    return FEED.format(entries="".join(entries), total=total or len(entries), start=start, size=size).encode()


def atom(number: int = 1, published: str = "2026-03-03T10:00:00Z", title: str = "A Title", more: str = "") -> str:
    return (
        f"<entry><id>http://arxiv.org/abs/2603.{number:05}v1</id><title>{title}</title><published>{published}</published>"
        f"<updated>2026-03-06T10:00:00Z</updated><author><name>Ada Ash</name></author>{more}</entry>"
    )


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "the answer is empty, not even a feed"),
        (b"Rate exceeded.", "the answer is no XML"),
        (b"\xff<feed/>", "the answer is not UTF-8"),
        (b"<!doctype html><html></html>", "with a document type, which a feed never has"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "with a document type"),
        (b"<html><body>Sorry</body></html>", 'the answer is no Atom feed: its root is "html"'),
        (b"<feed/>", 'the answer is no Atom feed: its root is "feed"'),
        (SENT[1][:2_000], "the answer is cut, or no XML: "),
        (b"<a>&b;</a>", "the answer is cut, or no XML: undefined entity"),
        (b"<a>\x00</a>", "the answer is cut, or no XML: "),
        (b"<a>" * 100_000, "the answer is nested too deep for a feed"),
        (feed(atom(), total="many"), "the answer has another shape: it has no number totalResults"),
        (feed(*[atom()] * 2_001), "the answer lists 2,001 entries, more than 2,000"),
        (
            feed(atom(1, "2026-03-01T10:00:00Z"), atom(2, "2026-03-02T18:59:59Z"), atom(3)),
            "the answer is for another day: most papers were submitted about 2026-03-01",
        ),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_an_answer_of_arxiv_that_is_none_is_refused(body: bytes, reason: str) -> None:
    found = tried(ARXIV, body)
    assert isinstance(found, str)
    assert reason in found


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (feed(total=3), "the page has 0 entries where it says 3"),
        (feed(atom(), total=250, start=200), "the page has 1 entries where it says 50"),
        (feed(atom(), total=250, size=2), "the page has 1 entries where it says 2"),
        (feed(total=200, start=200), "the page begins at entry 200 where it says that there are 200"),
        (feed(total=0, start=100), "the page begins at entry 100 where it says that there are 0"),
    ],
)
def test_a_short_page_of_arxiv_is_worth_another_try(body: bytes, reason: str) -> None:
    with pytest.raises(Unusable) as refused:
        ARXIV.parse(body, TUESDAY)
    assert (str(refused.value), refused.value.again) == (reason, True)


@pytest.mark.parametrize(
    ("body", "more"),
    [
        (feed(atom(), total=1), False),
        (feed(atom(), atom(2), total=250, size=2), True),
        (feed(atom(), total=201, start=200), False),
    ],
)
def test_a_page_of_arxiv_says_what_follows(body: bytes, more: bool) -> None:
    assert ARXIV.parse(body, TUESDAY).more is more


# Papers by identifier ------------------------------------------------------------------------------------------------


def test_papers_that_arxiv_leaves_out_are_named() -> None:
    one, two, three = (PaperId(f"2603.{number:05}") for number in (1, 2, 3))
    body = feed(atom(3, "2001-01-01T00:00:00Z"), atom(1), atom(9), atom(2, title=""))
    answer, missing = ARXIV.parse_ids(body, [one, two, three, two])
    assert [entry.paper.id for entry in answer.entries] == [three, one]
    assert [dropped.what for dropped in answer.dropped] == [two.text]
    assert missing == (two,)
    assert ARXIV.parse_ids(feed(), [one]) == (Answer((), (), False), (one,))


def test_an_answer_about_other_papers_only_is_refused() -> None:
    with pytest.raises(Unusable, match=r"another request: it tells of 2603\.00009"):
        ARXIV.parse_ids(feed(atom(9)), [PaperId("2603.00001")])


# Withdrawn papers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "is_withdrawn"),
    [
        ("This paper has been withdrawn by the authors", True),
        ("This paper (12 pages) was withdrawn due to an error in Lemma 3", True),
        ("The present paper is being withdrawn", True),
        ("This submission has been withdrawn by arXiv administrators", True),
        ("Paper is withdrawn. It says nothing new", True),
        ("Withdrawn", True),
        ("withdrawn by the author", True),
        ("The authors have withdrawn this manuscript", True),
        ("We withdraw this article for now", True),
        ("This article is temporarily\n withdrawn", True),
        ("12 pages; the claim of version 1 is withdrawn", False),
        ("Money is withdrawn from accounts in bursts", False),
        ("Supersedes the withdrawn paper of last year", False),
        ("We withdraw money. This paper tells where", False),
        ("Withdrawnness in children", False),
    ],
)
def test_authors_say_that_a_paper_is_withdrawn(text: str, is_withdrawn: bool) -> None:
    for tag in ('<c:comment xmlns:c="http://arxiv.org/schemas/atom">{}</c:comment>', "<summary>{}</summary>"):
        [found] = ARXIV.parse(feed(atom(more=tag.format(text))), TUESDAY).entries
        assert found.paper.withdrawn == (date(2026, 3, 6) if is_withdrawn else None)


# Organisations -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("account", "slug"),
    [
        ("nvidia", "nvidia"),
        ("ByteDance-Seed", "bytedance-seed"),
        ("01-ai", "01-ai"),
        ("con", "con-[0-9a-f]{8}"),
        ("index", "index-[0-9a-f]{8}"),
        ("a--b", "a-b-[0-9a-f]{8}"),
        ("a_b", "a-b-[0-9a-f]{8}"),
        ("../../x", "x-[0-9a-f]{8}"),
        ("Łódź", "lodz-[0-9a-f]{8}"),
        ("李", "[0-9a-f]{8}"),
        ("x" * 100, "x{51}-[0-9a-f]{8}"),
    ],
)
def test_an_organisation_has_a_safe_slug_of_its_own(account: str, slug: str) -> None:
    [found] = HuggingFace().parse(listed({**entry(), "organization": {"name": account}}), TUESDAY).entries
    assert found.organisation
    assert re.fullmatch(slug, found.organisation.slug)
    assert found.organisation.name == account


# Whatever comes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.slug)
@given(body=st.binary() | st.text().map(str.encode) | JSON.map(lambda value: json.dumps(value).encode()))
def test_anything_is_an_answer_or_refused(source: Source, body: bytes) -> None:
    tried(source, body)


@pytest.mark.parametrize(("source", "sent"), [*zip(SOURCES, SENT, strict=True)], ids=["huggingface", "arxiv"])
@given(data=st.data())
def test_a_damaged_answer_is_an_answer_or_refused(source: Source, sent: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(sent)))
    gone = data.draw(st.integers(0, 40))
    tried(source, sent[:at] + data.draw(st.binary(max_size=8)) + sent[at + gone :])


def places(value: object, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to all values inside a value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in inner:
        yield (*way, step)
        yield from places(each, (*way, step))


@given(way=st.sampled_from(list(places(ORDINARY[0]))), value=JSON, delete=st.booleans())
def test_whatever_an_entry_holds_the_others_are_kept(way: tuple[Any, ...], value: object, delete: bool) -> None:
    changed = copy.deepcopy(ORDINARY)
    holder = changed[0]
    for step in way[:-1]:
        holder = holder[step]
    if delete:
        del holder[way[-1]]
    else:
        holder[way[-1]] = value
    answer = tried(HuggingFace(), json.dumps(changed).encode())
    assert isinstance(answer, Answer)
    assert answer.entries[-2:] == HuggingFace().parse(SENT[0], TUESDAY).entries[-2:]
    assert len(answer.entries) + len(answer.dropped) == 3


@given(st.sampled_from(["id", "title", "published", "name", "summary"]), st.text(st.characters(codec="utf-8")))
def test_whatever_an_entry_of_a_feed_holds_the_others_are_kept(tag: str, text: str) -> None:
    own, other = atom(more="<summary>Short.</summary>"), atom(2)
    changed = re.sub(f"<{tag}>[^<]*", lambda _: f"<{tag}>{escape(text)}", own)
    answer = tried(ARXIV, feed(other, changed, atom(3)))
    if isinstance(answer, Answer):
        assert {"2603.00002", "2603.00003"} <= {each.paper.id.text for each in answer.entries}
        assert len(answer.entries) + len(answer.dropped) == 3
    else:
        assert answer.startswith("the answer is cut, or no XML")
