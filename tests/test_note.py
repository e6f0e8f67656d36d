"""`build.py note` on a paper of content/: what it writes, what it refuses, and that it asks nobody."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NoReturn

import pytest

import build
from daybook import excerpt
from daybook.load import load
from daybook.model import Invalid
from daybook.papers import curate
from daybook.start_note import Started, Wish, start_note
from tests.notes import (
    ELSEWHERE,
    FACTS,
    LISTED,
    NOTE,
    SPELLINGS,
    every_file,
    fill,
    nobody,
    offline,
    refusal,
    repository,
    start,
    told,
)
from tests.sites import ROOT, TOY


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return repository(tmp_path)


# What it writes ----------------------------------------------------------------------------------------------------


def test_the_file_is_exactly_this(root: Path) -> None:
    assert start(root, f"{LISTED}v2", topics=("sleep", "naps", "sleep")) == Started(NOTE, None)
    assert (root / NOTE).read_text("utf-8") == (
        "# yaml-language-server: $schema=../schema/note.schema.json\n"
        "# “&lt;b&gt;Tea&lt;/b&gt; &amp; Naps: &eacute;tude &#60;i&#62; &notanentity; AT&T”, "
        "https://arxiv.org/abs/2612.00009\n"
        'paper: "2612.00009"\n'
        "by: mara-quill\n"
        "date: 2027-01-20\n"
        "# Names of files in content/topics/, without `.yaml`. Rules match: naps.\n"
        "topics: [sleep, naps]\n"
        "# Whether to read the paper. Otherwise: must-read, for-specialists or caution.\n"
        "verdict: worth-reading\n"
        "# The note in one plain sentence, with TeX between dollar signs. "
        "Write one line of text, at most 200 characters.\n"
        "summary:\n"
        "# The note itself: Markdown without HTML, TeX between dollar signs. Indent each line by two blanks.\n"
        "note: |\n"
        "\n"
        "saw_version: 2\n"
        "# The curator's ties to the authors. Otherwise: author, colleague, funder or competitor.\n"
        "interests: none\n"
        "# What part a language model had in the text. Otherwise: edited or drafted.\n"
        "assistance: none\n"
        "# There may also be links, licence and retracted.\n"
    )


@pytest.mark.parametrize("version", ["", "v3"])
def test_every_spelling_of_a_paper_gives_the_same_file(root: Path, version: str) -> None:
    texts = set()
    for spelling in SPELLINGS:
        assert start(root, spelling.format(version)).note == NOTE
        texts.add((root / NOTE).read_bytes())
        (root / NOTE).unlink()
    assert len(texts) == 1
    assert (b"\nsaw_version: 3\n" in texts.pop()) == bool(version)


def test_an_empty_skeleton_lacks_two_values_and_nothing_else(root: Path) -> None:
    start(root, LISTED)
    lacking = [re.sub(r".*yaml:\d+:\d+: ", "", line).partition(";")[0] for line in told(root)]
    assert lacking == ["DB305 summary has no value", "DB305 note is empty"]


@pytest.mark.parametrize("paper", [LISTED, "hep-th-9901001", "https://arxiv.org/abs/math/0309136v1"])
def test_two_fields_make_the_note_of_a_known_paper_valid(root: Path, paper: str) -> None:
    started = start(root, paper, by="idle", topics=("rest",))
    assert started.pick is None
    fill(root / started.note)
    assert told(root) == []
    notes = [note for note in load(root / "content").notes if note.by == "idle"]
    assert [(note.topics, note.summary, note.text) for note in notes] == [(("rest",), "Worth an hour.", "It *holds*.")]


def test_a_paper_from_tomorrow_dates_its_note(root: Path) -> None:
    """The clock of the machine is behind; a note is not older than its paper."""
    started = start_note(root, Wish(LISTED, "idle"), date(2020, 1, 1), nobody)
    fill(root / started.note)
    assert told(root) == []


def test_a_paper_is_known_as_its_page_knows_it() -> None:
    content = load(TOY / "content")
    for setting in (True, False):
        for paper in curate(replace(content, settings=replace(content.settings, huggingface_data=setting))):
            assert excerpt.entry(TOY / "content", paper.id, setting) == paper.entry


# What it refuses ---------------------------------------------------------------------------------------------------


def test_a_note_is_never_written_over(root: Path) -> None:
    start(root, LISTED)
    assert refusal(root, f"https://arxiv.org/abs/{LISTED}v7") == [
        f"{NOTE} is there already and was not touched: edit it, or delete it to start anew"
    ]


def test_not_even_one_that_leads_nowhere(root: Path) -> None:
    (root / NOTE).symlink_to("nowhere")
    assert "is there already" in refusal(root, LISTED)[0]


def test_everything_unknown_is_told_at_once(root: Path) -> None:
    assert refusal(root, LISTED, by="mara-quil", topics=("sheepp", "rest", "tax-law", "sheepp")) == [
        'unknown curator "mara-quil"; did you mean "mara-quill"? To sign as mara-quil, '
        "write content/curators/mara-quil.yaml with the line `name: Your Name`",
        'unknown topic "sheepp"; did you mean "sheep"? Topics are the files in content/topics/',
        'unknown topic "tax-law"; topics are the files in content/topics/',
    ]


def test_a_new_curator_does_as_told(root: Path) -> None:
    (told_how,) = refusal(root, LISTED, by="zoe")
    found = re.search(r"write (\S+) with the line `(.*)`$", told_how)
    assert found
    (root / found[1]).write_text(f"{found[2]}\n", "utf-8")
    fill(root / start(root, LISTED, by="zoe").note)
    assert told(root) == []


@pytest.mark.parametrize(
    "by", ["../../x", "", "Mara-Quill", "a b", "con", "x" * 1000, "\u202e", "\x1b[2J", "a/b", ".."]
)
def test_a_handle_that_cannot_be_a_file(root: Path, by: str) -> None:
    (reason,) = refusal(root, LISTED, by=by)
    assert reason.isprintable()
    assert reason.startswith("--by: ")
    assert len(reason) < 300


@pytest.mark.parametrize(
    "paper", ["", "../../x", "2401.0123", "https://example.org/abs/2401.01234", "x" * 1000, "٢٤٠١"]
)
def test_what_names_no_paper(root: Path, paper: str) -> None:
    (reason,) = refusal(root, paper)
    assert reason.endswith("or the paper's address at arxiv.org or huggingface.co")


# Only what is needed is read ---------------------------------------------------------------------------------------


def test_mistakes_elsewhere_do_not_matter(root: Path) -> None:
    content = root / "content"
    for path in ("topics/sheep.yaml", "curators/mara-quill.yaml", "picks/1201.0007.json", "notes/x.yaml"):
        (content / path).write_text("{", "utf-8")
    (content / "listings/2026/12/2026-12-29.arxiv.json").write_bytes(b"\xff2612.00009")
    os.mkfifo(content / "topics/pipe.yaml")
    listing = content / "listings/2026/12/2026-12-31.huggingface.json"
    parsed = json.loads(listing.read_text("utf-8"))
    for each in parsed["entries"]:
        if each["paper"]["id"] != LISTED:
            each["votes"] = "many"
    parsed["entries"] += [None, 7, {"paper": []}, {"paper": {"id": [LISTED]}}]
    listing.write_text(json.dumps(parsed), "utf-8")
    assert start(root, LISTED, topics=("sheep",)) == Started(NOTE, None)
    assert told(root)


def test_a_listing_that_only_mentions_the_number_does_not_have_the_paper(root: Path) -> None:
    listing = root / "content/listings/2026/12/2026-12-29.arxiv.json"
    parsed = json.loads(listing.read_text("utf-8"))
    parsed["entries"][0]["paper"]["title"] = f"On {ELSEWHERE}"
    listing.write_text(json.dumps(parsed), "utf-8")
    assert "stands in no listing" in refusal(root, ELSEWHERE)[0]


@pytest.mark.parametrize("text", ["{", '{"source": "arxiv"}', None])
def test_a_broken_pick_of_the_paper_is_told(root: Path, text: str | None) -> None:
    pick = root / f"content/picks/{ELSEWHERE}.json"
    pick.write_text(text or (root / "content/picks/1201.0007.json").read_text("utf-8"), "utf-8")
    before = every_file(root)
    with pytest.raises(Invalid) as invalid:
        offline(root, *FACTS)
    assert {problem.path for problem in invalid.value.problems} == {f"content/picks/{ELSEWHERE}.json"}
    assert every_file(root) == before


def test_broken_settings_are_told(root: Path) -> None:
    (root / "content/site.yaml").write_text("title: Toy\ntitle: Toy\n", "utf-8")
    with pytest.raises(Invalid):
        start(root, LISTED)


# The command line --------------------------------------------------------------------------------------------------


def test_the_network_is_not_touched_for_a_listed_paper(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def touched(*_: object, **__: object) -> NoReturn:
        raise AssertionError("the network")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, touched)
    monkeypatch.setattr(build, "ROOT", root)
    assert build.main(["note", LISTED, "--by", "mara-quill", "--topic", "naps", "--topic", "rest"]) == 0
    out, err = capsys.readouterr()
    assert out == f"{NOTE}\n"
    assert "summary and note" in err
    fill(root / NOTE)
    assert build.main(["check"]) == 0


def test_nothing_that_asks_is_even_loaded_for_a_listed_paper(root: Path) -> None:
    code = (
        "import sys, pathlib, build; build.ROOT = pathlib.Path(sys.argv[1]);"
        f"code = build.main(['note', '{LISTED}', '--by', 'idle']);"
        "print(code, sorted({'httpx', 'socket', 'ssl', 'http', 'jinja2'} & set(sys.modules)))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, str(root)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ended.stdout.splitlines()[-1] == "0 []"


def test_refusals_and_problems_have_their_codes(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build, "ROOT", root)
    typed = ["note", LISTED, "--by", "mara-quill"]
    assert [build.main(typed), build.main(typed), build.main([*typed[:3], "nobody"])] == [0, 2, 2]
    assert [line.partition(": ")[0] for line in capsys.readouterr().err.splitlines()[1:]] == ["build.py"] * 2
    (root / "content/site.yaml").write_text("title: [", "utf-8")
    assert build.main(["note", "2612.00001", "--by", "idle"]) == 1
    shutil.rmtree(root / "content")
    assert build.main(typed) == 2


def test_facts_that_were_not_needed_are_not_passed_over_in_silence(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build, "ROOT", root)
    facts = ["--title", "A", "--author", "B", "--published", "2024-01-01"]
    assert build.main(["note", LISTED, "--by", "idle", *facts]) == 0
    assert "--title" in capsys.readouterr().err
    assert build.main(["note", ELSEWHERE, "--by", "idle", *facts]) == 0
    assert "--title" not in capsys.readouterr().err
