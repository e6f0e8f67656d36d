"""A plain server for looking at a site on one's own machine. It is not for the public: no compression, no caching.

It gives what a good static host gives, and nothing more, so that a link that works only here does not exist: a path
names a file, a final slash means index.html, everything else is 404.html with status 404. The site is at `/` whatever
path its address has; all links are relative but those of 404.html, which need the real host.

A connection is a thread; closing the server ends them all.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

# Written out and not asked of the system, whose tables differ from one machine to the next.
TYPES = {
    ".atom": "application/atom+xml",
    ".bib": "application/x-bibtex; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".ics": "text/calendar; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".md": "text/markdown; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".ris": "application/x-research-info-systems; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
_UNKNOWN_TYPE = "application/octet-stream"
NOT_FOUND = "/404.html"
_NO_PAGE_FOR_IT = b"<!doctype html><title>404</title><p>There is no such file, and the site has no 404.html."


class CannotServe(OSError):
    """The folder is not there or the port is not to be had; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a visitor gets."""

    status: HTTPStatus
    content_type: str
    body: bytes


class SiteServer(ThreadingHTTPServer):
    """Listens; made by `bind`. `serve_forever` runs it; closing it frees the port and ends its threads."""

    # Some versions of Python share a port between servers, which would hide that it is taken.
    allow_reuse_port = False
    daemon_threads = False

    def __init__(self, address: tuple[str, int], visit: Callable[..., BaseHTTPRequestHandler]) -> None:
        self._connections: set[object] = set()
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        super().__init__(address, visit)

    @property
    def url(self) -> str:
        """Where a browser of this machine finds it."""
        host = str(self.server_address[0])
        near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
        return f"http://{f'[{near}]' if ':' in near else near}:{self.server_port}/"

    def process_request(self, request: object, client_address: object) -> None:
        self._connections.add(request)
        super().process_request(request, client_address)  # type: ignore[arg-type]

    def shutdown_request(self, request: object) -> None:
        self._connections.discard(request)
        super().shutdown_request(request)  # type: ignore[arg-type]

    def server_close(self) -> None:
        """Free the port and end every connection: browsers keep some open for what they may want next."""
        for connection in self._connections.copy():
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)  # type: ignore[attr-defined]
        super().server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up in the middle, or falls asleep, is nothing to report."""
        if not isinstance(sys.exception(), (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def listen(folder: Path, port: int, host: str = "127.0.0.1") -> SiteServer:
    """A server for the folder that already has its port (0: any free one). Raises CannotServe."""
    if not folder.is_dir():
        raise CannotServe(f"there is no folder {folder}; build the site first")
    return bind(partial(Visit, folder.resolve()), port, host)


def bind(visit: Callable[..., BaseHTTPRequestHandler], port: int, host: str) -> SiteServer:
    """A server that has its port and answers each connection by `visit`. Raises CannotServe."""
    try:
        return SiteServer((host, port), visit)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CannotServe(
            f"port {port} on {host} is not to be had ({reason}); choose another port, or stop the program that has it"
        ) from error


def path_of(address: str) -> str | None:
    """The path on the site that an address names: the path and query of a URL, `/days/?q` is `days/index.html`.

    None for hidden files, and for everything that would lead out of the site.
    """
    parts = unquote(address.partition("?")[0]).removeprefix("/").split("/")
    if parts[-1] == "":
        parts[-1] = "index.html"
    # A part that starts with a dot is a hidden file, or a way out of the folder.
    if any(part == "" or part.startswith(".") or "\0" in part for part in parts):
        return None
    return "/".join(parts)


def find(folder: Path, address: str) -> tuple[str, bytes] | None:
    """The type and the bytes of the file that an address names.

    None for what is not there, for folders and hidden files, and for everything outside of `folder` (an absolute path).
    """
    path = path_of(address)
    if path is None:
        return None
    try:
        found = folder.joinpath(path).resolve()
        return (TYPES.get(found.suffix, _UNKNOWN_TYPE), found.read_bytes()) if found.is_relative_to(folder) else None
    except (OSError, RuntimeError):  # the latter for a symbolic link that leads to itself
        return None


class Visit(BaseHTTPRequestHandler):
    """One connection."""

    server_version = "daybook"
    timeout = 60  # seconds without a word from the browser

    def __init__(self, folder: Path, *rest: object) -> None:
        self._folder = folder
        super().__init__(*rest)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self.wfile.write(self._head())

    def do_HEAD(self) -> None:
        self._head()

    def answer(self) -> Answer:
        """What there is at the address that is asked for."""
        if found := find(self._folder, self.path):
            return Answer(HTTPStatus.OK, *found)
        _, body = find(self._folder, NOT_FOUND) or ("", _NO_PAGE_FOR_IT)
        return Answer(HTTPStatus.NOT_FOUND, TYPES[".html"], body)

    def _head(self) -> bytes:
        """Send the head of the answer and give the body."""
        answer = self.answer()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        return answer.body

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say only what went wrong: a list of broken links is worth reading."""
        if code != HTTPStatus.OK:
            super().log_request(code, size)
