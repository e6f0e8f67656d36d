"""The pages of curators, contributors and corrections."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Date

from daybook.feeds import NOTES_PAGE, FeedLinks
from daybook.model import Link, Page
from daybook.planner import ABOUT, CONTRIBUTORS, CORRECTIONS, CURATORS, HOME, Planner
from daybook.site import CuratedPaper, CuratorPapers, day_path
from daybook.vocabulary import VERDICTS
from daybook.words import count_of, long_date, month_name

CURATOR_NOTES = 60  # that a curator's page shows; where there are more, each month has a page of its own


def plan_curators(planner: Planner) -> Iterator[Page]:
    """The index of curators, and one page a curator, with pages of months for those who write much."""
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
                "count": len(one.papers),
                "cards": planner.cards(one.papers[:CURATOR_NOTES]),
                "months": tuple((link, len(papers)) for link, papers in _months(one)),
            },
        )
        for link, papers in _months(one):
            title = f"{name}, {link.title}"
            above = (HOME, CURATORS, Link(name, one.curator.path))
            frame = planner.frame(link.url, title, f"Notes by {name} of {link.title}.", above)
            context = {"frame": frame, "title": title, "count": len(papers), "cards": planner.cards(papers)}
            yield Page(link.url, "curator_month.html", context)


def _months(one: CuratorPapers) -> tuple[tuple[Link, tuple[CuratedPaper, ...]], ...]:
    """The months, newest first, of a curator with more notes than one page shows: the papers of each."""
    if len(one.papers) <= CURATOR_NOTES:
        return ()
    months: dict[Date, list[CuratedPaper]] = {}
    for paper in one.papers:
        written = next(signed.note.date for signed in paper.notes if signed.curator == one.curator)
        months.setdefault(written.replace(day=1), []).append(paper)
    path = one.curator.path.removesuffix(".html")
    return tuple(
        (Link(month_name(start), f"{path}.{start:%Y-%m}.html"), tuple(papers)) for start, papers in months.items()
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
