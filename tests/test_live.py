"""The writing desk: what it sends and to whom, what it tells of builds, what makes it build."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Collection, Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from daybook.bulletin import Bulletin, News, Trouble
from daybook.folder import held
from daybook.live import event, keep_building, with_desk
from daybook.model import Changes, Problem
from tests.checkouts import built, published
from tests.desks import NOTE, PAPER, PATIENCE, RunningDesk, desk_checkout, running_desk, wait_for

POLICY = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'\">"
PAGE = f"<!doctype html>\n<html lang='en'><head>\n{POLICY}<title>a &lt;head></title></head><body>text"
PROBLEM = Problem("content/a.yaml", 3, 9, "DB301", 'unknown key "</script>"', "leave it out")


# What a build tells ------------------------------------------------------------------------------------------------


def test_a_mark_tells_all_that_was_missed() -> None:
    bulletin = Bulletin()
    first = bulletin.mark
    bulletin.built(Changes(9, ("b.html", "a.html"), ("gone.html",)))
    second = bulletin.mark
    bulletin.built(Changes(9, ("a.html",), ()))
    assert bulletin.since(first) == News(bulletin.mark, False, ("a.html", "b.html", "gone.html"), None)
    assert bulletin.since(second) == News(bulletin.mark, False, ("a.html",), None)
    assert bulletin.since(bulletin.mark) == News(bulletin.mark, False, (), None)


def test_trouble_stays_until_a_build_goes_well() -> None:
    bulletin, trouble = Bulletin(), Trouble("1 problem in content/", (PROBLEM,))
    before = bulletin.mark
    bulletin.failed(trouble)
    assert bulletin.since(before).trouble == bulletin.since("").trouble == trouble
    assert bulletin.since(bulletin.mark).trouble == trouble
    bulletin.built(Changes(9, (), ()))
    assert bulletin.since(before) == News(bulletin.mark, False, (), None)


@pytest.mark.parametrize("mark", ["", "x", ".", "x.1", "1", "{run}", "{run}.", "{run}.-1", "{run}.x", "{other}"])
def test_whoever_comes_with_a_mark_of_another_run_may_have_missed_anything(mark: str) -> None:
    bulletin = Bulletin()
    run = bulletin.mark.partition(".")[0]
    assert bulletin.since(mark.format(run=run, other=Bulletin().mark)).lost


def test_following_ends_when_the_bulletin_is_closed() -> None:
    bulletin = Bulletin()
    heard: list[News | None] = []
    listener = Thread(target=lambda: heard.extend(bulletin.follow(bulletin.mark, PATIENCE)))
    listener.start()
    bulletin.close()
    listener.join(PATIENCE)
    assert not listener.is_alive()
    assert heard == [News(bulletin.mark, False, (), None)]


def test_silence_is_told_of() -> None:
    bulletin = Bulletin()
    following = bulletin.follow(bulletin.mark, 0.001)
    assert next(following) == News(bulletin.mark, False, (), None)
    assert [next(following), next(following)] == [None, None]
    bulletin.built(Changes(1, ("a.html",), ()))
    assert next(following) == News(bulletin.mark, False, ("a.html",), None)
    bulletin.close()
    assert [*following] == []


def test_an_event_is_one_line_whatever_is_in_it() -> None:
    nasty = Problem("content/\u2028.yaml", 1, 1, "DB301", "a\nb\r\nid: 1", "data: x")
    trouble = Trouble("x", (nasty,) * 60)
    name, _, data = event(News("r.7", False, ("a.html",), trouble)).decode("ascii").partition("\ndata: ")
    assert (name, data.count("\n"), data[-2:]) == ("id: r.7", 2, "\n\n")
    told = json.loads(data)
    assert (len(told["trouble"]["problems"]), told["trouble"]["more"]) == (50, 10)
    assert told["trouble"]["problems"][0]["message"] == nasty.message


# What it sends -----------------------------------------------------------------------------------------------------


def test_a_page_gets_the_script_and_the_leave_to_use_it() -> None:
    sent = with_desk(PAGE.encode(), "run.1", ["a'\"<>&.html"]).decode()
    tag = (
        '<head><script src="/.desk/desk.js" data-mark="run.1" '
        'data-files="[&quot;a&#x27;\\&quot;&lt;&gt;&amp;.html&quot;]" defer></script>'
    )
    assert sent == PAGE.replace("<head>", tag, 1).replace(
        "script-src 'self'\"", "script-src 'self'; connect-src 'self'\""
    )


def test_a_page_that_has_the_leave_keeps_its_policy() -> None:
    page = PAGE.replace("default-src", "connect-src https://a.example; default-src")
    assert with_desk(page.encode(), "run.1", []).decode().count("connect-src") == 1


def test_a_page_without_a_head_gets_it_at_its_end() -> None:
    assert with_desk(b"<p>text<header>", "run.1", []).startswith(b"<p>text<header><script src=")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """One for all tests that only ask."""
    with running_desk(desk_checkout(tmp_path_factory.mktemp("desk") / "checkout")) as running:
        yield running


def ask(desk: RunningDesk, address: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", desk.port, timeout=PATIENCE)
    connection.request(method, address, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    body = b"" if response.headers["Content-Type"] == "text/event-stream" else response.read()
    connection.close()
    return response, body


def test_pages_are_as_they_stand_but_for_the_script(desk: RunningDesk) -> None:
    site = published(desk.root / "_site")
    for path in ("index.html", PAPER, "static/style.css", "health.json", "search.html", "index.atom.xml"):
        response, body = ask(desk, f"/{path}")
        assert (response.status, response.headers["Content-Length"]) == (200, str(len(body)))
        mark = body.partition(b'data-mark="')[2].partition(b'"')[0].decode()
        assert body == (with_desk(site[path], mark, [path]) if path.endswith(".html") else site[path])
        assert bool(mark) == path.endswith(".html")
        assert ask(desk, f"/{path}", "HEAD")[0].headers["Content-Length"] == str(len(body))


def test_a_page_that_is_not_there_waits_for_both_files(desk: RunningDesk) -> None:
    response, body = ask(desk, "/papers/9999.99999.html")
    assert response.status == 404
    assert b"[&quot;papers/9999.99999.html&quot;, &quot;404.html&quot;]" in body


def test_nothing_of_the_desk_is_in_the_site(desk: RunningDesk) -> None:
    for path, body in published(desk.root / "_site").items():
        assert "desk" not in path
        assert b"/.desk/" not in body, path


@pytest.mark.parametrize("name", ["desk.js", "desk.css"])
def test_files_of_the_desk(desk: RunningDesk, name: str) -> None:
    response, body = ask(desk, f"/.desk/{name}?x")
    assert (response.status, body) == (200, (desk.root / "templates" / name).read_bytes())


@pytest.mark.parametrize("address", ["/.desk/", "/.desk/frame.html", "/.desk/../desk.js", "/.desk", "/.git"])
def test_nothing_else_is_there(desk: RunningDesk, address: str) -> None:
    assert ask(desk, address)[0].status == 404


def test_events_are_never_stored_and_stay_here(desk: RunningDesk) -> None:
    for method in ("GET", "HEAD"):
        headers = ask(desk, "/.desk/events", method)[0].headers
        assert (headers["Content-Type"], headers["Cache-Control"]) == ("text/event-stream", "no-store")
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Access-Control-Allow-Origin"] is None


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST:1", "127.0.0.1:8000", "[::1]:8000"])
def test_names_of_this_machine(desk: RunningDesk, host: str) -> None:
    assert ask(desk, "/", Host=host)[0].status == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "10.0.0.1", "[x"]
)
@pytest.mark.parametrize("address", ["/", "/.desk/events", "/.desk/desk.js"])
def test_a_name_that_somebody_else_made_lead_here_is_refused(desk: RunningDesk, host: str, address: str) -> None:
    for method in ("GET", "HEAD"):
        response, body = ask(desk, address, method, Host=host)
        assert response.status == 421
        assert b"script" not in body


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost:1", "null", "http://[x"])
def test_pages_of_other_sites_get_no_events(desk: RunningDesk, origin: str) -> None:
    assert ask(desk, "/.desk/events", Origin=origin)[0].status == 404


def test_our_own_pages_get_them(desk: RunningDesk) -> None:
    own = f"127.0.0.1:{desk.port}"
    assert ask(desk, "/.desk/events", Origin=f"http://{own}", Host=own)[0].status == 200


def heard(desk: RunningDesk, address: str, **headers: str) -> dict[str, Any]:
    """The first event of a stream, with its id."""
    lines = [f"GET {address} HTTP/1.1", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    with socket.create_connection(("127.0.0.1", desk.port), PATIENCE) as connection:
        connection.sendall("".join(f"{line}\r\n" for line in [*lines, ""]).encode())
        stream = connection.makefile(encoding="utf-8")
        told = dict[str, Any]()
        for line in stream:
            name, _, value = line.rstrip("\n").partition(": ")
            told[name] = json.loads(value) if name == "data" else value
            if name == "data":
                return told
    raise AssertionError("the stream ended")


def test_a_browser_that_comes_back_says_what_it_saw_last(desk: RunningDesk) -> None:
    first = heard(desk, "/.desk/events")
    assert (first["retry"], first["data"]) == ("500", {"lost": True, "paths": [], "trouble": None})
    again = heard(desk, f"/.desk/events?since={first['id']}")
    assert (again["id"], again["data"]["lost"]) == (first["id"], False)
    assert not heard(desk, "/.desk/events?since=x.1", Last_Event_ID=first["id"])["data"]["lost"]


# What makes it build -----------------------------------------------------------------------------------------------


def test_it_ends_in_peace(tmp_path: Path) -> None:
    with running_desk(desk_checkout(tmp_path / "checkout")) as desk:
        with socket.create_connection(("127.0.0.1", desk.port)) as silent, socket.socket() as listener:
            listener.connect(("127.0.0.1", desk.port))
            listener.sendall(b"GET /.desk/events HTTP/1.1\r\n\r\n")
            wait_for(lambda: b"lost" in listener.recv(4096), "the first event")
            assert desk.interrupt() == 0
            assert silent.recv(1) == b""
        wait_for(lambda: desk.lines[-1:] == [""], "the last line")
        assert [line for line in desk.lines if "Traceback" in line] == []
        socket.create_server(("127.0.0.1", desk.port)).close()  # the port is free


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_a_port_that_is_taken_is_told_before_anything_is_built(tmp_path: Path, host: str) -> None:
    root = desk_checkout(tmp_path / "checkout")
    with socket.create_server((host, 0)) as taken:
        command = [sys.executable, "build.py", "serve", "--host", host, "--port", str(taken.getsockname()[1])]
        ended = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "is not to be had" in ended.stderr
    assert not (root / "_site").exists()


def test_a_folder_that_no_build_made_is_refused(tmp_path: Path) -> None:
    root = desk_checkout(tmp_path / "checkout")
    (root / "_site").mkdir()
    (root / "_site" / "mine.txt").write_text("mine")
    command = [sys.executable, "build.py", "serve", "--port", "0"]
    ended = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "was not made by a build" in ended.stderr


def test_another_host_is_served_under_any_name(tmp_path: Path) -> None:
    with running_desk(desk_checkout(tmp_path / "checkout"), "--host", "0.0.0.0") as desk:
        assert ask(desk, "/", Host="curators.example")[0].status == 200


def test_the_browser_is_opened_where_that_is_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = tmp_path / "opened"
    opener = tmp_path / "opener"
    opener.write_text(f"#!/bin/sh\necho \"$1\" >> '{said}'\n")
    opener.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(opener))
    with running_desk(desk_checkout(tmp_path / "checkout"), "--open") as desk:
        wait_for(said.exists, "the browser")
        desk.replace("build.py", '"""Daybook', '"""The Daybook')
        wait_for(lambda: len(desk.builds()) == 2, "another start")
        assert said.read_text() == f"{desk.home}\n"


def test_a_program_that_changed_starts_anew_at_its_port(tmp_path: Path) -> None:
    with running_desk(desk_checkout(tmp_path / "checkout")) as desk:
        port, mark = desk.port, heard(desk, "/.desk/events")["id"]
        desk.replace("daybook/wording.py", "from __future__", "# changed\nfrom __future__")
        wait_for(lambda: len(desk.builds()) == 2, "another start")
        wait_for(lambda: len([line for line in desk.lines if " is at " in line]) == 2, "that it serves")
        assert "the program has changed: starting anew" in desk.lines
        assert desk.port == port
        assert heard(desk, f"/.desk/events?since={mark}")["data"]["lost"]
        assert desk.interrupt() == 0


def test_mistakes_end_nothing(tmp_path: Path) -> None:
    """Not even where there is no site yet."""
    root = desk_checkout(tmp_path / "checkout")
    (root / NOTE).write_text("paper: x\n", "utf-8")
    with running_desk(root) as desk:
        assert [line for line in desk.lines if line.startswith(f"{NOTE}:1:8: DB")]
        told = heard(desk, "/.desk/events")["data"]["trouble"]
        assert (told["problems"][0]["path"], told["problems"][0]["line"]) == (NOTE, 1)
        assert b"/.desk/desk.js" in ask(desk, "/")[1]
        (root / NOTE).unlink()
        wait_for(lambda: heard(desk, "/.desk/events")["data"]["trouble"] is None, "the next build")
        assert ask(desk, "/")[0].status == 200


def test_what_breaks_ends_nothing(tmp_path: Path) -> None:
    with running_desk(desk_checkout(tmp_path / "checkout")) as desk:
        desk.replace("templates/home.html", "{% extends", "{% extents")
        wait_for(lambda: heard(desk, "/.desk/events")["data"]["trouble"], "the trouble")
        summary = heard(desk, "/.desk/events")["data"]["trouble"]["summary"]
        assert "TemplateSyntaxError" in summary
        desk.replace("templates/home.html", "{% extents", "{{ nonsense }}{% extends")
        wait_for(lambda: "nonsense" in heard(desk, "/.desk/events")["data"]["trouble"]["summary"], "the other trouble")
        assert "Traceback (most recent call last):" in desk.lines
        desk.replace("templates/home.html", "{{ nonsense }}{% extends", "{% extends")
        wait_for(lambda: heard(desk, "/.desk/events")["data"]["trouble"] is None, "the next build")


def test_what_the_system_refuses_ends_nothing(tmp_path: Path) -> None:
    with running_desk(desk_checkout(tmp_path / "checkout")) as desk:
        (desk.root / "static" / "Capital.css").write_text("")
        wait_for(lambda: heard(desk, "/.desk/events")["data"]["trouble"], "the trouble")
        assert "Capital.css cannot be published" in heard(desk, "/.desk/events")["data"]["trouble"]["summary"]
        assert "Traceback (most recent call last):" not in desk.lines
        (desk.root / "static" / "Capital.css").unlink()
        wait_for(lambda: heard(desk, "/.desk/events")["data"]["trouble"] is None, "the next build")


def test_a_build_waits_for_another_one_and_tells_what_that_one_changed(tmp_path: Path) -> None:
    with running_desk(desk_checkout(tmp_path / "checkout")) as desk:
        with held(desk.root / "_site"):
            desk.replace("static/style.css", "#fcfbf7", "#fcfbf8")
            wait_for(lambda: heard(desk, "/.desk/events")["data"]["trouble"], "the trouble")
            assert "another build is writing" in heard(desk, "/.desk/events")["data"]["trouble"]["summary"]
            assert len(desk.builds()) == 1
        wait_for(lambda: len(desk.builds()) == 2, "the build")
        mark = heard(desk, "/.desk/events")["id"]
        desk.process.send_signal(signal.SIGSTOP)
        desk.replace("static/style.css", "#fcfbf8", "#fcfbf9")
        built(desk.root, desk.root / "_site")
        desk.process.send_signal(signal.SIGCONT)
        wait_for(lambda: len(desk.builds()) == 3, "the build that has nothing to do")
        wait_for(lambda: heard(desk, f"/.desk/events?since={mark}")["data"]["lost"], "the news")


def test_ctrl_c_is_for_all_its_processes_and_quiet(tmp_path: Path) -> None:
    """While pages are made."""
    with running_desk(desk_checkout(tmp_path / "checkout"), "--jobs", "2") as desk:
        desk.replace("templates/frame.html", "<html", "<!-- new --><html")
        wait_for(lambda: (desk.root / "_site/.daybook-owed").exists(), "the build")
        assert desk.interrupt() == 0
        wait_for(lambda: desk.lines[-1:] == [""], "the last line")
        assert [line for line in desk.lines if "Traceback" in line or "KeyboardInterrupt" in line] == []


def test_nobody_has_to_read_what_it_prints(tmp_path: Path) -> None:
    root = desk_checkout(tmp_path / "checkout")
    command = [sys.executable, "build.py", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout
        while b" is at " not in process.stdout.readline():
            pass
        process.stdout.close()
        try:
            for number in range(3):
                said = (root / NOTE).read_text("utf-8")
                (root / NOTE).write_text(said.replace("The sheep were", f"N{number} The sheep were"), "utf-8")
                wait_for(lambda n=number: f"N{n} ".encode() in (root / "_site" / PAPER).read_bytes(), "the build")  # type: ignore[misc]
        finally:
            process.kill()


def test_five_thousand_files_at_once_are_two_builds_at_most(tmp_path: Path) -> None:
    with running_desk(desk_checkout(tmp_path / "checkout")) as desk:
        many = desk.root / "static" / "many"
        many.mkdir()
        wait_for(lambda: len(desk.builds()) == 2, "the build for the folder")
        for number in range(5_000):
            (many / f"{number}.txt").write_text("x")
        wait_for(lambda: (desk.root / "_site/static/many/4999.txt").exists(), "the last file")
        desk.replace(NOTE, "The sheep", "Mended. The sheep")
        wait_for(lambda: b"Mended." in published(desk.root / "_site")[PAPER], "the note")
        assert len(desk.builds()) - 2 <= 3  # that of the note included


def test_a_build_that_is_asked_for_again_while_it_runs_is_made_once_more(tmp_path: Path) -> None:
    """It gives way to all else, and no thread stays when the desk is left, here for a change of the program."""
    root = desk_checkout(tmp_path / "checkout")
    (root / "_site").mkdir()
    before = {*threading.enumerate()}
    builds: list[int] = []

    class Studio:
        def build(self) -> Changes:
            builds.append(os.nice(0))
            if len(builds) == 1:
                for number in range(50):
                    (root / f"content/notes/{number}.yaml").write_text("")
            if len(builds) == 2:
                (root / "build.py").write_text("")
            return Changes(0, (), ())

        def prepare(self) -> None:
            pass

        def prove(self, changed: Collection[str]) -> dict[str, bytes]:
            return {}

    port = keep_building(Studio(), root, root / "_site", 0, "127.0.0.1", lambda server: None)
    assert port
    assert builds == [os.nice(0), os.nice(0) + (10 if sys.platform == "linux" else 0)]
    assert {*threading.enumerate()} == before


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl-C ends what runs, even where the tests are in the background of a shell, which has it ignored."""
    former = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, former)


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_waits_for_no_build_and_what_cannot_be_prepared_is_built(tmp_path: Path) -> None:
    root = desk_checkout(tmp_path / "checkout")
    (root / "_site").mkdir()
    left, builds = threading.Event(), list[bool]()

    class Studio:
        def build(self) -> Changes:
            if builds:
                os.kill(os.getpid(), signal.SIGINT)
            builds.append(bool(builds) and left.wait(PATIENCE))
            return Changes(0, (), ())

        def prepare(self) -> None:
            (root / "content/site.yaml").touch()
            raise ZeroDivisionError

        def prove(self, changed: Collection[str]) -> dict[str, bytes]:
            return {}

    assert keep_building(Studio(), root, root / "_site", 0, "127.0.0.1", lambda server: None) is None
    assert builds == [False]
    left.set()
    wait_for(lambda: len(builds) == 2, "the end of the build")
    assert builds == [False, True]
