"""What benchmarks of the search begin with: a searchable site of a corpus, and its papers as peers take them."""

from __future__ import annotations

import html
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from daybook.assemble import assemble
from daybook.assets import assets
from daybook.index import index
from daybook.load import load
from daybook.parallel import cores, spread
from daybook.relate import relate
from daybook.render import render
from daybook.search import Searcher
from daybook.search_files import SearchFiles
from daybook.site import Site
from daybook.tabulate import tabulate
from daybook.tex import plain_text
from daybook.write import write
from tests.bench.corpus import make_tree

_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title></head>
<body><main data-pagefind-body><h1>{title}</h1><p>{authors}</p><p>{abstract}</p></main></body>
</html>
"""

# Its icon is empty, so that browsers do not ask for one.
_TOP = '<!doctype html><html lang="en"><title>Papers</title><link rel="icon" href="data:,"></html>'


@dataclass(frozen=True, slots=True)
class PlainPaper:
    """The texts of a paper as our pages show them; `path` is that of its page, on our site and among plain pages."""

    id: str
    path: str
    title: str
    authors: tuple[str, ...]
    abstract: str


def read_site(corpus: Path, count: int, root: Path) -> Site:
    """The newest `count` papers of a corpus as the site that a checkout of them, made in an empty folder, gives."""
    make_tree(corpus, count, root)
    return assemble(load(root / "content"))


def build_search(site: Site, root: Path, out: Path) -> None:
    """Build what searching needs of a site: its index, the pages at the top, style sheet and scripts."""
    words = tabulate(site, root, cores())
    site = relate(site, words, root, cores())
    pages = (page for page in render(site, root / "templates") if "/" not in page.path)
    write([*index(site, words), *pages, *assets(root / "static")], out, jobs=cores())


@contextmanager
def searchable(corpus: Path, count: int) -> Iterator[tuple[Site, Path]]:
    """The newest `count` papers of a corpus, and the folder of a site that searches them, as long as this lasts."""
    with tempfile.TemporaryDirectory() as name:
        root, out = Path(name, "checkout"), Path(name, "site")
        site = read_site(corpus, count, root)
        build_search(site, root, out)
        yield site, out


def plain_papers(site: Site) -> list[PlainPaper]:
    """All papers of a site, oldest first."""
    papers = (paper.paper for paper in site.papers)
    return [
        PlainPaper(
            paper.id.text,
            paper.id.path,
            plain_text(paper.title),
            tuple(map(plain_text, paper.authors)),
            plain_text(paper.abstract or ""),
        )
        for paper in papers
    ]


def write_pages(papers: Iterable[PlainPaper], folder: Path) -> None:
    """A plain page for each paper, and an empty one at the top."""
    (folder / "papers").mkdir(parents=True)
    (folder / "index.html").write_text(_TOP, encoding="utf-8")
    for paper in papers:
        texts = {"title": paper.title, "authors": ", ".join(paper.authors), "abstract": paper.abstract}
        escaped = {name: html.escape(text) for name, text in texts.items()}
        (folder / paper.path).write_text(_PAGE.format_map(escaped), encoding="utf-8")


def as_json(papers: Iterable[PlainPaper]) -> list[dict[str, str]]:
    """Each paper as the object that MiniSearch and lunr take."""
    return [
        {"id": paper.id, "title": paper.title, "authors": ", ".join(paper.authors), "abstract": paper.abstract}
        for paper in papers
    ]


def found_by_us(site: Path, texts: Sequence[str], limit: int) -> list[list[str]]:
    """For each query the first papers that our search finds on a built site; it is the same in the browser."""
    files = SearchFiles.of_folder(site)
    searcher = Searcher(files)

    def find(number: int, _job: int) -> list[str]:
        return [files.result(hit.paper)[0] for hit in searcher.search(texts[number], limit).hits[:limit]]

    return [found for _, found in sorted(spread(find, len(texts), cores()))]
