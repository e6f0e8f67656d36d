"""Kill builds at random moments: `python tests/bench/kills.py [COUNT]` (100).

Two versions of the shipped content take turns, so that every build has much to write. Each time a build is killed
with SIGKILL after a random delay; then every published file must be whole, which is to say the one or the other
version of it; then one build must end in exactly what a clean build gives.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.corpus import ROOT

_BUILD = "import sys; from pathlib import Path; from build import build; build(*map(Path, sys.argv[1:3]))"


def start_build(root: Path, out: Path) -> subprocess.Popen[bytes]:
    """A build in a process of its own."""
    return subprocess.Popen([sys.executable, "-c", _BUILD, str(root), str(out)], cwd=ROOT)


def run_build(root: Path, out: Path) -> float:
    """A whole build; returns its seconds."""
    start = time.perf_counter()
    if start_build(root, out).wait():
        sys.exit("a build failed")
    return time.perf_counter() - start


def published(out: Path) -> dict[str, bytes]:
    """What readers see: every file but the builder's own records."""
    files = (path for path in out.rglob("*") if path.is_file() and not path.name.startswith(".daybook-"))
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


def make_versions(folder: Path) -> list[Path]:
    """Two checkouts: the shipped one, and one with another tagline (so, other pages) and fewer papers."""
    versions = [folder / "a", folder / "b"]
    for root in versions:
        for name in ("content", "templates", "static"):
            shutil.copytree(ROOT / name, root / name)
    settings = versions[1] / "content" / "site.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("tagline: ", "tagline: Other "), encoding="utf-8")
    shutil.rmtree(versions[1] / "content" / "days")
    return versions


def main() -> None:
    """Print what each round did; stop at the first that went wrong."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        versions = make_versions(folder)
        seconds = max(run_build(root, folder / f"clean-{root.name}") for root in versions)
        clean = [published(folder / f"clean-{root.name}") for root in versions]
        out = folder / "out"
        killed = 0
        for number in range(count):
            turn = number % 2
            process = start_build(versions[turn], out)
            try:
                process.wait(random.uniform(0, 1.2 * seconds))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                killed += 1
            torn = [
                path for path, body in published(out).items() if body not in (clean[0].get(path), clean[1].get(path))
            ]
            if torn:
                sys.exit(f"round {number}: not whole: {torn}")
            run_build(versions[turn], out)
            if published(out) != clean[turn]:
                sys.exit(f"round {number}: the next build does not equal a clean one")
        print(f"{count} rounds, {killed} builds killed: every file whole, every next build equal to a clean one")


if __name__ == "__main__":
    main()
