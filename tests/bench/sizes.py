"""How large a site is: `python tests/bench/sizes.py CORPUS.jsonl.gz [COUNT]` (10,000) prints bytes a paper by kind.

With a folder in place of the corpus, it is a built site that is measured. The receipt in it is not published, and not
counted. Beside the sum stands what the gzipped tar comes to that is uploaded. Ends with 1 where the site is larger than
GitHub Pages publishes, or a page larger than a page may be:
https://docs.github.com/pages/getting-started-with-github-pages/github-pages-limits
"""

from __future__ import annotations

import gzip
import io
import re
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from build import build
from daybook.parallel import cores
from tests.bench.corpus import make_tree

LARGEST_SITE, LARGEST_PAGE = 1_000_000_000, 500_000  # bytes
_SHOWN = 5

# The first that matches a path; the rest is counted by its folder.
_KINDS = {
    "references": r".*\.(bib|ris|csl\.json)",
    "references of saved papers": r"references/.*",
    "feeds": r".*\.(atom\.xml|feed\.json|opml|ics)",
    "pictures": r".*\.png",
    "search": r"search/.*",
    "api: {0}": r"api/v1/([^/]*)/.*",
    "api": r"api/.*",
    "data": r"data/.*",
    "digests": r"digests/.*",
    "to take along": r"along/.*",
    "pages: {0}": r"([^/]*)/.*\.html",
    "pages at the top": r"[^/]*\.html",
    "sitemaps": r"sitemap.*\.xml",
}


class Counter(io.RawIOBase):
    """A file that only counts what is written to it."""

    def __init__(self) -> None:
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, body: object) -> int:
        length = len(memoryview(body))  # type: ignore[arg-type]
        self.size += length
        return length


def kind(path: str) -> str:
    """What a file is counted with."""
    for name, pattern in _KINDS.items():
        if found := re.fullmatch(pattern, path):
            return name.format(*found.groups())
    return f"{path.partition('/')[0]}/" if "/" in path else "others at the top"


def sizes(site: Path) -> dict[str, int]:
    """The bytes of each file of a site, by its path."""
    files = (path for path in site.rglob("[!.]*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.stat().st_size for path in files}


def packed(site: Path) -> int:
    """The bytes of a gzipped tar of a site."""
    counter = Counter()
    with gzip.GzipFile(fileobj=counter, mode="wb", compresslevel=6) as packer, tarfile.open(None, "w|", packer) as tar:
        tar.add(site, ".", filter=lambda one: None if Path(one.name).name.startswith(".daybook") else one)
    return counter.size


def lines(found: dict[str, int]) -> Iterator[str]:
    """A line a kind of file, the largest first, then the sum."""
    papers = sum(kind(path) == "pages: papers" for path in found)
    groups: dict[str, list[int]] = {}
    for path, size in found.items():
        groups.setdefault(kind(path), []).append(size)
    groups = dict(sorted(groups.items(), key=lambda one: -sum(one[1]))) | {"in all": [*found.values()]}
    yield f"{papers:,} papers"
    for name, each in groups.items():
        yield (
            f"  {name:28}{len(each):9,} files{sum(each) / 1e6:9,.1f} MB"
            f"{sum(each) / papers:9,.0f} bytes a paper{max(each):12,} at most"
        )


def report(site: Path) -> int:
    """Print all of it; returns the exit code."""
    found = sizes(site)
    print(*lines(found), sep="\n")
    pages = sorted(((size, path) for path, size in found.items() if path.endswith(".html")), reverse=True)
    print("The largest pages:", *(f"{path} {size / 1e3:,.0f} kB" for size, path in pages[:_SHOWN]), sep="\n  ")
    print(f"As a gzipped tar: {packed(site) / 1e6:,.1f} MB")
    faults = [f"{path} is larger than a page may be" for size, path in pages if size > LARGEST_PAGE]
    if sum(found.values()) > LARGEST_SITE:
        faults.append("the site is larger than GitHub Pages publishes")
    print(*faults, sep="\n", end="\n" if faults else "")
    return int(bool(faults))


def main(source: Path, count: int) -> int:
    """Measure a built site, or one of `count` papers of a corpus."""
    if source.is_dir():
        return report(source)
    with tempfile.TemporaryDirectory() as name:
        root, out = Path(name, "checkout"), Path(name, "site")
        root.mkdir()
        make_tree(source, count, root)
        build(root, out, jobs=cores())
        return report(out)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000))
