"""`build.py forms`"""

from __future__ import annotations

import argparse


def run(options: argparse.Namespace) -> int:
    """Write the issue forms and CODEOWNERS anew, as topics, curators and the vocabulary have them."""
    from daybook import excerpt
    from daybook.host_files import host_files

    content = options.root / "content"
    for path, text in host_files(excerpt.topics(content), excerpt.curators(content)).items():
        before = (options.root / path).read_bytes() if (options.root / path).exists() else None
        if before != text.encode():
            (options.root / path).parent.mkdir(parents=True, exist_ok=True)
            (options.root / path).write_bytes(text.encode())
            print(path)
    return 0
