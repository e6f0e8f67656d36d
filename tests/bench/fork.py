"""From a fork to a site: `python -m tests.bench.fork` acts out README on a bare clone of this checkout's last commit.

Nothing is there but git, this Python, and a HOME of its own; every command of README's is run as it stands there, then
what `publish.yml` runs, in a clone of what was pushed. Pages is a plain static server, with the site under a prefix.
Prints the seconds of each step, and how many pages were asked for; exit code 1 where one is not there.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from functools import partial
from http.client import HTTPConnection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from urllib.parse import urldefrag, urljoin

ROOT = Path(__file__).resolve().parents[2]
PREFIX = "/ada/daybook/"
_LINK = re.compile(r'<a [^>]*href="([^":]*)"')
_PUBLISH = ("provenance", "build", "verify", "health || [ $? -eq 1 ]")  # 1: it is old, and published as it is


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing of each request."""


class Machine:
    """A machine with a HOME of its own. Counts how long it works."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.seconds, self.installing = folder, 0.0, 0.0
        (folder / "home").mkdir()
        passed = {name: value for name, value in os.environ.items() if re.match("PIP_|.*_proxy|SSL_", name, re.I)}
        programs = f"{Path(sys.base_prefix) / 'bin'}:/usr/local/bin:/usr/bin:/bin"
        self._environment = {**passed, "HOME": str(folder / "home"), "PATH": programs, "LC_ALL": "C.UTF-8"}

    def run(self, command: str, inside: str = "") -> None:
        start = time.perf_counter()
        done = subprocess.run(
            ["bash", "-ec", command], cwd=self.folder / inside, env=self._environment, capture_output=True, text=True
        )
        seconds = time.perf_counter() - start
        self.seconds += seconds
        self.installing += seconds if "pip install" in command else 0
        print(f"{seconds:6.1f} s  {command}", flush=True)
        if done.returncode:
            sys.exit(f"{done.stdout}{done.stderr}")


def fork(machine: Machine) -> None:
    """What README says, by hand."""
    machine.run(f"git clone -q --bare {ROOT} origin.git && git -C origin.git branch -f main HEAD")
    machine.run("git config --global user.name Ada && git config --global user.email ada@example.org")
    machine.run("git clone -q -b main origin.git site")
    first = next(line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if line.startswith("python3 -m"))
    machine.run(first.removesuffix(" serve"), "site")
    settings = machine.folder / "site" / "content" / "site.yaml"
    text = re.sub("(?m)^title: .*", "title: Of Ada", settings.read_text("utf-8"))
    settings.write_text(re.sub("(?m)^base_url: .*", f"base_url: https://example.org{PREFIX[:-1]}", text), "utf-8")
    machine.run(".venv/bin/python build.py check", "site")
    machine.run("git commit -qam 'Make it mine' && git push -q origin main", "site")


def publish(machine: Machine) -> None:
    """What the workflow runs."""
    machine.run("git clone -q -b main origin.git runner")
    machine.run("python3 -m venv .venv && .venv/bin/python -m pip install -q -e .", "runner")
    for verb in _PUBLISH:
        machine.run(f".venv/bin/python build.py {verb}", "runner")


def browse(machine: Machine) -> tuple[int, list[str]]:
    """All pages that links lead to from the first one: how many, and what is not there."""
    served = machine.folder / "served"
    (served / PREFIX[1:]).parent.mkdir(parents=True)
    (machine.folder / "runner" / "_site").rename(served / PREFIX[1:])
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(served))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        asked, pending, lacking = {PREFIX}, [PREFIX], []
        while pending:
            path = pending.pop()
            connection = HTTPConnection("127.0.0.1", server.server_port)
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read().decode("utf-8", "replace")
            connection.close()
            if answer.status != 200 or not path.startswith(PREFIX):
                lacking.append(path)
            elif path.endswith(("/", ".html")):
                found = {urldefrag(urljoin(path, link)).url.partition("?")[0] for link in _LINK.findall(body)} - asked
                asked |= found
                pending += found
        server.shutdown()
    return len(asked), lacking


def main() -> int:
    with TemporaryDirectory() as folder:
        machine = Machine(Path(folder))
        fork(machine)
        publish(machine)
        asked, lacking = browse(machine)
    print(f"{machine.seconds / 60:.1f} minutes, of which pip took {machine.installing / 60:.1f}")
    print(f"{asked:,} addresses below {PREFIX} asked for, {len(lacking)} not there: {lacking[:5]}")
    return int(bool(lacking))


if __name__ == "__main__":
    sys.exit(main())
