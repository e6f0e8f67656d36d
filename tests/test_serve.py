"""The plain server, asked over real connections."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from threading import Thread

import pytest

from daybook.serve import CannotServe, SiteServer, listen

SITE = {
    "index.html": "home",
    "404.html": "nothing here",
    "days/index.html": "days",
    "days/2026-01-07.html": "a day",
    "Über uns.html": "about",
    ".daybook-receipt": "hidden",
    ".well-known/security.txt": "hidden as well",
    "large.bin": "x" * 10_000_000,
}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SiteServer]:
    """Serves SITE from the folder `site`, beside which is a file that is none of the web's business."""
    (tmp_path / "secret.html").write_text("secret")
    for path, text in SITE.items():
        (tmp_path / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / path).write_text(text)
    with listen(tmp_path / "site", 0) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def ask(server: SiteServer, address: str, method: str = "GET") -> tuple[HTTPResponse, str]:
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.putrequest(method, address)
    connection.endheaders()
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response, text


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/", "index.html"),
        ("/index.html", "index.html"),
        ("/?utm_source=x", "index.html"),
        ("/days/", "days/index.html"),
        ("/days/2026-01-07.html?print", "days/2026-01-07.html"),
        ("/%C3%9Cber%20uns.html", "Über uns.html"),
        ("/%64ays/2026-01-07.html", "days/2026-01-07.html"),
    ],
)
def test_an_address_names_a_file(server: SiteServer, address: str, path: str) -> None:
    response, text = ask(server, address)
    assert (response.status, text) == (200, SITE[path])
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "address",
    [
        "/absent.html",
        "/days",
        "/index",
        "/index.html/",
        "/DAYS/2026-01-07.html",
        "/.daybook-receipt",
        "/%2edaybook-receipt",
        "/.well-known/security.txt",
        "/../secret.html",
        "/%2e%2e/secret.html",
        "/..%2fsecret.html",
        "/days/../../secret.html",
        "/days/../index.html",
        "/days//2026-01-07.html",
        "//secret.html",
        "/link.html",
        "/link-to-folder/secret.html",
        "/loop.html",
        "/%00",
        "/index.html%00",
        "/%ff%fe",
        "/%",
        "/" + "x" * 5000,
        "http://127.0.0.1/index.html",
        "*",
        "/{above}/secret.html",
        "/%2F{above}/secret.html",
    ],
)
def test_everything_else_is_the_page_for_it_with_status_404(server: SiteServer, address: str, tmp_path: Path) -> None:
    (tmp_path / "site/link.html").symlink_to(tmp_path / "secret.html")
    (tmp_path / "site/link-to-folder").symlink_to(tmp_path)
    (tmp_path / "site/loop.html").symlink_to("loop.html")
    response, text = ask(server, address.format(above=tmp_path))
    assert (response.status, text) == (404, SITE["404.html"])
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"


def test_a_site_without_a_page_for_it_has_a_404_still(server: SiteServer, tmp_path: Path) -> None:
    (tmp_path / "site/404.html").unlink()
    response, text = ask(server, "/absent.html")
    assert response.status == 404
    assert "the site has no 404.html" in text


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("site.webmanifest", "application/manifest+json"),
        ("feed.xml", "application/xml"),
        ("feed.atom", "application/atom+xml"),
        ("feed.json", "application/json"),
        ("papers.jsonl", "application/jsonl"),
        ("papers.csv", "text/csv; charset=utf-8"),
        ("papers.bib", "application/x-bibtex; charset=utf-8"),
        ("papers.ris", "application/x-research-info-systems; charset=utf-8"),
        ("days.ics", "text/calendar; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("icon.svg", "image/svg+xml"),
        ("icon.png", "image/png"),
        ("style.css", "text/css; charset=utf-8"),
        ("search.js", "text/javascript; charset=utf-8"),
        ("unheard.of", "application/octet-stream"),
        ("CNAME", "application/octet-stream"),
    ],
)
def test_types(server: SiteServer, tmp_path: Path, name: str, content_type: str) -> None:
    (tmp_path / "site" / name).write_text("text")
    response, text = ask(server, f"/{name}")
    assert (response.headers["Content-Type"], text) == (content_type, "text")


def test_the_head_alone(server: SiteServer) -> None:
    response, text = ask(server, "/", "HEAD")
    assert (response.status, response.headers["Content-Length"], text) == (200, "4", "")


def test_what_is_not_asked_for_by_get_or_head_is_refused(server: SiteServer) -> None:
    assert ask(server, "/", "POST")[0].status == 501


def test_only_what_went_wrong_is_reported(server: SiteServer, capfd: pytest.CaptureFixture[str]) -> None:
    ask(server, "/")
    ask(server, "/absent.html")
    assert [line.rpartition("] ")[2] for line in capfd.readouterr().err.splitlines()] == [
        '"GET /absent.html HTTP/1.1" 404 -'
    ]


def test_a_browser_that_hangs_up_is_no_error(server: SiteServer, capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_connection(("127.0.0.1", server.server_port)) as connection:
        connection.sendall(b"GET /large.bin HTTP/1.1\r\n\r\n")
        assert connection.recv(10).startswith(b"HTTP/1.0")
        # Hang up at once, with most of the file still to come.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert ask(server, "/")[0].status == 200
    assert capfd.readouterr().err == ""


def test_a_port_that_is_taken(server: SiteServer, tmp_path: Path) -> None:
    with pytest.raises(CannotServe, match=rf"port {server.server_port} on 127\.0\.0\.1 .*choose another port"):
        listen(tmp_path, server.server_port)


def test_a_port_that_no_machine_has(tmp_path: Path) -> None:
    with pytest.raises(CannotServe, match=r"port 70000 .*choose another port"):
        listen(tmp_path, 70_000)


def test_a_site_that_was_not_built(tmp_path: Path) -> None:
    with pytest.raises(CannotServe, match=r"there is no folder .*absent; build the site first"):
        listen(tmp_path / "absent", 0)


def test_a_file_that_is_replaced_is_served_at_once(server: SiteServer, tmp_path: Path) -> None:
    ask(server, "/")
    (tmp_path / "site/index.html").write_text("changed")
    assert ask(server, "/")[1] == "changed"


def test_closing_ends_connections_that_say_nothing(tmp_path: Path) -> None:
    """Browsers keep some open for what they may want next."""
    with listen(tmp_path, 0) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        silent = socket.create_connection(("127.0.0.1", server.server_port))
        assert ask(server, "/")[0].status == 404  # so the silent one was accepted
        server.shutdown()
        thread.join()
    assert silent.recv(1) == b""
    silent.close()
    assert [each for each in threading.enumerate() if "process_request" in each.name] == []


@pytest.mark.parametrize(
    ("host", "near"),
    [("127.0.0.1", "127.0.0.1"), ("localhost", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("::1", "[::1]")],
)
def test_addresses_to_listen_on(tmp_path: Path, host: str, near: str) -> None:
    if ":" in host and not _has_ipv6():
        pytest.skip("this machine has no loopback address of IPv6")
    with listen(tmp_path, 0, host) as server:
        assert server.url == f"http://{near}:{server.server_port}/"


def _has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True
