"""`build.py check`"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from daybook.verb import EXIT_CODES, count_of_problems

if TYPE_CHECKING:
    from daybook.changed import Branch

EPILOG = f"""\
what counts with --changed-since:
  mistakes in files of content/ that the branch changed since it left REF (or that are changed or new on disk), and
  mistakes elsewhere that it caused: a rule between files, DB4.., which held where the branch began and no longer does

what --fix mends, and nothing else:
  text that YAML would take for a number, a date or a truth value gets quotes; keys come in their documented order,
  with the comments above them; blanks at the ends of lines go, and the last line ends. What a file says stays.

{EXIT_CODES}"""


def options(verb: argparse.ArgumentParser) -> None:
    """How to tell, of which files, and what to do about it."""
    from daybook.problem_formats import FORMATS

    verb.add_argument("--format", choices=[*FORMATS], default="text", help="for people, programs, GitHub or a scanner")
    verb.add_argument("--summary", type=Path, metavar="FILE", help="append all problems to FILE, too, as Markdown")
    verb.add_argument("--changed-since", metavar="REF", help="tell only what the branch that left REF answers for")
    verb.add_argument("--fix", action="store_true", help="first mend what is safe to mend, and say what was mended")
    verb.add_argument("--explain", metavar="CODE", help="say what a code means, with a bad and a good example")


def run(options: argparse.Namespace) -> int:
    """Find every mistake in content/."""
    if options.explain:
        return _explain(options.explain)
    from daybook.job_summary import append
    from daybook.load import check
    from daybook.problem_formats import FORMATS, summary

    content = options.root / "content"
    branch = _branch(options)
    if options.fix:
        _fix(content, branch)
    problems = check(content)
    if branch:
        problems = branch.answers_for(problems, check)
    print(FORMATS[options.format](problems), end="")
    if options.summary:
        append(options.summary, summary(problems))
    of_branch = f" that this branch, which left {options.changed_since}, answers for" if branch else ""
    print(f"{count_of_problems(problems)}{of_branch}", file=sys.stderr)
    return 1 if problems else 0


def _branch(options: argparse.Namespace) -> Branch | None:
    if options.changed_since is None:
        return None
    from daybook.changed import branch_since

    return branch_since(options.root, options.changed_since)


def _fix(content: Path, branch: Branch | None) -> None:
    """Mend the branch's files, or all."""
    from daybook.fixing import fix_file
    from daybook.places import paths

    for relative, is_plain in sorted(paths(content)):
        path = f"content/{relative}"
        if is_plain and (branch is None or path in branch.changed):
            done = fix_file(content, relative)
            if done:
                print(f"fixed {path}: {', '.join(done)}", file=sys.stderr)


def _explain(code: str) -> int:
    from daybook.mistakes import explained

    try:
        print(explained(code))
    except ValueError as error:
        print(f"build.py: {error}", file=sys.stderr)
        return 2
    return 0
