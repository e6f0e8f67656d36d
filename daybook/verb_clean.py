"""`build.py clean`"""

from __future__ import annotations

import argparse

from daybook.verb import add_output, shown

options = add_output


def run(options: argparse.Namespace) -> int:
    """Remove what builds made; nothing else."""
    from daybook.write import clean

    print(f"{len(clean(options.out).removed):,} files removed from {shown(options.out)}")
    return 0
