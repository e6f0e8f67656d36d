"""Feeds at full size: `python tests/bench/feeds.py CORPUS.jsonl.gz [COUNT]` (10,000) prints what is wrong with them.

Every feed of a site of so many papers, with the shipped named queries, is read by feedparser, held to the grammar of
Atom (RFC 4287) and the schema of JSON Feed 1.1, and read by newsboat from a loopback host. Then the feeds are made
again: of the same content, with a note edited, with a day added, at another base_url. No entry that was there may have
another id or another time. Ends with 1 where something is wrong. Only feeds are drawn; newsboat has to be there.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date as Date
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from daybook.assemble import assemble
from daybook.index import index
from daybook.load import load
from daybook.parallel import cores
from daybook.render import render
from daybook.resolve import resolve
from daybook.tabulate import tabulate
from tests.bench.corpus import PAPERS_A_DAY, ROOT, make_tree, read_corpus, write_listing
from tests.feed_faults import atom_files, entries_of, faults, faults_of_newsboat
from tests.sites import served

_SUFFIXES = (".atom.xml", ".feed.json", ".opml", ".ics")
_SHOWN = 20

Told = dict[str, dict[str, tuple[str, str]]]
"""The times of entries, by the paths of feeds and by ids."""


def publish(root: Path, out: Path) -> Told:
    """Write all feeds of a checkout, and nothing else, to a new folder."""
    site = assemble(load(root / "content"))
    site = resolve(site, [*index(site, tabulate(site, root, cores()))])
    for file in render(site, root / "templates"):
        if file.path.endswith(_SUFFIXES):
            path = out / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.body())
    return {path.relative_to(out).as_posix(): entries_of(path) for path in atom_files(out)}


def edit_note(root: Path, _corpus: Path, _count: int) -> None:
    """Change the words of the newest note."""
    note = max((root / "content" / "notes").iterdir())
    note.write_text(note.read_text("utf-8").replace("Made-up remarks", "Other made-up remarks"), "utf-8")


def add_day(root: Path, corpus: Path, count: int) -> None:
    """List papers that the corpus has besides, on the weekday after the newest one."""
    newest = max(path.name[:10] for path in (root / "content" / "listings").rglob("*.json"))
    day = Date.fromisoformat(newest) + timedelta(days=1)
    day += timedelta(days=max(0, 7 - day.weekday()) % 7 if day.weekday() > 4 else 0)
    write_listing(root / "content", day, read_corpus(corpus, count + PAPERS_A_DAY)[:PAPERS_A_DAY])


def move(root: Path, _corpus: Path, _count: int) -> None:
    """Give the site another address, and name the old one."""
    file = root / "content" / "site.yaml"
    old = "base_url: https://daybook.example\n"
    text = file.read_text("utf-8").replace(old, f"base_url: https://moved.example/papers\nfirst_{old}")
    file.write_text(text, "utf-8")


CHANGES: dict[str, Callable[[Path, Path, int], None]] = {
    "nothing changed": lambda *_: None,
    "a note edited": edit_note,
    "a day added": add_day,
    "another base_url": move,
}


def differences(before: Told, after: Told, is_larger: bool) -> Iterator[str]:
    """Entries that have other times than before; ids that nobody knew, unless the content grew."""
    known = {id for entries in before.values() for id in entries}
    for path, entries in before.items():
        for id, times in entries.items():
            now = after[path].get(id)
            if now not in (None, times):
                yield f"{path}: {id} has the times {now}, not {times}"
            if now is None and not is_larger:
                yield f"{path}: {id} is gone"
        if not is_larger:
            yield from (f"{path}: {id} is new" for id in after[path].keys() - known)


def main(corpus: Path, count: int) -> int:
    """Make all of it and print what is wrong."""
    with tempfile.TemporaryDirectory() as name:
        root, out = Path(name, "checkout"), Path(name, "site")
        root.mkdir()
        make_tree(corpus, count, root)
        shutil.copytree(ROOT / "content" / "queries", root / "content" / "queries")
        before = publish(root, out)
        files = atom_files(out)
        found = [fault for file in files for fault in faults(file)]
        total, ids = sum(map(len, before.values())), {id for entries in before.values() for id in entries}
        print(
            f"{count:,} papers: {len(files):,} feeds in two formats, {total:,} entries with {len(ids):,} ids",
            flush=True,
        )
        print(f"feedparser, RFC 4287, JSON Feed 1.1: {len(found)} faults", flush=True)
        scratch = Path(name, "newsboat")
        scratch.mkdir()
        with served(out) as home:
            unread = [*faults_of_newsboat(shutil.which("newsboat") or "newsboat", home, out, files, scratch)]
        print(f"newsboat: {len(unread)} faults", flush=True)
        found += unread
        for number, (change, make) in enumerate(CHANGES.items()):
            make(root, corpus, count)
            after = publish(root, Path(name, str(number)))
            changed = [f"{change}: {one}" for one in differences(before, after, change == "a day added")]
            new = {id for entries in after.values() for id in entries} - ids
            print(f"{change}: {len(changed)} faults, {len(new)} new ids", flush=True)
            found += changed
            before, ids = after, ids | new
        print(*found[:_SHOWN], sep="\n", end="\n" if found else "")
    return int(bool(found))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000))
