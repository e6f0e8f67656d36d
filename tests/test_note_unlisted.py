"""`build.py note` on a paper that content/ does not know: what the options say of it, or arXiv."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import build
from daybook import listing_files
from daybook.ask_arxiv import ask_arxiv
from daybook.model import Entry, PaperId, Settings
from daybook.source_arxiv import Arxiv
from daybook.start_note import NotStarted, Started, Wish, start_note
from tests.clocks import LeapingClock
from tests.notes import (
    ELSEWHERE,
    FACTS,
    LISTED,
    SPELLINGS,
    TODAY,
    every_file,
    fill,
    offline,
    refusal,
    repository,
    start,
    told,
)
from tests.service_days import InventedPaper, arxiv_page
from tests.services import Fault, Services


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return repository(tmp_path)


# What the options say -------------------------------------------------------------------------------------------


def test_the_facts_of_the_options_make_a_pick(root: Path) -> None:
    started = offline(root, "Old\n  Kettles ", ("Ada  Ash", "Ben\nBirch", "Ada Ash"), "2024-01-02")
    assert started == Started(f"content/notes/{ELSEWHERE}.mara-quill.yaml", f"content/picks/{ELSEWHERE}.json")
    assert json.loads((root / f"content/picks/{ELSEWHERE}.json").read_text("utf-8")) == {
        "source": "arxiv",
        "paper": {
            "id": ELSEWHERE, "title": "Old Kettles", "authors": ["Ada Ash", "Ben Birch"], "published": "2024-01-02",
        },
    }  # fmt: skip
    fill(root / started.note)
    assert told(root) == []


def test_a_second_note_finds_the_first_ones_pick(root: Path) -> None:
    offline(root, *FACTS)
    assert start(root, ELSEWHERE, by="idle").pick is None


def test_without_an_answer_it_says_what_to_type(root: Path) -> None:
    first, second = refusal(root, f"arxiv.org/pdf/{ELSEWHERE}v2", topics=("rest",))
    assert first == f"{ELSEWHERE} stands in no listing and no pick, and arXiv did not tell of it: the line is dead"
    assert second.startswith(
        "nothing was written; to go on without arXiv, say what the paper is: python build.py note "
    )
    typed = shlex.split(second.partition("build.py ")[2])
    options = build.parser().parse_args(typed)
    assert (options.paper, options.by, options.topic) == (f"{ELSEWHERE}v2", "mara-quill", ["rest"])
    assert (options.title, options.author, options.published) == ("…", ["…", "…"], "YYYY-MM-DD")


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (("Old Kettles", (), None), "--title, --author and --published go together"),
        ((None, ("Ada Ash",), None), "--title, --author and --published go together"),
        ((None, (), "2024-01-02"), "--title, --author and --published go together"),
        (("Old Kettles", ("Ada Ash",), "2024-1-2"), 'published is "2024-1-2"; did you mean 2024-01-02?'),
        (("Old Kettles", ("Ada Ash",), "yesterday"), 'published is "yesterday"'),
        (("Old Kettles", ("Ada Ash",), "2027-01-21"), "published on 2027-01-21, after today (2027-01-20)"),
        (("\u202eOld", ("Ada Ash",), "2024-01-02"), "title: the character U+202E is not allowed"),
        (("Old \udcff", ("Ada Ash",), "2024-01-02"), "title: the character U+DCFF is not allowed"),
        ((" ", ("Ada Ash",), "2024-01-02"), "title is empty"),
        (("Old Kettles", ("Ada Ash", ""), "2024-01-02"), "an entry of authors is empty"),
    ],
)
def test_facts_that_cannot_be(root: Path, facts: tuple[Any, ...], reason: str) -> None:
    told_why = refusal(root, ELSEWHERE, **dict(zip(("title", "authors", "published"), facts, strict=True)))
    assert told_why[0].startswith(reason)


def test_all_that_is_wrong_with_the_facts_is_told(root: Path) -> None:
    assert len(refusal(root, ELSEWHERE, title="\0", authors=("\0", " "), published="never")) == 4


# What arXiv says ---------------------------------------------------------------------------------------------------

INVENTED = InventedPaper(date(2026, 11, 3), 7)


@pytest.fixture
def services() -> Iterator[Services]:
    with Services(LeapingClock("2027-01-20").monotonic) as running:
        running.put([INVENTED])
        yield running


def online(root: Path, services: Services, paper: str, clock: LeapingClock | None = None) -> Started:
    def ask(paper: PaperId, settings: Settings) -> Entry:
        return ask_arxiv(root, paper, settings, Arxiv(base=services.base), clock or LeapingClock("2027-01-20"))

    return start_note(root, Wish(paper, "mara-quill"), TODAY, ask)


def test_two_fields_make_the_note_of_a_paper_of_arxiv_valid(root: Path, services: Services) -> None:
    started = online(root, services, f"https://arxiv.org/abs/{INVENTED.id}v1")
    assert started == Started(f"content/notes/{INVENTED.id}.mara-quill.yaml", f"content/picks/{INVENTED.id}.json")
    (asked,) = services.log
    assert asked.address == f"/api/query?id_list={INVENTED.id}&max_results=1"
    assert asked.headers["user-agent"].endswith("(+https://example.org/git/toy; editors@example.org)")
    pick = json.loads((root / str(started.pick)).read_text("utf-8"))
    assert (pick["source"], pick["paper"]["title"]) == ("arxiv", INVENTED.title)
    fill(root / started.note)
    assert told(root) == []


def test_every_spelling_of_a_paper_of_arxiv_gives_the_same_files(root: Path, services: Services) -> None:
    texts = set()
    for spelling in SPELLINGS:
        started = online(root, services, spelling.replace(LISTED, INVENTED.id).format(""))
        for path in (started.note, started.pick or ""):
            texts.add((path, (root / path).read_bytes()))
            (root / path).unlink()
    assert len(texts) == 2


def test_a_paper_that_arxiv_leaves_out_once_is_asked_for_again(root: Path, services: Services) -> None:
    question, clock = f"/api/query?id_list={INVENTED.id}&max_results=1", LeapingClock("2027-01-20")
    services.fail(question, lambda asked: asked.answer(arxiv_page([], 0, 1)), times=1)
    assert online(root, services, INVENTED.id, clock).pick
    assert [asked.address for asked in services.log] == [question, question]
    assert sum(clock.slept) >= 3


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (lambda asked: asked.answer(b"", 503), "HTTP 503.*3 times.*"),
        (lambda asked: asked.answer(b"<feed>"), ".+"),
        (lambda asked: asked.answer(b"", 429, {"Retry-After": "7200"}), "HTTP 429.* 7,200 s.*"),
        (lambda asked: asked.reset(), ".+"),
        (lambda asked: asked.answer(b"no such id", 400), "HTTP 400.*"),
    ],
)
def test_when_arxiv_fails_nothing_is_written(root: Path, services: Services, fault: Fault, reason: str) -> None:
    question = f"/api/query?id_list={INVENTED.id}&max_results=1"
    services.fail(question, fault)
    before = every_file(root / "content")
    with pytest.raises(NotStarted) as refused:
        online(root, services, INVENTED.id)
    why, remedy = refused.value.reasons
    assert re.fullmatch(f".* did not tell of it: {re.escape(services.base + question)}: {reason}", why)
    assert f"build.py note {INVENTED.id} --by mara-quill --title" in remedy
    assert every_file(root / "content") == before


def test_a_paper_that_nobody_knows(root: Path, services: Services) -> None:
    with pytest.raises(NotStarted, match="it knows no such paper; look at the number"):
        online(root, services, ELSEWHERE)
    assert [asked.status for asked in services.log] == [200, 304]


def test_no_pick_is_stored_while_a_fetch_is_at_work(root: Path) -> None:
    with listing_files.held(root / "content"), pytest.raises(NotStarted, match="wait until it is done"):
        offline(root, *FACTS)
    assert offline(root, *FACTS).pick
