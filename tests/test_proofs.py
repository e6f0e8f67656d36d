"""Pages that the writing desk shows before a build has made them: they are what the build makes then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from build import prove, survey
from daybook.proofs import Proofs
from tests.checkouts import built, published, toy_checkout
from tests.desks import NOTE, PAPER

SECOND = "content/notes/2612.00005.bjork.yaml"
FIRST_ON_SECOND = "papers/2612.00005.html"


def replace(old: str, new: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return change


CHANGES: dict[str, Callable[[Path], None]] = {
    "another verdict": replace("verdict: caution", "verdict: must-read"),
    "markup": replace("The sheep", "<script>alert(1)</script> $x^2$ **The sheep**"),
    "deleted": Path.unlink,
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_proof_is_what_the_build_makes(name: str, tmp_path: Path) -> None:
    root = toy_checkout(tmp_path / "checkout")
    content, site, _ = survey(root)
    before = published(_built(root))
    CHANGES[name](root / NOTE)
    now, pages = prove(root, content, site, {NOTE})
    after = published(_built(root))
    assert PAPER in pages
    assert pages == {path: after[path] for path in pages}
    changed = {path for path in after if path.startswith(("papers/", "days/")) and after[path] != before.get(path)}
    assert {path for path in changed if path.endswith(".html")} <= pages.keys()
    assert now == survey(root)[0]


def test_a_new_note_is_proved_too(tmp_path: Path) -> None:
    root = toy_checkout(tmp_path / "checkout")
    text = (root / SECOND).read_text("utf-8")
    (root / SECOND).unlink()
    content, site, _ = survey(root)
    _built(root)
    (root / SECOND).write_text(text, "utf-8")
    _, pages = prove(root, content, site, {SECOND})
    after = published(_built(root))
    assert pages[FIRST_ON_SECOND] == after[FIRST_ON_SECOND]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("verdict: caution", "verdict: cautoin"),
        ("by: bjork", "by: nobody"),
        ("by: bjork", "by: mara-quill"),
        ("topics: [", "topics: [no-such-topic, "),
        ("paper: ", "paper: x"),
    ],
)
def test_a_mistake_is_left_to_the_build(old: str, new: str, tmp_path: Path) -> None:
    root = toy_checkout(tmp_path / "checkout")
    content, site, _ = survey(root)
    replace(old, new)(root / NOTE)
    assert prove(root, content, site, {NOTE}) == (content, {})


def test_a_proof_stands_until_a_build_that_began_after_it_is_over() -> None:
    proofs = Proofs()
    proofs.show({"a.html": b"1", "b.html": b"1"})
    begun = proofs.standing()
    proofs.show({"b.html": b"2"})
    proofs.settle(begun)
    assert (proofs.find("a.html"), proofs.find("b.html")) == (None, b"2")
    proofs.settle(proofs.standing())
    assert proofs.find("b.html") is None


def _built(root: Path) -> Path:
    built(root, root / "_site")
    return root / "_site"
