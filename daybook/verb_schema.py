"""`build.py schema`"""

from __future__ import annotations

import argparse


def run(options: argparse.Namespace) -> int:
    """Write the JSON Schemas of the files in content/, for editors, into content/schema/."""
    from daybook.json_schema import schemas
    from daybook.places import SCHEMAS

    folder = options.root / "content" / SCHEMAS
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        path = folder / name
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            print(f"content/{SCHEMAS}/{name}")
    return 0
