"""What can go wrong with an answer: each fault is one function, and FAULTS says what is to come of it."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta
from email.utils import format_datetime

from tests.clocks import LeapingClock
from tests.service_days import arxiv_page, hugging_face_page, invented_day
from tests.services import Asked, Fault

TODAY = "2026-02-10"
"""The day of all runs in which these faults are met, from noon on."""


@dataclass(frozen=True, slots=True)
class NamedFault:
    """A fault and what is to come of it.

    `reason` is a pattern for what is said of it, None where the day comes all the same. `times` is how many requests
    meet it, None for all. At least `waited` seconds go by. `asked` is how often the address is asked for at most,
    `rest` whether the days after it are. A fault that no answer can make is a `detour`: it makes another address of
    the one that is asked for.
    """

    name: str
    fault: Fault | None
    reason: str | None
    times: int | None = None
    waited: float = 0
    asked: int = 3
    rest: bool = True
    detour: Callable[[str], str] | None = None


def _nothing_listens(address: str) -> str:
    # Port 1 is no port that a server would be given, and only root may listen there.
    return address.replace(address.split("/")[2], "127.0.0.1:1")


def _reset(asked: Asked) -> None:
    asked.raw(200, asked.body[:1000], {"Content-Length": str(len(asked.body))})
    asked.reset()


def _reset_at_once(asked: Asked) -> None:
    asked.reset()


def _silence(asked: Asked) -> None:
    asked.wait()
    asked.hang_up()


def _silence_in_the_middle(asked: Asked) -> None:
    asked.raw(200, asked.body[:1000], {"Content-Length": str(len(asked.body))})
    asked.wait()


def _status(code: int, **headers: str) -> Fault:
    return lambda asked: asked.answer(b'{"error":"no"}', code, headers)


def _later_at(day: str, seconds: int) -> Fault:
    """Too many requests: again at a time that is some seconds after the noon at which LeapingClock starts."""
    until = LeapingClock(day).now() + timedelta(seconds=seconds)
    return _status(429, Retry_After=format_datetime(until, usegmt=True))


def _body(body: bytes, **headers: str) -> Fault:
    return lambda asked: asked.answer(body, 200, headers)


def _cut(asked: Asked) -> None:
    asked.answer(asked.body[: len(asked.body) // 2])


def _promises_more(asked: Asked) -> None:
    asked.raw(200, asked.body, {"Content-Length": str(len(asked.body) + 1)})
    asked.hang_up()


def _promises_less(asked: Asked) -> None:
    asked.raw(200, asked.body, {"Content-Length": str(len(asked.body) - 10)})


def _ends_without_length(asked: Asked) -> None:
    asked.raw(200, asked.body[: len(asked.body) // 2], {"Connection": "close"})
    asked.hang_up()


def _chunk_missing(asked: Asked) -> None:
    asked.raw(200, b"3e8\r\n" + asked.body[:1000] + b"\r\n", {"Transfer-Encoding": "chunked"})
    asked.hang_up()


def _zip_cut(asked: Asked) -> None:
    zipped = gzip.compress(asked.body)
    asked.answer(zipped[: len(zipped) // 2], 200, {"Content-Encoding": "gzip"})


def _zip_damaged(asked: Asked) -> None:
    zipped = bytearray(gzip.compress(asked.body))
    zipped[len(zipped) // 2] ^= 0xFF
    asked.answer(bytes(zipped), 200, {"Content-Encoding": "gzip"})


def _circle(asked: Asked) -> None:
    asked.answer(b"", 302, {"Location": asked.handler.path})


def _to_tls(asked: Asked) -> None:
    asked.answer(b"", 301, {"Location": f"https://127.0.0.1{asked.handler.path}"})


def _no_http(asked: Asked) -> None:
    asked.handler.wfile.write(b"\x00\x01\x02 what is this?\r\n\r\n")
    asked.hang_up()


def _endless_headers(asked: Asked) -> None:
    asked.handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-Filler: " + b"x" * 200_000)
    asked.hang_up()


_HTML = b"<!DOCTYPE html><html><head><title>Hold on</title></head><body>Something went wrong.</body></html>"
_BOMB = gzip.compress(bytes(50_000_000), 9)
_GARBAGE = random.Random(1).randbytes(5_000)


def _is_arxiv(asked: Asked) -> bool:
    return asked.handler.path.startswith("/api/query")


def _another_day(asked: Asked) -> None:
    papers = invented_day(Date(2025, 12, 2), 30)
    asked.answer(arxiv_page(papers, 0, 100) if _is_arxiv(asked) else hugging_face_page(papers, 0, 100))


def _nothing_listed(asked: Asked) -> None:
    asked.answer(arxiv_page([], 0, 100) if _is_arxiv(asked) else b"[]")


def _nul_bytes(asked: Asked) -> None:
    asked.answer(bytes(500) + asked.body)


FAULTS = (
    NamedFault("connection refused", None, r"no connection \(.*refused\)", detour=_nothing_listens),
    NamedFault("reset at once", _reset_at_once, "no whole answer"),
    NamedFault("reset in the middle", _reset, "no whole answer"),
    NamedFault("time-out", _silence, "nothing came for 0.5 s"),
    NamedFault("time-out in the middle", _silence_in_the_middle, "nothing came for 0.5 s"),
    NamedFault("500 once", _status(500), None, times=1),
    NamedFault("500 for ever", _status(500), r"HTTP 500 \(asked 3 times\)"),
    NamedFault("503, Retry-After in seconds", _status(503, Retry_After="120"), None, times=2, waited=240),
    NamedFault("429, Retry-After in seconds", _status(429, Retry_After="200"), None, times=1, waited=200),
    NamedFault("429, Retry-After as a date", _later_at(TODAY, 300), None, times=1, waited=300),
    NamedFault("429, RateLimit", _status(429, RateLimit='"api";r=0;t=150'), None, times=1, waited=150),
    NamedFault("429 for ever", _status(429, Retry_After="60"), r"HTTP 429 \(asked 3 times\)", waited=120),
    NamedFault("429, a day to wait", _status(429, Retry_After="86400"), "alone for 86,400 s", asked=1, rest=False),
    NamedFault("403", _status(403), "HTTP 403", asked=1),
    NamedFault("404", _status(404), "HTTP 404", asked=1),
    NamedFault("empty body", _body(b""), "empty", asked=1),
    NamedFault("cut", _cut, "cut|no JSON|XML", asked=1),
    NamedFault("HTML with 200", _body(_HTML, Content_Type="text/html"), "HTML", asked=1),
    NamedFault("another shape", _body(b'{"message":"hello"}'), "block of keys|XML|feed", asked=1),
    NamedFault("another shape in a list", _body(b'[{"name":"x"}]'), "another shape|XML|feed", asked=1),
    NamedFault("another day", _another_day, "the answer is for another day", asked=1),
    NamedFault("garbage", _body(_GARBAGE), "UTF-8|XML", asked=1),
    NamedFault("NUL bytes", _nul_bytes, "no JSON|XML", asked=1),
    NamedFault("gzip bomb", _body(_BOMB, Content_Encoding="gzip"), "larger than 2,000,000 bytes", asked=1),
    NamedFault("too large", _body(b" " * 3_000_000), "larger than 2,000,000 bytes", asked=1),
    NamedFault("gzip cut", _zip_cut, "the packed answer is cut"),
    NamedFault("gzip damaged", _zip_damaged, "the packed answer is damaged"),
    NamedFault("packed otherwise", _body(b"xx", Content_Encoding="br"), 'packed as "br"'),
    NamedFault("redirect in a circle", _circle, "more than 3 redirects", asked=4),
    NamedFault("redirect to https", _to_tls, "a redirect to .*, which is not followed", asked=1),
    NamedFault("redirect to a file", _status(302, Location="file:///etc/hostname"), "which is not followed", asked=1),
    NamedFault("redirect to nowhere", _status(302), "which is not followed", asked=1),
    NamedFault("redirect to no address", _status(302, Location="http://[::1"), "no whole answer"),
    NamedFault("content-length too large", _promises_more, "no whole answer"),
    NamedFault("content-length too small", _promises_less, "cut|no JSON|XML", asked=1),
    NamedFault("cut without length", _ends_without_length, "cut|no JSON|XML", asked=1),
    NamedFault("a chunk is missing", _chunk_missing, "no whole answer"),
    NamedFault("no HTTP", _no_http, "no whole answer"),
    NamedFault("headers without end", _endless_headers, "no whole answer"),
)

NOTHING_LISTED = NamedFault("empty list", _nothing_listed, None)
"""Not among FAULTS: a page without entries is the last one, as far as anybody can tell."""
