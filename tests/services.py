"""A server on loopback that behaves as Hugging Face and arXiv do: pages, validators, limits, and faults on demand.

It keeps a log of all requests, by the clock that it is given, and knows how many connections were open at once.
"""

from __future__ import annotations

import gzip
import socket
import struct
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import date as Date
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.service_days import InventedPaper, arxiv_page, hugging_face_page


@dataclass(slots=True)
class Logged:
    """A request as it came, when, and the status of what was answered (0: nothing was)."""

    time: float
    address: str
    headers: dict[str, str]
    status: int = 0


@dataclass(slots=True)
class Asked:
    """A request that waits for its answer: what faults are made with."""

    handler: _Handler
    logged: Logged
    body: bytes

    def answer(self, body: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> None:
        """A whole answer. Headers may be named with `_` for `-`."""
        named = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        self.raw(status, body, {"Content-Type": "application/json", "Content-Length": str(len(body)), **named})

    def raw(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        """These headers and no others but the server's own, then this body."""
        self.logged.status = status
        self.handler.send_response(status)
        for name, value in headers.items():
            self.handler.send_header(name, value)
        self.handler.end_headers()
        self.handler.wfile.write(body)

    def reset(self) -> None:
        """End the connection as a machine does that crashed (RST)."""
        linger = struct.pack("ii", 1, 0)
        self.handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.handler.connection.close()
        self.handler.close_connection = True

    def hang_up(self) -> None:
        """End the connection as usual."""
        self.handler.close_connection = True

    def wait(self, seconds: float | None = None) -> bool:
        """Do nothing until the server stops (or for some seconds); tells whether it stops."""
        return self.handler.services.stopping.wait(seconds)


Fault = Callable[[Asked], None]


@dataclass(slots=True)
class _Quota:
    requests: int
    seconds: int
    begun: float = 0
    used: int = 0


class Services:
    """Both services under one address, `base`; to be used in a `with` statement."""

    def __init__(self, time: Callable[[], float]) -> None:
        self.time = time
        self.days: dict[Date, list[InventedPaper]] = {}
        self.log: list[Logged] = []
        self.most_connections = 0
        self.stopping = Event()
        self._faults: dict[str, tuple[Fault, list[None] | None]] = {}
        self._quota: _Quota | None = None
        self._connections: list[socket.socket] = []
        self._server = _Server(("127.0.0.1", 0), self)
        self.base = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self) -> Services:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        for connection in self._connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def put(self, papers: Iterable[InventedPaper]) -> None:
        """Let these papers be listed, each on its day, and no others on those days."""
        listed = list(papers)
        for day in {paper.day for paper in listed}:
            self.days[day] = sorted((paper for paper in listed if paper.day == day), key=lambda paper: -paper.votes)

    def fail(self, address: str, fault: Fault, times: int | None = None) -> None:
        """Answer an address by a fault, so many times or for ever."""
        self._faults[address] = fault, None if times is None else [None] * times

    def allow(self, requests: int, seconds: int) -> None:
        """Answer no more than so many requests in so many seconds, as Hugging Face counts them: in windows."""
        self._quota = _Quota(requests, seconds, self.time())

    # What follows is called by the server's threads.

    def connected(self, connection: socket.socket) -> None:
        self._connections = [each for each in self._connections if not _has_ended(each)] + [connection]
        self.most_connections = max(self.most_connections, len(self._connections))

    def fault_for(self, address: str) -> Fault | None:
        fault, left = self._faults.get(address, (None, None))
        if left is not None and not left:
            return None
        if left:
            left.pop()
        return fault

    def limit_headers(self) -> tuple[bool, dict[str, str]]:
        """Whether a request is over the limit, and what is said of the limit."""
        quota, now = self._quota, self.time()
        if quota is None:
            return False, {}
        if now >= quota.begun + quota.seconds:
            quota.begun, quota.used = now, 0
        over = quota.used >= quota.requests
        quota.used += not over
        left, seconds = quota.requests - quota.used, int(quota.begun + quota.seconds - now) + 1
        return over, {
            "RateLimit": f'"api";r={left};t={seconds}',
            "RateLimit-Policy": f'"fixed window";"api";q={quota.requests};w={quota.seconds}',
        }

    def body(self, path: str, query: dict[str, str]) -> bytes | None:
        """The answer to a question; None where nothing is."""
        if path == "/api/daily_papers":
            day = Date.fromisoformat(query["date"])
            return hugging_face_page(self.days.get(day, []), int(query.get("p", 0)), int(query.get("limit", 50)))
        if path == "/api/query":
            start, size = int(query.get("start", 0)), int(query.get("max_results", 10))
            found = self._named(query["id_list"]) if "id_list" in query else self._found(query["search_query"])
            return arxiv_page(found, start, size)
        return None

    def _named(self, ids: str) -> list[InventedPaper]:
        """`2601.02501,2601.02502`; those that there are not are left out without a word."""
        known = {paper.id: paper for papers in self.days.values() for paper in papers}
        return [known[each] for each in ids.split(",") if each in known]

    def _found(self, question: str) -> list[InventedPaper]:
        """`(cat:cs.CL OR cat:cs.HC) AND submittedDate:[202601011400 TO 202601021400]`"""
        if "cat:cs.CL" not in question:
            return []
        first, last = (
            datetime.strptime(text, "%Y%m%d%H%M").replace(tzinfo=UTC)
            for text in question.partition("[")[2].rstrip("]").split(" TO ")
        )
        weekdays = (paper for day, papers in self.days.items() if day.weekday() not in {4, 5} for paper in papers)
        found = [paper for paper in weekdays if first <= paper.submitted <= last]
        return sorted(found, key=lambda paper: paper.submitted)


def _has_ended(connection: socket.socket) -> bool:
    """Has the client closed it? Tells so at once, also when the thread that serves it has not noticed yet."""
    try:
        return not connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return False
    except OSError:
        return True


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, place: tuple[str, int], services: Services) -> None:
        self.services = services
        super().__init__(place, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.services.connected(request)
        super().process_request(request, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Faults break connections, and so do clients that have had enough."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    @property
    def services(self) -> Services:
        return self.server.services

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        logged = Logged(self.services.time(), self.path, headers)
        self.services.log.append(logged)
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        asked = Asked(self, logged, self.services.body(parts.path, query) or b"")
        over, limits = self.services.limit_headers()
        fault = self.services.fault_for(self.path)
        if fault:
            fault(asked)
        elif over:
            asked.raw(429, b"", {"Content-Length": "0", **limits})
        else:
            self._answer_well(asked, limits)

    def _answer_well(self, asked: Asked, limits: dict[str, str]) -> None:
        etag = f'W/"{sha256(asked.body).hexdigest()[:20]}"'
        headers = {"ETag": etag, **limits}
        if self.headers.get("If-None-Match") == etag:
            asked.raw(304, b"", headers)
            return
        body = asked.body
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            body, headers["Content-Encoding"] = gzip.compress(body, 1), "gzip"
        asked.raw(200, body, {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers})

    def log_message(self, format: str, *args: Any) -> None:
        """Not to the terminal: there is a log."""
