"""`build.py build`"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from daybook.verb import add_build, shown

if TYPE_CHECKING:
    from daybook.model import Changes, Content
    from daybook.site import Site

options = add_build


def run(options: argparse.Namespace) -> int:
    """Build the site; only what has changed is written."""
    build_site(options)
    return 0


def build_site(options: argparse.Namespace, seen: Callable[[Content, Site], None] | None = None) -> Changes:
    """Build as the options say, and tell what was done. `seen` is told what the site is made from, if it is made."""
    from daybook.parallel import cores, uncollected
    from daybook.progress import bar

    refuse_sources(options.root, options.out)
    start = time.perf_counter()
    with uncollected():
        changes: Changes = options.build(options.root, options.out, bar("files"), options.jobs or cores(), seen)
    seconds = time.perf_counter() - start
    with suppress(BrokenPipeError):  # a build is done, whether anybody reads of it or not
        print(
            f"{changes.planned:,} files in {shown(options.out)}: {len(changes.written):,} changed, "
            f"{len(changes.removed):,} removed, in {seconds:.1f} s",
            flush=True,
        )
    return changes


def refuse_sources(root: Path, out: Path) -> None:
    """Raise OutputError where a site in `out` would become a part of what sites are built from."""
    from daybook.folder import OutputError

    for name in ("content", "templates", "static", "daybook"):
        if out.resolve().is_relative_to(root.resolve() / name):
            raise OutputError(f"{out} is inside {name}/, which the site is built from; choose a folder outside it")
