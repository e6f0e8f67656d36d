"""Random contents that are valid, for laws that hold for any content."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from daybook.model import Content, Curator, Dropped, Entry, Listing, Organisation, Retraction
from tests.nouns import CURATOR, content, entry, introduction, listing, note, pick, reading_list, topic

# Two turns of the year, a leap day between them, and an ISO year of 53 weeks.
DAYS = st.dates(date(2026, 12, 20), date(2027, 1, 12)) | st.dates(date(2028, 2, 25), date(2028, 3, 3))
NUMBERS = st.integers(1, 9)
NAMES = ("Ada Ash", "ada ash", "Bo Birch", "Cleo", "李明")
LABS = (None, None, Organisation("lab", "Lab"), Organisation("lab", "The Lab"), Organisation("den", "Den"))


def _entries(number: int) -> st.SearchStrategy[Entry]:
    return st.builds(
        entry,
        st.just(number),
        authors=st.lists(st.sampled_from(NAMES), min_size=1, max_size=4).map(tuple),
        abstract=st.sampled_from([None, "On naps.", "On tea."]),
        withdrawn=st.none() | st.none() | st.just(date(2027, 1, 1)),
        votes=st.none() | st.integers(0, 3),
        organisation=st.sampled_from(LABS),
    )


@st.composite
def _listings(draw: st.DrawFn) -> tuple[Listing, ...]:
    keys = draw(st.sets(st.tuples(DAYS, st.sampled_from(["arxiv", "huggingface"])), max_size=10))
    return tuple(
        listing(
            day,
            *(draw(_entries(number)) for number in draw(st.lists(NUMBERS, unique=True, max_size=5))),
            source=source,
            read=day + timedelta(draw(st.integers(0, 9))),
            complete=draw(st.booleans()),
            dropped=tuple(Dropped("x", "y") for _ in range(draw(st.integers(0, 2)))),
        )
        for day, source in sorted(keys)
    )


@st.composite
def contents(draw: st.DrawFn) -> Content:
    """Valid content of a few papers, listed around the turns of years by two sources."""
    listings = draw(_listings())
    listed: dict[date, set[int]] = {}
    for one in listings:
        listed.setdefault(one.date, set()).update(int(e.paper.id.text[-5:]) for e in one.entries)
    picked = draw(st.lists(st.integers(7, 12), unique=True, max_size=3))
    known = sorted({*picked, *(number for numbers in listed.values() for number in numbers)})
    introduced = [day for day, numbers in sorted(listed.items()) if draw(st.booleans()) and numbers]
    signed = st.tuples(st.sampled_from(known), st.sampled_from(["ada", "bo"])) if known else st.nothing()
    noted = draw(st.sets(signed))
    return content(
        curators=(CURATOR, Curator("bo", "Bo Birch"), Curator("idle", "Ida Idle")),
        topics=(topic("drinks", "tea"), topic("naps", "nap*", parent="rest"), topic("rest"), topic("unused")),
        listings=listings,
        picks=tuple(pick(number, withdrawn=draw(st.none() | st.just(date(2027, 1, 1)))) for number in sorted(picked)),
        introductions=tuple(
            introduction(day, *draw(st.lists(st.sampled_from(sorted(listed[day])), unique=True, max_size=3)))
            for day in introduced
        ),
        notes=tuple(
            note(
                number,
                by=by,
                date=draw(DAYS),
                topics=draw(st.sampled_from([(), ("naps",), ("drinks", "rest")])),
                retracted=draw(st.none() | st.none() | st.just(Retraction(date(2029, 1, 1), "No."))),
            )
            for number, by in sorted(noted)
        ),
        lists=(reading_list("list", *draw(st.permutations(known))),) if known else (),
    )
