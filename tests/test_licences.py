"""What is Hugging Face's can be told from what is not, and left out."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

from daybook.assemble import assemble
from daybook.licences import allowed, allowed_listing, allowed_pick, is_third_party
from daybook.model import Entry, MachineText, Organisation, Pick
from daybook.vocabulary import LICENCE_CLASSES, THIRD_PARTY
from tests.nouns import SETTINGS, content, entry, listing

DAY = date(2026, 1, 5)
METADATA = entry(1, abstract="Short.", categories=("cs.LG",), last_seen=DAY)
EVERYTHING = replace(
    METADATA,
    votes=0,
    comments=2,
    stars=3,
    organisation=Organisation("lab", "Lab"),
    submitter="cleo",
    code="https://example.org/code",
    project="https://example.org/project",
    discussion="https://example.org/talk",
    keywords=("rest",),
    summary=MachineText("A model says."),
)


def test_every_field_of_an_entry_has_one_licence_class() -> None:
    classified = [name for licence in LICENCE_CLASSES for name in licence.fields]
    assert sorted(classified) == sorted(field.name for field in fields(Entry))


def test_what_is_third_party_is_told_by_any_of_its_fields() -> None:
    assert not is_third_party(METADATA)
    for name in THIRD_PARTY.fields:
        assert is_third_party(replace(METADATA, **{name: getattr(EVERYTHING, name)}))


def test_the_setting_leaves_out_what_hugging_face_counted_or_added_and_nothing_else() -> None:
    assert allowed("huggingface", EVERYTHING, True) is EVERYTHING
    assert allowed("huggingface", EVERYTHING, False) == METADATA
    assert allowed("arxiv", EVERYTHING, False) is EVERYTHING
    assert allowed_listing(listing(DAY, EVERYTHING), False) == listing(DAY, METADATA)
    assert allowed_pick(Pick("huggingface", EVERYTHING), False) == Pick("huggingface", METADATA)


def test_a_site_without_it_shows_none_of_it() -> None:
    settings = replace(SETTINGS, huggingface_data=False)
    listed, picked = replace(EVERYTHING, last_seen=None), entry(2, votes=7, code="https://example.org/2")
    given = {
        "listings": (listing(DAY, listed),),
        "picks": (Pick("huggingface", picked), Pick("arxiv", entry(3, stars=1))),
    }
    site = assemble(content(settings=settings, **given))
    assert {paper.id.text: paper.entry for paper in site.papers} == {
        "2601.00001": replace(METADATA, last_seen=None),
        "2601.00002": entry(2),
        "2601.00003": entry(3, stars=1),
    }
    assert site.organisations == ()
    assert [paper.read for paper in site.papers] == [None, None, None]
