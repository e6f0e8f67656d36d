"""Pull requests and issue forms by somebody who wants to break things: refused with a message, or rendered harmless."""

from __future__ import annotations

import html
import os
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from daybook import excerpt
from daybook.form_answers import Answers, Misread
from daybook.forms import Form, forms
from daybook.load import check
from daybook.model import Entry, PaperId, Settings
from daybook.source import Unusable
from daybook.take_form import Declined, Filled, take_form
from daybook.wording import escape
from tests.checkouts import built, published, toy_checkout
from tests.hostile import NAMES, PAYLOADS
from tests.issues import issue_text
from tests.sites import ROOT
from tests.trees import tree

DAY = date(2027, 2, 1)
NOTE = """\
paper: "2612.00002"
by: mara-quill
date: 2027-01-05
verdict: caution
summary: {summary}
note: |
  {note}
interests: none
assistance: none
"""
LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
)
TRICKS = {
    "anchor": "summary: &a x\n",
    "alias": "summary: *a\n",
    "billion laughs": LAUGHS,
    "tag of Python": "summary: !!python/object/apply:os.system [touch pwned]\n",
    "tag": "summary: !x y\n",
    "tag of binary": "summary: !!binary aGk=\n",
    "merge key": "<<: {verdict: caution}\n",
    "key twice": "verdict: must-read\n",
    "second document": "---\npaper: x\n",
    "directive": "%YAML 1.2\n---\na: b\n",
    "key that is a list": "? [a, b]\n: c\n",
    "nested deep": f"summary: {'[' * 5_000}{']' * 5_000}\n",
    "prototype": "__proto__: {polluted: true}\n__class__: x\n",
    "no key": "just text\n",
    "NUL": "summary: a\0b\n",
    "escaped NUL": 'summary: "a\\0b"\n',
    "bidi": "summary: a\u202eb\u2066c\n",
    "escaped bidi": 'summary: "a\\u202eb"\n',
    "line separator": "summary: a\u2028verdict: caution\n",
    "tab": "summary:\ta\n",
    "not UTF-8": "summary: \udcff\n",
    "half a surrogate": 'summary: "\\ud800"\n',
    "1 MB line": f"summary: {'x' * 1_000_000}\n",
    "2 MB": f"note: {'x' * 2_000_000}\n",
    "path as paper": 'paper: "../../../etc/passwd"\n',
    "absolute path as curator": "by: /etc/passwd\n",
    "device as topic": "topics: [con]\n",
    "path as topic": "topics: [../../site]\n",
    "link that runs": "links: [{title: x, url: 'javascript:alert(1)'}]\n",
    "file as link": "links: [{title: x, url: 'file:///etc/passwd'}]\n",
    "date as a bomb": "date: 9999999999999999-01-01\n",
    "number as a bomb": f"saw_version: {'9' * 100_000}\n",
    "infinity": "saw_version: .inf\n",
    "sexagesimal": "saw_version: 1:2:3\n",
    "octal": "saw_version: 0o17\n",
}  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return toy_checkout(tmp_path / "toy")


def note(**given: str) -> str:
    return NOTE.format(**{"summary": "Fine.", "note": "Fine.", **given})


# Files of a pull request -------------------------------------------------------------------------------------------


def test_the_note_that_all_tricks_start_from_is_valid(root: Path) -> None:
    (root / "content/notes/2612.00002.mara-quill.yaml").write_text(note(), "utf-8")
    assert check(root / "content") == ()


@pytest.mark.parametrize("trick", TRICKS)
def test_a_trick_is_refused_with_a_message_in_its_file(trick: str, root: Path) -> None:
    """A key that the trick has takes the place of the note's, so that nothing else is wrong."""
    key = TRICKS[trick].partition(":")[0]
    plain = re.sub(rf"^{re.escape(key)}: (\|\n  )?.*\n", "", note(), flags=re.MULTILINE) if key != "verdict" else note()
    path = root / "content/notes/2612.00002.mara-quill.yaml"
    path.write_bytes((plain + TRICKS[trick]).encode("utf-8", "surrogateescape"))
    before = tree(root)
    problems = check(root / "content")
    assert problems
    assert {problem.path for problem in problems} == {"content/notes/2612.00002.mara-quill.yaml"}
    assert all(str(problem).isprintable() and len(str(problem)) < 1_000 for problem in problems)
    assert tree(root) == before


@pytest.mark.parametrize("name", [name for name in NAMES if "/" not in name and name[0] != "."])
@pytest.mark.parametrize("folder", ["overrides", "notes", "topics", "."])
def test_a_file_with_a_name_that_means_something_elsewhere_is_refused(folder: str, name: str, root: Path) -> None:
    path = root / "content" / folder / f"{name}.yaml"
    path.write_text(note(), "utf-8")
    shown = escape(f"content/{path.relative_to(root / 'content').as_posix()}")
    assert shown in {problem.path for problem in check(root / "content")}


def test_links_and_devices_are_refused_and_not_followed(root: Path) -> None:
    notes = root / "content" / "notes"
    (notes / "2612.00002.mara-quill.yaml").symlink_to("/etc/passwd")
    (notes / "2612.00004.bjork.yaml").symlink_to(notes)
    os.mkfifo(notes / "2612.00006.bjork.yaml")
    (root / "content" / "overrides" / "2612.00002.yaml").symlink_to("/dev/zero")
    assert {problem.code for problem in check(root / "content")} == {"DB102"}


# Answers to forms --------------------------------------------------------------------------------------------------


def silent(paper: PaperId, settings: Settings) -> Entry:
    raise Unusable("it was not asked")


def attacks(form: Form) -> Iterator[dict[str, Any]]:
    """Each payload as the answer to each question that takes text."""
    good: dict[str, Any] = {
        "paper": "2612.00002", "verdict": "caution", "summary": "S", "interests": "none", "assistance": "none",
        "note": "N", "wrong": "title", "reason": "R", "right": "T", "name": "N",
    }  # fmt: skip
    good = {question.id: good[question.id] for question in form.questions if question.id in good}
    typed = [question for question in form.questions if question.kind in ("input", "textarea")]
    for question in typed:
        for payload in PAYLOADS:
            yield {**good, question.id: payload}
    for payload in PAYLOADS:
        yield {**good, **{question.id: payload for question in typed if question.id != "paper"}}


@pytest.mark.parametrize("kind", ["paper", "note", "correction"])
def test_an_answer_makes_a_file_in_its_place_or_none(kind: str, root: Path) -> None:
    (form,) = [form for form in forms(excerpt.topics(root / "content")) if form.kind == kind]
    paper = "[a-z0-9.-]+"
    places = rf"notes/{paper}\.cleo\.yaml|curators/cleo\.yaml|overrides/{paper}\.yaml|picks/{paper}\.json"
    named = re.compile(f"content/({places})")
    made, reasons = list[str](), list[str]()
    for answers in attacks(form):
        try:
            made += take_form(root, Filled("cleo", issue_text(form, answers), DAY), silent)
        except (Misread, Declined) as refusal:
            reasons += refusal.reasons
    assert [path for path in made if not named.fullmatch(path)] == []
    assert [reason for reason in reasons if not reason.isprintable() or len(reason) > 500] == []
    assert len(reasons) > 100
    assert len(made) > 100 or kind == "paper"


@pytest.mark.parametrize(
    "login", [*NAMES, "a b", "$(touch pwned)", "`id`", "a\nb", "", "x" * 40, "-a", "@a", "a;b", "é"]
)
def test_a_login_is_a_login_or_nothing_is_made(login: str, root: Path) -> None:
    (form,) = [form for form in forms(excerpt.topics(root / "content")) if form.kind == "correction"]
    answers: Answers = {"paper": "2612.00002", "name": "N", "wrong": "title", "reason": "R", "right": "T"}
    try:
        files = take_form(root, Filled(login, issue_text(form, answers), DAY), silent)
    except Declined:
        return
    assert all(re.fullmatch(r"content/(curators/a\.yaml|overrides/2612\.00002\.yaml)", path) for path in files), files


def test_what_passes_the_check_is_rendered_harmless(root: Path, tmp_path: Path) -> None:
    """As many notes by form as there are payloads, each in every text of its note, on one site."""
    (form,) = [form for form in forms(excerpt.topics(root / "content")) if form.kind == "note"]
    stood = 0
    for number, payload in enumerate(PAYLOADS):
        answers: Answers = {
            "paper": "2612.00002", "verdict": "caution", "interests": "none", "assistance": "none",
            "summary": f"x {payload}", "note": f"{payload}\n\n### Verdict\n\nMust read", "name": f"N {payload}",
        }  # fmt: skip
        try:
            files = take_form(root, Filled(f"u{number}", issue_text(form, answers), DAY), silent)
        except (Misread, Declined):
            continue
        over = tmp_path / f"over{number}"
        for path, text in files.items():
            (over / path).parent.mkdir(parents=True)
            (over / path).write_bytes(text.encode("utf-8", "replace"))
        if not [problem for problem in check(root / "content", over / "content") if problem.path in files]:
            shutil.copytree(over / "content", root / "content", dirs_exist_ok=True)
            stood += 1
    assert stood > 80
    before = tree(tmp_path).keys()
    built(root, tmp_path / "site")
    outside = {path for path in tree(tmp_path).keys() - before if not path.startswith(("site", ".site."))}
    assert [path for path in outside if not path.startswith("toy/.cache")] == []
    page = published(tmp_path / "site")["papers/2612.00002.html"].decode()
    # Every script, handler and frame that was sent is text on the page.
    bare = re.sub(r'<script (type="application/ld\+json"|src="../[a-z/]+\.js" defer)>.*?</script>', "", page)
    assert re.search(r"<(script|img|iframe|svg|base|form action=//)", bare.replace('<form class="find"', "")) is None
    assert re.search(r"<[a-z][^<>]*\son[a-z]+=", re.sub(r'"[^"]*"', '""', bare)) is None
    assert html.escape("<script>window.pwned=1</script>") in bare
    assert "Must read</span>" not in re.sub(r"<h2 id=\"related\".*", "", bare, flags=re.DOTALL)


def test_the_workflow_puts_nothing_that_was_sent_into_a_shell() -> None:
    """What `run:` executes has no expression of the host's in it: those are filled in before a shell reads the line."""
    text = (ROOT / ".github" / "workflows" / "form.yml").read_text("utf-8")
    scripts = re.findall(r"^ +run: (?:\|\n((?: {10,}.*\n)+)|(.*)\n)", text, re.MULTILINE)
    assert len(scripts) == 3
    assert [script for script in scripts if "${{" in "".join(script)] == []
    assert re.findall(r"\$\{\{ (.*?) \}\}", text) == [
        "github.event.issue.number", "github.token", "github.repository", "github.event.issue.number",
    ]  # fmt: skip
    assert re.findall(r"uses: \S+@(?![0-9a-f]{40} # v)", text) == []
