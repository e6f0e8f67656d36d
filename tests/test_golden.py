"""The toy content makes exactly the site in tests/golden/.

When a change of the site is meant, `python -m tests.bless` accepts it; read the difference before you commit it.
"""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

import pytest

from tests.checkouts import built, published, toy_checkout
from tests.epubs import parts
from tests.sites import ROOT

GOLDEN = Path(__file__).parent / "golden"

_FILES_SHOWN = 3
_LINES_SHOWN = 40


def toy_pages(scratch: Path) -> dict[str, bytes]:
    """The site of the toy content without static/ and schema/, whose files are copies, and without pictures.

    An EPUB is a folder of its parts here. How it and pictures are compressed depends on the machine.
    """
    built(toy_checkout(scratch / "checkout"), scratch / "site")
    pages: dict[str, bytes] = {}
    for path, body in published(scratch / "site").items():
        if path.endswith(".epub"):
            pages |= {f"{path}/{name}": part for name, part in parts(body).items()}
        elif not path.startswith(("static/", "schema/")) and not path.endswith(".png"):
            pages[path] = body
    return pages


def accepted_pages() -> dict[str, bytes]:
    """What is in tests/golden/."""
    return published(GOLDEN)


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The paths that two sites do not both have with the same bytes, sorted."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def difference(path: str, old: bytes | None, new: bytes | None) -> str:
    """How a file changed, for people: what is long is cut."""
    if old is None or new is None:
        return f"{path} is {'new' if old is None else 'gone'}"
    before, after = (body.decode("utf-8", "backslashreplace").splitlines() for body in (old, new))
    lines = list(unified_diff(before, after, f"golden/{path}", f"built/{path}", n=1, lineterm=""))
    more = [f"… and {len(lines) - _LINES_SHOWN} lines more"] if len(lines) > _LINES_SHOWN else []
    return "\n".join([*lines[:_LINES_SHOWN], *more])


def test_the_site_is_the_accepted_one(tmp_path: Path) -> None:
    accepted, made = accepted_pages(), toy_pages(tmp_path)
    changed = differing(accepted, made)
    if changed:
        shown = "\n\n".join(difference(path, accepted.get(path), made.get(path)) for path in changed[:_FILES_SHOWN])
        more = f"\n\n… and {len(changed) - _FILES_SHOWN} files more" if len(changed) > _FILES_SHOWN else ""
        pytest.fail(f"{shown}{more}\n\n`python -m tests.bless` accepts the new site.", pytrace=False)


def test_static_files_are_published_as_they_are_but_that_parts_of_a_script_are_joined(tmp_path: Path) -> None:
    built(toy_checkout(tmp_path / "checkout"), tmp_path / "site")
    made, given = published(tmp_path / "site" / "static"), published(ROOT / "static")
    parts = {path for path in given if ".js/" in path}
    joined = {path.split("/")[0] for path in parts}
    assert {path: body for path, body in made.items() if path not in joined} == {
        path: body for path, body in given.items() if path not in parts
    }
    assert joined == {"save.js", "saved.js", "search.js"}
    for script in joined:
        own = sorted(path for path in parts if path.startswith(f"{script}/"))
        code = [line.strip() for path in own for line in given[path].splitlines()]
        assert made[script].splitlines() == [line for line in code if line and not line.startswith(b"//")]
