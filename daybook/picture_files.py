"""The pictures that go with links to pages: of the site, of each day, each topic and each paper with a note."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from daybook.fingerprint import fingerprint
from daybook.generator import program_fingerprint
from daybook.model import File
from daybook.pictures import LIBRARIES, Picture, engine, png
from daybook.site import CuratedPaper, Site, has_picture, picture_path
from daybook.tex import plain_text
from daybook.vocabulary import VERDICTS
from daybook.words import count_of, long_date

_VERDICTS = {word.value: word.label for word in VERDICTS}


def picture_files(site: Site) -> Iterator[File]:
    """One file a picture; none where the settings say so."""
    if not site.settings.social_cards:
        return
    program = fingerprint(program_fingerprint(*LIBRARIES), engine())
    for page, picture in plan_pictures(site):
        yield File(picture_path(page), fingerprint(program, picture), partial(png, picture))


def plan_pictures(site: Site) -> Iterator[tuple[str, Picture]]:
    """The pages that have a picture of their own, by their paths. Most others show that of the first one."""
    name, tagline = plain_text(site.settings.title), plain_text(site.settings.tagline)
    yield "index.html", Picture("", name, tagline, site.settings.base_url)
    for day in site.days:
        date = long_date(day.date)
        yield day.path, Picture(name, date, count_of(len(day.papers), "paper"), date)
    for one in site.topics:
        yield one.topic.path, Picture(name, plain_text(one.topic.title), "Topic", one.topic.slug)
    for paper in site.papers:
        if has_picture(paper):
            yield paper.path, Picture(name, plain_text(paper.paper.title), _foot(paper), f"arXiv:{paper.id}")


def _foot(paper: CuratedPaper) -> str:
    if paper.paper.withdrawn:
        return "Retracted" if paper.paper.retracted else "Withdrawn"
    signed = paper.notes[0]
    return f"{_VERDICTS[signed.note.verdict]}, says {signed.curator.name}"
