"""The four laws of the house that README.md draws; tests/test_incremental.py holds the fourth."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.checkouts import published, toy_checkout
from tests.sites import ROOT

STAGES = (
    "fetch",
    "importing",
    "start_note",
    "take_form",
    "load",
    "assemble",
    "tabulate",
    "relate",
    "index",
    "resolve",
    "render",
    "export",
    "assets",
    "write",
    "live",
    "send_mail",
    "site_check",
    "site_diff",
)

# What each module imports of ours. Whoever adds an import says so here, and sees what it joins.
IMPORTS = {
    "__init__": "",
    "along": "model site words",
    "along_files": "along epub feed_text fingerprint model paper_marks site tex",
    "answer_cache": "planned_paths",
    "answer_values": "clean_text documents model name_kinds paper_id report shapes wording",
    "api_files": "api_formats api_shapes compact_json fingerprint model site year_table",
    "api_formats": "api_kinds api_shapes cards health model site",
    "api_kinds": "model vocabulary",
    "api_pages": "api_formats api_kinds api_shapes model planner site year_table",
    "api_shapes": "api_kinds model site vocabulary",
    "ask_arxiv": "answer_cache clock model polite source source_arxiv",
    "assemble": "model names papers people site words",
    "assets": "fingerprint leftovers model",
    "atom": "feed_text feeds model",
    "bibtex": "person_names references tex",
    "bits": "",
    "built_site": "planned_paths",
    "bulletin": "model",
    "calendar_pages": "along charts model planner site vocabulary words",
    "cards": "fingerprint model site",
    "changed": "model wording",
    "charts": "site",
    "checks": "codes documents model name_kinds places report wording",
    "citation": "model",
    "clean_text": "documents",
    "clock": "",
    "codes": "",
    "columns": "bits postings rows search_format",
    "compact_json": "",
    "content_file": "codes documents json_text yaml_text",
    "correct": "model site vocabulary words",
    "csl": "compact_json person_names references tex",
    "cut": "bits front",
    "digest_files": "cards digest_text digests feed_text fingerprint model site",
    "digest_text": "cards digests markdown model tex vocabulary words",
    "digests": "cards model site tex words",
    "documents": "codes wording",
    "due_days": "",
    "edit_links": "model site skeleton",
    "epub": "mathml_text",
    "excerpt": "content_file correct documents licences merge model name_kinds pick_files record_shapes report "
    "shapes table_kinds",
    "export": "api_files bibtex csl fingerprint generator model references ris saved_references site",
    "feed_files": "atom feed_text feeds fingerprint json_feed model outlines paper_marks site week_calendar",
    "feed_text": "cards feeds model site tex vocabulary",
    "feeds": "markdown model site tex",
    "fetch": "answer_cache clock due_days fetch_report grow licences listing_files model polite source wording",
    "fetch_report": "job_summary",
    "fingerprint": "",
    "fixing": "codes documents folder places report yaml_text",
    "folder": "lock planned_paths",
    "follow_pages": "feeds model planner settings site tex",
    "form_answers": "forms wording",
    "form_told": "model",
    "forms": "model record_shapes vocabulary",
    "front": "bits search_format",
    "generator": "fingerprint",
    "git_history": "documents provenance",
    "grow": "model",
    "health": "site",
    "host_files": "forms model yaml_writer",
    "import_report": "importing model wording",
    "importing": "grow json_rows licences listing_files model pick_files source source_arxiv source_huggingface",
    "index": "fingerprint front generator model parallel postings search_format search_numbers search_papers "
    "search_terms search_vocabulary site tokens vocabulary",
    "job_summary": "",
    "json_feed": "feed_text feeds model",
    "json_rows": "answer_values documents json_text licences model source",
    "json_schema": "documents kinds places table_kinds",
    "json_text": "codes documents",
    "kept": "planned_paths",
    "kinds": "codes documents report vocabulary wording",
    "leftovers": "",
    "licences": "model vocabulary",
    "listing_files": "codes documents folder listing_json lock model planned_paths report",
    "listing_json": "documents json_text model provenance record_shapes report shapes table_kinds",
    "live": "bulletin folder model parallel proofs serve watching",
    "load": "checks codes content_file documents model places provenance report",
    "lock": "",
    "mail": "fingerprint model settings",
    "mail_addresses": "wording",
    "mail_ledger": "lock",
    "mail_report": "mail_addresses mail_ledger words",
    "markdown": "tex",
    "markdown_kind": "codes kinds markdown report wording",
    "matching": "model",
    "mathml_text": "",
    "merge": "model vocabulary",
    "mistakes": "codes wording",
    "model": "provenance settings",
    "name_kinds": "codes documents kinds model paper_id report wording",
    "names": "",
    "note_citation": "bibtex model person_names references site tex words",
    "odd_links": "",
    "outlines": "feeds",
    "page_text": "",
    "pages": "api_pages calendar_pages cards codes follow_pages mistakes model people_pages places planner "
    "record_shapes report_pages search_pages shapes site skeleton subject_pages vocabulary",
    "paper_id": "model",
    "paper_marks": "fingerprint model site",
    "papers": "correct licences matching merge model site",
    "parallel": "",
    "people": "model names provenance site",
    "people_pages": "feeds model planner site vocabulary words",
    "person_names": "",
    "pick_files": "codes documents folder listing_json model report",
    "picture_files": "fingerprint generator model pictures site tex vocabulary words",
    "pictures": "",
    "places": "codes kinds leftovers name_kinds record_shapes report shapes table_kinds wording",
    "planned_paths": "",
    "planner": "api_shapes cards digests feeds fingerprint model references site tex words",
    "polite": "answer_cache clock model rate_limits source wording",
    "postings": "bits parallel rows search_format",
    "problem_formats": "codes job_summary model",
    "progress": "",
    "proofs": "",
    "provenance": "",
    "provenance_file": "folder listing_json provenance",
    "query": "model paper_id tokens",
    "query_kind": "codes kinds query report wording",
    "rate_limits": "",
    "receipt": "",
    "record_shapes": "kinds model name_kinds provenance shapes table_kinds vocabulary",
    "references": "model names person_names tex",
    "relate": "bits fingerprint generator kept model parallel postings rows search_format search_numbers site",
    "render": "along_files bibtex calendar_pages cards citation digest_files edit_links feed_files fingerprint "
    "generator json_schema kept markdown model note_citation pages paper_marks picture_files places planner "
    "references site subject_pages tex vocabulary words",
    "report": "codes documents model wording",
    "report_pages": "health model planner site_report words",
    "resolve": "model search search_files search_numbers site",
    "ris": "person_names references tex",
    "rows": "bits",
    "saved_references": "bibtex compact_json model references ris tex",
    "search": "model query search_files search_format search_lists search_words tokens",
    "search_files": "search_format search_lists",
    "search_format": "compact_json",
    "search_lists": "search_format",
    "search_numbers": "",
    "search_pages": "model planner tokens",
    "search_papers": "markdown site tex tokens",
    "search_terms": "columns cut fingerprint front model postings search_format tokens",
    "search_told": "search search_files words",
    "search_vocabulary": "cut fingerprint front model search_format",
    "search_words": "search_files",
    "send_mail": "clock mail_ledger wording",
    "serve": "",
    "settings": "",
    "shapes": "kinds markdown_kind model name_kinds query_kind settings table_kinds vocabulary",
    "shard": "bits postings rows search_format token_rows tokens",
    "site": "fingerprint model names provenance",
    "site_check": "built_site folder health page_text receipt words",
    "site_diff": "built_site job_summary page_text wording",
    "site_preview": "built_site page_text site_diff",
    "site_report": "model odd_links site",
    "skeleton": "documents kinds markdown_kind model record_shapes shapes table_kinds wording",
    "source": "model",
    "source_arxiv": "answer_values clean_text documents model source wording xml_tree",
    "source_huggingface": "answer_values documents json_text model name_kinds names report source wording",
    "sources": "model source source_arxiv source_huggingface wording",
    "standing": "folder generator model parallel planned_paths receipt",
    "start_note": "excerpt listing_files matching model name_kinds paper_id pick_files report shapes skeleton source "
    "wording",
    "subject_pages": "charts feeds markdown model names planner site tex words",
    "table_kinds": "codes kinds report wording",
    "tabulate": "fingerprint generator kept parallel postings search_numbers search_papers shard site",
    "take_form": "excerpt form_answers forms listing_json model name_kinds paper_id report shapes skeleton source "
    "wording yaml_writer",
    "tex": "tex_letters",
    "tex_letters": "",
    "token_rows": "bits",
    "tokens": "names",
    "vocabulary": "",
    "watching": "leftovers",
    "week_calendar": "model site tex vocabulary words",
    "wording": "",
    "words": "",
    "write": "folder model parallel planned_paths receipt",
    "xml_tree": "source",
    "yaml_text": "codes documents wording",
    "yaml_writer": "",
    "year_table": "api_kinds api_shapes model site vocabulary",
}

# The one home of each package that others made. Whatever makes Markup needs markupsafe, and whatever touches the tables
# of words needs numpy.
HOMES = {
    "PIL": "pictures",
    "font_source_serif_pro": "pictures",
    "httpx": "polite",
    "jinja2": "render",
    "markdown_it": "markdown",
    "markupsafe": "markdown render tex",
    "lunr": "tokens",
    "math_core": "tex",
    "numpy": "bits columns front postings relate rows shard token_rows",
    "watchfiles": "watching",
    "yaml": "yaml_text yaml_writer",
}

# Parts of Python that know what no checkout says: each has its few homes too.
WORLDLY = {
    "array": "shard",
    "concurrent": "parallel",
    "ctypes": "parallel",
    "email": "mail rate_limits",
    "errno": "folder",
    "fcntl": "lock",
    "gc": "parallel",
    "gzip": "importing",
    "http": "live polite serve",
    "importlib": "generator",
    "io": "changed epub pictures year_table",
    "ipaddress": "live send_mail",
    "os": "answer_cache changed fixing folder generator git_history listing_files lock mail_ledger parallel "
    "places standing write",
    "pickle": "parallel",
    "stat": "folder",
    "platform": "generator",
    "random": "polite",
    "secrets": "bulletin",
    "selectors": "parallel",
    "signal": "parallel",
    "shlex": "start_note",
    "shutil": "site_preview",
    "smtplib": "send_mail",
    "socket": "polite serve",
    "ssl": "send_mail",
    "struct": "parallel",
    "subprocess": "changed git_history",
    "sys": "parallel progress serve",
    "tempfile": "changed",
    "threading": "bulletin live polite proofs",
    "time": "clock progress",
    "traceback": "live parallel",
    "types": "polite send_mail",
    "warnings": "parallel",
    "zipfile": "changed epub",
    "zlib": "answer_cache epub importing pictures polite",
    "zoneinfo": "source_arxiv",
}
UNWORLDLY = {
    "__future__", "ast", "base64", "bisect", "collections", "contextlib", "csv", "dataclasses", "datetime", "difflib",
    "fnmatch", "functools", "hashlib", "html", "itertools", "json", "math", "operator", "pathlib", "posixpath", "re",
    "textwrap", "typing", "unicodedata", "urllib", "xml",
}  # fmt: skip

ALL = {path.stem: ast.parse(path.read_text("utf-8")) for path in sorted((ROOT / "daybook").glob("*.py"))}
# Verbs belong to the command line, as build.py does: they call stages, and nothing else calls them.
MODULES = {name: tree for name, tree in ALL.items() if not re.match("verb(_|$)", name)}


def imported(tree: ast.AST) -> Iterator[str]:
    """The full names of everything that is imported anywhere in a module, in functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide where a module stands"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ours(tree: ast.AST) -> set[str]:
    return {name.split(".")[1] for name in imported(tree) if name.startswith("daybook.")} & ALL.keys()


def others(tree: ast.AST) -> set[str]:
    """The packages, of Python and of others, that a module imports."""
    return {name.partition(".")[0] for name in imported(tree)} - {"daybook"}


def users_of(package: str) -> str:
    return " ".join(name for name, tree in MODULES.items() if package in others(tree))


def reached(module: str) -> set[str]:
    """All modules that an import of this one brings in."""
    found: set[str] = set()
    waiting = [module]
    while waiting:
        new = ours(MODULES[waiting.pop()]) - found
        found |= new
        waiting += new
    return found


# 1: stages meet only in the nouns ----------------------------------------------------------------------------------


def test_every_module_imports_what_the_table_says() -> None:
    assert {name: " ".join(sorted(ours(tree))) for name, tree in MODULES.items()} == IMPORTS


@pytest.mark.parametrize("stage", STAGES)
def test_no_stage_knows_another_one(stage: str) -> None:
    assert not reached(stage) & set(STAGES)


@pytest.mark.parametrize("module", MODULES)
def test_no_module_imports_itself_by_a_detour(module: str) -> None:
    assert module not in reached(module)


def test_the_pipeline_is_the_one_of_the_readme() -> None:
    main = ast.parse((ROOT / "build.py").read_text("utf-8"))
    build = next(node for node in main.body if isinstance(node, ast.FunctionDef) and node.name == "build")
    steps = [ast.unparse(step) for step in build.body if not isinstance(step, ast.ImportFrom)]
    assert steps == [
        "'Bring `out` up to date with everything under `root`. `seen` is told what it is made from, if it is made.'",
        "mark = sources_mark(root)",
        "if (unchanged := standing(root, out, mark, jobs)):\n    return unchanged",
        "content, site, words = survey(root, jobs)",
        "if seen:\n    seen(content, site)",
        "found = [*index(site, words, jobs)]",
        "site = resolve(site, found)",
        "files = [*found, *render(site, root / 'templates'), *export(site), *assets(root / 'static')]",
        "changes = write(files, out, progress, jobs)",
        "keep(root, out, mark)",
        "return changes",
    ]


# 2: one importer per package ---------------------------------------------------------------------------------------


def test_every_package_has_its_home() -> None:
    foreign = set().union(*map(others, MODULES.values())) - sys.stdlib_module_names
    assert {package: users_of(package) for package in foreign} == HOMES


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {re.split(r"[<>=~! ;\[]", requirement)[0].lower() for requirement in project["dependencies"]}
    distributions = packages_distributions()
    assert {distributions[package][0].lower() for package in HOMES} == declared


# 3: a build is a pure function of the checkout ---------------------------------------------------------------------


def test_what_knows_the_world_has_its_home_too() -> None:
    python = set().union(*map(others, MODULES.values())) & sys.stdlib_module_names
    assert {package: users_of(package) for package in python - UNWORLDLY} == WORLDLY


def run(code: str, *arguments: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """Run Python code as a program of its own, with the project at hand."""
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "PYTHONPATH": str(ROOT), **given}
    command = [sys.executable, "-B", "-c", code, *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_a_build_asks_for_nothing_but_its_checkout(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    root = toy_checkout(tmp_path / "checkout")
    code = "import sys, pathlib; from tests.pure_build import main; main(*map(pathlib.Path, sys.argv[1:]))"
    ended = run(code, root, tmp_path / "site", HOME=str(tmp_path / "home"))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert int(ended.stdout) == len(published(tmp_path / "site"))


@pytest.mark.parametrize(
    "question",
    [
        "import time; time.time()",
        "import time; time.strftime('%Y')",
        "from datetime import date; date.today()",
        "from datetime import datetime, timezone; datetime.now(timezone.utc)",
        "from datetime import datetime; datetime.utcnow()",
        "import os; os.environ['TZ']",
        "import os; os.getenv('TZ')",
        "import os; 'TZ' in os.environ",
        "import os; dict(os.environ.items())",
        "import os; os.getcwd()",
        "import os; os.urandom(1)",
        "import uuid; uuid.uuid4()",
        "import socket; socket.socket()",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "from urllib.request import urlopen; urlopen('http://127.0.0.1')",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "open('/etc/passwd')",
        "import os; os.listdir('/')",
        "import pathlib; pathlib.Path('/etc/hosts').read_text()",
    ],
)
def test_the_cut_off_build_tells_on_whoever_asks(question: str) -> None:
    """The test above is worth something only if its traps spring."""
    code = f"from tests import pure_build as p; p.stop_the_clock(); p.close_the_world([p.PYTHON]); {question}"
    ended = run(code)
    assert ended.returncode == 1
    assert "tests.pure_build.Impure" in ended.stderr


BUILD = "import os, sys; os.umask(int(sys.argv[3], 8)); import pathlib, build;"
BUILD += "os.chdir(sys.argv[4]); build.build(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))"


def test_the_same_checkout_makes_the_same_bytes_on_any_machine(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "another folder" / "with a longer name"
    other.mkdir(parents=True)
    for folder, umask, given in (
        (one, "022", {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}),
        (other, "077", {"TZ": "America/Adak", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    ):
        root = toy_checkout(folder / "checkout")
        ended = run(BUILD, root, folder / "site", Path(umask), folder, PYTHONWARNINGS="error", **given)
        assert (ended.returncode, ended.stderr) == (0, "")
    made = published(one / "site")
    assert len(made) > 90
    assert made == published(other / "site")
