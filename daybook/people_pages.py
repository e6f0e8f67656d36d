"""The pages of curators, contributors and corrections."""

from __future__ import annotations

from collections.abc import Iterator

from daybook.feeds import NOTES_PAGE, FeedLinks
from daybook.model import Link, Page
from daybook.planner import ABOUT, CONTRIBUTORS, CORRECTIONS, CURATORS, HOME, Planner
from daybook.site import CuratorPapers, day_path
from daybook.vocabulary import VERDICTS
from daybook.words import count_of, long_date


def plan_curators(planner: Planner) -> Iterator[Page]:
    """The index of curators, and one page a curator."""
    curators = planner.site.curators
    yield Page(
        CURATORS.url,
        "curators.html",
        {
            "frame": planner.frame(
                CURATORS.url, "Curators", "Who signs the notes.", follow=FeedLinks("Notes", NOTES_PAGE)
            ),
            "curators": tuple((one.curator, len(one.papers)) for one in curators),
            "contributors": CONTRIBUTORS,
        },
    )
    for one in curators:
        name = one.curator.name
        frame = planner.frame(
            one.curator.path,
            name,
            f"{count_of(len(one.papers), 'note')} by {name}.",
            (HOME, CURATORS),
            follow=FeedLinks(name, one.curator.path),
            json=True,
        )
        yield Page(
            one.curator.path,
            "curator.html",
            {
                "frame": frame,
                "curator": one.curator,
                "verdicts": _verdicts(one),
                "topics": one.topics,
                "owned": one.owned,
                "lists": one.lists,
                "days": tuple(Link(long_date(day), day_path(day)) for day in one.days),
                "corrected": planner.paper_links(one.corrected),
                "cards": planner.cards(one.papers),
            },
        )


def _verdicts(one: CuratorPapers) -> tuple[tuple[str, int], ...]:
    """How often the curator gave which verdict."""
    mine = [signed.note.verdict for paper in one.papers for signed in paper.notes if signed.curator == one.curator]
    return tuple((word.label, mine.count(word.value)) for word in VERDICTS if word.value in mine)


def plan_contributors(planner: Planner) -> Iterator[Page]:
    """Everybody who signed something, and everybody whose name is in the history."""
    site = planner.site
    yield Page(
        CONTRIBUTORS.url,
        "contributors.html",
        {
            "frame": planner.frame(CONTRIBUTORS.url, "Contributors", "Who made this.", (HOME, ABOUT)),
            "signed": tuple(Link(one.curator.name, one.curator.path) for one in site.curators),
            "contributors": site.contributors,
            "cut_off": site.cut_off,
        },
    )


def plan_corrections(planner: Planner) -> Iterator[Page]:
    """Every correction of what sources say, the newest first."""
    corrected = [(Link(one.paper.title, one.path), one.correction) for one in planner.site.papers if one.correction]
    newest = sorted(corrected, key=lambda one: (-one[1].override.date.toordinal(), one[0].url))
    yield Page(
        CORRECTIONS.url,
        "corrections.html",
        {
            "frame": planner.frame(CORRECTIONS.url, "Corrections", "What sources got wrong.", (HOME, ABOUT)),
            "corrections": tuple(newest),
        },
    )
