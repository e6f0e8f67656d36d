"""The workflows do on this machine what they are for: every script in them runs here, in a clone of a repository."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from datetime import date as Date
from pathlib import Path
from typing import Any

import pytest

from daybook import listing_files
from daybook.built_site import open_site
from daybook.health import parse
from tests.nouns import entry, listing
from tests.service_days import invented_day
from tests.services import Asked, Services
from tests.sites import ROOT
from tests.test_check import INVALID
from tests.tls_proxy import Proxy, make_certificate
from tests.workflows import Done, commands_in, jobs_with_scripts, load, run_job

SETTINGS = (INVALID / "base" / "content" / "site.yaml").read_text(
    encoding="utf-8"
) + "contact: mailto:ada@example.org\n"
NOTE = ROOT / "tests" / "toy" / "content" / "notes" / "2612.00005.bjork.yaml"


def today() -> Date:
    """As the jobs see it: a run of all tests may last over midnight."""
    return datetime.now(UTC).date()


def yesterday() -> Date:
    return today() - timedelta(days=1)


IDENTITY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Ada"), ("EMAIL", "ada@example.org"))
}
GIT = {**IDENTITY, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}

RUN_HERE = {
    ("check.yml", "content"),
    ("check.yml", "tests"),
    ("check.yml", "site"),
    ("publish.yml", "fetch"),
    ("publish.yml", "build"),
    ("publish.yml", "outcome"),
}
RUN_ELSEWHERE = {("form.yml", "make"), ("form.yml", "tell")}  # test_form_workflow.py


def test_every_job_with_a_script_is_run_by_a_test() -> None:
    assert jobs_with_scripts() == RUN_HERE | RUN_ELSEWHERE


def git(folder: Path, *words: str, **given: str) -> str:
    command = ["git", "-c", "init.defaultBranch=main", *words]
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **GIT, **given}, check=True, capture_output=True, text=True
    ).stdout


def commit(folder: Path, message: str, **given: str) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message, **given)


class Repository:
    """A repository of the program with some content: `origin` as the host has it, and clones of it."""

    def __init__(self, scratch: Path, content: Path | None = None, **given: str) -> None:
        self.scratch, self.origin, first = scratch, scratch / "origin.git", scratch / "first"
        for name in ("daybook", "templates", "static", ".ci"):
            shutil.copytree(ROOT / name, first / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("build.py", "pyproject.toml", ".gitignore", "README.md"):
            shutil.copy(ROOT / name, first)
        if content:
            shutil.copytree(content, first / "content")
        else:
            (first / "content").mkdir()
            (first / "content" / "site.yaml").write_text(SETTINGS, "utf-8")
        git(first, "init", "-q")
        commit(first, "Begin", **given)
        git(scratch, "clone", "-q", "--bare", str(first), str(self.origin))

    def clone(self, name: str, revision: str = "main") -> Path:
        git(self.scratch, "clone", "-q", str(self.origin), name)
        git(self.scratch / name, "checkout", "-q", revision)
        return self.scratch / name

    @property
    def head(self) -> str:
        return git(self.origin, "rev-parse", "main").strip()

    def messages(self) -> list[str]:
        return git(self.origin, "log", "--format=%s", "main").splitlines()


# Publishing ---------------------------------------------------------------------------------------------------------

SCHEDULED = {
    "github": {
        "event_name": "schedule",
        "ref_type": "branch",
        "ref_name": "main",
        "token": "not-a-token",
        "sha": "main",
    }
}


@pytest.fixture
def services() -> Iterator[Services]:
    with Services(lambda: 0.0) as started:
        for day in (yesterday(), today()):
            started.put(invented_day(day, 3))
        yield started


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not shutil.which("openssl"):
        pytest.skip("makes its certificate with openssl")
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def proxy(services: Services, certificate: Path) -> Iterator[Proxy]:
    with Proxy(services, certificate) as started:
        yield started


def fetch(repository: Repository, proxy: Proxy, name: str = "fetched") -> Done:
    clone = repository.clone(name)
    environment = {**GIT, **proxy.environment}
    return run_job("publish.yml", "fetch", clone, repository.scratch / f"{name}.runner", SCHEDULED, environment)


def build(repository: Repository, fetched: Done, name: str = "built") -> tuple[Done, Path]:
    clone = repository.clone(name, fetched.outputs["commit"] or "main")
    return run_job("publish.yml", "build", clone, repository.scratch / f"{name}.runner", SCHEDULED), clone / "_site"


def outcome(scratch: Path, fetched: Done, made: Done) -> Done:
    fetch_result = {"result": "failure" if fetched.code else "success", "outputs": fetched.outputs}
    needs = {"fetch": fetch_result, "build": {"result": "success", "outputs": made.outputs}}
    return run_job("publish.yml", "outcome", scratch, scratch / "outcome.runner", {**SCHEDULED, "needs": needs})


def test_new_listings_are_stored_built_and_found_well(tmp_path: Path, proxy: Proxy) -> None:
    repository = Repository(tmp_path)
    fetched = fetch(repository, proxy)
    assert (fetched.code, fetched.outputs["failed"]) == (0, ""), fetched.log
    assert fetched.outputs["commit"] == repository.head
    assert repository.messages() == [f"Listings of {today()}", "Begin"]
    assert "| huggingface | 2 |" in fetched.summary

    made, site = build(repository, fetched)
    assert made.code == 0, made.log
    assert parse(open_site(site).text("health.json")).complete == yesterday()
    assert "In the history" in open_site(site).text("contributors.html")
    assert made.outputs["old"] == ""
    assert f"the newest complete day is {yesterday()}, 1 day ago" in made.summary
    assert outcome(tmp_path, fetched, made).code == 0


def test_a_day_that_fails_is_told_and_the_others_are_published(
    tmp_path: Path, services: Services, proxy: Proxy
) -> None:
    def refuse(asked: Asked) -> None:
        asked.answer(b"", 403)

    services.fail(f"/api/daily_papers?date={today()}&limit=100&p=0", refuse)
    repository = Repository(tmp_path)
    fetched = fetch(repository, proxy)
    assert (fetched.code, fetched.outputs["failed"]) == (0, "true"), fetched.log
    assert "::error title=Fetch::" in fetched.log
    assert "### Failed" in fetched.summary
    assert fetched.outputs["commit"] == repository.head
    made, site = build(repository, fetched)
    assert made.code == 0, made.log
    assert (site / "days" / f"{yesterday()}.html").is_file()
    ended = outcome(tmp_path, fetched, made)
    assert ended.code == 1
    assert "::error::Fetching failed" in ended.log


def store(clone: Path) -> Done:
    """The job `fetch` without asking anybody."""
    return run_job("publish.yml", "fetch", clone, clone.with_name("store.runner"), SCHEDULED, GIT, without="Fetch")


def with_listing(clone: Path) -> Path:
    """The clone after a fetch."""
    listing_files.store(clone / "content", listing(yesterday(), entry(1)))
    return clone


def test_what_somebody_pushed_meanwhile_stays(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    clone, other = repository.clone("fetched"), repository.clone("other")
    (other / "content" / "curators").mkdir()
    (other / "content" / "curators" / "ada.yaml").write_text("name: Ada\n", "utf-8")
    commit(other, "Add Ada")
    git(other, "push", "-q", "origin", "main")
    stored = store(with_listing(clone))
    assert (stored.code, stored.outputs["failed"]) == (0, ""), stored.log
    assert repository.messages() == [f"Listings of {today()}", "Add Ada", "Begin"]
    assert stored.outputs["commit"] == repository.head


def test_where_nothing_may_be_pushed_the_old_listings_are_published(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    hook = repository.origin / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    stored = store(with_listing(repository.clone("fetched")))
    assert (stored.code, stored.outputs["failed"], stored.outputs["commit"]) == (0, "true", ""), stored.log
    assert "::error title=Store::" in stored.log
    assert repository.messages() == ["Begin"]


@pytest.mark.parametrize(("idle", "messages"), [(44, 1), (46, 2)])
def test_a_schedule_that_finds_nothing_is_kept(tmp_path: Path, idle: int, messages: int) -> None:
    repository = Repository(tmp_path, GIT_COMMITTER_DATE=(datetime.now(UTC) - timedelta(days=idle)).isoformat())
    stored = store(repository.clone("fetched"))
    assert (stored.code, stored.outputs["failed"]) == (0, ""), stored.log
    assert len(repository.messages()) == messages
    assert stored.outputs["commit"] == repository.head


def test_a_site_that_is_old_is_published_and_the_run_is_red(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    stored = store(repository.clone("fetched"))
    made, site = build(repository, stored)
    assert (made.code, made.outputs["old"]) == (0, "true"), made.log
    assert "::warning title=Old data::no day is complete" in made.log
    assert (site / "index.html").is_file()
    ended = outcome(tmp_path, stored, made)
    assert ended.code == 1
    assert "::error::The newest complete day is too old" in ended.log


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("index.html", "damaged"),
        (".daybook-receipt", "of another version\n"),
        ("left-over.html", "of somebody else"),
    ],
)
def test_a_cached_site_that_is_of_no_use_does_not_stand_in_the_way(tmp_path: Path, path: str, text: str) -> None:
    repository = Repository(tmp_path)
    clone = repository.clone("built")
    shutil.copytree(clone / "static", clone / "_site" / "static")
    first = run_job("publish.yml", "build", clone, tmp_path / "first.runner", SCHEDULED)
    assert first.code == 0, first.log
    whole = (clone / "_site" / "index.html").read_text("utf-8")
    size = len(whole.encode())
    (clone / "_site" / path).write_text(text.ljust(size) if path == "index.html" else text, "utf-8")
    second = run_job("publish.yml", "build", clone, tmp_path / "second.runner", SCHEDULED)
    assert second.code == 0, second.log
    assert (clone / "_site" / "index.html").read_text("utf-8") == whole
    assert not (clone / "_site" / "left-over.html").exists()


def test_content_with_mistakes_is_not_published(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    clone = repository.clone("built")
    (clone / "content" / "site.yaml").write_text(SETTINGS.replace("title:", "titel:"), "utf-8")
    made = run_job("publish.yml", "build", clone, tmp_path / "runner", SCHEDULED)
    assert made.code == 1
    assert 'DB301 unknown key "titel"' in made.log


# Pull requests ------------------------------------------------------------------------------------------------------

PULL = {"github": {"base_ref": "main"}, "runner": {"temp": "temp"}}


def pull_request(tmp_path: Path, change: str = "", base: str = "") -> Path:
    """A clone as a runner has it: at the merge of a branch into main. Both parts are added to two notes."""
    repository = Repository(tmp_path, ROOT / "tests" / "toy" / "content")
    clone = repository.clone("pull")
    note = clone / "content" / "notes" / NOTE.name
    if base:
        (clone / "content" / "curators" / "idle.yaml").write_text(base, "utf-8")
        commit(clone, "Break main")
        git(clone, "push", "-q", "origin", "main")
    git(clone, "checkout", "-q", "-b", "change")
    if change:
        note.write_text(note.read_text("utf-8") + change, "utf-8")
    else:
        note.unlink()
    commit(clone, "Change a note")
    git(clone, "checkout", "-q", "--detach", "origin/main")
    git(clone, "merge", "-q", "--no-ff", "-m", "Merge", "change")
    return clone


def test_the_site_before_and_after_is_compared(tmp_path: Path) -> None:
    clone = pull_request(tmp_path)
    done = run_job("check.yml", "site", clone, tmp_path / "runner", PULL, GIT)
    assert done.code == 0, done.log
    assert len(done.ran) == 5
    assert "## What changes on the site" in done.summary
    assert "| changed | papers/2612.00005.html |" in done.summary
    kept = tmp_path / "runner" / "temp" / "changed-pages"
    assert (kept / "changes.html").is_file()
    assert (kept / "papers" / "2612.00005.html").is_file()
    assert (kept / "static" / "style.css").is_file()


def test_a_change_that_breaks_the_site_fails(tmp_path: Path) -> None:
    clone = pull_request(tmp_path, change="nonsense: true\n")
    done = run_job("check.yml", "site", clone, tmp_path / "runner", PULL, GIT)
    assert done.code == 1
    assert 'DB301 unknown key "nonsense"' in done.log


def test_a_mistake_is_no_command_in_the_log(tmp_path: Path) -> None:
    clone = pull_request(tmp_path, change='"##[error]pwned": true\n"::error::pwned": true\n')
    done = run_job("check.yml", "site", clone, tmp_path / "runner", PULL, GIT)
    assert done.log.count("pwned") == 2
    assert commands_in(done.log) == []


def test_a_main_that_is_broken_already_fails_nobody(tmp_path: Path) -> None:
    clone = pull_request(tmp_path, base="nmae: Idle\n")
    done = run_job("check.yml", "site", clone, tmp_path / "runner", PULL, GIT)
    assert done.code == 0, done.log
    assert done.ran[-1] == "Build the site as it is"
    assert "there is no comparison" in done.summary


def test_only_what_a_pull_request_changed_is_checked(tmp_path: Path) -> None:
    well = run_job("check.yml", "content", pull_request(tmp_path / "a"), tmp_path / "a.runner", PULL, GIT)
    assert well.code == 0, well.log
    assert "::warning title=Issue forms::" in well.log  # which offer other topics than this content has
    clone = pull_request(tmp_path / "b", change="nonsense: true\n", base="nmae: Idle\n")
    ill = run_job("check.yml", "content", clone, tmp_path / "b.runner", PULL, GIT)
    assert ill.code == 1
    assert "nonsense" in ill.log


def test_the_tests_are_run_as_they_are_everywhere(tmp_path: Path) -> None:
    """All of .ci/run, with one module of the tests."""
    clone = Repository(tmp_path, ROOT / "tests" / "toy" / "content").clone("pull")
    (clone / "tests").mkdir()
    for name in ("__init__.py", "test_paper_id.py", "spec_files.py"):
        shutil.copy(ROOT / "tests" / name, clone / "tests")
    shutil.copytree(ROOT / "tests" / "spec", clone / "tests" / "spec", dirs_exist_ok=True)
    environment = {**GIT, "PYTEST_ADDOPTS": "-n0 -p no:cacheprovider"}
    done = run_job("check.yml", "tests", clone, tmp_path / "runner", PULL, environment)
    assert done.code == 0, done.log
    assert "files in _site" in done.log
    assert "100%]" in done.log
    assert "All checks passed!" in done.log


# What they may do ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("workflow", ["check.yml", "publish.yml"])
def test_a_job_may_do_what_it_says_and_no_more(workflow: str) -> None:
    loaded = load(workflow)
    assert loaded["permissions"] == {}
    for name, job in loaded["jobs"].items():
        assert "permissions" in job, name
        assert job["timeout-minutes"] <= 60, name
        for step in job["steps"]:
            checkout: dict[str, Any] = step.get("with", {})
            assert "checkout@" not in step.get("uses", "") or checkout["persist-credentials"] is False, name


def test_pull_requests_have_no_secret_and_write_nothing() -> None:
    loaded = load("check.yml")
    assert list(loaded["on"]) == ["pull_request"]
    assert all(job["permissions"] == {"contents": "read"} for job in loaded["jobs"].values())
    assert "secrets" not in str(loaded)
    assert "token" not in str(loaded)
