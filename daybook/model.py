"""The nouns: what every stage speaks of. One word, one meaning, in code, templates and on the page.

Everything here is frozen and silent: no input or output, no back-pointers. An address on the site is a property
of its noun, so it is decided in exactly one place; it is relative to the root of the site (`papers/2401.01234.html`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as Date

from daybook.provenance import Provenance
from daybook.settings import Licences as Licences
from daybook.settings import Settings as Settings


@dataclass(frozen=True, slots=True, order=True)
class PaperId:
    """An arXiv identifier in canonical form, without version: `2401.01234` or `hep-th/9901001`.

    Made by `daybook.paper_id.normalise` only. https://info.arxiv.org/help/arxiv_identifier.html
    """

    text: str

    def __str__(self) -> str:
        return self.text

    @property
    def stem(self) -> str:
        """The name of the paper's files: the identifier with `-` for the slash of the old style."""
        return self.text.replace("/", "-")

    @property
    def path(self) -> str:
        return f"papers/{self.stem}.html"

    @property
    def abstract_url(self) -> str:
        return f"https://arxiv.org/abs/{self.text}"

    @property
    def pdf_url(self) -> str:
        return f"https://arxiv.org/pdf/{self.text}"

    @property
    def doi(self) -> str:
        """arXiv registers one for each paper: https://info.arxiv.org/help/doi.html."""
        return f"10.48550/arXiv.{self.text}"


@dataclass(frozen=True, slots=True)
class Link:
    """A titled address, on the site (a path from its root) or elsewhere (http or https)."""

    title: str
    url: str

    def __repr__(self) -> str:
        # As dataclasses do it, but they guard against nouns that hold themselves, which costs five times as much: most
        # of what is fingerprinted are links.
        return f"Link(title={self.title!r}, url={self.url!r})"


# What sources say -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paper:
    """What a source says of a work. `version` and `withdrawn` are None where the source does not tell.

    `withdrawn` is the day since which the work no longer stands; `retracted` tells that not its authors took it back,
    but whoever had published it, which only a curator knows (see Override).
    """

    id: PaperId
    title: str
    authors: tuple[str, ...]
    published: Date
    abstract: str | None = None
    categories: tuple[str, ...] = ()
    version: int | None = None
    withdrawn: Date | None = None
    retracted: bool = False


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who a paper comes from, as a listing names it; `slug` is safe as a file name."""

    slug: str
    name: str

    @property
    def path(self) -> str:
        return f"organisations/{self.slug}.html"


@dataclass(frozen=True, slots=True)
class MachineText:
    """A summary that a model wrote, with the model's name where it is known."""

    text: str
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a listing: a Paper, and what that source counted or added; None or () where it did not say.

    `last_seen` is the last day (UTC) on which the source still listed it, None while it does.
    """

    paper: Paper
    votes: int | None = None
    comments: int | None = None
    stars: int | None = None
    organisation: Organisation | None = None
    submitter: str | None = None
    code: str | None = None
    project: str | None = None
    discussion: str | None = None
    keywords: tuple[str, ...] = ()
    summary: MachineText | None = None
    last_seen: Date | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """An entry that a source listed and that was not kept, with the reason."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Listing:
    """One source's answer for one date, entries in the source's order.

    `read` is the day (UTC) when the counts were last read; `complete` is False while the day may still grow.
    """

    source: str
    date: Date
    read: Date
    complete: bool
    entries: tuple[Entry, ...]
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, slots=True)
class Pick:
    """A paper that no listing has, chosen by a curator; `source` says where its facts come from."""

    source: str
    entry: Entry
    read: Date | None = None


# What people write ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Curator:
    """Somebody who signs notes; `bio` is Markdown, `github` the login there."""

    handle: str
    name: str
    url: str | None = None
    affiliation: str | None = None
    bio: str | None = None
    github: str | None = None

    @property
    def path(self) -> str:
        return f"curators/{self.handle}.html"


@dataclass(frozen=True, slots=True)
class Match:
    """A topic's rule: one of `any` or of `categories`, all of `all`, none of `none`; an empty part asks for nothing."""

    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A declared subject; `description` is Markdown, `parent` another topic's slug, `owners` are curators' handles."""

    slug: str
    title: str
    description: str
    parent: str | None = None
    match: Match = field(default_factory=Match)
    owners: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        return f"topics/{self.slug}.html"


@dataclass(frozen=True, slots=True)
class Retraction:
    """A curator took a note back."""

    date: Date
    reason: str


@dataclass(frozen=True, slots=True)
class Note:
    """One curator's signed remarks on one paper; `text` is Markdown, `summary` one plain sentence."""

    paper: PaperId
    by: str
    date: Date
    verdict: str
    summary: str
    text: str
    interests: str
    assistance: str
    topics: tuple[str, ...] = ()
    saw_version: int | None = None
    links: tuple[Link, ...] = ()
    licence: str | None = None
    retracted: Retraction | None = None

    @property
    def source_path(self) -> str:
        """The file that holds it, from the root of the repository."""
        return f"content/notes/{self.paper.stem}.{self.by}.yaml"


@dataclass(frozen=True, slots=True)
class Right:
    """What upstream gets wrong of a paper, as it is right; None and () where upstream's word stands."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: Date | None = None
    abstract: str | None = None
    categories: tuple[str, ...] = ()
    withdrawn: Date | None = None
    retracted: Date | None = None
    organisation: Organisation | None = None
    code: str | None = None
    project: str | None = None
    discussion: str | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """A curator's correction of what sources say of a paper: what is right, what is left out, why, and since when."""

    paper: PaperId
    by: str
    date: Date
    reason: str
    source: str | None = None
    correct: Right = field(default_factory=Right)
    remove: tuple[str, ...] = ()

    @property
    def source_path(self) -> str:
        """The file that holds it, from the root of the repository."""
        return f"content/overrides/{self.paper.stem}.yaml"


@dataclass(frozen=True, slots=True)
class Introduction:
    """An editor's introduction to a day: Markdown, and the papers to lead with."""

    date: Date
    by: str
    text: str
    lead: tuple[PaperId, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """A paper's place in a reading list, with what the list's author says of it there (Markdown)."""

    paper: PaperId
    text: str | None = None


@dataclass(frozen=True, slots=True)
class ReadingList:
    """An ordered, introduced choice of papers; `introduction` is Markdown."""

    slug: str
    title: str
    introduction: str
    by: str
    papers: tuple[Remark, ...]

    @property
    def path(self) -> str:
        return f"lists/{self.slug}.html"


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question that every build asks anew, so that its answers can be followed; `text` as daybook.query has it."""

    slug: str
    title: str
    text: str

    @property
    def path(self) -> str:
        """Where its feeds are, and would be its page: reading it is searching for `text`."""
        return f"queries/{self.slug}.html"


@dataclass(frozen=True, slots=True)
class Content:
    """All of content/, read and valid. Every tuple is sorted, so that nothing depends on the order of files."""

    settings: Settings
    curators: tuple[Curator, ...]
    topics: tuple[Topic, ...]
    notes: tuple[Note, ...]
    introductions: tuple[Introduction, ...]
    lists: tuple[ReadingList, ...]
    listings: tuple[Listing, ...]
    picks: tuple[Pick, ...]
    overrides: tuple[Override, ...] = ()
    provenance: Provenance | None = None
    queries: tuple[NamedQuery, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A mistake in content/: where (line and column from 1), which rule (its code), what, and how to mend it."""

    path: str
    line: int
    column: int
    code: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.code} {self.message}; {self.remedy}"


class Invalid(Exception):
    """content/ has mistakes: all of them, sorted."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


# What is published -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """A planned HTML page: what its template sees, and nothing else."""

    path: str
    template: str
    context: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class File:
    """Anything to publish: where, a fingerprint of all that its body is computed from, the body, made when asked.

    Files with the same `together` can be made by it with less work than one by one: it is asked with some of their
    paths, and gives the bodies in this order.
    """

    path: str
    fingerprint: str
    body: Callable[[], bytes]
    together: Callable[[Sequence[str]], Iterable[bytes]] | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What a build did to its folder: paths, sorted. `planned` counts all files of the site."""

    planned: int
    written: tuple[str, ...]
    removed: tuple[str, ...]
