"""The same bytes everywhere: `python tests/bench/reproducible.py [PYTHON ...]` builds this checkout with each Python.

Each (this one, where none is named) builds a copy of the checkout in a folder of its own, twice, with other settings of
the machine. A line a build: the SHA-256 of the manifest (path, size and SHA-256 of every file), the number of files and
who built. Exit code 1 where two differ. Every Python needs what pyproject.toml names.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

MACHINES = (
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "America/Adak", "LC_ALL": "C", "PYTHONHASHSEED": "2"},
)


def manifest(site: Path) -> tuple[str, int]:
    """The digest of a site's manifest, and how many files it has."""
    files = sorted(path for path in site.rglob("*") if path.is_file() and not path.name.startswith(".daybook-"))
    lines = []
    for path in files:
        body = path.read_bytes()
        lines.append(f"{path.relative_to(site).as_posix()}\t{len(body)}\t{hashlib.sha256(body).hexdigest()}\n")
    return hashlib.sha256("".join(lines).encode()).hexdigest(), len(files)


def built(python: str, machine: dict[str, str], folder: Path) -> tuple[str, int]:
    """Build a copy of this checkout in a folder."""
    for name in ("daybook", "content", "templates", "static"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "build.py", folder)
    command = [python, "build.py", "build", "--out", str(folder / "site")]
    subprocess.run(command, cwd=folder, env={**os.environ, **machine}, check=True, stdout=subprocess.DEVNULL)
    return manifest(folder / "site")


def main() -> int:
    """Build with each Python on each machine; returns the exit code."""
    found = set()
    with tempfile.TemporaryDirectory() as scratch:
        # Builds run elsewhere, so a path has to hold there, too; a name is looked up.
        for python in [str(Path(shutil.which(word) or word).absolute()) for word in sys.argv[1:]] or [sys.executable]:
            version = subprocess.run([python, "--version"], capture_output=True, text=True, check=True).stdout.strip()
            for number, machine in enumerate(MACHINES):
                folder = Path(scratch) / str(number) / python.replace("/", "_") / ("deeper/" * number + "checkout")
                digest, files = built(python, machine, folder)
                found.add(digest)
                print(f"{digest}  {files:,} files  {version}, {machine['TZ']}, {machine['LC_ALL']}", flush=True)
    return int(len(found) > 1)


if __name__ == "__main__":
    sys.exit(main())
