"""`build.py note`"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from daybook.model import Entry, PaperId, Settings


def options(verb: argparse.ArgumentParser) -> None:
    """Which paper, who signs, and facts for a paper that nothing lists."""
    place = "arxiv.org, huggingface.co or doi.org"
    verb.add_argument("paper", metavar="PAPER", help=f"an arXiv identifier, or the paper's address at {place}")
    verb.add_argument("--by", required=True, metavar="HANDLE", help="who signs: a file in content/curators/")
    verb.add_argument("--topic", action="append", default=[], metavar="T", help="a file in content/topics/; repeatable")
    facts = verb.add_argument_group("for a paper that no listing and no pick has, instead of asking arXiv")
    facts.add_argument("--title", metavar="TEXT", help="its title")
    facts.add_argument("--author", action="append", default=[], metavar="NAME", help="an author; repeatable, in order")
    facts.add_argument("--published", metavar="DATE", help="the day of its first version, as 2026-01-31")


def run(options: argparse.Namespace) -> int:
    """Start a note on a paper: a file in content/notes/ in which two fields are to be filled."""
    from daybook.start_note import NotStarted, Wish, start_note

    facts = (options.title, tuple(options.author), options.published)
    wish = Wish(options.paper, options.by, tuple(options.topic), *facts)
    try:
        started = start_note(options.root, wish, datetime.now(UTC).date(), arxiv(options.root))
    except NotStarted as refusal:
        for reason in refusal.reasons:
            print(f"build.py: {reason}", file=sys.stderr)
        return 2
    if options.title and not started.pick:
        print("content/ knows the paper: --title, --author and --published were not needed", file=sys.stderr)
    print(*filter(None, (started.pick, started.note)), sep="\n")
    print("write summary and note in the last one, then: python build.py check", file=sys.stderr)
    return 0


def arxiv(root: Path) -> Callable[[PaperId, Settings], Entry]:
    """Asks arXiv for a paper, and says so."""

    def ask(paper: PaperId, settings: Settings) -> Entry:
        from daybook.ask_arxiv import ask_arxiv

        print(f"no listing and no pick has {paper}: asking arXiv", file=sys.stderr)
        return ask_arxiv(root, paper, settings)

    return ask
