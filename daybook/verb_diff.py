"""`build.py diff`"""

from __future__ import annotations

import argparse
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from daybook.verb import shown

if TYPE_CHECKING:
    from daybook.site_diff import Difference

EPILOG = """\
Pages are told one by one; the files of the search index, sitemaps, feeds and so on are counted.

exit codes:
  0  compared, whether or not something differs
  2  could not run: one of the sites is missing, or --out is not empty
"""


def options(verb: argparse.ArgumentParser) -> None:
    """The two sites, and where to put what differs."""
    verb.add_argument("old", type=Path, metavar="OLD", help="the folder of the site before")
    verb.add_argument("new", type=Path, metavar="NEW", help="the folder of the site after")
    verb.add_argument("--summary", type=Path, metavar="FILE", help="add the table to a file as Markdown as well")
    verb.add_argument(
        "--out", type=Path, default=None, metavar="DIR",
        help="put the added and changed pages, with what they need to open from disk, into a new folder",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Compare two built sites."""
    from daybook import job_summary
    from daybook.built_site import open_site
    from daybook.site_diff import compare
    from daybook.site_preview import START, collect

    new = open_site(options.new)
    difference = compare(open_site(options.old), new)
    print(*difference.lines(), sep="\n")
    if options.summary:
        job_summary.append(options.summary, difference.markdown())
    if options.out:
        pages = collect(difference, new, options.out, _start_page(options.root, difference))
        print(f"{pages:,} {'page' if pages == 1 else 'pages'} to open from {shown(options.out / START)}")
    return 0


def _start_page(root: Path, difference: Difference) -> str:
    from daybook.render import make_environment

    groups = [(how, list(pages)) for how, pages in groupby(difference.pages, lambda page: page.how)]
    return make_environment(root / "templates").get_template("_changes.html").render(groups=groups)
