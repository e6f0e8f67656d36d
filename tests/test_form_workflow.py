"""The workflow of the issue forms on this machine: what was sent becomes a file and a comment, and nothing else."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from daybook import excerpt
from daybook.form_answers import Answers
from daybook.forms import forms
from tests.issues import issue_text
from tests.sites import ROOT
from tests.test_workflows import GIT, Repository
from tests.workflows import Done, commands_in, run_job, starts

TOY = ROOT / "tests" / "toy" / "content"
FORMS = {form.kind: form for form in forms(excerpt.topics(TOY))}
NOTE: Answers = {
    "paper": "2612.00002", "verdict": "caution", "summary": "Fine.", "interests": "none", "assistance": "none",
    "note": "Fine.",
}  # fmt: skip
GH = """#!/bin/bash
printf '%s ' "$@" >> "$RUNNER_TEMP/gh"
echo >> "$RUNNER_TEMP/gh"
[[ "$*" != *--edit-last* || -n $TOLD_BEFORE ]]
"""


def sent(tmp_path: Path, body: str, login: str = "mara-quill") -> tuple[Path, Done]:
    """A clone after its job with this issue."""
    clone = Repository(tmp_path, TOY).clone("form")
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"action": "opened", "issue": {"body": body, "user": {"login": login}}}), "utf-8")
    given = {**GIT, "GITHUB_EVENT_PATH": str(event)}
    return clone, run_job("form.yml", "make", clone, tmp_path / "runner", {}, given)


@pytest.mark.parametrize("kind", FORMS)
def test_every_form_is_taken_and_no_other_issue(kind: str) -> None:
    """Without a label, which forks do not have."""

    def taken(body: Any) -> bool:
        return starts("form.yml", "make", {"github": {"event": {"issue": {"body": body}}}})

    assert taken(issue_text(FORMS[kind], {"paper": "2612.00002"}))
    assert not taken("The site is down.\n\n### Paper\n")
    assert not taken("")


def test_answers_become_a_file_and_a_comment(tmp_path: Path) -> None:
    clone, done = sent(tmp_path, issue_text(FORMS["note"], NOTE))
    assert done.code == 0, done.log
    assert "Follow the link" in done.summary
    assert done.summary == (clone / "_form" / "answer.md").read_text("utf-8")
    assert [path.name for path in clone.glob("_form/content/*/*")] == ["2612.00002.mara-quill.yaml"]


@pytest.mark.parametrize("told_before", ["", "yes"])
def test_there_is_one_comment_of_the_workflow(tmp_path: Path, told_before: str) -> None:
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "gh").write_text(GH, "utf-8")
    (tmp_path / "tools" / "gh").chmod(0o755)
    given = {"PATH": f"{tmp_path / 'tools'}:{os.environ['PATH']}", "TOLD_BEFORE": told_before}
    context = {"github": {"token": "not-a-token", "repository": "ada/daybook", "event": {"issue": {"number": 7}}}}
    done = run_job("form.yml", "tell", tmp_path, tmp_path / "runner", context, given)
    assert done.code == 0, done.log
    asked = (tmp_path / "runner" / "temp" / "gh").read_text("utf-8").splitlines()
    told = "issue comment 7 --body-file _form/answer.md "
    assert asked == [f"{told}--edit-last ", *([] if told_before else [told])]


@pytest.mark.parametrize(
    "attack", ["##[error]pwned", "::error::pwned", "$(touch pwned)", "`touch pwned`", "'; touch pwned #"]
)
@pytest.mark.parametrize("question", ["verdict", "paper", "name", "summary", "note"])
def test_what_was_sent_is_no_command_of_the_runner_or_of_a_shell(tmp_path: Path, question: str, attack: str) -> None:
    login = "nobody-yet" if question == "name" else "mara-quill"
    answer = f"{attack} <b>{attack}</b>" if question == "note" else attack
    _, done = sent(tmp_path, issue_text(FORMS["note"], {**NOTE, question: answer}), login)
    assert done.code == 0, done.log
    assert "pwned" in done.summary
    assert commands_in(done.log) == []
    assert [*tmp_path.rglob("pwned")] == []
