"""Reads YAML from people we do not know: always a document or a mistake, never an exception.

Built from the parser's events and not by its composer: nothing is expanded, no Python value is constructed, no
depth is recursed into, and every value has its place. YAML 1.1 as PyYAML reads it, https://yaml.org/spec/1.1/,
without anchors, aliases, tags, merge keys and second documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import yaml

from daybook import codes
from daybook.documents import (
    DEEPEST,
    FORBIDDEN,
    LONGEST_NUMBER,
    MOST_PROBLEMS,
    NOTHING,
    Document,
    Mark,
    Mistake,
    Trail,
    Unquoted,
    Unread,
    forbidden,
    mark_of,
)
from daybook.wording import quote

# The C parser is seven times as fast; without it PyYAML's own does.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVERS = yaml.SafeLoader.yaml_implicit_resolvers
_READS_AS = {
    "tag:yaml.org,2002:int": "a number",
    "tag:yaml.org,2002:float": "a number",
    "tag:yaml.org,2002:bool": "true or false",
    "tag:yaml.org,2002:null": NOTHING,
    "tag:yaml.org,2002:timestamp": "a date",
}
_NOTHING = Unquoted("", NOTHING)
_PLAIN_WHOLE = re.compile(rf"0|-?[1-9][0-9]{{0,{LONGEST_NUMBER - 1}}}")
_TRUTH = {"true": True, "false": False}
_COMMENT = re.compile(r"[ ]+#(\S?)")
_NOT_ALLOWED = re.compile(rf"(?!\r\n){FORBIDDEN.pattern}")  # the line ends of Windows do no harm

# What the parser says (a part of it, C and Python differ) and what usually helps.
_HINTS = (
    ("mapping values", "put a text that holds a colon and a blank in quotes, and start a block's keys in one column"),
    ("cannot start any token", "put a text that starts with @, `, % or another sign in quotes"),
    ("quoted scalar", "close the quotation mark; in single quotes write an apostrophe twice"),
    ("flow", "close the bracket, and put a comma between any two values"),
    (
        "block mapping",
        "put all of a text that starts with a quotation mark, [ or { in single quotes; start a block's keys in one"
        " column, and the lines of a text two blanks further in",
    ),
    ("expected ':'", "write `key: value`; a text of several lines starts with `|` and is indented"),
)
_ANY_HINT = "write `key: value` lines, indented with blanks; put text with signs such as : # & * ! in quotes"


class _Refused(Exception):
    """Reading stops: the file uses what is not allowed here."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake.message)
        self.mistake = mistake


def read(text: str) -> Document | Unread:
    """The document that a YAML text holds. Texts come without their final line breaks."""
    characters = tuple(_bad_characters(text))
    if characters:
        return Unread(characters)
    return _read(text, _LOADER)


def lines_of_texts(text: str) -> frozenset[int]:
    """The lines (from 1) that values of more than one line stand on. For texts that `read` makes a document of."""
    marks = ((event.start_mark, event.end_mark) for event in yaml.parse(text, _LOADER) if _is_text(event))
    return frozenset(
        line
        for start, end in marks
        if start and end and start.line != end.line
        for line in range(start.line + 1, end.line + 1 + bool(end.column))
    )


def _is_text(event: yaml.Event) -> bool:
    return isinstance(event, yaml.ScalarEvent)


def _read(text: str, loader: type[yaml.SafeLoader] | type[yaml.CSafeLoader]) -> Document | Unread:
    builder = _Builder(text.split("\n"))
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(event)
    except _Refused as refused:
        return Unread((*builder.mistakes, refused.mistake))
    except yaml.YAMLError as error:
        # libyaml 0.2.6 gives up at its own limit before it tells of any level; the parser in Python tells of ours.
        if "nesting depth" in str(error) and loader is not yaml.SafeLoader:
            return _read(text, yaml.SafeLoader)
        return Unread((*builder.mistakes, _not_yaml(error)))
    if not builder.documents or builder.value == _NOTHING:
        return Unread((Mistake((1, 1), codes.EMPTY_FILE, "the file is empty", "write its keys, or delete the file"),))
    return Document(builder.value, builder.locate, tuple(builder.mistakes))


def _bad_characters(text: str) -> Iterator[Mistake]:
    for found in islice(_NOT_ALLOWED.finditer(text), MOST_PROBLEMS + 1):
        mark = mark_of(text, found.start())
        if found[0] == "\t":
            yield Mistake(mark, codes.TAB, "a tab", "write blanks, two for each level")
        else:
            yield Mistake(mark, codes.FORBIDDEN_CHARACTER, *forbidden(found[0]))


def _not_yaml(error: yaml.YAMLError) -> Mistake:
    """The parser's complaint in our words, at the place that helps: a quotation is lost where it opens, and a key where
    it stands.
    """
    said = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    began = any(words in said for words in ("end of stream", "simple key"))  # and was missed only later
    place = getattr(error, "context_mark" if began else "problem_mark", None)
    hint = next((remedy for words, remedy in _HINTS if words in said), _ANY_HINT)
    mark = (place.line + 1, place.column + 1) if place else (1, 1)
    return Mistake(mark, codes.NOT_YAML, "this is not YAML", hint)


def _plain(text: str) -> object:
    """What YAML makes of a text without quotes; only what is the same in every notation becomes a Python value."""
    tags = (tag for tag, pattern in _RESOLVERS.get(text[:1], ()) if pattern.match(text))
    reads_as = _READS_AS.get(next(tags, ""))
    if reads_as is None:
        return text
    if _PLAIN_WHOLE.fullmatch(text):
        return int(text)
    return _TRUTH.get(text, Unquoted(text, reads_as))


@dataclass(slots=True)
class _Open:
    """A list, or a block of keys, that the events are in the middle of."""

    trail: Trail
    members: list[object] | dict[str, object]
    key: str | None = None
    key_mark: Mark = (1, 1)


class _Builder:
    """Builds a value from events, without recursion."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self.value: object = None
        self.documents = 0
        self.mistakes: list[Mistake] = []
        self._places: dict[Trail, tuple[Mark, Mark]] = {}
        self._literals: set[Trail] = set()
        self._open: list[_Open] = []

    def locate(self, trail: Trail, at_key: bool) -> Mark:
        if trail and isinstance(trail[-1], int) and trail[:-1] in self._literals:
            return self._places[trail[:-1]][1][0] + 1 + trail[-1], 1
        while trail and trail not in self._places:
            trail = trail[:-1]
        key, value = self._places.get(trail, ((1, 1), (1, 1)))
        return key if at_key else value

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.NodeEvent):
            self._node(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                remedy = "delete the line ---, or make a file of each"
                raise _Refused(Mistake(_mark(event), codes.SECOND_DOCUMENT, "a second document", remedy))

    def _node(self, event: yaml.NodeEvent) -> None:
        _refuse_anchors_and_tags(event)
        inside = self._open[-1] if self._open else None
        if inside is not None and isinstance(inside.members, dict) and inside.key is None:
            self._key(inside, inside.members, event)
            return
        value = _value(event)
        if isinstance(event, yaml.ScalarEvent) and not event.style:
            self._look_behind(event)
        trail = self._attach(inside, value, _mark(event))
        # Lines of a text in block style are lines of the file; those of other styles are folded.
        if getattr(event, "style", None) == "|" and self._places[trail][1] == _mark(event):
            self._literals.add(trail)
        if isinstance(value, list | dict):
            if len(self._open) == DEEPEST:
                raise _Refused(Mistake(_mark(event), codes.TOO_DEEP, "nested too deep", "nothing needs so many levels"))
            self._open.append(_Open(trail, value))

    def _look_behind(self, event: yaml.ScalarEvent) -> None:
        """Outside quotes, a text ends where a comment begins. That is what is meant after a single word, if ever."""
        end = event.end_mark
        if not end or not event.value or end.line == len(self._lines):
            return
        comment = _COMMENT.match(self._lines[end.line], end.column)
        if comment and (comment[1] or " " in event.value):
            mark = (end.line + 1, comment.end() - len(comment[1]))
            message = "what follows # is a comment, and not in the text"
            remedy = "put all of the text in quotes, or the comment on a line of its own"
            self._tell(Mistake(mark, codes.CUT_BY_COMMENT, message, remedy))

    def _key(self, inside: _Open, members: dict[str, object], event: yaml.NodeEvent) -> None:
        mark = _mark(event)
        if not isinstance(event, yaml.ScalarEvent):
            raise _Refused(
                Mistake(mark, codes.KEY_NOT_PLAIN, "a key that is a list or a block", "write one word and a colon")
            )
        if event.value == "<<" and not event.style:
            raise _Refused(Mistake(mark, codes.MERGE_KEY, "a merge key", "write the keys out, each with its value"))
        inside.key, inside.key_mark = event.value, mark
        if event.value in members:
            self._twice(self._places[*inside.trail, event.value][0], mark, event.value)

    def _twice(self, first: Mark, mark: Mark, key: str) -> None:
        message, remedy = f"key {quote(key)} stands twice, first on line {first[0]}", "keep one of the two"
        self._tell(Mistake(mark, codes.KEY_TWICE, message, remedy))

    def _tell(self, mistake: Mistake) -> None:
        if len(self.mistakes) == MOST_PROBLEMS:
            raise _Refused(mistake)
        self.mistakes.append(mistake)

    def _attach(self, inside: _Open | None, value: object, mark: Mark) -> Trail:
        """Puts a value, still empty if it is a collection, in its place. Of two keys the first one counts."""
        trail, key_mark = Trail(), mark
        if inside is None:
            self.value = value
        elif isinstance(inside.members, dict):
            trail, key_mark = (*inside.trail, inside.key or ""), inside.key_mark
            inside.members.setdefault(inside.key or "", value)
            inside.key = None
        else:
            trail = (*inside.trail, len(inside.members))
            inside.members.append(value)
        self._places.setdefault(trail, (key_mark, mark))
        return trail


def _mark(event: yaml.Event) -> Mark:
    start = event.start_mark
    return (start.line + 1, start.column + 1) if start else (1, 1)


def _refuse_anchors_and_tags(event: yaml.NodeEvent) -> None:
    if event.anchor is not None:
        what, sign = ("alias", "*") if isinstance(event, yaml.AliasEvent) else ("anchor", "&")
        message = f"an {what}, {quote(sign + event.anchor)}"
        raise _Refused(
            Mistake(_mark(event), codes.ANCHOR, message, "write the value out; text that starts so goes in quotes")
        )
    tag = getattr(event, "tag", None)
    if tag is not None:
        remedy = "delete it; text that starts with ! goes in quotes"
        raise _Refused(Mistake(_mark(event), codes.TAG, f"a tag, {quote(tag)}", remedy))


def _value(event: yaml.NodeEvent) -> object:
    if isinstance(event, yaml.ScalarEvent):
        if not event.style:
            return _plain(event.value)
        return event.value.rstrip("\n")
    return [] if isinstance(event, yaml.SequenceStartEvent) else {}
