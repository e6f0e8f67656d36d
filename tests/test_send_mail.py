"""Mail to a list through a real SMTP server on loopback: who gets it, how often, and what a broken run leaves."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from tests.checkouts import built, toy_checkout
from tests.killed_mails import DOUBTFUL, STEPS_A_MAIL, command
from tests.mail_server import Mailbox, mail_server
from tests.sites import ROOT

DAY = "2026-12-28"

_FIRST = 6
"""Steps before those of the first mail."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy content with its site."""
    folder = toy_checkout(tmp_path_factory.mktemp("mail") / "checkout")
    built(folder, folder / "_site")
    return folder


def recipients(folder: Path, count: int) -> tuple[Path, list[str]]:
    addresses = [f"reader-{number:03}@example.org" for number in range(count)]
    path = folder / "readers"
    path.write_text("\n".join(addresses), "utf-8")
    return path, addresses


def run(root: Path, port: int, to: Path, *words: str, step: int = 0, **given: str) -> subprocess.CompletedProcess[str]:
    """`build.py digest --send` of the site in `root`."""
    server = {"DAYBOOK_SMTP_HOST": "127.0.0.1", "DAYBOOK_SMTP_PORT": str(port)}
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DAYBOOK_", "SSL_"))}
    environment |= {**server, **given}
    words = ("--out", str(root / "_site"), "--date", DAY, "--send", "--pause", "0", "--to", str(to), *words)
    return subprocess.run(
        command(root, step, *words), cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def lines(to: Path) -> list[dict[str, str]]:
    (kept,) = to.parent.glob(f"{to.name}.*.sent")
    return [json.loads(line) for line in kept.read_text("utf-8").splitlines()]


# Killed ------------------------------------------------------------------------------------------------------------


def test_five_hundred_readers_and_runs_that_are_killed_in_the_middle(root: Path, tmp_path: Path) -> None:
    """Each good address gets it exactly once; five are refused."""
    to, addresses = recipients(tmp_path, 500)
    refused = frozenset(addresses[7:500:101])
    assert len(refused) == 5
    mailbox = Mailbox(refused)
    with mail_server(mailbox) as port:
        for mail in range(0, STEPS_A_MAIL * 9, 9):
            assert run(root, port, to, step=mail * STEPS_A_MAIL // 3 + mail).returncode in (-signal.SIGKILL, 1)
        ended = run(root, port, to)
        doubtful = [line.partition(":")[0] for line in ended.stdout.splitlines() if "may have got it" in line]
        unsent = [address for address in doubtful if address not in mailbox.counts]
        if unsent:
            for address in set(doubtful) - set(unsent):
                to.write_text(to.read_text("utf-8").replace(address, "#"), "utf-8")
            ended = run(root, port, to, "--retry-uncertain")
    assert mailbox.counts == Counter(set(addresses) - refused)
    assert ended.returncode == 1
    for address in refused:
        assert f"{address}: refused, and not tried again (550 no such mailbox here)" in ended.stdout


@pytest.mark.parametrize("step", range(STEPS_A_MAIL + 1))
def test_a_run_may_be_killed_at_every_step_of_a_mail(root: Path, tmp_path: Path, step: int) -> None:
    """Without a doubt but in the one moment in which there is one, and then nothing is sent twice."""
    to, addresses = recipients(tmp_path, 4)
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        # Before a step of the second mail; the first one comes after a greeting, EHLO, its answer and a new name.
        killed = run(root, port, to, step=_FIRST + STEPS_A_MAIL + step)
        assert killed.returncode == -signal.SIGKILL
        ended = run(root, port, to)
        in_doubt = step in DOUBTFUL
        assert (ended.returncode, "may have got it" in ended.stdout) == ((1, True) if in_doubt else (0, False))
        assert mailbox.counts.keys() >= set(addresses) - {addresses[1]}
        assert set(mailbox.counts.values()) == {1}
        if not in_doubt:
            assert mailbox.counts == Counter(addresses)
        elif addresses[1] not in mailbox.counts:
            assert run(root, port, to, "--retry-uncertain").returncode == 0
            assert mailbox.counts == Counter(addresses)
