"""Daybook's command line: `python build.py` builds the site; `python build.py --help` tells the rest."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from daybook.model import Changes, Problem

ROOT = Path(__file__).resolve().parent

EXIT_CODES = """\
exit codes:
  0  done
  1  content/ has problems: all of them are printed, and the site stays as it was
  2  could not run: the message says why, and what was kept
  130  stopped by Ctrl-C: what is published is whole
"""


def build(root: Path, out: Path, progress: Callable[[int, int], None] | None = None) -> Changes:
    """Bring `out` up to date with everything under `root`."""
    # A verb imports only what it needs: `check` starts without the templates, `--help` without anything.
    from daybook.assemble import assemble
    from daybook.assets import assets
    from daybook.load import load
    from daybook.render import render
    from daybook.write import write

    content = load(root / "content")
    site = assemble(content)
    files = [*render(site, root / "templates"), *assets(root / "static")]
    return write(files, out, progress)


def refuse_sources(root: Path, out: Path) -> None:
    """Raise OutputError where a site in `out` would become a part of what sites are built from."""
    from daybook.folder import OutputError

    for name in ("content", "templates", "static", "daybook"):
        if out.resolve().is_relative_to(root.resolve() / name):
            raise OutputError(f"{out} is inside {name}/, which the site is built from; choose a folder outside it")


def run_build(options: argparse.Namespace) -> int:
    """Build the site; only what has changed is written."""
    refuse_sources(ROOT, options.out)
    start = time.perf_counter()
    changes = build(ROOT, options.out, _progress())
    seconds = time.perf_counter() - start
    print(
        f"{changes.planned:,} files in {_shown(options.out)}: {len(changes.written):,} changed, "
        f"{len(changes.removed):,} removed, in {seconds:.1f} s"
    )
    return 0


def run_check(options: argparse.Namespace) -> int:
    """Find every mistake in content/."""
    from daybook.load import check

    return _report(check(ROOT / "content"))


def run_serve(options: argparse.Namespace) -> int:
    """Build the site, then serve it on this machine until Ctrl-C."""
    from daybook.serve import serve

    run_build(options)
    serve(options.out, options.port)
    return 0


def run_clean(options: argparse.Namespace) -> int:
    """Remove what builds made; nothing else."""
    from daybook.write import clean

    print(f"{len(clean(options.out).removed):,} files removed from {_shown(options.out)}")
    return 0


def _progress() -> Callable[[int, int], None] | None:
    """A bar on a terminal, which is wiped when it is full; nothing elsewhere, where the summary is enough."""
    if not sys.stderr.isatty():
        return None
    step = 0.0

    def show(done: int, total: int) -> None:
        nonlocal step
        if done < total and time.monotonic() < step:
            return
        step = time.monotonic() + 0.05
        filled = 30 * done // total
        text = f"\r[{'#' * filled}{'.' * (30 - filled)}] {done:,} of {total:,} files"
        sys.stderr.write(text if done < total else "\r" + " " * len(text) + "\r")
        sys.stderr.flush()

    return show


def _report(problems: tuple[Problem, ...]) -> int:
    for problem in problems:
        print(problem)
    if not problems:
        print("content/ has no problems", file=sys.stderr)
        return 0
    print(f"{len(problems):,} problem{'s' if len(problems) > 1 else ''} in content/", file=sys.stderr)
    return 1


def _shown(path: Path) -> str:
    """A path as a person would type it."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def parser() -> argparse.ArgumentParser:
    """The command line, with the help that it prints."""
    top = argparse.ArgumentParser(
        prog="build.py",
        description="Daybook: from content/ to a whole site. Without a verb, builds it into _site/.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    output = argparse.ArgumentParser(add_help=False)
    output.add_argument("--out", type=Path, default=ROOT / "_site", metavar="DIR", help="the site's folder (_site)")
    top.set_defaults(run=run_build, out=ROOT / "_site")
    verbs = top.add_subparsers(title="verbs", metavar="VERB")
    for name, run, parents in (
        ("build", run_build, [output]),
        ("check", run_check, []),
        ("serve", run_serve, [output]),
        ("clean", run_clean, [output]),
    ):
        text = (run.__doc__ or "").rstrip(".")
        verb = verbs.add_parser(
            name,
            parents=parents,
            help=text[0].lower() + text[1:],
            description=run.__doc__,
            epilog=EXIT_CODES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        verb.set_defaults(run=run)
        if name == "serve":
            verb.add_argument("--port", type=int, default=8000, help="the port to listen on (8000; 0 for any)")
    return top


def main(arguments: list[str] | None = None) -> int:
    """Run a verb; returns the exit code."""
    options = parser().parse_args(arguments)
    # Loaded late, so that --help needs nothing.
    from daybook.folder import OutputError
    from daybook.model import Invalid

    try:
        return int(options.run(options))
    except Invalid as invalid:
        return _report(invalid.problems)
    except (OutputError, OSError) as error:
        print(f"build.py: {error}", file=sys.stderr)
        return 2
    except ModuleNotFoundError as error:
        print(f"build.py: {error}; install what it needs: python -m pip install -e .", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nbuild.py: stopped; what is published is whole, build again to go on", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
