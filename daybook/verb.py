"""What the verbs of the command line share: their exit codes, options of several, and how they tell of problems."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from daybook.model import Problem

EXIT_CODES = """\
exit codes:
  0  done
  1  content/ has problems: all of them are printed, and what was there stays as it was
  2  could not run, or refused: the message says why, and what was kept
  130  stopped by Ctrl-C: what is published is whole
"""


def add_output(verb: argparse.ArgumentParser) -> None:
    """The option that names the site's folder."""
    verb.add_argument("--out", type=Path, default=argparse.SUPPRESS, metavar="DIR", help="the site's folder (_site)")


def add_build(verb: argparse.ArgumentParser) -> None:
    """The options of verbs that build."""
    add_output(verb)
    verb.add_argument("--jobs", type=int, default=0, metavar="N", help="how many processes build at once (all cores)")


def report(problems: tuple[Problem, ...]) -> int:
    """Print what is wrong in content/; returns the exit code."""
    for problem in problems:
        print(problem)
    print(count_of_problems(problems), file=sys.stderr)
    return 1 if problems else 0


def count_of_problems(problems: tuple[Problem, ...]) -> str:
    """How many problems there are, in words."""
    if not problems:
        return "content/ has no problems"
    return f"{len(problems):,} problem{'s' if len(problems) > 1 else ''} in content/"


def shown(path: Path) -> str:
    """A path as a person would type it."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
