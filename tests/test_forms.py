"""Issue forms: their files are what the program makes of content/, and their answers become the very files."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from daybook import excerpt, yaml_text
from daybook.documents import FORBIDDEN, Document
from daybook.form_answers import Misread, form_of, read_answers
from daybook.form_told import declined, told
from daybook.forms import KINDS, Form, forms
from daybook.host_files import CODEOWNERS, host_files
from daybook.load import check
from daybook.model import Curator, Entry, PaperId, Problem, Settings, Topic
from daybook.source import Unusable
from daybook.take_form import Declined, Filled, take_form
from daybook.yaml_writer import dump
from tests.checkouts import toy_checkout
from tests.issues import issue_text
from tests.nouns import SETTINGS, entry
from tests.sites import ROOT

TOPICS = (Topic("naps", "Naps", "On naps."), Topic("tea", "Tea: a <drink>", "On tea."))
FORMS = {form.kind: form for form in forms(TOPICS)}
DAY = date(2027, 2, 1)
NOTE: dict[str, Any] = {
    "paper": "https://arxiv.org/abs/2612.00002v1",
    "verdict": "caution",
    "summary": "A sentence: with signs # and $x$.",
    "topics": ("naps",),
    "interests": "none",
    "assistance": "edited",
    "saw_version": "v2",
    "note": "First.\n\n### Verdict\n\nMust read\n\n- [X] tea: Tea\n\n    code",
}

TYPED = {"paper": "2701.09999", "title": "T", "authors": "Ada Ash; Bo", "published": "2027-01-01", "why": "Why?"}


# The files in .github/ --------------------------------------------------------------------------------------------


def test_the_forms_of_the_host_are_those_of_the_program() -> None:
    """`python build.py forms` writes them anew. Which topics they offer is for the content, and no fault of ours."""
    topics = offered((ROOT / FORMS["note"].path).read_text("utf-8"))
    made = {path: text for path, text in host_files(topics, ()).items() if path != CODEOWNERS}
    assert {path: (ROOT / path).read_text("utf-8") for path in made} == made


def offered(form: str) -> list[Topic]:
    """The topics that a form offers, if it asks for any."""
    questions = [question for question in yaml.safe_load(form)["body"] if question.get("id") == "topics"]
    labels = [option["label"] for question in questions for option in question["attributes"]["options"]]
    return [Topic(slug, title, ".") for slug, _, title in (label.partition(": ") for label in labels)]


def test_every_kind_has_a_form_and_only_its_last_question_takes_several_lines() -> None:
    assert tuple(FORMS) == KINDS
    for form in FORMS.values():
        kinds = [question.kind for question in form.questions]
        assert "textarea" not in kinds[:-1]
        assert len({question.label for question in form.questions}) == len(kinds)


def test_a_form_without_topics_has_no_question_about_them() -> None:
    assert [question.id for form in forms(()) for question in form.questions if question.id == "topics"] == []


def test_owners_of_topics_and_curators_are_asked_where_their_logins_are_known() -> None:
    curators = (Curator("ada", "Ada", github="Ada-X"), Curator("bo", "Bo"), Curator("cy", "Cy", github="cy"))
    topics = (Topic("naps", "Naps", ".", owners=("bo", "cy", "ada")), Topic("tea", "Tea", ".", owners=("bo",)))
    lines = [line for line in host_files(topics, curators)[CODEOWNERS].splitlines() if line[0] != "#"]
    assert lines == [
        "/content/topics/naps.yaml @cy @Ada-X",
        "/content/curators/ada.yaml @Ada-X",
        "/content/notes/*.ada.yaml @Ada-X",
        "/content/curators/cy.yaml @cy",
        "/content/notes/*.cy.yaml @cy",
    ]


# Reading answers --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_answers_are_read_whatever_they_hold(end: str) -> None:
    assert read_answers(FORMS["note"], issue_text(FORMS["note"], NOTE, end)) == NOTE


_LINES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r\t"), min_size=1).filter(
    lambda text: text == text.strip() != "_No response_"
)
_HEADINGS = st.sampled_from([f"### {question.label}" for question in FORMS["note"].questions])


@given(_LINES | _HEADINGS, _LINES | _HEADINGS, st.lists(_LINES | _HEADINGS | st.just(""), max_size=6))
def test_no_answer_is_taken_for_another(paper: str, summary: str, lines: list[str]) -> None:
    note = "\n".join(lines).strip("\n")
    answers = {**NOTE, "paper": paper, "summary": summary, "note": note or "x"}
    assert read_answers(FORMS["note"], issue_text(FORMS["note"], answers)) == answers


@given(st.sampled_from(list(FORMS.values())), _LINES | _HEADINGS)
def test_a_form_is_known_by_its_questions(form: Form, paper: str) -> None:
    """Without a label: forks begin without those that the forms would put on issues."""
    assert form_of(FORMS.values(), issue_text(form, {"paper": paper, "title": "### Verdict", "name": paper})) is form


@given(st.text())
def test_what_is_of_no_form_is_no_exception(body: str) -> None:
    with pytest.raises(Misread):
        form_of(FORMS.values(), body)


@given(st.sampled_from(list(FORMS.values())), st.text())
def test_no_text_is_an_exception(form: Form, body: str) -> None:
    with pytest.raises(Misread):
        read_answers(form, body)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("### Verdict\n", "### Judgement\n"), r'line 9: there is "### Judgement" where "### Verdict" must be'),
        (("Caution\n", "Read it\n"), r'Verdict: "Read it" is none of the form\'s answers'),
        (("Caution\n", "Cautoin\n"), r'did you mean "Caution"'),
        (("- [X] naps: Naps", "- [X] snaps: Naps"), r'Topics: "snaps: Naps" is none of'),
        (("- [X] naps: Naps", "* naps"), r"no box of the form"),
        (("A sentence: with signs # and $x$.", "_No response_"), r"Summary: there is no answer"),
        (("A sentence: with signs # and $x$.", ""), r"must be"),
        (("A sentence: with signs # and $x$.", "one\ntwo"), r'there is "two" where "### Topics" must be'),
    ],
)
def test_what_is_not_the_form_is_told(change: tuple[str, str], reason: str) -> None:
    with pytest.raises(Misread, match=re.escape(reason) if "\\" not in reason else reason):
        read_answers(FORMS["note"], issue_text(FORMS["note"], NOTE).replace(*change, 1))


# Files ------------------------------------------------------------------------------------------------------------


def silent(paper: PaperId, settings: Settings) -> Entry:
    raise Unusable("it was not asked")


def tells(paper: PaperId, settings: Settings) -> Entry:
    return Entry(entry(1).paper.__class__(paper, "A Title", ("Ada Ash",), date(2027, 1, 1)))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return toy_checkout(tmp_path / "toy")


def taken(root: Path, kind: str, answers: Any, login: str = "mara-quill", ask: Any = silent) -> dict[str, Any]:
    """The values of the files that the answers make, as they are read."""
    form = next(form for form in forms(excerpt.topics(root / "content")) if form.kind == kind)
    made = take_form(root, Filled(login, issue_text(form, answers), DAY), ask)
    for path, text in made.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text, "utf-8")
    assert check(root / "content") == ()
    return {path: yaml_text.read(text).value for path, text in made.items()}  # type: ignore[union-attr]


def test_a_note_becomes_the_file_of_its_curator(root: Path) -> None:
    found = taken(root, "note", NOTE)
    assert list(found) == ["content/notes/2612.00002.mara-quill.yaml"]
    (values,) = found.values()
    assert values["note"] == NOTE["note"]
    assert values["summary"] == NOTE["summary"]
    assert (values["verdict"], values["saw_version"], values["topics"]) == ("caution", 2, ["naps"])
    assert values["date"].text == "2027-02-01"


def test_whoever_is_new_is_introduced(root: Path) -> None:
    found = taken(root, "note", {**NOTE, "name": "Cleo: <Oak>"}, login="Cleo_Oak")
    assert list(found) == ["content/curators/cleo-oak.yaml", "content/notes/2612.00002.cleo-oak.yaml"]
    assert found["content/curators/cleo-oak.yaml"] == {"name": "Cleo: <Oak>", "github": "Cleo_Oak"}
    # The next time the login is known, in whatever case.
    assert list(taken(root, "note", {**NOTE, "paper": "2612.00004"}, login="cleo_oak")) == [
        "content/notes/2612.00004.cleo-oak.yaml"
    ]


def test_a_paper_that_nothing_lists_is_asked_for(root: Path) -> None:
    found = taken(root, "note", {**NOTE, "paper": "2701.09999"}, ask=tells)
    assert list(found) == ["content/picks/2701.09999.json", "content/notes/2701.09999.mara-quill.yaml"]


def test_a_suggested_paper_becomes_a_pick(root: Path) -> None:
    (values,) = taken(root, "paper", TYPED).values()
    assert values["paper"]["authors"] == ["Ada Ash", "Bo"]
    assert list(taken(root, "paper", {"paper": "2701.09998"}, ask=tells)) == ["content/picks/2701.09998.json"]


@pytest.mark.parametrize(
    ("wrong", "right", "values"),
    [
        ("title", "Right: it", {"correct": {"title": "Right: it"}}),
        ("authors", "Ada Ash\n\n  Bo, Jr.\n", {"correct": {"authors": ["Ada Ash", "Bo, Jr."]}}),
        ("categories", "cs.LG\ncs.AI", {"correct": {"categories": ["cs.LG", "cs.AI"]}}),
        ("abstract", "One.\n\nTwo.", {"correct": {"abstract": "One.\n\nTwo."}}),
        ("organisation", "The Lab!", {"correct": {"organisation": {"slug": "the-lab", "name": "The Lab!"}}}),
        ("retracted", "2027-01-09", {"correct": {"retracted": "2027-01-09"}}),
        ("remove code", "", {"remove": ["code"]}),
    ],
)
def test_a_correction_becomes_a_file(root: Path, wrong: str, right: str, values: dict[str, Any]) -> None:
    answers = {"paper": "2612.00011", "wrong": wrong, "reason": "It is wrong.", "right": right}
    (found,) = taken(root, "correction", answers).values()
    assert {key: found[key] for key in found if key in ("correct", "remove")} == values


def test_every_value_that_can_be_corrected_has_a_name_in_the_form() -> None:
    (choices,) = [question.choices for question in FORMS["correction"].questions if question.id == "wrong"]
    assert len(dict(choices)) == len(choices) == len({label for _, label in choices})


@pytest.mark.parametrize(
    ("kind", "answers", "login", "reason"),
    [
        ("note", {**NOTE, "paper": "../../etc/passwd"}, "mara-quill", "Paper: "),
        ("note", {**NOTE, "paper": "2701.09999"}, "mara-quill", "arXiv did not tell of it: it was not asked"),
        ("note", {**NOTE, "paper": "2612.00001"}, "mara-quill", "is there already: edit it there instead"),
        ("note", NOTE, "nobody-yet", "you sign for the first time"),
        ("note", {**NOTE, "name": "Evil"}, "bjork", 'the handle "bjork" cannot be given to you'),
        ("note", {**NOTE, "name": "Evil"}, "con", "cannot be given to you"),
        ("note", NOTE, "../mara-quill", "is no login of GitHub"),
        ("note", NOTE, "mara-quill\n", "is no login of GitHub"),
        ("paper", {"paper": "2612.00001"}, "x", "is here already"),
        ("paper", {"paper": "2701.09999", "title": "T"}, "x", "go together"),
        (
            "paper",
            {"paper": "2701.09999", "title": "T", "authors": ";", "published": "x"},
            "x",
            "authors has 0 entries",
        ),
        ("correction", {"paper": "2701.09999", "wrong": "title", "reason": "R"}, "mara-quill", "nothing to correct"),
        ("correction", {"paper": "2612.00001", "wrong": "title", "reason": "R"}, "mara-quill", "write what is right"),
    ],
)
def test_what_makes_no_file_is_declined(root: Path, kind: str, answers: Any, login: str, reason: str) -> None:
    form = next(form for form in forms(excerpt.topics(root / "content")) if form.kind == kind)
    with pytest.raises(Declined) as caught:
        take_form(root, Filled(login, issue_text(form, answers), DAY), silent)
    assert reason in str(caught.value)
    assert str(caught.value).replace("\n", "").isprintable()


# What is written is what is read ----------------------------------------------------------------------------------

_TEXTS = st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: not FORBIDDEN.search(text))
_PLAIN = st.integers(0, 10**9) | st.booleans() | _TEXTS.map(lambda text: text.rstrip("\n"))
_KEYS = st.from_regex("[a-z_]{2,9}", fullmatch=True)
_VALUES = st.recursive(
    _PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3), max_leaves=9
)


@given(st.dictionaries(_KEYS, _VALUES, min_size=1, max_size=4))
def test_what_is_dumped_reads_as_the_same_values(values: dict[str, Any]) -> None:
    read = yaml_text.read(dump(values))
    assert isinstance(read, Document)
    assert (read.value, read.mistakes) == (values, ())


# What the sender is told ------------------------------------------------------------------------------------------


def test_the_sender_gets_a_link_that_opens_the_file(root: Path) -> None:
    text = told(SETTINGS, {"content/notes/x.yaml": "a: 1 & 2\n"}, ())
    assert "/content/notes?filename=x.yaml&value=a%3A+1+%26+2%0A)" in text
    long = told(SETTINGS, {"content/notes/x.yaml": "x" * 50_000}, ())
    assert len(long) < 1_000
    assert "?filename=x.yaml)" in long


def test_nothing_that_was_answered_is_read_as_markdown() -> None:
    problem = Problem("content/x.yaml", 1, 1, "DB000", "~~~~ @team <b>", "mend it")
    for text in (told(SETTINGS, {"x": "~~~\n@team\n~~~~~~"}, (problem,)), declined(["~~~\n@team"])):
        outside, fence = [], ""
        for line in text.splitlines():
            if fence:
                fence = "" if line == fence else fence
            elif line.startswith("~~~"):
                fence = line.removesuffix("text")
            else:
                outside.append(line)
        assert not fence
        assert "@team" not in "\n".join(outside)


# The command ------------------------------------------------------------------------------------------------------


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = "import sys, pathlib, build; build.ROOT = pathlib.Path(sys.argv[1]); sys.exit(build.main(sys.argv[2:]))"
    command = [sys.executable, "-c", code, str(root), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def event(tmp_path: Path, body: str | None, login: str = "mara-quill") -> str:
    issue = {"body": body, "user": {"login": login}}
    (tmp_path / "event.json").write_text(json.dumps({"action": "opened", "issue": issue}), "utf-8")
    return str(tmp_path / "event.json")


def test_an_event_becomes_a_file_and_an_answer(root: Path, tmp_path: Path) -> None:
    form = next(form for form in forms(excerpt.topics(root / "content")) if form.kind == "note")
    sent = event(tmp_path, issue_text(form, NOTE))
    out, answer = tmp_path / "out", tmp_path / "answer.md"
    ended = run(root, "form", sent, "--into", str(out), "--answer", str(answer))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert [path.name for path in out.rglob("*.yaml")] == ["2612.00002.mara-quill.yaml"]
    assert "Follow the link" in answer.read_text("utf-8")


def test_a_file_with_problems_is_written_and_told(root: Path, tmp_path: Path) -> None:
    form = next(form for form in forms(excerpt.topics(root / "content")) if form.kind == "note")
    (tmp_path / "note.md").write_text(issue_text(form, {**NOTE, "summary": "x" * 201}), "utf-8")
    arguments = ("--by", "mara-quill", "--into", str(tmp_path / "out"))
    ended = run(root, "form", str(tmp_path / "note.md"), *arguments)
    assert ended.returncode == 1
    assert "content/notes/2612.00002.mara-quill.yaml:7:10: DB306 summary has 201 characters" in ended.stdout


@pytest.mark.parametrize(
    "body", [None, "It is broken.", "### Paper\n\n2612.00002\n\n### Your name\n\nx\n\n### Colour\n\nx"]
)
def test_an_issue_that_is_of_no_form_makes_nothing(root: Path, tmp_path: Path, body: str | None) -> None:
    answer = tmp_path / "answer.md"
    ended = run(root, "form", event(tmp_path, body), "--into", str(tmp_path / "out"), "--answer", str(answer))
    assert ended.returncode == 2
    assert ended.stderr.startswith("build.py: these are not the answers to a form; ")
    assert "not the answers to a form" in answer.read_text("utf-8")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"issue": 1}', '{"issue": {"labels": [1]}}', "[" * 100_000])
def test_what_is_no_event_makes_nothing(root: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "event.json").write_text(text, "utf-8")
    ended = run(root, "form", str(tmp_path / "event.json"), "--into", str(tmp_path / "out"))
    assert (ended.returncode, ended.stderr) == (2, "build.py: this is not the event of an issue\n")
