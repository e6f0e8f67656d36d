"""A server on loopback that treats a folder as a good static host does: compressed, cached, with validators.

Connections stay open (HTTP/1.1), texts go out as gzip (level 6), and an answer has only the headers that this needs, so
that bytes are those of a lean host. Whatever benchmarks compare is served by this one.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from hashlib import blake2b
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from daybook.serve import SiteServer, find

_TEXTS = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")
_MAX_AGE = 600  # seconds


class Answer(NamedTuple):
    """What is said to whoever asks for a file."""

    status: HTTPStatus
    headers: tuple[tuple[str, str], ...]
    body: bytes


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """The address, with a final slash, at which a folder is served as long as this lasts."""
    answer = lru_cache(maxsize=None)(partial(_answer, folder.resolve()))
    with SiteServer(("127.0.0.1", 0), partial(_Visit, answer)) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.url
        server.shutdown()
        thread.join()


def _answer(folder: Path, address: str) -> Answer:
    found = find(folder, address)
    if found is None:
        return Answer(HTTPStatus.NOT_FOUND, (), b"")
    content_type, body = found
    headers = [
        ("Content-Type", content_type),
        ("ETag", f'"{blake2b(body, digest_size=8).hexdigest()}"'),
        ("Cache-Control", f"max-age={_MAX_AGE}"),
    ]
    if content_type.startswith(_TEXTS):
        headers.append(("Content-Encoding", "gzip"))
        body = gzip.compress(body, 6)
    return Answer(HTTPStatus.OK, tuple(headers), body)


class _Visit(BaseHTTPRequestHandler):
    """One connection. All browsers take gzip, so nobody is asked whether he does."""

    protocol_version = "HTTP/1.1"
    # Head and body leave together and at once: halves that wait for each other would cost tens of milliseconds.
    wbufsize = -1
    disable_nagle_algorithm = True

    def __init__(self, answer: Callable[[str], Answer], *rest: object) -> None:
        self._answer = answer
        super().__init__(*rest)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        answer = self._answer(self.path.partition("?")[0])
        self.send_response_only(answer.status)
        self.send_header("Date", self.date_time_string())
        for name, value in answer.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_: object) -> None:
        """Benchmarks look at what browsers got."""
