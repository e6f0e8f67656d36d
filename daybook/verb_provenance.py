"""`build.py provenance`"""

from __future__ import annotations

import argparse
import sys

from daybook.verb import shown

EPILOG = """\
The file is content/provenance.json: pages show from it who added each note and who changed it last. It is made before a
site is published and never committed, so that no two branches change it; without it pages show a note's own date.
Names come from the history (.mailmap holds), addresses never. Where the history is cut off (a shallow clone), pages say
so instead of naming the wrong person: clone all of it.

exit codes:
  0  written, or nothing had changed
  2  there is no history to read: the message says why, and a file that was there is as it was
"""


def run(options: argparse.Namespace) -> int:
    """Write down who added and changed the files in content/, as the history has it."""
    from daybook.git_history import NoHistory, read_history
    from daybook.provenance_file import store

    try:
        provenance = read_history(options.root)
    except NoHistory as reason:
        print(f"build.py: {reason}", file=sys.stderr)
        return 2
    path = store(options.root / "content", provenance)
    cut = "; the history is cut off, and pages will say so" if provenance.cut_off else ""
    print(f"{shown(path)}: the history of {len(provenance.files):,} files{cut}")
    return 0
