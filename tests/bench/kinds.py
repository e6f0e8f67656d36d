"""What each kind of file costs: `python tests/bench/kinds.py CORPUS.jsonl.gz [COUNT]` (10,000) prints a line for each.

A clean build of so many papers, by one process: files, bytes a paper, and the processor's time from planning a file to
having its bytes, with its share of the build's. What several kinds are made of, cards and references for instance, is
made once and counted with the first of them. Then the build once more with nothing changed: no file may be made again.
Ends with 1 where one is.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from build import survey
from daybook.assets import assets
from daybook.export import export
from daybook.index import index
from daybook.model import File
from daybook.render import render
from daybook.resolve import resolve
from daybook.write import write
from tests.bench.corpus import make_tree
from tests.bench.sizes import kind


@dataclass(slots=True)
class Costs:
    """Files, bytes and seconds of the processor by kind; and seconds of what belongs to no kind."""

    files: Counter[str] = field(default_factory=Counter)
    size: Counter[str] = field(default_factory=Counter)
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    shared: dict[str, float] = field(default_factory=dict)

    def planned(self, files: Iterable[File]) -> Iterator[File]:
        """The files, as they are planned; each is counted when its body is made."""
        source = iter(files)
        while True:
            start = process_time()
            file = next(source, None)
            if file is None:
                return
            self.seconds[kind(file.path)] += process_time() - start
            yield replace(file, body=self._counting(file))

    def _counting(self, file: File) -> Callable[[], bytes]:
        def body() -> bytes:
            start = process_time()
            made = file.body()
            name = kind(file.path)
            self.seconds[name] += process_time() - start
            self.files[name] += 1
            self.size[name] += len(made)
            return made

        return body


def build(root: Path, out: Path) -> Costs:
    """A build as `build.py build` makes it, by one process; but it looks at every file even where no source changed."""
    costs, begin = Costs(), process_time()
    _, site, words = survey(root)
    costs.shared["reading, words, likeness"] = process_time() - begin
    found = [*costs.planned(index(site, words))]
    start = process_time()
    site = resolve(site, found)
    costs.shared["answering named queries"] = process_time() - start
    stages = (render(site, root / "templates"), export(site), assets(root / "static"))
    write([*found, *(file for stage in stages for file in costs.planned(stage))], out)
    drawn = sum(costs.seconds.values()) + sum(costs.shared.values())
    costs.shared["writing"] = process_time() - begin - drawn
    return costs


def lines(costs: Costs, papers: int) -> Iterator[str]:
    """A line a kind, the dearest first, what is shared, and the sum."""
    total = sum(costs.seconds.values()) + sum(costs.shared.values())
    for name, seconds in sorted(costs.seconds.items(), key=lambda one: -one[1]):
        yield (
            f"{name:28}{costs.files[name]:9,} files{costs.size[name] / papers:9,.0f} bytes a paper"
            f"{seconds:8.1f} s{seconds / total:7.1%}"
        )
    for name, seconds in costs.shared.items():
        yield f"{name:67}{seconds:8.1f} s{seconds / total:7.1%}"
    yield (
        f"{'in all':28}{costs.files.total():9,} files{costs.size.total() / papers:9,.0f} bytes a paper"
        f"{total:8.1f} s{1:7.1%}"
    )


def main(corpus: Path, count: int) -> int:
    """Build twice, and print what both cost."""
    with tempfile.TemporaryDirectory() as name:
        root, out = Path(name, "checkout"), Path(name, "site")
        root.mkdir()
        make_tree(corpus, count, root)
        clean = build(root, out)
        print(f"{count:,} papers, seconds of the processor", *lines(clean, count), sep="\n", flush=True)
        again = build(root, out)
        seconds = sum(again.seconds.values()) + sum(again.shared.values())
        print(f"with nothing changed: {again.files.total()} files made again, {seconds:.1f} s", *again.files, sep="\n")
        return int(bool(again.files))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000))
