"""`build.py search`"""

from __future__ import annotations

import argparse
import sys

from daybook.verb import add_output

EPILOG = """\
queries:
  words            all wanted; papers that have all of them come first
  "a phrase"       these words in just this order (mind your shell: '"a phrase"')
  -word            not this; a query that begins so comes behind --
  trans*           every word that begins so
  title:word  author:name  note:word  topic:name  org:name  curator:name
  has:note  has:code  has:project  is:withdrawn
  date:2026-01     also a year, week or day, or a span: date:2026-01..2026-02
  like:2510.13912  papers that share its words
  sort:newest  sort:votes

exit codes:
  0  searched, whether or not a paper was found
  2  could not run: there is no built site
"""


def options(verb: argparse.ArgumentParser) -> None:
    """The query, and how much of the answer to print."""
    add_output(verb)
    verb.add_argument("query", nargs="+", metavar="WORD", help="the query, as below")
    verb.add_argument("--limit", type=int, default=10, metavar="N", help="how many papers to print (10)")


def run(options: argparse.Namespace) -> int:
    """Search the built site, as its search page does."""
    from daybook.search import Searcher
    from daybook.search_files import NoIndex, SearchFiles
    from daybook.search_told import lines

    try:
        files = SearchFiles.of_folder(options.out)
        answer = Searcher(files).search(" ".join(options.query), options.limit)
    except NoIndex as missing:
        print(f"build.py: {missing}", file=sys.stderr)
        return 2
    print(*lines(answer, files, options.limit), sep="\n")
    return 0
