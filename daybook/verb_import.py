"""`build.py import`"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

EPILOG = """\
files, each perhaps compressed (.gz):
  DATE.json  what huggingface.co/api/daily_papers answered for that day: its listing is made, or grows
  *.xml      what export.arxiv.org/api/query answered: each paper is stored in content/picks/
  *.jsonl    papers as rows, one block a line: id, title, authors, published; perhaps abstract, categories, withdrawn,
             upvotes, comments, github, keywords: each is stored in content/picks/
What is stored already grows by what is new and loses nothing; importing a file twice changes nothing. Picks are stored
for papers of listings too: their page takes from each what it knows best. The table that is printed has every entry
once: kept (content/ did not have it there), merged (it did) or dropped (with the reason).

exit codes:
  0  all files were taken
  1  some files were refused, with the reasons; or site.yaml has problems
  2  no file was taken
"""


def options(verb: argparse.ArgumentParser) -> None:
    """The files, and when they were recorded."""
    verb.add_argument("file", nargs="+", type=Path, metavar="FILE", help="see below")
    verb.add_argument(
        "--read",
        type=date.fromisoformat,
        metavar="DATE",
        help="the day (UTC) when the answers were recorded; otherwise each on the very day that it lists",
    )


def run(options: argparse.Namespace) -> int:
    """Take recorded answers and archives of papers from files into content/, as if they had been fetched."""
    from daybook import excerpt, import_report
    from daybook.importing import Busy, import_files
    from daybook.progress import bar

    content = options.root / "content"
    allowed = excerpt.settings(content).huggingface_data
    try:
        done = import_files(options.file, content, huggingface_data=allowed, read=options.read, progress=bar("files"))
    except Busy as busy:
        print(f"build.py: {busy}", file=sys.stderr)
        return 2
    print(*import_report.lines(done), sep="\n")
    return import_report.exit_code(done)
