"""Daybook's command line: `python build.py` builds the site; `python build.py --help` tells the rest."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from daybook import (
    verb_build,
    verb_check,
    verb_clean,
    verb_diff,
    verb_digest,
    verb_fetch,
    verb_form,
    verb_forms,
    verb_health,
    verb_import,
    verb_note,
    verb_provenance,
    verb_schema,
    verb_search,
    verb_serve,
    verb_verify,
)
from daybook.verb import EXIT_CODES, report

if TYPE_CHECKING:
    from daybook.model import Changes

ROOT = Path(__file__).resolve().parent

# Each has `run`, whose docstring is its help, and perhaps `options` and an EPILOG of its own.
VERBS = {
    "build": verb_build,
    "check": verb_check,
    "schema": verb_schema,
    "serve": verb_serve,
    "clean": verb_clean,
    "search": verb_search,
    "note": verb_note,
    "fetch": verb_fetch,
    "import": verb_import,
    "verify": verb_verify,
    "health": verb_health,
    "diff": verb_diff,
    "digest": verb_digest,
    "provenance": verb_provenance,
    "form": verb_form,
    "forms": verb_forms,
}


def build(root: Path, out: Path, progress: Callable[[int, int], None] | None = None, jobs: int = 1) -> Changes:
    """Bring `out` up to date with everything under `root`."""
    # A verb imports only what it needs: `check` starts without the templates, `--help` without anything.
    from daybook.assemble import assemble
    from daybook.assets import assets
    from daybook.export import export
    from daybook.index import index
    from daybook.load import load
    from daybook.relate import relate
    from daybook.render import render
    from daybook.resolve import resolve
    from daybook.standing import keep, sources_mark, standing
    from daybook.tabulate import tabulate
    from daybook.write import write

    mark = sources_mark(root)
    if unchanged := standing(root, out, mark):
        return unchanged
    content = load(root / "content")
    site = assemble(content)
    words = tabulate(site, root, jobs)
    site = relate(site, words, root, jobs)
    found = [*index(site, words)]
    site = resolve(site, found)
    files = [*found, *render(site, root / "templates"), *export(site), *assets(root / "static")]
    changes = write(files, out, progress, jobs)
    keep(root, out, mark)
    return changes


def parser() -> argparse.ArgumentParser:
    """The command line, with the help that it prints."""
    top = argparse.ArgumentParser(
        prog="build.py",
        description="Daybook: from content/ to a whole site. Without a verb, builds it into _site/.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.set_defaults(run=verb_build.run, build=build, root=ROOT, out=ROOT / "_site", jobs=0)
    verbs = top.add_subparsers(title="verbs", metavar="VERB")
    for name, module in VERBS.items():
        text = (module.run.__doc__ or "").rstrip(".")
        verb = verbs.add_parser(
            name,
            help=text[0].lower() + text[1:],
            description=module.run.__doc__,
            epilog=getattr(module, "EPILOG", EXIT_CODES),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        verb.set_defaults(run=module.run)
        if hasattr(module, "options"):
            module.options(verb)
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
        return report(invalid.problems)
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
