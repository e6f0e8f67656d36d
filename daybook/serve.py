"""A plain server for looking at a site on one's own machine. It is not for the public: no compression, no caching.

It gives what a good static host gives, and nothing more, so that a link that works only here does not exist: a path
names a file, a final slash means index.html, everything else is 404.html with status 404. The site is at `/` whatever
path its address has; all links are relative but those of 404.html, which need the real host.
"""

from __future__ import annotations

import sys
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

# Written out and not asked of the system, whose tables differ from one machine to the next.
_TYPES = {
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
_NOT_FOUND = b"<!doctype html><title>404</title><p>There is no such file, and the site has no 404.html."


class CannotServe(OSError):
    """The folder is not there or the port is not to be had; the message says what to do."""


class SiteServer(ThreadingHTTPServer):
    """A server that listens, made by `listen`. `serve_forever` runs it; closing it frees the port."""

    # Some versions of Python share a port between servers, which would hide that it is taken.
    allow_reuse_port = False

    @property
    def url(self) -> str:
        host, port = self.server_address[:2]
        return f"http://{host!s}:{port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up in the middle is nothing to report."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def serve(folder: Path, port: int, host: str = "127.0.0.1") -> None:
    """Serve a built site until the program is interrupted. Raises CannotServe."""
    with listen(folder, port, host) as server:
        print(f"{folder} is at {server.url} (Ctrl-C ends)", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()


def listen(folder: Path, port: int, host: str = "127.0.0.1") -> SiteServer:
    """A server for the folder that already has its port (0: any free one). Raises CannotServe."""
    if not folder.is_dir():
        raise CannotServe(f"there is no folder {folder}; build the site first")
    try:
        return SiteServer((host, port), partial(_Visit, folder.resolve()))
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CannotServe(
            f"port {port} on {host} is not to be had ({reason}); choose another port, or stop the program that has it"
        ) from error


def find(folder: Path, address: str) -> tuple[str, bytes] | None:
    """The type and the bytes of the file that an address names: the path and query of a URL, `/a.html?q`.

    None for what is not there, for folders and hidden files, and for everything outside of `folder` (an absolute path).
    """
    parts = unquote(address.partition("?")[0]).removeprefix("/").split("/")
    if parts[-1] == "":
        parts[-1] = "index.html"
    # A part that starts with a dot is a hidden file, or a way out of the folder.
    if any(part == "" or part.startswith(".") or "\0" in part for part in parts):
        return None
    try:
        found = folder.joinpath(*parts).resolve()
        return (_TYPES.get(found.suffix, _UNKNOWN_TYPE), found.read_bytes()) if found.is_relative_to(folder) else None
    except (OSError, RuntimeError):  # the latter for a symbolic link that leads to itself
        return None


class _Visit(BaseHTTPRequestHandler):
    """One connection."""

    server_version = "daybook"
    timeout = 60  # seconds without a word from the browser

    def __init__(self, folder: Path, *rest: object) -> None:
        self._folder = folder
        super().__init__(*rest)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self.wfile.write(self._answer())

    def do_HEAD(self) -> None:
        self._answer()

    def _answer(self) -> bytes:
        """Send the head and give the body."""
        if found := find(self._folder, self.path):
            return self._head(HTTPStatus.OK, *found)
        _, body = find(self._folder, "/404.html") or ("", _NOT_FOUND)
        return self._head(HTTPStatus.NOT_FOUND, _TYPES[".html"], body)

    def _head(self, status: HTTPStatus, content_type: str, body: bytes) -> bytes:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        return body

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say only what went wrong: a list of broken links is worth reading."""
        if code != HTTPStatus.OK:
            super().log_request(code, size)
