"""`build.py check`"""

from __future__ import annotations

import argparse

from daybook.verb import report


def run(options: argparse.Namespace) -> int:
    """Find every mistake in content/."""
    from daybook.load import check

    return report(check(options.root / "content"))
