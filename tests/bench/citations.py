"""References at full size: `python tests/bench/citations.py CORPUS.jsonl.gz [FILE.jsonl ...]` prints what is wrong.

All papers of the files go through BibTeX, RIS and CSL-JSON and back, read by bibtexparser, pybtex, rispy, biber and
citeproc-js, and held to the schema of CSL-JSON: there is no error, no key twice, and titles and names come back as they
were. Ends with 1 where that is not so. biber has to be there, the rest is installed; it takes some minutes.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from daybook.clean_text import names, one_line
from daybook.model import Paper
from daybook.paper_id import normalise
from tests.bench.reference_programs import faults_of_programs
from tests.citing import faults

_SHOWN = 20


def read(path: Path) -> Iterator[Paper]:
    """The papers of a corpus, their texts as an import would take them."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield Paper(
                id=normalise(row["id"]),
                title=one_line(row["title"]),
                authors=names(row["authors"]) or ("Anonymous",),
                published=date.fromisoformat(row["published"][:10]),
                abstract=one_line(row["abstract"] or "") or None,
                categories=tuple(row["categories"]),
            )


def main(paths: list[Path]) -> int:
    papers = list({paper.id: paper for path in paths for paper in read(path)}.values())
    found = [*faults(papers), *faults_of_programs(papers)]
    print(f"{len(papers):,} papers, {sum(len(paper.authors) for paper in papers):,} names, {len(found):,} faults")
    print(*found[:_SHOWN], sep="\n", end="\n" if found else "")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main([Path(argument) for argument in sys.argv[1:]]))
