"""A built site as it lies in a folder: for what looks at sites after they were made, whoever made them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from daybook.planned_paths import OUR_PREFIX


class NoSite(OSError):
    """There is no built site to look at."""


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """`sizes` has the length in bytes of every file to publish, by path, sorted: the records of builds are left out."""

    folder: Path
    sizes: dict[str, int] = field(repr=False)

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        return (self.folder / path).read_bytes()

    def text(self, path: str) -> str:
        """The text of a file; what is no UTF-8 in it is replaced."""
        return self.read(path).decode("utf-8", "replace")

    @property
    def pages(self) -> tuple[str, ...]:
        return tuple(path for path in self.sizes if path.endswith(".html"))


def open_site(folder: Path) -> BuiltSite:
    """Raises NoSite where there is none."""
    if not (folder / "index.html").is_file():
        raise NoSite(f"there is no built site in {folder} (it has no index.html); build one first: python build.py")
    found = (path for path in folder.rglob("*") if path.is_file())
    sizes = {path.relative_to(folder).as_posix(): path.stat().st_size for path in found}
    return BuiltSite(folder, {path: sizes[path] for path in sorted(sizes) if not path.startswith(OUR_PREFIX)})
