"""`build.py serve`"""

from __future__ import annotations

import argparse
import os
import sys
import webbrowser
from collections.abc import Collection
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from daybook.verb import add_build, report, shown
from daybook.verb_build import build_site

if TYPE_CHECKING:
    from daybook.model import Changes, Content
    from daybook.serve import SiteServer
    from daybook.site import Site

EPILOG = """\
A change under content/, templates/ or static/ makes a new build, and a page that it changed loads itself again. The
pages of a note that is saved, its paper's and those of the days that list it, do not wait for that build.
Mistakes in content/ are printed here and shown over the page, which stays as it last was. A change of the program
(daybook/, build.py) makes it start anew at the same port; a program that cannot start ends with the reason.

With --host, everybody who can reach that address of this machine can read the site, and with it the mistakes in
content/ and what they quote. Without it, only this machine can.

exit codes:
  0  ended by Ctrl-C
  2  could not run: the port is taken, or the first build was refused; the message says why, and what was kept
  130  stopped by Ctrl-C during the first build: what is published is whole
"""


_SWITCH = 0.001
"""Seconds after which threads take turns: a page should not wait long for a build that runs."""


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

    sys.setswitchinterval(_SWITCH)
    ready = partial(_ready, options)
    port = keep_building(_Studio(options), options.root, options.out, options.port, options.host, ready)
    if port is not None:
        print("the program has changed: starting anew", flush=True)
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:], "--no-open", "--port", str(port)])
    print()
    return 0


class _Studio:
    """Builds, and keeps what the last build read, so that the pages of a note are there before the next one is over."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._kept: tuple[Content, Site] | None = None

    def build(self) -> Changes:
        from daybook.folder import Locked, OutputError
        from daybook.live import Busy
        from daybook.model import Invalid

        try:
            return build_site(self._options, self._keep)
        except Invalid as invalid:
            with suppress(BrokenPipeError):  # the browser tells the same
                report(invalid.problems)
            raise
        except Locked as locked:
            raise Busy(str(locked)) from locked
        except OutputError as error:
            raise OSError(str(error)) from error

    def prepare(self) -> None:
        """Read what a build that had nothing to do has not read, and import what proofs are drawn with."""
        from daybook.model import Invalid
        from daybook.parallel import cores

        if self._kept is None:
            with suppress(Invalid, OSError):  # the last build has told of it, or the next one will
                content, site, _ = self._options.survey(self._options.root, self._options.jobs or cores())
                self._options.prove(self._options.root, content, site, ())
                self._keep(content, site)

    def prove(self, changed: Collection[str]) -> dict[str, bytes]:
        kept = self._kept
        if kept is None or not all(path.startswith("content/notes/") for path in changed):
            return {}
        content, site = kept
        content, pages = self._options.prove(self._options.root, content, site, changed)
        if self._kept is kept:  # else a build has read more since
            self._keep(content, site)
        return dict(pages)

    def _keep(self, content: Content, site: Site) -> None:
        self._kept = (content, site)


def _ready(options: argparse.Namespace, server: SiteServer) -> None:
    print(f"{shown(options.out)} is at {server.url} (Ctrl-C ends)", flush=True)
    if options.open:
        webbrowser.open(server.url)
