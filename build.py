"""Daybook's command line: `python build.py` builds the site; `python build.py --help` tells the rest."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Collection
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
    from daybook.model import Changes, Content
    from daybook.postings import Postings
    from daybook.site import Site

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


def build(
    root: Path,
    out: Path,
    progress: Callable[[int, int], None] | None = None,
    jobs: int = 1,
    seen: Callable[[Content, Site], None] | None = None,
) -> Changes:
    """Bring `out` up to date with everything under `root`. `seen` is told what it is made from, if it is made."""
    # A verb imports only what it needs: `check` starts without the templates, `--help` without anything.
    from daybook.standing import keep, sources_mark, standing

    mark = sources_mark(root)
    if unchanged := standing(root, out, mark, jobs):
        return unchanged

    from daybook.assets import assets
    from daybook.export import export
    from daybook.index import index
    from daybook.render import render
    from daybook.resolve import resolve
    from daybook.write import write

    content, site, words = survey(root, jobs)
    if seen:
        seen(content, site)
    found = [*index(site, words, jobs)]
    site = resolve(site, found)
    files = [*found, *render(site, root / "templates"), *export(site), *assets(root / "static")]
    changes = write(files, out, progress, jobs)
    keep(root, out, mark)
    return changes


def survey(root: Path, jobs: int = 1) -> tuple[Content, Site, Postings]:
    """What there is to publish, and where its words stand."""
    from daybook.assemble import assemble
    from daybook.load import load
    from daybook.relate import relate
    from daybook.tabulate import tabulate

    content = load(root / "content")
    site = assemble(content)
    words = tabulate(site, root, jobs)
    return content, relate(site, words, root, jobs), words


def prove(root: Path, content: Content, site: Site, notes: Collection[str]) -> tuple[Content, dict[str, bytes]]:
    """The pages of the papers that some changed notes are on, and of their days, as the next build will make them.

    With the content as it is now. There are none where a note has a mistake: that is for the build to tell.
    """
    from daybook.assemble import proof
    from daybook.load import reread
    from daybook.render import draw_papers

    now = reread(content, root / "content", notes)
    if now is None:
        return content, {}
    papers = {note.paper for note in (*content.notes, *now.notes) if note.source_path in notes}
    return now, draw_papers(proof(site, now, papers), root / "templates", {paper.path for paper in papers})


def parser() -> argparse.ArgumentParser:
    """The command line, with the help that it prints."""
    top = argparse.ArgumentParser(
        prog="build.py",
        description="Daybook: from content/ to a whole site. Without a verb, builds it into _site/.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.set_defaults(run=verb_build.run, build=build, survey=survey, prove=prove, root=ROOT, out=ROOT / "_site", jobs=0)
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
