"""What one changed paper costs: `python tests/bench/search_update.py CORPUS.jsonl.gz [PAPERS]` (10,000).

An index is built, one paper gets another abstract, and the index is brought up to date. Every chunk that is made anew
has to be one in whose range a word of that paper is, and what stands there then must be, byte for byte, what a build
from nothing writes.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from daybook.kept import Kept
from daybook.search_files import SearchFiles
from daybook.search_papers import texts
from daybook.site import Site
from daybook.tabulate import KEPT
from daybook.tokens import words
from tests.bench.search_build import build_index, put_away
from tests.bench.search_site import read_site

PAPERS = 10_000
CHANGED = 100  # the place of the paper that changes, from the newest one


def change(site: Site) -> tuple[Site, set[str]]:
    """The site with another abstract of one paper; the words that the paper had or has."""
    place = len(site.papers) - 1 - CHANGED
    old = site.papers[place]
    abstract = f"{old.paper.abstract} It also hums, and nobody knows zyzzogeton."
    new = replace(old, entry=replace(old.entry, paper=replace(old.paper, abstract=abstract)))
    papers = (*site.papers[:place], new, *site.papers[place + 1 :])
    said = (word for paper in (old, new) for text in texts(paper) for word in words(text))
    return replace(site, papers=papers), {term for word in said for term in (word.term, *word.parts)}


def chunks_of(files: SearchFiles, said: set[str]) -> Iterator[str]:
    """The chunks that these words are in, or would be in: a new word may part a chunk in two."""
    for word in said:
        beside = (files.term(other) for other, _ in files.neighbours(word))
        if term := files.term(word) or next(beside, None):
            yield term.chunk


def foreign_files(written: Iterable[str], chunks: set[str]) -> Iterator[str]:
    """The files of other chunks than these."""
    for path in map(PurePosixPath, written):
        owner = path.stem.rpartition("-")[0] + "-"
        if path.parts[1] in ("terms", "places", "heavy") and owner not in chunks:
            yield str(path)


def same(one: Path, other: Path) -> bool:
    """Do two sites have the same files with the same bytes?"""
    names = [{path.relative_to(root) for path in (root / "search").rglob("*.js")} for root in (one, other)]
    return names[0] == names[1] and all((one / name).read_bytes() == (other / name).read_bytes() for name in names[0])


def change_one(site: Site, root: Path, out: Path) -> bool:
    """Print what one changed paper makes anew; is it as it has to be?"""
    changes = build_index(site, root, out)
    changed, said = change(site)
    chunks = {*chunks_of(SearchFiles.of_folder(out), said)}
    start = time.perf_counter()
    again = build_index(changed, root, out)
    seconds = time.perf_counter() - start
    foreign = [*foreign_files(again.written, chunks | {*chunks_of(SearchFiles.of_folder(out), said)})]
    clean = out.with_name("clean")
    put_away(Kept(root, KEPT).folder, 0)
    build_index(changed, root, clean)
    is_same = same(out, clean)
    print(
        f"  one paper changed: {len(again.written)} of {changes.planned:,} files written in {seconds:.1f} s, of a paper"
    )
    print(f"  with {len(said)} words; {len(foreign)} of chunks without any of them {foreign[:5]}")
    print(f"  {'the same bytes as' if is_same else 'OTHER bytes than'} a build from nothing", flush=True)
    return is_same and not foreign


def main() -> None:
    """Build, change, compare."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    size = int(sys.argv[2]) if len(sys.argv) > 2 else PAPERS
    with tempfile.TemporaryDirectory() as name:
        root, out = Path(name, "checkout"), Path(name, "site")
        print(f"{size:,} papers", flush=True)
        good = change_one(read_site(Path(sys.argv[1]), size, root), root, out)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
