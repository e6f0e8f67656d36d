"""Pagefind, a peer of our search: what it finds in the plain pages of papers, in a real browser."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from threading import Thread
from typing import Any

from daybook.serve import listen
from tests.bench.peers import peer, program
from tests.bench.search_site import PlainPaper, write_pages
from tests.browser import Window, chromium

_FIND = """async ([texts, limit]) => {
  const pagefind = await import("/pagefind/pagefind.js");
  const found = [];
  for (const text of texts) {
    const { results } = await pagefind.search(text);
    const shown = await Promise.all(results.slice(0, limit).map(result => result.data()));
    found.push(shown.map(({ url }) => url));
  }
  return found;
}"""


def found_by_pagefind(papers: Sequence[PlainPaper], texts: Sequence[str], limit: int) -> list[list[str]]:
    """For each query the identifiers of the first papers that Pagefind, as it comes, finds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_pages(papers, folder)
        make_index(folder)
        addresses = _ask(folder, [*texts], limit)
    ids = {f"/{paper.path}": paper.id for paper in papers}
    return [[ids[address] for address in found] for found in addresses]


def make_index(folder: Path) -> None:
    """Let Pagefind index a folder of pages, in which it makes a folder of its own."""
    subprocess.run(index_command(folder), stdout=subprocess.DEVNULL, check=True)


def index_command(folder: Path) -> list[str]:
    """The command with which Pagefind does that; it is installed where it is not there."""
    return [program("node"), str(peer("pagefind") / "lib" / "runner" / "bin.cjs"), "--site", str(folder)]


def _ask(folder: Path, texts: list[str], limit: int) -> Any:
    with listen(folder, 0) as server, chromium() as browser, browser.new_context() as context:
        Thread(target=server.serve_forever, daemon=True).start()
        window = Window(context)
        window.open(server.url, "index.html")
        found = window.ask(_FIND, [texts, limit])
        server.shutdown()
    return found
