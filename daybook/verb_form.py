"""`build.py form`"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from daybook.verb import shown

if TYPE_CHECKING:
    from daybook.model import Problem
    from daybook.take_form import Filled

EPILOG = """\
FILE is the text of an issue that one of the forms in .github/ISSUE_TEMPLATE/ made, or, with a name that ends in .json,
the event that the host describes it with (GITHUB_EVENT_PATH): that has the login, too. Which form it is, is told by its
questions. What is written is what a pull request would add; content/ itself is not touched. Whoever has no file in
content/curators/ gets one; a paper that content/ does not know is asked for at arXiv.

exit codes:
  0  the files are written and have no problems
  1  the files are written and have problems: all of them are printed
  2  the answers make no file, or it could not be written: the message says why
"""


def options(verb: argparse.ArgumentParser) -> None:
    """The issue, and where to put what it becomes."""
    verb.add_argument("file", type=Path, metavar="FILE", help="the issue's text, or an event as .json")
    verb.add_argument("--by", metavar="LOGIN", help="who sent it: a login of GitHub")
    verb.add_argument("--into", type=Path, default=Path("_form"), metavar="DIR", help="where to put the files (_form)")
    verb.add_argument("--answer", type=Path, metavar="FILE", help="write what to tell the sender, too, as Markdown")


def run(options: argparse.Namespace) -> int:
    """Make the file that the answers to an issue form ask for, and check it."""
    from daybook import excerpt, form_told
    from daybook.form_answers import Misread
    from daybook.take_form import Declined, take_form
    from daybook.verb_note import arxiv

    try:
        made = take_form(options.root, _filled(options), arxiv(options.root))
    except (Misread, Declined) as refusal:
        _answer(options, form_told.declined(refusal.reasons))
        for reason in refusal.reasons:
            print(f"build.py: {reason}", file=sys.stderr)
        return 2
    problems = _written(options, made)
    _answer(options, form_told.told(excerpt.settings(options.root / "content"), made, problems))
    print(*(shown((options.into / path).absolute()) for path in made), *problems, sep="\n")
    return 1 if problems else 0


def _written(options: argparse.Namespace, made: dict[str, str]) -> tuple[Problem, ...]:
    """Writes the files; returns what is wrong with them, if they stood in content/."""
    from daybook.load import check

    for path, text in made.items():
        (options.into / path).parent.mkdir(parents=True, exist_ok=True)
        (options.into / path).write_bytes(text.encode("utf-8", "replace"))
    problems = check(options.root / "content", options.into / "content")
    return tuple(problem for problem in problems if problem.path in made)


def _answer(options: argparse.Namespace, text: str) -> None:
    if options.answer:
        options.answer.write_bytes(text.encode("utf-8", "replace"))


def _filled(options: argparse.Namespace) -> Filled:
    """What was sent. Raises Declined where it is not all there."""
    from daybook.form_answers import LONGEST
    from daybook.take_form import Declined, Filled

    today = datetime.now(UTC).date()
    raw = options.file.read_bytes()
    if len(raw) > 16 * LONGEST:
        raise Declined(f"{options.file.name} is too large to be an issue")
    text = raw.decode("utf-8", "replace")
    if options.file.suffix == ".json":
        return Filled(*_event(text), today)
    if not options.by:
        raise Declined("an issue's text does not say whose it is: give --by")
    return Filled(options.by, text, today)


def _event(text: str) -> tuple[str, str]:
    """Login and text of the issue that an event is of.

    https://docs.github.com/webhooks/webhook-events-and-payloads#issues
    """
    from daybook.take_form import Declined

    try:
        issue = json.loads(text)["issue"]
        return str(issue["user"]["login"]), str(issue["body"] or "")
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Declined("this is not the event of an issue") from error
