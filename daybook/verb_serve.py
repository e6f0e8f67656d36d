"""`build.py serve`"""

from __future__ import annotations

import argparse

from daybook import verb_build
from daybook.verb import add_build


def options(verb: argparse.ArgumentParser) -> None:
    """Those of `build`, and the port."""
    add_build(verb)
    verb.add_argument("--port", type=int, default=8000, help="the port to listen on (8000; 0 for any)")


def run(options: argparse.Namespace) -> int:
    """Build the site, then serve it on this machine until Ctrl-C."""
    from daybook.serve import serve

    verb_build.run(options)
    serve(options.out, options.port)
    return 0
