"""`build.py verify`"""

from __future__ import annotations

import argparse
import sys

from daybook.verb import add_output, shown

EPILOG = """\
exit codes:
  0  the site may be published
  1  something is wrong with it: all of it is printed, a line each
  2  could not run: there is no built site
"""

_SHOWN = 1_000

options = add_output


def run(options: argparse.Namespace) -> int:
    """Look over the built site before it is published: links, sizes, sitemap, health, feeds."""
    from daybook.built_site import open_site
    from daybook.site_check import faults
    from daybook.wording import escape

    site = open_site(options.out)
    found = faults(site)
    for fault in found[:_SHOWN]:
        print(escape(str(fault)))
    size = f"{len(site.sizes):,} files with {sum(site.sizes.values()):,} bytes in {shown(options.out)}"
    print(f"{size}: {f'{len(found):,} wrong' if found else 'nothing is wrong'}", file=sys.stderr)
    return 1 if found else 0
