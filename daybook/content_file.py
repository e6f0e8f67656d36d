"""One file of content/ as a document: read up to a limit, decoded, parsed."""

from __future__ import annotations

from pathlib import Path

from daybook import codes, json_text, yaml_text
from daybook.documents import Document, Mistake, Unread, decoded

_MIB = 1024 * 1024
_LARGEST_YAML = _MIB
_LARGEST_JSON = 16 * _MIB


def read_document(path: Path) -> Document | Unread:
    """The values of a `.json` file, or of a file in YAML. Raises OSError where it cannot be read."""
    is_json = path.suffix == ".json"
    limit = _LARGEST_JSON if is_json else _LARGEST_YAML
    with path.open("rb") as file:
        raw = file.read(limit + 1)
    if len(raw) > limit:
        message, remedy = f"the file is larger than {limit // _MIB} MiB", "make it smaller, or several files of it"
        return Unread((Mistake((1, 1), codes.TOO_LARGE, message, remedy),))
    text = decoded(raw)
    if isinstance(text, Mistake):
        return Unread((text,))
    return json_text.read(text) if is_json else yaml_text.read(text)
