"""The one way to the network: asks so that no service has a reason to shut us out, and believes nothing it gets.

One connection at a time; a pause between two requests to a host; what `RateLimit` and `Retry-After` ask for is waited
for; the same answer is not sent twice. What fails for a while is asked for again, ever more slowly and not for ever.
An answer is bounded in size (unpacked, too), in time and in redirects, which never lead to another scheme.
"""

from __future__ import annotations

import socket
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from random import Random
from threading import Timer
from types import TracebackType
from typing import Any, TypeVar

import httpx

from daybook import __version__
from daybook.answer_cache import AnswerCache, Reply, validator
from daybook.clock import Clock
from daybook.model import Settings
from daybook.rate_limits import rate_limit, retry_after
from daybook.source import Unusable
from daybook.wording import escape, quote

T = TypeVar("T")

_MIB = 1024 * 1024
_STEP = 64 * 1024
_REDIRECTS = {301, 302, 303, 307, 308}
_PASSING = {408, 425, 429}  # and all from 500 on: another try may succeed
_SHUT_OUT = {401, 403, 429}


class Failed(Exception):
    """An address gave nothing that can be used. `url` is what was asked for, `reason` what came of it."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{escape(url)}: {reason}")
        self.url = url
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Limits:
    """How long, how often and how much. Times in seconds, sizes in bytes."""

    attempts: int = 5
    redirects: int = 3
    largest: int = 32 * _MIB  # of an answer, unpacked
    connecting: float = 10
    silence: float = 30  # between two bytes of an answer
    answer: float = 120  # from the first byte of a request to the last one of its answer
    first_delay: float = 2  # before the second attempt; it doubles from one attempt to the next
    longest_delay: float = 60
    patience: float = 900  # for one address, all waiting together
    run: float = 5 * 3600  # for everything that one client is asked for
    refusals: int = 3  # in a row, and the host is left alone


STANDARD = Limits()


def user_agent(settings: Settings) -> str:
    """Who asks: this program, where it is kept and whom to write to, `daybook/1.0 (+https://…; ada@example.org)`."""
    contact = (settings.contact or "").removeprefix("mailto:")
    return f"daybook/{__version__} (+{'; '.join(filter(None, (settings.repository, contact)))})"


class _Trouble(Exception):
    """One attempt failed. `again`: another one may not. `refused`: it is the host that fails, whatever is asked for."""

    def __init__(self, reason: str, *, again: bool = True, refused: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again = again
        self.refused = refused


@dataclass(slots=True)
class _Host:
    """What is known of a host: the moment before which it must not be asked, and what failed in a row."""

    ready: float = 0
    failures: int = 0
    refusals: int = 0

    def not_before(self, moment: float) -> None:
        self.ready = max(self.ready, moment)


class Client:
    """Asks services for pages. To be used in a `with` statement; `requests` and `waited` (seconds) count for reports.

    `agent` is the User-Agent. `jitter` spreads the attempts of many clients that failed at the same moment.
    """

    def __init__(
        self, agent: str, cache: AnswerCache, clock: Clock, limits: Limits = STANDARD, jitter: Random | None = None
    ) -> None:
        self._cache = cache
        self._clock = clock
        self._limits = limits
        self._jitter = jitter or Random()
        self._hosts: dict[str, _Host] = {}
        self._end = clock.monotonic() + limits.run
        self._watchdog = _Watchdog(limits.answer)
        self._agent = agent.encode("ascii", "replace").decode()
        self._http = self._unconnected()
        self.requests = 0
        self.waited = 0.0

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()
        self._cache.tidy(self._clock.now())

    def ask(self, url: str, pause: float, parse: Callable[[bytes], T]) -> T:
        """What `parse` makes of the answer of an address; it raises Unusable for an answer that must not be believed.

        `pause` is the least number of seconds between two requests to the host. Raises Failed.
        """
        host, before = self._host(url), self.requests
        self._refuse_hopeless(url, host)
        # Whoever failed just now gets one chance to show that it works again.
        attempts = 1 if host.failures else self._limits.attempts
        give_up = min(self._clock.monotonic() + self._limits.patience, self._end)
        for attempt in range(1, attempts + 1):
            try:
                result = self._attempt(url, pause, parse, give_up)
            except _Trouble as trouble:
                # What is left of a bad answer must not be taken for the beginning of the next one.
                self._http.close()
                self._http = self._unconnected()
                if trouble.again and attempt < attempts and self._may_try_again(host, attempt, give_up):
                    continue
                host.failures += 1
                host.refusals = host.refusals + 1 if trouble.refused else 0
                raise Failed(url, f"{trouble.reason}{self._effort(host, before)}") from trouble
            host.failures = host.refusals = 0
            return result
        raise ValueError("limits without an attempt")

    def _unconnected(self) -> httpx.Client:
        return httpx.Client(
            headers={"User-Agent": self._agent, "Accept-Encoding": "gzip"},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            timeout=httpx.Timeout(self._limits.silence, connect=self._limits.connecting),
            limits=httpx.Limits(max_connections=1),
            follow_redirects=False,
        )

    def _host(self, url: str) -> _Host:
        return self._hosts.setdefault(httpx.URL(url).host, _Host())

    def _refuse_hopeless(self, url: str, host: _Host) -> None:
        if host.refusals >= self._limits.refusals:
            raise Failed(url, f"not asked, since the host was away or sent us away {host.refusals} times in a row")
        if self._clock.monotonic() > self._end:
            raise Failed(url, self._out_of_time)

    @property
    def _out_of_time(self) -> str:
        return f"not asked, since this run has taken its {self._limits.run:,.0f} s: run it again"

    def _attempt(
        self, url: str, pause: float, parse: Callable[[bytes], T], give_up: float, *, afresh: bool = False
    ) -> T:
        reply = self._reply(url, pause, give_up, afresh)
        try:
            result = parse(reply.body)
        except Unusable as unusable:
            if not reply.kept:
                raise _Trouble(str(unusable), again=unusable.again) from unusable
            # Another version of this program kept it.
            return self._attempt(url, pause, parse, give_up, afresh=True)
        self._cache.keep(reply, self._clock.now())
        return result

    def _reply(self, url: str, pause: float, give_up: float, afresh: bool) -> Reply:
        for _ in range(self._limits.redirects + 1):
            self._wait(self._host(url), give_up)
            came = self._exchange(url, pause, None if afresh else self._cache.find(url))
            if isinstance(came, Reply):
                return came
            url = came
        raise _Trouble(f"more than {self._limits.redirects} redirects, the last one to {quote(url)}", again=False)

    def _wait(self, host: _Host, give_up: float) -> None:
        seconds = host.ready - self._clock.monotonic()
        if seconds <= 0:
            return
        if host.ready > self._end:
            raise _Trouble(self._out_of_time, again=False)
        if host.ready > give_up:
            raise _Trouble(f"not asked, since the host wants to be left alone for {seconds:,.0f} s", again=False)
        self._clock.sleep(seconds)
        self.waited += seconds

    def _may_try_again(self, host: _Host, attempt: int, give_up: float) -> bool:
        """Puts the next attempt off; tells whether there is time for it."""
        longest = min(self._limits.first_delay * 2 ** (attempt - 1), self._limits.longest_delay)
        host.not_before(self._clock.monotonic() + longest * self._jitter.uniform(0.5, 1))
        return host.ready <= give_up

    def _effort(self, host: _Host, before: int) -> str:
        """What to add to a reason: how often it was asked, and how long the host wants to be left alone."""
        requests, seconds = self.requests - before, host.ready - self._clock.monotonic()
        often = f" (asked {requests} times)" if requests > 1 else ""
        long = requests and seconds > self._limits.longest_delay
        return often + (f"; the host wants to be left alone for {seconds:,.0f} s" if long else "")

    def _exchange(self, url: str, pause: float, known: Reply | None) -> Reply | str:
        """One request: a reply, or the address that it leads to."""
        host = self._host(url)
        self.requests += 1
        try:
            with self._watchdog.watching(), self._http.stream(
                "GET", url, headers=known.conditions if known else {}, extensions={"trace": self._watchdog.trace}
            ) as response:  # fmt: skip
                host.not_before(self._clock.monotonic() + self._asked_to_wait(response.headers))
                return self._understood(response, url, known)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
            raise _Trouble(f"no connection ({_why(error)})", refused=True) from error
        except httpx.TransportError as error:
            raise _Trouble(self._broken(error)) from error
        finally:
            host.not_before(self._clock.monotonic() + pause)

    def _broken(self, error: httpx.TransportError) -> str:
        if self._watchdog.bitten:
            return f"the answer was not whole after {self._limits.answer:g} s"
        if isinstance(error, httpx.TimeoutException):
            return f"nothing came for {self._limits.silence:g} s"
        return f"no whole answer ({_why(error)})"

    def _asked_to_wait(self, headers: Mapping[str, str]) -> float:
        after = retry_after(headers.get("retry-after", ""), self._clock.now())
        return max(after, rate_limit(headers.get("ratelimit", "")))

    def _understood(self, response: httpx.Response, url: str, known: Reply | None) -> Reply | str:
        status, headers = response.status_code, response.headers
        if status == 200:
            body = _body(response, self._limits.largest)
            return Reply(url, body, validator(headers.get("etag")), validator(headers.get("last-modified")))
        if status == 304 and known:
            response.read()
            return known
        if status in _REDIRECTS:
            return _target(url, response)
        raise _Trouble(f"HTTP {status}", again=status in _PASSING or status >= 500, refused=status in _SHUT_OUT)


def _why(error: Exception) -> str:
    return escape(str(error)) or type(error).__name__


def _target(url: str, response: httpx.Response) -> str:
    """Where a redirect leads, if we go there."""
    there = response.next_request.url if response.next_request else None
    if there is None or there.scheme != httpx.URL(url).scheme or there.userinfo:
        location = quote(response.headers.get("location", ""))
        raise _Trouble(f"a redirect to {location}, which is not followed", again=False)
    return str(there)


# The body of an answer ----------------------------------------------------------------------------------------------


def _body(response: httpx.Response, largest: int) -> bytes:
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding not in {"", "identity", "gzip", "x-gzip"}:
        raise _Trouble(f"the answer is packed as {quote(coding)}, which was not asked for")
    received = _bounded(response.iter_raw(), largest)
    return b"".join(_bounded(_unzipped(received), largest) if "gzip" in coding else received)


def _bounded(parts: Iterable[bytes], largest: int) -> Iterator[bytes]:
    size = 0
    for part in parts:
        size += len(part)
        if size > largest:
            raise _Trouble(f"the answer is larger than {largest:,} bytes", again=False)
        yield part


def _unzipped(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Unpacks gzip in small steps, for a thousand times as much may be in it. What follows its end is let go."""
    unzip = zlib.decompressobj(wbits=31)
    try:
        for part in parts:
            rest = part
            while rest and not unzip.eof:
                yield unzip.decompress(rest, _STEP)
                rest = unzip.unconsumed_tail
        yield unzip.flush()
    except zlib.error as error:
        raise _Trouble("the packed answer is damaged") from error
    if not unzip.eof:
        raise _Trouble("the packed answer is cut")


class _Watchdog:
    """Cuts the connection of an answer that takes too long as a whole. A time-out only bounds a silence in it.

    It goes by the real time, as time-outs do.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._socket: socket.socket | None = None
        self.bitten = False

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Let nothing in here take longer than the limit."""
        self.bitten = False
        timer = Timer(self._seconds, self._bite)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()

    def trace(self, event: str, details: dict[str, Any]) -> None:
        """Told by httpx of every step: https://www.python-httpx.org/advanced/extensions/#trace"""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._socket = details["return_value"].get_extra_info("socket")
            if self.bitten:
                self._bite()

    def _bite(self) -> None:
        self.bitten = True
        if self._socket is not None:
            with suppress(OSError):
                # Not its own method: an encrypted one would forget its keys while another thread reads.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
