"""A proxy that stands for the whole web: whatever is asked for over TLS, the server of the tests answers.

So the program itself can be run, with the real addresses in it, and nobody outside is asked for anything.
"""

from __future__ import annotations

import select
import socket
import ssl
import subprocess
from contextlib import suppress
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread

from tests.services import Services

_HOSTS = ("huggingface.co", "export.arxiv.org")


def make_certificate(folder: Path) -> Path:
    """A file with a key and a certificate of its own for the hosts; it is valid for two days. Needs openssl."""
    names = ",".join(f"DNS:{host}" for host in _HOSTS)
    key, certificate, both = folder / "key.pem", folder / "certificate.pem", folder / "both.pem"
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=tests"]
    words += ["-addext", f"subjectAltName={names}", "-addext", "keyUsage=critical,digitalSignature,keyCertSign"]
    subprocess.run([*words, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    both.write_bytes(key.read_bytes() + certificate.read_bytes())
    return both


class Proxy(ThreadingTCPServer):
    """To be used in a `with` statement; `environment` makes a process use it and believe its certificate."""

    daemon_threads = False
    allow_reuse_address = True

    def __init__(self, services: Services, certificate: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Tunnel)
        self.services = services
        self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.context.load_cert_chain(certificate)
        address = f"http://127.0.0.1:{self.server_address[1]}"
        self.environment = {"HTTPS_PROXY": address, "HTTP_PROXY": address, "SSL_CERT_FILE": str(certificate)}
        self._thread = Thread(target=self.serve_forever, args=(0.01,))

    def __enter__(self) -> Proxy:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()


class _Tunnel(BaseRequestHandler):
    request: socket.socket
    server: Proxy

    def handle(self) -> None:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += self.request.recv(1) or b"\r\n\r\n"
        if not head.startswith(b"CONNECT"):
            self.request.sendall(b"HTTP/1.1 405 Only CONNECT\r\nContent-Length: 0\r\n\r\n")
            return
        self.request.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
        port = int(self.server.services.base.rpartition(":")[2])
        with (
            suppress(OSError),
            self.server.context.wrap_socket(self.request, server_side=True) as near,
            socket.create_connection(("127.0.0.1", port)) as far,
        ):
            _pass_on(near, far)


def _pass_on(near: ssl.SSLSocket, far: socket.socket) -> None:
    """In both directions, until one side ends; in one thread, since OpenSSL asks for that."""
    while True:
        ready = [near] if near.pending() else select.select([near, far], [], [])[0]
        for source in ready:
            received = source.recv(65536)
            if not received:
                return
            (far if source is near else near).sendall(received)
