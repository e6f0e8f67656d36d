"""`python build.py fetch` as people and CI jobs run it: with the real addresses, over TLS, to a server of the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from daybook import listing_files
from daybook.answer_cache import AnswerCache
from daybook.polite import Client, Failed, Limits
from tests.clocks import LeapingClock
from tests.service_days import invented_day
from tests.services import Asked, Services
from tests.sites import ROOT
from tests.test_check import INVALID
from tests.tls_proxy import Proxy, make_certificate

TODAY = datetime.now(UTC).date()
FIRST, LAST = TODAY - timedelta(days=40), TODAY - timedelta(days=39)
SITE = (INVALID / "base" / "content" / "site.yaml").read_text(encoding="utf-8")

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="makes its certificate with openssl")


@pytest.fixture(scope="module")
def services() -> Iterator[Services]:
    with Services(lambda: 0.0) as started:
        for day in (FIRST, LAST):
            started.put(invented_day(day, 4))
        yield started


@pytest.fixture(scope="module")
def proxy(services: Services, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with Proxy(services, make_certificate(tmp_path_factory.mktemp("certificate"))) as started:
        yield started


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout of the program with settings and nothing else in content/."""
    root = tmp_path / "checkout"
    shutil.copytree(ROOT / "daybook", root / "daybook", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "build.py", root)
    (root / "content").mkdir()
    (root / "content" / "site.yaml").write_text(f"{SITE}contact: mailto:ada@example.org\n", encoding="utf-8")
    return root


def run(root: Path, proxy: Proxy, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    command = [sys.executable, "-W", "error", "build.py", "fetch", *words]
    return subprocess.run(
        command, cwd=root, env={**environment, **proxy.environment}, capture_output=True, text=True, check=False
    )


def test_a_backfill(root: Path, services: Services, proxy: Proxy) -> None:
    services.log.clear()
    done = run(root, proxy, "--since", str(FIRST), "--until", str(LAST), "--summary", "summary.md")
    assert done.stderr.splitlines() == [
        f"[1/2] {FIRST} huggingface: new, 4 entries",
        f"[2/2] {LAST} huggingface: new, 4 entries",
    ]
    assert done.stdout.startswith("2 days: 2 new, 0 grown, 0 refreshed, 0 kept, 0 empty, 0 failed; 2 requests made, ")
    assert done.returncode == 0
    assert "| huggingface | 2 | 0 | 0 | 0 | 0 | 0 |" in (root / "summary.md").read_text()
    assert listing_files.days(root / "content", "huggingface") == (FIRST, LAST)
    asked = services.log[0]
    assert asked.headers["host"] == "huggingface.co"
    assert asked.headers["user-agent"].endswith("; ada@example.org)")


def test_a_day_that_fails_beside_one_that_does_not(root: Path, services: Services, proxy: Proxy) -> None:
    address = f"/api/daily_papers?date={FIRST}&limit=100&p=0"

    def to_plain_http(asked: Asked) -> None:
        asked.answer(b"", 301, {"Location": f"http://huggingface.co{address}"})

    services.fail(address, to_plain_http, times=1)
    done = run(root, proxy, "--since", str(FIRST), "--until", str(LAST))
    assert done.stdout.startswith(
        f"{FIRST} huggingface: failed, https://huggingface.co{address}: a redirect to "
        f'"http://huggingface.co/api/daily_papers?date={FIRST}&'
    )
    assert "which is not followed; nothing is stored for this day" in done.stdout
    assert done.returncode == 1
    assert listing_files.days(root / "content", "huggingface") == (LAST,)


def test_whose_certificate_is_not_known_is_not_believed(
    services: Services, proxy: Proxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.log.clear()
    for name, value in (("NO_PROXY", ""), ("no_proxy", ""), *proxy.environment.items(), ("SSL_CERT_FILE", "")):
        monkeypatch.setenv(name, value)
    with (
        Client("tests", AnswerCache(tmp_path), LeapingClock("2026-02-10"), Limits(attempts=1)) as client,
        pytest.raises(Failed, match=r"no connection \(.*CERTIFICATE_VERIFY_FAILED"),
    ):
        client.ask("https://huggingface.co/", 0, bytes)
    assert services.log == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--date", "yesterday"], "argument --date: 'yesterday' is no day: write it as 2026-01-31"),
        (["--until", "2026-01-01"], "build.py: --until needs --since: from when on?"),
        (["--source", "arxiv"], 'build.py: "arxiv" is not among the `sources` of content/site.yaml'),
    ],
)
def test_an_order_that_cannot_be_carried_out(words: list[str], message: str, root: Path, proxy: Proxy) -> None:
    done = run(root, proxy, *words)
    assert message in done.stderr
    assert done.stdout == ""
    assert done.returncode == 2


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (SITE.replace("title:", "titel:"), 'DB301 unknown key "titel"'),
        (f"{SITE}sources: [arxiv]\n", "build.py: arXiv is asked by category: name some in content/site.yaml"),
        (f"{SITE}sources: []\n", "build.py: content/site.yaml names no `sources`"),
    ],
)
def test_settings_with_which_nothing_can_be_asked(settings: str, message: str, root: Path, proxy: Proxy) -> None:
    (root / "content" / "site.yaml").write_text(settings, encoding="utf-8")
    done = run(root, proxy)
    assert message in done.stdout + done.stderr
    assert done.returncode == 2
