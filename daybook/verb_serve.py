"""`build.py serve`"""

from __future__ import annotations

import argparse
import os
import sys
import webbrowser
from functools import partial
from typing import TYPE_CHECKING

from daybook.verb import add_build, report, shown
from daybook.verb_build import build_site

if TYPE_CHECKING:
    from daybook.model import Changes
    from daybook.serve import SiteServer

EPILOG = """\
A change under content/, templates/ or static/ makes a new build, and a page that it changed loads itself again.
Mistakes in content/ are printed here and shown over the page, which stays as it last was. A change of the program
(daybook/, build.py) makes it start anew at the same port; a program that cannot start ends with the reason.

With --host, everybody who can reach that address of this machine can read the site, and with it the mistakes in
content/ and what they quote. Without it, only this machine can.

exit codes:
  0  ended by Ctrl-C
  2  could not run: the port is taken, or the first build was refused; the message says why, and what was kept
  130  stopped by Ctrl-C during the first build: what is published is whole
"""


def options(verb: argparse.ArgumentParser) -> None:
    """Those of `build`, where to listen, and whether to open a browser."""
    add_build(verb)
    verb.add_argument("--port", type=int, default=8000, help="the port to listen on (8000; 0 for any)")
    verb.add_argument(
        "--host", default="127.0.0.1", metavar="ADDRESS", help="the address to listen on (127.0.0.1: this machine only)"
    )
    verb.add_argument(
        "--open", action=argparse.BooleanOptionalAction, default=False, help="open the site in the browser"
    )


def run(options: argparse.Namespace) -> int:
    """Build the site, serve it on this machine, build it again at each change and reload its pages, until Ctrl-C."""
    from daybook.live import keep_building

    build, ready = partial(_build, options), partial(_ready, options)
    port = keep_building(build, options.root, options.out, options.port, options.host, ready)
    if port is not None:
        print("the program has changed: starting anew", flush=True)
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:], "--no-open", "--port", str(port)])
    print()
    return 0


def _build(options: argparse.Namespace) -> Changes:
    from daybook.folder import OutputError
    from daybook.model import Invalid

    try:
        return build_site(options)
    except Invalid as invalid:
        report(invalid.problems)
        raise
    except OutputError as error:
        raise OSError(str(error)) from error


def _ready(options: argparse.Namespace, server: SiteServer) -> None:
    print(f"{shown(options.out)} is at {server.url} (Ctrl-C ends)", flush=True)
    if options.open:
        webbrowser.open(server.url)
