"""How addresses are asked for: slowly, one after the other, not twice for the same answer, and not for ever."""

from __future__ import annotations

import ast
import gzip
import json
import tracemalloc
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from daybook import __version__
from daybook.answer_cache import AnswerCache, Reply
from daybook.polite import Client, Failed, Limits, user_agent
from daybook.source import Unusable
from tests.clocks import LeapingClock
from tests.fetching import ASKING, HASTY
from tests.nouns import SETTINGS
from tests.services import Asked, Fault, Services
from tests.sites import ROOT


@pytest.fixture
def clock() -> LeapingClock:
    return LeapingClock("2026-02-10")


@pytest.fixture
def services(clock: LeapingClock) -> Iterator[Services]:
    with Services(clock.monotonic) as started:
        yield started


@pytest.fixture
def cache(tmp_path: Path) -> AnswerCache:
    return AnswerCache(tmp_path / "cache")


@pytest.fixture
def client(cache: AnswerCache, clock: LeapingClock) -> Iterator[Client]:
    with Client("tests", cache, clock, HASTY, Random(1)) as made:
        yield made


def answering(body: bytes, status: int = 200, **headers: str) -> Fault:
    return lambda asked: asked.answer(body, status, headers)


def ask(client: Client, services: Services, path: str = "/page", pause: float = 3) -> bytes:
    return client.ask(services.base + path, pause, bytes)


def refuse(body: bytes) -> bytes:
    raise Unusable("it will not do")


# Waiting ------------------------------------------------------------------------------------------------------------


def test_between_two_requests_to_a_host_is_its_pause(client: Client, services: Services) -> None:
    services.fail("/page", answering(b"well"))
    services.fail("/moved", answering(b"", 307, Location="/page"))
    services.fail("/broken", answering(b"", 500), times=2)
    for path in ("/page", "/moved", "/broken", "/page"):
        ask(client, services, path)
    times = [logged.time for logged in services.log]
    assert len(times) == 7
    assert all(later - earlier >= 3 for earlier, later in pairwise(times))
    assert client.waited == times[-1]
    assert client.requests == 7


def test_attempts_get_ever_slower_and_end(client: Client, services: Services, cache: AnswerCache) -> None:
    clock = LeapingClock("2026-02-10")
    services.fail("/page", answering(b"", 502))
    limits = Limits(attempts=8, longest_delay=60)
    with Client("tests", cache, clock, limits, Random(2)) as patient, pytest.raises(Failed) as failure:
        patient.ask(f"{services.base}/page", 0, bytes)
    assert str(failure.value) == f"{services.base}/page: HTTP 502 (asked 8 times)"
    for slept, longest in zip(clock.slept, (2, 4, 8, 16, 32, 60, 60), strict=True):
        assert longest / 2 <= slept <= longest


def test_the_waits_of_two_clients_differ(services: Services, cache: AnswerCache) -> None:
    services.fail("/page", answering(b"", 502))
    waits = set[float]()
    for _ in range(2):
        with Client("tests", cache, LeapingClock("2026-02-10"), HASTY) as client, pytest.raises(Failed):
            client.ask(f"{services.base}/page", 0, bytes)
        waits.add(client.waited)
    assert len(waits) == 2


def test_when_nothing_is_left_of_the_limit_the_next_request_waits(client: Client, services: Services) -> None:
    services.fail("/last", answering(b"well", RateLimit='"api";r=0;t=170'))
    services.fail("/page", answering(b"well"))
    ask(client, services, "/last")
    ask(client, services)
    assert services.log[1].time >= 170


def test_a_limit_is_kept_before_it_is_hit(client: Client, services: Services) -> None:
    services.allow(10, 300)
    for _ in range(35):
        ask(client, services, "/api/daily_papers?date=2026-02-03", pause=0.6)
    assert {logged.status for logged in services.log} == {200, 304}
    assert services.log[-1].time >= 900


def test_who_shuts_us_out_is_left_alone(client: Client, services: Services) -> None:
    services.fail("/page", answering(b"", 403))
    reasons = [failure_of(client, services) for _ in range(5)]
    assert reasons == ["HTTP 403"] * 3 + ["not asked, since the host was away or sent us away 3 times in a row"] * 2
    assert len(services.log) == 3


def test_after_a_failure_there_is_one_attempt_until_one_succeeds(client: Client, services: Services) -> None:
    services.fail("/page", answering(b"", 500))
    services.fail("/well", answering(b"well"))
    for attempts in (3, 1, 1):
        before = len(services.log)
        failure_of(client, services)
        assert len(services.log) - before == attempts
    ask(client, services, "/well")
    failure_of(client, services)
    assert len(services.log) == 3 + 1 + 1 + 1 + 3


def test_a_run_has_an_end(services: Services, cache: AnswerCache, clock: LeapingClock) -> None:
    services.fail("/page", answering(b"well"))
    with Client("tests", cache, clock, Limits(run=10)) as client:
        for _ in range(4):
            ask(client, services)
        assert failure_of(client, services) == "not asked, since this run has taken its 10 s: run it again"
        clock.sleep(20)
        assert failure_of(client, services) == "not asked, since this run has taken its 10 s: run it again"
    assert len(services.log) == 4


def test_a_wait_beyond_all_patience_is_kept_by_not_asking(client: Client, services: Services) -> None:
    services.fail("/page", answering(b"", 429, Retry_After="4000"))
    assert failure_of(client, services) == "HTTP 429; the host wants to be left alone for 4,000 s"
    assert failure_of(client, services) == "not asked, since the host wants to be left alone for 4,000 s"
    assert len(services.log) == 1


def failure_of(client: Client, services: Services, path: str = "/page") -> str:
    with pytest.raises(Failed) as failure:
        ask(client, services, path)
    assert failure.value.url == services.base + path
    return failure.value.reason


# Saying who asks ----------------------------------------------------------------------------------------------------


def test_every_request_says_who_asks(clock: LeapingClock, services: Services, cache: AnswerCache) -> None:
    services.fail("/moved", answering(b"", 302, Location="/page"))
    services.fail("/page", answering(b"well"))
    with Client(user_agent(ASKING), cache, clock, HASTY) as client:
        ask(client, services, "/moved")
    named = f"daybook/{__version__} (+https://example.org/git/toy; ada@example.org)"
    assert [logged.headers["user-agent"] for logged in services.log] == [named, named]


def test_without_a_contact_the_repository_has_to_do() -> None:
    assert user_agent(SETTINGS) == f"daybook/{__version__} (+https://example.org/git/toy)"


def test_nothing_else_is_told_of_us(client: Client, services: Services) -> None:
    services.fail("/page", answering(b"well", Set_Cookie="track=me; Path=/"))
    ask(client, services)
    ask(client, services)
    assert services.log[1].headers.keys() <= {"host", "user-agent", "accept", "accept-encoding", "connection"}


# Connections --------------------------------------------------------------------------------------------------------


def test_there_is_one_connection_at_a_time(client: Client, services: Services) -> None:
    services.fail("/page", answering(b"well"))
    services.fail("/closing", answering(b"well", Connection="close"))
    services.fail("/large", answering(b" " * 3_000_000))
    services.fail("/gone", lambda asked: asked.reset())
    for path in ("/page", "/closing", "/page", "/large", "/page", "/gone", "/page"):
        if path in {"/large", "/gone"}:
            failure_of(client, services, path)
        else:
            ask(client, services, path)
    assert services.most_connections == 1


def test_what_is_left_of_a_bad_answer_is_not_the_next_one(client: Client, services: Services) -> None:
    """A second answer hides behind the end of the first."""
    hidden = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhidden"
    services.fail("/bad", lambda asked: asked.raw(200, b"bad" + hidden, {"Content-Length": "3"}))
    services.fail("/page", answering(b"well"))
    with pytest.raises(Failed, match="it will not do"):
        client.ask(f"{services.base}/bad", 0, refuse)
    assert ask(client, services) == b"well"


def drip(asked: Asked) -> None:
    """A byte now and then, never too late, and no end."""
    while not asked.wait(0.05):
        asked.handler.wfile.write(b"x")


def drip_headers(asked: Asked) -> None:
    asked.handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    drip(asked)


def drip_body(asked: Asked) -> None:
    asked.raw(200, b"", {"Content-Length": "1000000"})
    drip(asked)


@pytest.mark.parametrize("fault", [drip_headers, drip_body])
def test_an_answer_that_never_ends_is_cut(fault: Fault, services: Services, cache: AnswerCache) -> None:
    services.fail("/page", fault)
    limits = Limits(attempts=1, silence=30, answer=0.5)
    with Client("tests", cache, LeapingClock("2026-02-10"), limits) as client:
        assert failure_of(client, services) == "the answer was not whole after 0.5 s"


def test_an_answer_comes_whole_through_gzip(client: Client, services: Services) -> None:
    page = ask(client, services, "/api/daily_papers?date=2026-02-03")
    assert json.loads(page) == []
    assert services.log[0].headers["accept-encoding"] == "gzip"


def test_a_gzip_bomb_is_never_unpacked_as_a_whole(client: Client, services: Services) -> None:
    services.fail("/page", answering(gzip.compress(bytes(60_000_000)), Content_Encoding="gzip"))
    tracemalloc.start()
    assert failure_of(client, services) == "the answer is larger than 2,000,000 bytes"
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10_000_000


def test_redirects_are_followed_three_times(client: Client, services: Services) -> None:
    for step in range(4):
        services.fail(f"/{step}", answering(b"", 302, Location=f"/{step + 1}"))
    services.fail("/4", answering(b"well"))
    assert ask(client, services, "/1") == b"well"
    assert "more than 3 redirects" in failure_of(client, services, "/0")


# Not twice the same -------------------------------------------------------------------------------------------------

DAY = "/api/daily_papers?date=2026-02-03"


def test_what_has_not_changed_is_not_sent_again(client: Client, services: Services) -> None:
    first, second = ask(client, services, DAY), ask(client, services, DAY)
    assert first == second == b"[]"
    assert [logged.status for logged in services.log] == [200, 304]


def test_a_date_does_as_well_as_a_tag(client: Client, services: Services) -> None:
    date = "Mon, 09 Feb 2026 12:00:00 GMT"
    services.fail("/page", answering(b"well", Last_Modified=date), times=1)
    assert ask(client, services) == b"well"
    services.fail("/page", lambda asked: asked.raw(304, b"", {}))
    assert ask(client, services) == b"well"
    assert services.log[1].headers["if-modified-since"] == date


def test_an_answer_that_was_refused_is_not_kept(client: Client, services: Services) -> None:
    with pytest.raises(Failed, match="it will not do"):
        client.ask(services.base + DAY, 0, refuse)
    ask(client, services, DAY)
    assert [logged.status for logged in services.log] == [200, 200]


def test_a_kept_answer_that_will_not_do_any_more_is_asked_for_anew(
    client: Client, services: Services, cache: AnswerCache, clock: LeapingClock
) -> None:
    ask(client, services, DAY)
    kept = cache.find(services.base + DAY)
    assert kept
    cache.keep(Reply(kept.url, b"of an older version", kept.etag), clock.now())

    def parse(body: bytes) -> bytes:
        return body if body == b"[]" else refuse(body)

    assert client.ask(services.base + DAY, 0, parse) == b"[]"
    assert [logged.status for logged in services.log] == [200, 304, 200]


def test_nobody_may_say_that_nothing_changed_unless_asked(client: Client, services: Services) -> None:
    services.fail("/page", lambda asked: asked.raw(304, b"", {}))
    assert failure_of(client, services) == "HTTP 304"


@pytest.mark.parametrize("etag", ["\u00fc", '"' + "x" * 600 + '"', " "])
def test_an_odd_validator_is_none(etag: str, client: Client, services: Services) -> None:
    services.fail("/page", answering(b"well", ETag=etag))
    ask(client, services)
    ask(client, services)
    assert "if-none-match" not in services.log[1].headers


def test_what_nobody_used_for_a_month_is_removed(tmp_path: Path, clock: LeapingClock) -> None:
    cache = AnswerCache(tmp_path)
    (tmp_path / "mine").write_text("mine")
    now = clock.now()
    for name in ("a", "b"):
        cache.keep(Reply(name, b"well", '"1"'), now)
    cache.keep(Reply("a", b"well", '"1"', kept=True), now + timedelta(days=20))
    cache.tidy(now + timedelta(days=31))
    assert cache.find("a") == Reply("a", b"well", '"1"', kept=True)
    assert cache.find("b") is None
    assert (tmp_path / "mine").read_text() == "mine"


# The house ----------------------------------------------------------------------------------------------------------


def test_one_module_knows_the_network() -> None:
    knowing = {path.stem for path in (ROOT / "daybook").glob("*.py") if "httpx" in imported(path)}
    assert knowing == {"polite"}


def test_fetching_meets_no_other_stage() -> None:
    stages = {"load", "assemble", "render", "assets", "write", "serve", "importing"}
    assert not stages & {name.rpartition(".")[2] for name in imported(ROOT / "daybook" / "fetch.py")}


def imported(path: Path) -> set[str]:
    """The modules that a file imports."""
    names = set[str]()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names
