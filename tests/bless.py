"""`python -m tests.bless` makes the site of the toy content the accepted one, and says which files changed."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.test_golden import GOLDEN, accepted_pages, differing, toy_pages


def bless() -> None:
    accepted = accepted_pages()
    with TemporaryDirectory() as scratch:
        made = toy_pages(Path(scratch))
    changed = differing(accepted, made)
    shutil.rmtree(GOLDEN, ignore_errors=True)
    for path, body in made.items():
        (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
        (GOLDEN / path).write_bytes(body)
    for path in changed:
        print("new    " if path not in accepted else "gone   " if path not in made else "changed", path)
    print(f"{len(changed)} of {len(made)} files differ from what was accepted before")


if __name__ == "__main__":
    bless()
