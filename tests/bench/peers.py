"""Peers of our search, from npm: `python tests/bench/peers.py [NAME ...]` installs them (all) and says where they are.

Their versions are fixed, so that figures can be compared. What is there in the right version is not installed again,
and no script of a package runs. Everything goes to .cache/peers of the checkout, which git ignores.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.corpus import ROOT

FOLDER = ROOT / ".cache" / "peers"
VERSIONS = {"lunr": "2.3.9", "minisearch": "7.2.0", "pagefind": "1.6.0"}


def install(names: list[str], folder: Path = FOLDER) -> None:
    """Install those of some peers that are not in a folder yet."""
    missing = [f"{name}@{VERSIONS[name]}" for name in names if not _is_there(folder, name)]
    if not missing:
        return
    npm = program("npm")
    folder.mkdir(parents=True, exist_ok=True)
    command = [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run([*command, "--prefix", str(folder), *missing], stdout=subprocess.DEVNULL).returncode:
        sys.exit(f"npm could not install {', '.join(missing)}")


def peer(name: str, folder: Path = FOLDER) -> Path:
    """The folder of a peer's package, which is installed where it is not there."""
    install([name], folder)
    return _package(folder, name)


def ask_node(script: str, name: str, asked: object) -> list[Any]:
    """What a script beside this one answers, a value a line, when it is asked a value; it gets the folder of a peer."""
    command = [program("node"), str(Path(__file__).with_name(script)), str(peer(name))]
    done = subprocess.run(command, input=json.dumps(asked), stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def program(name: str) -> str:
    """Where a program is; without it, this one ends."""
    return shutil.which(name) or sys.exit(f"there is no {name} on this machine: install Node.js, which comes with npm")


def _is_there(folder: Path, name: str) -> bool:
    described = _package(folder, name) / "package.json"
    return described.is_file() and json.loads(described.read_text("utf-8"))["version"] == VERSIONS[name]


def _package(folder: Path, name: str) -> Path:
    return folder / "node_modules" / name


def main() -> None:
    """Install what is named, or all; print the folders."""
    names = sys.argv[1:] or list(VERSIONS)
    if not set(names) <= set(VERSIONS):
        sys.exit(__doc__)
    install(names)
    for name in names:
        print(peer(name))


if __name__ == "__main__":
    main()
