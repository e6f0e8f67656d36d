"""Corrections of what sources say: what counts, what is told of it, and that nothing of it is left out elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from daybook.assemble import assemble
from daybook.correct import changes, correct
from daybook.model import Entry, MachineText, Organisation, Override, Right
from daybook.site import Change, CuratedPaper
from daybook.vocabulary import REMOVABLE
from tests.nouns import CURATOR, SETTINGS, content, entry, listing, paper_id, pick, topic

DAY = date(2026, 1, 5)
LAB = Organisation("lab", "Lab")
WRONG = entry(1, abstract="Of ferrets.", votes=3, organisation=LAB, code="https://example.org/ferrets")
WRONG = replace(WRONG, summary=MachineText("Ferrets."))


def override(number: int = 1, *, remove: tuple[str, ...] = (), **right: object) -> Override:
    correction = Right(**right)  # type: ignore[arg-type]
    return Override(paper_id(number), CURATOR.handle, DAY, "It is wrong.", None, correction, remove)


def corrected(*overrides: Override, entries: tuple[Entry, ...] = (WRONG,), **given: object) -> list[CuratedPaper]:
    return list(assemble(content(listings=(listing(DAY, *entries),), overrides=overrides, **given)).papers)


def test_what_is_right_counts_and_the_rest_stays() -> None:
    right = correct(WRONG, override(title="Right", authors=("Bo",), code="https://example.org/2"))
    assert right == replace(
        WRONG, paper=replace(WRONG.paper, title="Right", authors=("Bo",)), code="https://example.org/2"
    )


def test_what_is_removed_is_nothing() -> None:
    right = correct(WRONG, override(remove=("code", "summary", "organisation", "abstract")))
    assert right == replace(
        WRONG, paper=replace(WRONG.paper, abstract=None), code=None, summary=None, organisation=None
    )


@pytest.mark.parametrize("word", [word.value for word in REMOVABLE])
def test_everything_that_may_be_removed_can_be(word: str) -> None:
    whole = replace(WRONG, project="https://example.org", discussion="https://example.org")
    whole = replace(whole, paper=replace(whole.paper, withdrawn=DAY))
    assert [change.what for change in changes(whole, correct(whole, override(remove=(word,))))] == [
        one.label for one in REMOVABLE if one.value == word
    ]


@pytest.mark.parametrize(
    ("before", "right", "after"),
    [
        (None, {"retracted": DAY}, (DAY, True)),
        (None, {"withdrawn": DAY}, (DAY, False)),
        (DAY, {"retracted": date(2026, 2, 1)}, (date(2026, 2, 1), True)),
        (DAY, {"withdrawn": date(2026, 1, 1), "retracted": date(2026, 2, 1)}, (date(2026, 2, 1), True)),
        (DAY, {"remove": ("withdrawn",)}, (None, False)),
        (DAY, {"title": "Right"}, (DAY, False)),
    ],
)
def test_of_withdrawal_and_retraction_a_retraction_counts(
    before: date | None, right: dict[str, object], after: tuple[date | None, bool]
) -> None:
    upstream = replace(WRONG, paper=replace(WRONG.paper, withdrawn=before))
    found = correct(upstream, override(**right)).paper  # type: ignore[arg-type]
    assert (found.withdrawn, found.retracted) == after


def test_a_change_tells_what_upstream_says() -> None:
    (paper,) = corrected(override(title="Right", retracted=DAY, project="https://example.org", remove=("code",)))
    assert paper.correction is not None
    assert paper.correction.changes == (
        Change("Title", WRONG.paper.title),
        Change("State", "not withdrawn"),
        Change("Code", "https://example.org/ferrets"),
        Change("Project page", None),
    )


def test_a_correction_that_upstream_has_taken_over_changes_nothing_and_is_no_mistake() -> None:
    (paper,) = corrected(override(title=WRONG.paper.title))
    assert paper.entry == WRONG
    assert paper.correction is not None
    assert paper.correction.changes == ()


def test_all_that_depends_on_a_paper_sees_it_corrected() -> None:
    other = entry(2, authors=("Ada Ash",))
    right = override(title="On sheep", authors=("Ada Ash",), organisation=Organisation("den", "Den"))
    site = assemble(
        content(listings=(listing(DAY, WRONG, other),), overrides=(right,), topics=(topic("sheep", "sheep"),))
    )
    assert [author.name for author in site.authors] == ["Ada Ash"]
    assert [one.organisation.slug for one in site.organisations] == ["den"]
    assert [one.count for one in site.topics] == [1]
    assert [[paper.id for paper in one.corrected] for one in site.curators] == [[paper_id(1)]]


def test_a_retracted_paper_keeps_its_page_and_leaves_the_lists() -> None:
    site = assemble(
        content(listings=(listing(DAY, WRONG, entry(2)),), overrides=(override(retracted=DAY),), picks=(pick(1),))
    )
    assert [paper.id for paper in site.papers] == [paper_id(1), paper_id(2)]
    (day,) = site.days
    assert [paper.id for paper in day.papers] == [paper_id(2)]
    assert [paper.id for paper in day.withdrawn] == [paper_id(1)]


def test_what_hugging_face_added_does_not_come_back_as_what_upstream_says() -> None:
    """Without its data, what a correction takes away of it is nothing, and nothing tells what it was."""
    right = override(title="Right", organisation=Organisation("den", "Den"), remove=("code", "summary"))
    (paper,) = corrected(right, settings=replace(SETTINGS, huggingface_data=False))
    assert paper.correction is not None
    assert paper.correction.changes == (Change("Title", WRONG.paper.title), Change("Organisation", None))
    assert "Ferrets" not in repr(paper)
