"""Daybook's command line: `python build.py` builds the site; `python build.py --help` tells the rest."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from daybook.fetch import DayReport
    from daybook.model import Changes, Entry, PaperId, Problem, Settings

ROOT = Path(__file__).resolve().parent

EXIT_CODES = """\
exit codes:
  0  done
  1  content/ has problems: all of them are printed, and what was there stays as it was
  2  could not run, or refused: the message says why, and what was kept
  130  stopped by Ctrl-C: what is published is whole
"""


def build(root: Path, out: Path, progress: Callable[[int, int], None] | None = None, jobs: int = 1) -> Changes:
    """Bring `out` up to date with everything under `root`."""
    # A verb imports only what it needs: `check` starts without the templates, `--help` without anything.
    from daybook.assemble import assemble
    from daybook.assets import assets
    from daybook.index import index
    from daybook.load import load
    from daybook.relate import relate
    from daybook.render import render
    from daybook.tabulate import tabulate
    from daybook.write import write

    content = load(root / "content")
    site = assemble(content)
    words = tabulate(site, root, jobs)
    site = relate(site, words, jobs)
    files = [*index(site, words), *render(site, root / "templates"), *assets(root / "static")]
    return write(files, out, progress, jobs)


def refuse_sources(root: Path, out: Path) -> None:
    """Raise OutputError where a site in `out` would become a part of what sites are built from."""
    from daybook.folder import OutputError

    for name in ("content", "templates", "static", "daybook"):
        if out.resolve().is_relative_to(root.resolve() / name):
            raise OutputError(f"{out} is inside {name}/, which the site is built from; choose a folder outside it")


def run_build(options: argparse.Namespace) -> int:
    """Build the site; only what has changed is written."""
    from daybook.parallel import cores
    from daybook.progress import bar

    refuse_sources(ROOT, options.out)
    start = time.perf_counter()
    changes = build(ROOT, options.out, bar("files"), options.jobs or cores())
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


def run_note(options: argparse.Namespace) -> int:
    """Start a note on a paper: a file in content/notes/ in which two fields are to be filled."""
    from daybook.start_note import NotStarted, Wish, start_note

    facts = (options.title, tuple(options.author), options.published)
    wish = Wish(options.paper, options.by, tuple(options.topic), *facts)
    try:
        started = start_note(ROOT, wish, datetime.now(UTC).date(), _ask_arxiv)
    except NotStarted as refusal:
        for reason in refusal.reasons:
            print(f"build.py: {reason}", file=sys.stderr)
        return 2
    if options.title and not started.pick:
        print("content/ knows the paper: --title, --author and --published were not needed", file=sys.stderr)
    print(*filter(None, (started.pick, started.note)), sep="\n")
    print("write summary and note in the last one, then: python build.py check", file=sys.stderr)
    return 0


def _ask_arxiv(paper: PaperId, settings: Settings) -> Entry:
    from daybook.ask_arxiv import ask_arxiv

    print(f"no listing and no pick has {paper}: asking arXiv", file=sys.stderr)
    return ask_arxiv(ROOT, paper, settings)


def run_search(options: argparse.Namespace) -> int:
    """Search the built site, as its search page does."""
    from daybook.search import Searcher
    from daybook.search_files import NoIndex, SearchFiles
    from daybook.search_told import lines

    try:
        files = SearchFiles(options.out)
        answer = Searcher(files).search(" ".join(options.query), options.limit)
    except NoIndex as missing:
        print(f"build.py: {missing}", file=sys.stderr)
        return 2
    print(*lines(answer, files, options.limit), sep="\n")
    return 0


def run_fetch(options: argparse.Namespace) -> int:
    """Bring the listings in content/ up to date from the services that site.yaml names."""
    from daybook import excerpt
    from daybook.clock import SystemClock
    from daybook.fetch import Busy, NoSuchDays, Order, fetch
    from daybook.model import Invalid
    from daybook.sources import NoSuchSource, sources

    order = Order(options.date, options.since, options.until, options.dry_run)
    try:
        settings = excerpt.settings(ROOT / "content")
        asked = sources(settings, options.source)
        report = fetch(ROOT, asked, settings, order, SystemClock(), tell=_day_told())
    except Invalid as invalid:
        _report(invalid.problems)
        return 2
    except (Busy, NoSuchDays, NoSuchSource) as refusal:
        print(f"build.py: {refusal}", file=sys.stderr)
        return 2
    print(report)
    if options.summary:
        options.summary.write_text(report.markdown(), encoding="utf-8")
    return report.exit_code


def _day_told() -> Callable[[DayReport, int, int], None]:
    """A bar on a terminal; a line a day elsewhere."""
    from daybook.progress import bar

    show = bar("days")

    def tell(day: DayReport, done: int, total: int) -> None:
        if sys.stderr.isatty():
            show(done, total)
        else:
            print(f"[{done}/{total}] {day}", file=sys.stderr, flush=True)

    return tell


def run_import(options: argparse.Namespace) -> int:
    """Take recorded answers and archives of papers from files into content/, as if they had been fetched."""
    from daybook import excerpt, import_report
    from daybook.importing import Busy, import_files
    from daybook.progress import bar

    content = ROOT / "content"
    allowed = excerpt.settings(content).huggingface_data
    try:
        done = import_files(options.file, content, huggingface_data=allowed, read=options.read, progress=bar("files"))
    except Busy as busy:
        print(f"build.py: {busy}", file=sys.stderr)
        return 2
    print(*import_report.lines(done), sep="\n")
    return import_report.exit_code(done)


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
    made = argparse.ArgumentParser(add_help=False, parents=[output])
    made.add_argument("--jobs", type=int, default=0, metavar="N", help="how many processes build at once (all cores)")
    top.set_defaults(run=run_build, out=ROOT / "_site", jobs=0)
    verbs = top.add_subparsers(title="verbs", metavar="VERB")
    for name, run, parents in (
        ("build", run_build, [made]),
        ("check", run_check, []),
        ("serve", run_serve, [made]),
        ("clean", run_clean, [output]),
        ("search", run_search, [output]),
        ("note", run_note, []),
        ("fetch", run_fetch, []),
        ("import", run_import, []),
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
        if name == "search":
            _search_options(verb)
        if name == "note":
            _note_options(verb)
        if name == "fetch":
            _fetch_options(verb)
        if name == "import":
            _import_options(verb)
    return top


def _note_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("paper", metavar="PAPER", help="an arXiv identifier, or the paper's address anywhere")
    verb.add_argument("--by", required=True, metavar="HANDLE", help="who signs: a file in content/curators/")
    verb.add_argument("--topic", action="append", default=[], metavar="T", help="a file in content/topics/; repeatable")
    facts = verb.add_argument_group("for a paper that no listing and no pick has, instead of asking arXiv")
    facts.add_argument("--title", metavar="TEXT", help="its title")
    facts.add_argument("--author", action="append", default=[], metavar="NAME", help="an author; repeatable, in order")
    facts.add_argument("--published", metavar="DATE", help="the day of its first version, as 2026-01-31")


SEARCHED = """\
queries:
  words            all wanted; papers that have all of them come first
  "a phrase"       these words in just this order (mind your shell: '"a phrase"')
  -word            not this; a query that begins so comes behind --
  trans*           every word that begins so
  title:word  author:name  note:word  topic:name  org:name  curator:name
  has:note  has:code  has:project  is:withdrawn
  date:2026-01     also a year, week or day, or a span: date:2026-01..2026-02
  like:2510.13912  papers that share its words
  sort:newest  sort:votes

exit codes:
  0  searched, whether or not a paper was found
  2  could not run: there is no built site
"""


def _search_options(verb: argparse.ArgumentParser) -> None:
    verb.epilog = SEARCHED
    verb.add_argument("query", nargs="+", metavar="WORD", help="the query, as below")
    verb.add_argument("--limit", type=int, default=10, metavar="N", help="how many papers to print (10)")


FETCHED = """\
Without --date and --since: every day from the newest complete one on, the last 14 days (votes and comments still change
then) and every day that was partial when it was last read. A day that is stored grows and never loses an entry; what is
complete and older than 14 days is only asked for again with --date.

exit codes:
  0  all days were fetched
  1  some days failed: they are printed with the reasons, and what was stored of them is as it was
  2  no day was fetched, or none could be asked for: the message says why
"""


def _fetch_options(verb: argparse.ArgumentParser) -> None:
    verb.epilog = FETCHED
    verb.add_argument("--date", type=_day, metavar="D", help="this day only, as 2026-01-31, whatever is stored of it")
    verb.add_argument("--since", type=_day, metavar="D", help="from this day on; goes on where it was stopped before")
    verb.add_argument("--until", type=_day, metavar="D", help="with --since: up to this day (today)")
    verb.add_argument("--source", metavar="S", help="this one of the sources in content/site.yaml only")
    verb.add_argument("--dry-run", action="store_true", help="ask, and say what would change; store nothing")
    verb.add_argument("--summary", type=Path, metavar="FILE", help="write the summary to a file as Markdown as well")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day: write it as 2026-01-31") from None


IMPORTED = """\
files, each perhaps compressed (.gz):
  DATE.json  what huggingface.co/api/daily_papers answered for that day: its listing is made, or grows
  *.xml      what export.arxiv.org/api/query answered: each paper is stored in content/picks/
  *.jsonl    papers as rows, one block a line: id, title, authors, published; perhaps abstract, categories, withdrawn,
             upvotes, comments, github, keywords: each is stored in content/picks/
What is stored already grows by what is new and loses nothing; importing a file twice changes nothing. Picks are stored
for papers of listings too: their page takes from each what it knows best. The table that is printed has every entry
once: kept (content/ did not have it there), merged (it did) or dropped (with the reason).

exit codes:
  0  all files were taken
  1  some files were refused, with the reasons; or site.yaml has problems
  2  no file was taken
"""


def _import_options(verb: argparse.ArgumentParser) -> None:
    verb.epilog = IMPORTED
    verb.add_argument("file", nargs="+", type=Path, metavar="FILE", help="see below")
    verb.add_argument(
        "--read",
        type=date.fromisoformat,
        metavar="DATE",
        help="the day (UTC) when the answers were recorded; otherwise each on the very day that it lists",
    )


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
