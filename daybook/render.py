"""From the site to its pages, feeds, digests and weeks to take along: all is drawn by the templates, one File each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from daybook import bibtex, citation, edit_links, markdown, note_citation, tex, words
from daybook.along_files import along_files
from daybook.calendar_pages import plan_days
from daybook.cards import Card, Cards, lede
from daybook.digest_files import digest_files
from daybook.feed_files import feed_files
from daybook.fingerprint import fingerprint
from daybook.generator import folder_fingerprint, program_fingerprint
from daybook.json_schema import schemas
from daybook.kept import Kept
from daybook.model import File, Page
from daybook.pages import plan_pages
from daybook.paper_marks import PaperMarks
from daybook.picture_files import picture_files
from daybook.places import SCHEMAS
from daybook.planner import Frame, Masthead, Planner
from daybook.references import reference
from daybook.site import Site
from daybook.subject_pages import plan_papers
from daybook.vocabulary import ASSISTANCE, INTERESTS, SOURCES, VERDICTS, Source, Word

# What else than content and templates decides over the bytes of a page.
_LIBRARIES = ("jinja2", "markupsafe", "markdown-it-py", "math-core")

_VOCABULARIES: dict[str, Mapping[str, Word | Source]] = {
    "verdict": {word.value: word for word in VERDICTS},
    "interests": {word.value: word for word in INTERESTS},
    "assistance": {word.value: word for word in ASSISTANCE},
    "source": {source.slug: source for source in SOURCES},
}

_KEPT = "templates"

# https://www.sitemaps.org/protocol.html allows 50,000 addresses a file.
SITEMAP_SIZE = 40_000


def render(site: Site, templates: Path) -> Iterator[File]:
    """Every page of the site, all that can be followed or mailed, and what crawlers and editors ask for."""
    generator = fingerprint(program_fingerprint(*_LIBRARIES), folder_fingerprint(templates))
    environment = make_environment(templates)
    addresses = []
    cards = Cards()
    for page in plan_pages(site, cards):
        frame = page.context.get("frame")
        if isinstance(frame, Frame) and frame.indexed:
            addresses.append(frame.canonical)
        yield _file(environment, page, generator)
    draw, marks = partial(_draw_text, environment), PaperMarks()
    yield from feed_files(site, draw, generator, marks)
    yield from along_files(site, draw, generator, marks)
    yield from picture_files(site)
    yield from digest_files(site, cards, draw, generator)
    for page in _plan_crawler_files(site, sorted(addresses)):
        yield _file(environment, page, generator)
    for name, text in schemas().items():
        yield File(f"{SCHEMAS}/{name}", fingerprint(text), text.encode)


def draw_papers(site: Site, templates: Path, paths: Collection[str]) -> dict[str, bytes]:
    """The pages of some papers, by their paths, and of all days of the site."""
    environment, planner = make_environment(templates), Planner(site, Cards())
    pages = [*plan_days(planner), *(page for page in plan_papers(planner) if page.path in paths)]
    return {page.path: _draw(environment, page) for page in pages}


def _file(environment: Environment, page: Page, generator: str) -> File:
    mark = fingerprint(generator, page.template, page.context)
    return File(page.path, mark, partial(_draw, environment, page))


def _draw(environment: Environment, page: Page) -> bytes:
    return _draw_text(environment, page.template, page.context).encode("utf-8", "replace")


def _draw_text(environment: Environment, template: str, context: Mapping[str, object]) -> str:
    return environment.get_template(template).render(context)


def make_environment(templates: Path) -> Environment:
    """Jinja as the templates expect it: everything is escaped, an unknown name is an error."""
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=_Compiled(templates.parent),
    )
    environment.filters.update(
        markdown=markdown.render,
        markdown_inline=markdown.render_inline,
        markdown_inline_tex=markdown.render_inline_source,
        markdown_plain=markdown.plain,
        markdown_tex=markdown.render_source,
        tex=tex.inline,
        plain=tex.plain_text,
        abstract=tex.abstract,
        highwire=citation.highwire_tags,
        json_ld=citation.json_ld,
        add_note=edit_links.add_note,
        edit_note=edit_links.edit_note,
        correct=edit_links.correct,
        cite_note=note_citation.cite_note,
        note_bibtex=lambda *note: note_citation.note_bibtex(*note).rstrip(),
        bibtex=lambda paper: bibtex.entry(reference(paper)).rstrip(),
        abstract_tex=tex.abstract_source,
        lede=lede,
        beside=lambda path: path.rpartition("/")[2],
        long_date=words.long_date,
        plain_date=words.plain_date,
        short_date=words.short_date,
        short_month=words.short_month,
        number=words.number,
        count_of=words.count_of,
        word=lambda value, vocabulary: _VOCABULARIES[vocabulary][value],
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    press = _Press(environment)
    environment.globals.update(drawn=press.card, drawn_masthead=press.masthead)
    return environment


class _Compiled(BytecodeCache):
    """Templates as the checkout keeps them compiled, since each process needs them anew, and `build.py serve` does so
    at each build. Jinja compares their source; this program and the libraries decide over the rest.
    """

    def __init__(self, root: Path) -> None:
        self._kept = Kept(root, _KEPT)
        self._program = program_fingerprint(*_LIBRARIES).encode()

    def load_bytecode(self, bucket: Bucket) -> None:
        program, _, code = (self._kept.read(bucket.key) or b"").partition(b"\n")
        if program == self._program:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept.write(bucket.key, self._program + b"\n" + bucket.bytecode_to_string())


class _Press:
    """Draws once what stands on many pages: each card, for each depth that it is shown at, and the masthead."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._drawn: dict[tuple[str, ...], Markup] = {}

    def card(self, card: Card, root: str, template: str = "_card.html") -> Markup:
        return self._once((template, root, card.id.text), card=card, root=root)

    def masthead(self, masthead: Masthead, root: str, here: str, section: str) -> Markup:
        """`here` and `section` are those of its links that lead to the page and to what it belongs to."""
        key = ("_masthead.html", root, here, section)
        return self._once(key, masthead=masthead, root=root, here=here, section=section)

    def _once(self, key: tuple[str, ...], **context: object) -> Markup:
        if key not in self._drawn:
            self._drawn[key] = Markup(self._environment.get_template(key[0]).render(context))
        return self._drawn[key]


def _plan_crawler_files(site: Site, addresses: list[str]) -> Iterator[Page]:
    """robots.txt and the sitemap: an index, and as many parts as the protocol asks for."""
    base = site.settings.base_url
    parts = [addresses[start : start + SITEMAP_SIZE] for start in range(0, len(addresses), SITEMAP_SIZE)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield Page("robots.txt", "robots.txt", {"base": base})
    yield Page("sitemap.xml", "sitemap_index.xml", {"addresses": tuple(f"{base}/{name}" for name in names)})
    for name, part in zip(names, parts, strict=True):
        yield Page(name, "sitemap.xml", {"addresses": tuple(part)})
