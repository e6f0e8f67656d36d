"""The pages of papers, topics, people, organisations and reading lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from daybook import markdown, names
from daybook.charts import draw_trend
from daybook.feeds import FeedLinks, author_links
from daybook.model import Link, Page
from daybook.planner import (
    ARCHIVE,
    AUTHORS,
    HOME,
    LISTS,
    ORGANISATIONS,
    PICKS,
    TOPICS,
    Planner,
)
from daybook.site import Author, CuratedPaper, TopicPapers, TopicYear, has_picture
from daybook.tex import plain_text
from daybook.words import count_of, long_date, month_name

# A topic with no more papers than this shows them all on its first page; a larger one shows its newest year there.
TOPIC_ON_ONE_PAGE = 60
# A topic's year with more papers than this that have no note leads to a page a month for those.
TOPIC_YEAR_ON_ONE_PAGE = 800
INDEX_TOP = 60


# Papers ---------------------------------------------------------------------------------------------------------


def plan_papers(planner: Planner) -> Iterator[Page]:
    """One page a paper, whatever days, sources and versions it came in."""
    related = planner.site.related or ((),) * len(planner.site.papers)
    for paper, alike in zip(planner.site.papers, related, strict=True):
        if paper.appearances:
            day = paper.appearances[0].date
            crumbs = (
                HOME,
                ARCHIVE,
                *planner.dated_crumbs(day, "year", "month"),
                Link(long_date(day), paper.appearances[0].path),
            )
        else:
            crumbs = (HOME, ARCHIVE, PICKS)
        description = paper.notes[0].note.summary if paper.notes else (paper.paper.abstract or "A paper on arXiv.")
        yield Page(
            paper.path,
            "paper.html",
            {
                "frame": planner.frame(
                    paper.path,
                    paper.paper.title,
                    description,
                    crumbs,
                    kind="article",
                    cite=True,
                    json=True,
                    scripts=("copy.js",),
                    picture=Link(paper.paper.title, paper.path) if has_picture(paper) else None,
                ),
                "paper": paper,
                "related": alike,
            },
        )


# Topics ---------------------------------------------------------------------------------------------------------


def plan_topic_index(planner: Planner) -> Iterator[Page]:
    """All topics as a tree."""
    yield Page(
        TOPICS.url,
        "topics.html",
        {
            "frame": planner.frame(TOPICS.url, "Topics", "The subjects that papers are sorted into."),
            "topics": _tree(planner.site.topics, ()),
        },
    )


def _tree(topics: tuple[TopicPapers, ...], above: tuple[Link, ...]) -> tuple[dict[str, object], ...]:
    """The topics that stand right below some others, each with its own subtree."""
    return tuple(
        {
            "title": one.topic.title,
            "path": one.topic.path,
            "count": one.count,
            "text": one.topic.description,
            "children": _tree(topics, (*above, Link(one.topic.title, one.topic.path))) if one.children else (),
        }
        for one in topics
        if one.parents == above
    )


def plan_topics(planner: Planner) -> Iterator[Page]:
    """One page a topic: all its papers if they are few, otherwise those of the newest year."""
    for topic in planner.site.topics:
        shown = topic.years if topic.count <= TOPIC_ON_ONE_PAGE else topic.years[:1]
        yield _topic_page(planner, topic, topic.topic.path, topic.topic.title, shown, (HOME, TOPICS, *topic.parents))


def plan_topic_years(planner: Planner) -> Iterator[Page]:
    """One page a topic and year, and a page a month of a year of very many papers."""
    for topic in planner.site.topics:
        crumbs = (HOME, TOPICS, *topic.parents, Link(topic.topic.title, topic.topic.path))
        for year in topic.years:
            yield _topic_page(
                planner, topic, _year_path(topic, year), f"{topic.topic.title}, {year.year}", (year,), crumbs
            )
            above = (*crumbs, Link(f"{year.year}", _year_path(topic, year)))
            for link, month in _months(topic, year):
                only = TopicYear(year.year, (), month)
                yield _topic_page(planner, topic, link.url, f"{topic.topic.title}, {link.title}", (only,), above)


def _year_path(topic: TopicPapers, year: TopicYear) -> str:
    return f"topics/{topic.topic.slug}.{year.year}.html"


def _months(topic: TopicPapers, year: TopicYear) -> tuple[tuple[Link, tuple[CuratedPaper, ...]], ...]:
    """The months, newest first, of a year that is read by month: with its papers that have no note."""
    if len(year.matched) <= TOPIC_YEAR_ON_ONE_PAGE:
        return ()
    months: dict[int, list[CuratedPaper]] = {}
    for paper in year.matched:
        months.setdefault(paper.first.month, []).append(paper)
    return tuple(
        (
            Link(month_name(papers[0].first), f"topics/{topic.topic.slug}.{papers[0].first:%Y-%m}.html"),
            tuple(papers),
        )
        for _, papers in sorted(months.items(), reverse=True)
    )


def _topic_page(
    planner: Planner,
    topic: TopicPapers,
    path: str,
    title: str,
    shown: tuple[TopicYear, ...],
    crumbs: tuple[Link, ...],
) -> Page:
    reasons = {
        paper.id: next((m.kind, m.detail) for m in paper.topics if m.topic.url == topic.topic.path)
        for year in shown
        for paper in (*year.curated, *year.matched)
    }
    return Page(
        path,
        "topic.html",
        {
            "frame": planner.frame(
                path,
                title,
                markdown.plain(topic.topic.description),
                crumbs,
                follow=FeedLinks(plain_text(topic.topic.title), topic.topic.path),
                cite=path == topic.topic.path and topic.count > 0,
                json=path == topic.topic.path,
                picture=Link(topic.topic.title, topic.topic.path),
            ),
            "title": title,
            "topic": topic.topic,
            "owners": topic.owners,
            "children": topic.children,
            "count": topic.count,
            "trend": draw_trend(topic.trend),
            "all_years": tuple((Link(f"{year.year}", _year_path(topic, year)), year.count) for year in topic.years),
            "years": tuple(
                {
                    "year": year.year,
                    "curated": tuple((card, *reasons[card.id]) for card in planner.cards(year.curated)),
                    "matched": ()
                    if _months(topic, year)
                    else tuple((card, *reasons[card.id]) for card in planner.cards(year.matched)),
                    "months": tuple((link, len(papers)) for link, papers in _months(topic, year)),
                }
                for year in shown
            ),
        },
    )


# Authors and organisations --------------------------------------------------------------------------------------


def plan_author_index(planner: Planner) -> Iterator[Page]:
    """The letters, and the names with the most papers; then one page a letter."""
    letters: dict[str, list[Author]] = {}
    for author in planner.site.authors:
        letters.setdefault(author.letter, []).append(author)
    links = tuple(
        (Link(letter, _letter_path(letter)), len(letters[letter])) for letter in sorted(letters, key=_letter_order)
    )
    top = sorted(planner.site.authors, key=lambda author: (-len(author.papers), author.sort_key, author.name))[
        :INDEX_TOP
    ]
    yield Page(
        AUTHORS.url,
        "authors.html",
        {
            "frame": planner.frame(AUTHORS.url, "Authors", "Names that stand on two or more papers."),
            "letters": links,
            "count": len(planner.site.authors),
            "top": _author_lines(top),
        },
    )
    for letter, authors in letters.items():
        heading = "Other scripts" if letter == "other" else letter.upper()
        yield Page(
            _letter_path(letter),
            "authors_letter.html",
            {
                "frame": planner.frame(_letter_path(letter), f"Authors: {heading}", "Authors A-Z.", (HOME, AUTHORS)),
                "heading": heading,
                "letters": links,
                "authors": _author_lines(authors),
            },
        )


def _letter_path(letter: str) -> str:
    return f"authors.{letter}.html"


def _letter_order(letter: str) -> tuple[bool, str]:
    return letter == "other", letter


def _author_lines(authors: Iterable[Author]) -> tuple[tuple[Link, int], ...]:
    return tuple((Link(author.name, author.path), len(author.papers)) for author in authors)


def plan_authors(planner: Planner) -> Iterator[Page]:
    """One page a name with two or more papers."""
    for author in planner.site.authors:
        letter = Link(
            "Other scripts" if author.letter == "other" else author.letter.upper(), _letter_path(author.letter)
        )
        frame = planner.frame(
            author.path,
            author.name,
            f"{count_of(len(author.papers), 'paper')} by {author.name}.",
            (HOME, AUTHORS, letter),
            kind="profile",
            follow=author_links(author),
        )
        yield Page(
            author.path, "author.html", {"frame": frame, "name": author.name, "cards": planner.cards(author.papers)}
        )


def plan_organisation_index(planner: Planner) -> Iterator[Page]:
    """All organisations, A to Z."""
    groups: dict[str, list[tuple[Link, int]]] = {}
    for one in planner.site.organisations:
        letter = names.letter(names.fold(one.organisation.name))
        groups.setdefault(letter, []).append((Link(one.organisation.name, one.organisation.path), len(one.papers)))
    yield Page(
        ORGANISATIONS.url,
        "organisations.html",
        {
            "frame": planner.frame(ORGANISATIONS.url, "Organisations", "Where papers come from, as the listings say."),
            "count": len(planner.site.organisations),
            "groups": tuple((letter, tuple(groups[letter])) for letter in sorted(groups, key=_letter_order)),
        },
    )


def plan_organisations(planner: Planner) -> Iterator[Page]:
    """One page an organisation."""
    for one in planner.site.organisations:
        name, path = one.organisation.name, one.organisation.path
        follow = FeedLinks(plain_text(name), path)
        description = f"{count_of(len(one.papers), 'paper')} from {name}."
        frame = planner.frame(path, name, description, (HOME, ORGANISATIONS), follow=follow)
        yield Page(path, "organisation.html", {"frame": frame, "name": name, "cards": planner.cards(one.papers)})


# Lists ---------------------------------------------------------------------------------------------


def plan_lists(planner: Planner) -> Iterator[Page]:
    """The index of reading lists, and one page a list."""
    lists = planner.site.lists
    yield Page(
        LISTS.url,
        "lists.html",
        {
            "frame": planner.frame(LISTS.url, "Reading lists", "Ordered, introduced choices of papers."),
            "lists": tuple((one.reading_list, one.curator, len(one.papers)) for one in lists),
        },
    )
    for one in lists:
        chosen = one.reading_list
        yield Page(
            chosen.path,
            "list.html",
            {
                "frame": planner.frame(
                    chosen.path,
                    chosen.title,
                    markdown.plain(chosen.introduction),
                    (HOME, LISTS),
                    follow=FeedLinks(plain_text(chosen.title), chosen.path),
                    cite=bool(one.papers),
                    json=True,
                ),
                "list": chosen,
                "curator": Link(one.curator.name, one.curator.path),
                "papers": tuple((planner.card(paper), remark) for paper, remark in one.papers),
                "withdrawn": planner.paper_links(one.withdrawn),
            },
        )
