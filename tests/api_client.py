"""`python tests/api_client.py ADDRESS` prints the five papers of a site's newest day that have most votes.

It knows nothing of Daybook but what the site's page of its data says.
"""

from __future__ import annotations

import json
import sys
from typing import Any
from urllib.parse import urljoin
from urllib.request import urlopen


def ask(address: str) -> Any:
    """The JSON at an address."""
    with urlopen(address, timeout=30) as answer:
        return json.load(answer)


def main(home: str) -> None:
    address = urljoin(home, "api/v1/index.json")
    index = ask(address)
    newest = index["newest_complete_day"] or index["newest_day"]
    day = ask(urljoin(urljoin(address, index["root"]), newest["json"]))
    print(f"{index['title']}, {day['date']}")
    for paper in day["papers"][:5]:
        more = " and others" if paper["author_count"] > len(paper["first_authors"]) else ""
        votes = "-" if paper["votes"] is None else paper["votes"]
        verdicts = ", ".join(note["verdict"] for note in paper["notes"])
        print(f"{votes:>4}", paper["title"], f"({', '.join(paper['first_authors'])}{more})", verdicts, sep="\t")


if __name__ == "__main__":
    main(sys.argv[1])
