"""Copies of all that a build of the toy content reads, for tests to change and to build."""

from __future__ import annotations

import shutil
from pathlib import Path

from daybook.model import Changes
from tests.sites import ROOT, TOY
from tests.trees import tree


def toy_checkout(folder: Path) -> Path:
    """The toy content with this project's templates and static files, in a new folder."""
    shutil.copytree(TOY / "content", folder / "content")
    for name in ("templates", "static"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def built(root: Path, out: Path) -> Changes:
    """Build a checkout as `build.py` does."""
    from build import build

    return build(root, out)


def published(out: Path) -> dict[str, bytes]:
    """The files of a built site without the records of its builds, by path."""
    return {path: body for path, body in tree(out).items() if body is not None and not path.startswith(".daybook-")}
