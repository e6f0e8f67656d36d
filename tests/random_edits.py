"""Random edits of a checkout, one upon another, with builds between them that may be killed.

What they are and in which order is told by a seed. At the end of each row the site that was built step by step has to
be that which a build makes of a copy that has neither a site nor anything that builds keep. An edit may make content
that is not valid: then the build has to refuse it, and the site to stay as it was.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

from daybook.model import Invalid
from tests.checkouts import built, published

Edit = Callable[[Path, Random], None]

_SOURCES = ("content", "templates", "static")
_CHANGES = {"os.rename", "os.remove", "os.mkdir"}
# Changes of the file system, of one process. A first build takes more, most others fewer: early kills are more likely.
_LATEST_KILL = 400


def any_file(root: Path, chance: Random, pattern: str) -> Path:
    return chance.choice(sorted(root.glob(pattern)))


def edit_text(path: Path, chance: Random) -> None:
    """Another word in some line that is only text."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    texts = [number for number, line in enumerate(lines) if line.startswith(("summary:", "title:", "  "))]
    place = chance.choice(texts)
    lines[place] = lines[place].replace(" ", f" w{chance.randrange(100)} ", 1)
    path.write_text("".join(lines), "utf-8")


def edit_note(root: Path, chance: Random) -> None:
    edit_text(any_file(root, chance, "content/notes/*.yaml"), chance)


def change_verdict(root: Path, chance: Random) -> None:
    path = any_file(root, chance, "content/notes/*.yaml")
    verdicts = ["must-read", "worth-reading", "for-specialists", "caution"]
    text = path.read_text("utf-8")
    for verdict in verdicts:
        text = text.replace(f"verdict: {verdict}\n", "verdict: -\n")
    path.write_text(text.replace("verdict: -\n", f"verdict: {chance.choice(verdicts)}\n"), "utf-8")


def move_note(root: Path, chance: Random) -> None:
    """To another paper, of which there may be a note already, or none at all."""
    one, other = (any_file(root, chance, "content/notes/*.yaml") for _ in range(2))
    paper, to = one.name.rpartition(".yaml")[0].rpartition(".")[0], other.name.rpartition(".yaml")[0].rpartition(".")[0]
    text = one.read_text("utf-8").replace(f'paper: "{paper}"', f'paper: "{to}"')
    one.unlink()
    (one.parent / one.name.replace(paper, to)).write_text(text, "utf-8")


def delete_note(root: Path, chance: Random) -> None:
    any_file(root, chance, "content/notes/*.yaml").unlink()


def delete_listing(root: Path, chance: Random) -> None:
    any_file(root, chance, "content/listings/*/*/*.json").unlink()


def edit_listing(root: Path, chance: Random) -> None:
    path = any_file(root, chance, "content/listings/*/*/*.json")
    text = path.read_text("utf-8")
    path.write_text(text.replace('"votes": 1', f'"votes": {chance.randrange(1, 9)}1'), "utf-8")


def edit_title(root: Path, chance: Random) -> None:
    path = any_file(root, chance, "content/listings/*/*/*.json")
    path.write_text(path.read_text("utf-8").replace('"title": "', f'"title": "T{chance.randrange(9)} ', 1), "utf-8")


def edit_topic(root: Path, chance: Random) -> None:
    edit_text(any_file(root, chance, "content/topics/*.yaml"), chance)


def add_topic(root: Path, chance: Random) -> None:
    word = chance.choice(("sheep", "model", "language", "rest", "the"))
    text = f"title: About {word}\ndescription: All with {word}.\nmatch: {{any: [{word}*]}}\n"
    (root / "content/topics" / f"about-{word}.yaml").write_text(text, "utf-8")


def delete_topic(root: Path, chance: Random) -> None:
    any_file(root, chance, "content/topics/*.yaml").unlink()


def rename_curator(root: Path, chance: Random) -> None:
    path = any_file(root, chance, "content/curators/*.yaml")
    path.write_text(path.read_text("utf-8").replace("name: ", f"name: N{chance.randrange(9)} ", 1), "utf-8")


def edit_settings(root: Path, chance: Random) -> None:
    path = root / "content/site.yaml"
    path.write_text(path.read_text("utf-8").replace("title: ", f"title: S{chance.randrange(9)} ", 1), "utf-8")


def edit_template(root: Path, chance: Random) -> None:
    name = chance.choice(("_card.html", "paper.html", "day.html", "home.html", "topic.html"))
    path = root / "templates" / name
    path.write_text(path.read_text("utf-8") + f"{{# {chance.randrange(9)} #}}\n", "utf-8")


def edit_static(root: Path, chance: Random) -> None:
    path = root / "static/style.css"
    path.write_text(path.read_text("utf-8") + f"/* {chance.randrange(99)} */\n", "utf-8")


def lose_kept(root: Path, chance: Random) -> None:
    shutil.rmtree(root / ".cache", ignore_errors=True)


def damage_kept(root: Path, chance: Random) -> None:
    kept = sorted(path for path in (root / ".cache").rglob("*") if path.is_file())
    if kept:
        chance.choice(kept).write_bytes(chance.randbytes(chance.randrange(300)))


def lose_a_page(root: Path, chance: Random) -> None:
    """Somebody deletes what was published."""
    pages = sorted((root / "_site").glob("*/*.html"))
    if pages:
        chance.choice(pages).unlink()


EDITS: tuple[Edit, ...] = (
    edit_note, edit_note, change_verdict, move_note, delete_note, delete_listing, edit_listing, edit_title, edit_topic,
    add_topic, delete_topic, rename_curator, edit_settings, edit_template, edit_static, lose_kept, damage_kept,
    lose_a_page,
)  # fmt: skip


def run(root: Path, seed: int, steps: int) -> list[str]:
    """Edit a checkout that has a site in `_site`, build after each edit, and compare at the end; tells what was done.

    Of five builds one is killed. Raises AssertionError where the two sites differ.
    """
    chance, done = Random(seed), list[str]()
    for _ in range(steps):
        edit = chance.choice(EDITS)
        edit(root, chance)
        done.append(edit.__name__)
        if chance.random() < 0.2:
            done.append(killed(root, round(_LATEST_KILL ** chance.random())))
        else:
            done.append(_built(root))
    _compare(root, done)
    return done


def _built(root: Path) -> str:
    before = published(root / "_site")
    try:
        built(root, root / "_site")
    except Invalid:
        assert published(root / "_site") == before
        return "refused"
    return "built"


def killed(root: Path, step: int) -> str:
    """A build that ends by SIGKILL just before a change of the file system, if it makes so many."""
    child = os.fork()
    if child == 0:
        build, count = os.getpid(), 0

        def is_last(event: str, args: tuple[object, ...]) -> None:
            nonlocal count
            if event in _CHANGES or (event == "open" and isinstance(args[2], int) and bool(args[2] & os.O_CREAT)):
                count += 1
                if count == step:
                    for process in (build, os.getpid()):  # it may be one of those that write for the build
                        os.kill(process, signal.SIGKILL)

        sys.addaudithook(is_last)
        try:
            built(root, root / "_site")
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return "killed" if os.WIFSIGNALED(status) else "not killed"


def _compare(root: Path, done: list[str]) -> None:
    clean = root.parent / "clean"
    shutil.rmtree(clean, ignore_errors=True)
    for name in _SOURCES:
        shutil.copytree(root / name, clean / name)
    try:
        built(clean, clean / "_site")
    except Invalid:
        assert _built(root) == "refused", done
        return
    assert _built(root) == "built", done
    one, other = published(root / "_site"), published(clean / "_site")
    differing = sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
    assert differing == [], (done, differing[:10])
