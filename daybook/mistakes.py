"""Every rule with a bad and a good example: the page of all codes and `build.py check --explain` are made of these.

The tests put each bad example into a valid tree, where its rule finds it, and the good one in its stead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import indent

from daybook import codes
from daybook.codes import CODES, Code
from daybook.wording import did_you_mean, nearest, quote


@dataclass(frozen=True, slots=True)
class Example:
    """Lines of a file in content/, wrong and right.

    `<U+202E>` stands for a character that cannot be seen, `<0xE9>` for a byte. `bad` stands in the file `times` times;
    if `is_name`, both are paths of one file.
    """

    path: str
    bad: str
    good: str
    times: int = 1
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class Mistake:
    """A rule and its example."""

    code: Code
    example: Example


def _named(bad: str, good: str) -> Example:
    return Example(good, bad, good, is_name=True)


_NOTE = "notes/2601.00001.ada.yaml"
_CURATOR = "curators/ada.yaml"
_TOPIC = "topics/oversight.yaml"
_NEW_TOPIC = "topics/robots.yaml"
_DAY = "days/2026-01-05.yaml"
_LIST = "lists/where-to-begin.yaml"
_LISTING = "listings/2026/01/2026-01-05.huggingface.json"
_OVERRIDE = "overrides/2601.00001.yaml"
_PICK = "picks/hep-th-9901001.json"
_SUMMARY = "summary: A test of reading, with a sum such as $1 + 1 = 2$."
_ROBOTS = "title: Robots\ndescription: Machines that move.\n"


def _counted(read: str) -> str:
    paper = '"id": "hep-th/9901002", "title": "An Old Test", "authors": ["Di Example"], "published": "1999-01-04"'
    return f'{{\n  "paper": {{{paper}}},\n{read}  "source": "huggingface",\n  "votes": 12\n}}\n'


def _corrected(what: str) -> str:
    return f'paper: "2601.00001"\nby: ada\ndate: 2026-01-20\nreason: The source has it wrong.\n{what}\n'


EXAMPLES: Mapping[Code, Example] = {
    codes.UNEXPECTED_FILE: _named("notes/draft.txt", _NOTE),
    codes.NOT_A_FILE: Example(_TOPIC, "<link to alignment.yaml>", "title: Oversight"),
    codes.TOO_LARGE: Example(_NEW_TOPIC, "# One of very many lines.\n", _ROBOTS, times=50_000),
    codes.NOT_UTF8: Example(_NEW_TOPIC, "title: Caf<0xE9>s\ndescription: Where one reads.\n",
                            "title: Cafés\ndescription: Where one reads.\n"),
    codes.BYTE_ORDER_MARK: Example(_NEW_TOPIC, f"<U+FEFF>{_ROBOTS}", _ROBOTS),
    codes.FORBIDDEN_CHARACTER: Example(_CURATOR, "bio: Writes <U+202E>*tests*.", "bio: Writes *tests*."),
    codes.TAB: Example(_NOTE, "note: |\n<U+0009>Written for the tests.", "note: |\n  Written for the tests."),
    codes.BAD_FILE_NAME: _named("topics/Over_Sight.yaml", _TOPIC),
    codes.MORE_PROBLEMS: Example(_NEW_TOPIC, "title: Robots\n", _ROBOTS, times=200),
    codes.NO_SETTINGS: _named("settings.yaml", "site.yaml"),
    codes.NOT_YAML: Example(_NOTE, _SUMMARY.replace("test of", "test: of"), _SUMMARY),
    codes.ANCHOR: Example(_CURATOR, "name: &ada Ada Example", "name: Ada Example"),
    codes.TAG: Example(_CURATOR, "name: !Ada Example", "name: Ada Example"),
    codes.MERGE_KEY: Example(_NOTE, "retracted:\n  <<: {date: 2026-01-07}", "retracted:\n  date: 2026-01-07"),
    codes.SECOND_DOCUMENT: Example(_CURATOR, "name: Ada Example\n---", "name: Ada Example"),
    codes.TOO_DEEP: Example(_NEW_TOPIC, "[", _ROBOTS, times=30),
    codes.KEY_TWICE: Example(_CURATOR, "name: Ada Example\nname: Ada E. Example", "name: Ada Example"),
    codes.KEY_NOT_PLAIN: Example(_CURATOR, "[name]: Ada Example", "name: Ada Example"),
    codes.EMPTY_FILE: Example(_NEW_TOPIC, "# To be written.\n", _ROBOTS),
    codes.NOT_JSON: Example(_PICK, '"read": "2026-01-19"\n', '"read": "2026-01-19",\n'),
    codes.CUT_BY_COMMENT: Example(_NEW_TOPIC, "title: Robots\ndescription: What ranks #1 in a test.\n",
                                  'title: Robots\ndescription: "What ranks #1 in a test."\n'),
    codes.UNKNOWN_KEY: Example(_NOTE, "license: CC BY-SA 4.0", "licence: CC BY-SA 4.0"),
    codes.MISSING_KEY: Example(_NOTE, "interests: none", "interests: none\nassistance: none"),
    codes.WRONG_KIND: Example(_NOTE, "topics: oversight", "topics: [oversight]"),
    codes.NOT_QUOTED: Example(_NOTE, "paper: 2601.00001", 'paper: "2601.00001"'),
    codes.NO_VALUE: Example(_NOTE, "licence:", "licence: CC BY-SA 4.0"),
    codes.TOO_LONG: Example(_NOTE, f"summary: A test of reading{', and of reading on' * 10}.", _SUMMARY),
    codes.SEVERAL_LINES: Example(_NOTE, "summary: |\n  A test of reading.\n  It has a sum, too.", _SUMMARY),
    codes.NOT_ONE_OF: Example(_NOTE, "verdict: worthy", "verdict: worth-reading"),
    codes.NOT_A_DATE: Example(_NOTE, "date: 6 January 2026", "date: 2026-01-06"),
    codes.NOT_A_NUMBER: Example(_NOTE, "saw_version: v1", "saw_version: 1"),
    codes.BAD_ADDRESS: Example(_CURATOR, "url: example.org/ada", "url: https://example.org/ada"),
    codes.NOT_A_PAPER_ID: Example(_NOTE, 'paper: "A Test of Tests"', 'paper: "2601.00001"'),
    codes.NOT_CANONICAL: Example(_NOTE, 'paper: "arXiv:2601.00001v2"', 'paper: "2601.00001"'),
    codes.BAD_SLUG: Example(_LISTING, '"slug": "Example Lab"', '"slug": "example-lab"'),
    codes.WRONG_COUNT: Example(_DAY, "lead: []", 'lead: ["2601.00002"]'),
    codes.LISTED_TWICE: Example(_NOTE, "topics: [oversight, oversight]", "topics: [oversight]"),
    codes.BAD_PHRASE: Example(_TOPIC, "any: [scalable oversight, de*bate]", "any: [scalable oversight, debate*]"),
    codes.BAD_FORM: Example(_TOPIC, "categories: [cs.hc]", "categories: [cs.HC]"),
    codes.NO_RULE: Example(_TOPIC, "match:\n  none: [debate*]\n",
                           "match:\n  any: [scalable oversight, debate*]\n  categories: [cs.HC]\n"),
    codes.BAD_QUERY: Example("queries/oversight.yaml", "title: Oversight\nquery: topic:oversight sort:newest\n",
                             "title: Oversight\nquery: topic:oversight has:code\n"),
    codes.RAW_HTML: Example(_CURATOR, "bio: Writes <i>tests</i>.", "bio: Writes *tests*."),
    codes.UNKNOWN_TOPIC: Example(_NOTE, "topics: [oversite]", "topics: [oversight]"),
    codes.UNKNOWN_CURATOR: Example(_DAY, "by: adda", "by: ada"),
    codes.UNKNOWN_PAPER: Example(_LIST, '- paper: "2601.00010"', '- paper: "2601.00001"'),
    codes.TOPIC_CIRCLE: Example(_TOPIC, "parent: oversight", "parent: alignment"),
    codes.NAME_DISAGREES: _named("notes/2601.00002.ada.yaml", _NOTE),
    codes.LEAD_NOT_LISTED: Example(_DAY, 'lead: ["hep-th/9901001"]', 'lead: ["2601.00002"]'),
    codes.NO_SUCH_DAY: _named("days/2026-01-06.yaml", _DAY),
    codes.NOTE_TOO_EARLY: Example(_NOTE, "date: 2025-12-31", "date: 2026-01-06"),
    codes.RETRACTED_TOO_EARLY: Example(_NOTE, "retracted:\n  date: 2026-01-05", "retracted:\n  date: 2026-01-07"),
    codes.TOPICS_TOO_DEEP: Example("topics/level-9.yaml", "title: Level 9\ndescription: One more.\nparent: level-8\n",
                                   "title: Level 9\ndescription: One more.\nparent: level-7\n"),
    codes.UNDATED_COUNTS: Example("picks/hep-th-9901002.json", _counted(""), _counted('  "read": "2026-01-19",\n')),
    codes.CORRECTS_NOTHING: Example(_OVERRIDE, _corrected("correct: {}"), _corrected("correct: {title: A Test}")),
    codes.CORRECTED_AND_REMOVED: Example(_OVERRIDE, _corrected("correct: {abstract: Of it.}\nremove: [abstract]"),
                                         _corrected("remove: [abstract]")),
    codes.TWO_OF_A_LOGIN: Example("curators/bob.yaml", "name: Bob Example\ngithub: ada-example",
                                  "name: Bob Example\ngithub: bob-example"),
    codes.CATEGORIES_MISSING: Example("site.yaml", "home_days: 3\nsources: [huggingface, arxiv]", "home_days: 3"),
}  # fmt: skip

MISTAKES = tuple(Mistake(code, EXAMPLES[code]) for code in CODES)
"""All rules, in the order of their codes."""


def explained(code: str) -> str:
    """A rule for the terminal. Raises ValueError, with a sentence, where there is no such code."""
    for mistake in MISTAKES:
        if mistake.code.id == code.upper():
            return _told(mistake)
    near = [each.upper() for each in nearest(code, [rule.id.lower() for rule in CODES])]
    remedy = did_you_mean(near, f"codes are {CODES[0].id} to {CODES[-1].id}, as `check` prints them")
    raise ValueError(f"no rule has the code {quote(code)}; {remedy}")


def _told(mistake: Mistake) -> str:
    rule, example = mistake.code, mistake.example
    where = "as the name of a file in content/" if example.is_name else f"in content/{example.path}"
    often = f", {example.times:,} times" if example.times > 1 else ""
    bad, good = (indent(text.rstrip(), "    ") for text in (example.bad, example.good))
    return f"{rule.id} {rule.title}\n{rule.explanation}\n\nbad, {where}{often}:\n{bad}\n\ngood:\n{good}"
