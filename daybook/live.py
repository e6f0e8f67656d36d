"""The writing desk: a server that builds whenever a file changes, and tells the pages that are open in browsers.

Pages come as they stand in the site's folder, but for one script, which asks for news and either loads its page again
or shows over it what is wrong. Neither that script nor anything else of the desk is ever in the site's folder: it is
added to what is sent, at addresses that begin with a dot, as those of no file on the site do.

News come as server-sent events, https://html.spec.whatwg.org/multipage/server-sent-events.html: the mark of a build is
the event's id, so that a browser which comes back tells the last one that it saw.
"""

from __future__ import annotations

import html
import json
import re
import traceback
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from functools import partial
from http import HTTPStatus
from ipaddress import ip_address
from pathlib import Path
from threading import Event, Thread
from typing import Final, Protocol
from urllib.parse import parse_qs, urlsplit

from daybook.bulletin import Bulletin, News, Trouble
from daybook.folder import RECEIPT
from daybook.model import Changes, Invalid
from daybook.parallel import give_way
from daybook.proofs import Proofs
from daybook.serve import NOT_FOUND, TYPES, Answer, SiteServer, Visit, bind, find, path_of
from daybook.watching import changes, is_program

DESK: Final = "/.desk/"
"""Where everything of the desk is. No file of a site has such an address: see serve.path_of."""

_EVENTS: Final = f"{DESK}events"
_FILES: Final = {f"{DESK}{name}": name for name in ("desk.js", "desk.css")}
_HEARTBEAT: Final = 15.0  # seconds: so often the HTML standard wants a comment, against proxies that lose patience
_RETRY: Final = 500  # milliseconds after which a browser that lost the server asks again
_PAUSE: Final = 0.3  # seconds between two tries of a build that has to wait for another one
_TOLD_AFTER: Final = 10  # tries
_SHOWN: Final = 50  # problems: more than these nobody mends at one go

_HEAD_TAG = re.compile(rb"<head(?:\s[^>]*)?>", re.IGNORECASE)
_POLICY = re.compile(rb"""(<meta http-equiv="Content-Security-Policy" content=")([^"]*)""", re.IGNORECASE)


class Studio(Protocol):
    """What makes the pages that a desk shows."""

    def build(self) -> Changes:
        """Bring the site's folder up to date. Raises Invalid for mistakes in content/, OSError for what the system or
        another program refuses; whatever else it raises is a mistake of ours."""

    def prepare(self) -> None:
        """Take the time that it takes to be quick from now on."""

    def prove(self, changed: Collection[str]) -> dict[str, bytes]:
        """The pages that show best what changed, by their paths, as the next build will make them; or none."""


class Busy(OSError):
    """Another build is at the site's folder: trying again, after a while, is worth it. The message says so."""


class Desk:
    """What the visitors of a desk share. `names` are what a browser may call it; None: whatever it likes.

    `site` stands for what the last build left, see `state`; `want` asks for another one.
    """

    def __init__(self, folder: Path, templates: Path, host: str) -> None:
        self.folder = folder.resolve()
        self.templates = templates
        self.names = _names(host)
        self.bulletin = Bulletin()
        self.proofs = Proofs()
        self.site = self.state()
        self.want: Callable[[], None] = lambda: None

    def state(self) -> tuple[int, ...] | None:
        """Another one after each build that changed the site, whoever ran it; None where there is no site."""
        with suppress(OSError):
            status = (self.folder / RECEIPT).stat()
            return (status.st_ino, status.st_mtime_ns, status.st_size)
        return None

    def owes(self, path: str) -> bool:
        """Did the last build make such a file, or is there no site at all? Then somebody has deleted it."""
        try:
            receipt = (self.folder / RECEIPT).read_bytes()
        except OSError:
            return True
        return f"\n{path}\t".encode(errors="replace") in receipt


def keep_building(
    studio: Studio, root: Path, out: Path, port: int, host: str, ready: Callable[[SiteServer], None]
) -> int | None:
    """Build the checkout `root` into `out`, serve it, and build again whenever its files change, until Ctrl-C.

    What `studio` can prove of a change is shown at once, and stands until the build after it is over.

    `ready` is called once, when the first build is over and pages are served. Mistakes in content/ end nothing: what
    stands in `out` is served. Returns the port when the program itself has changed, so that it has to start anew;
    None after Ctrl-C. Raises CannotServe, and OSError where the first build does or files cannot be watched.
    """
    desk = Desk(out, root / "templates", host)
    with bind(partial(_DeskVisit, desk), port, host) as server:
        watched = changes(root)
        next(watched)
        _build(studio, desk)
        with _running(server, desk.bulletin), suppress(KeyboardInterrupt):
            ready(server)
            with _Builder(studio, desk) as builder:
                desk.want = builder.want
                for changed in watched:
                    if any(map(is_program, changed)):
                        return server.server_port
                    if changed:
                        _prove(studio, desk, changed)
                        builder.want()
        return None


class _Builder:
    """Builds in a thread of its own whenever that is wanted, one build at a time.

    Left, it ends what it is at. Ctrl-C does not wait for that: what a build has published when it is cut off is whole.
    """

    def __init__(self, studio: Studio, desk: Desk) -> None:
        self._studio, self._desk = studio, desk
        self._wanted = Event()
        self._ending = Event()
        self._thread = Thread(target=self._run, daemon=True)

    def __enter__(self) -> _Builder:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._ending.set()
        self._wanted.set()
        if kind is not KeyboardInterrupt:
            self._thread.join()

    def want(self) -> None:
        self._wanted.set()

    def _run(self) -> None:
        give_way()
        try:
            self._studio.prepare()
        except Exception:  # a build, which may do without, tells of the same in the browser
            traceback.print_exc()
        tries = 0
        while self._wanted.wait() and not self._ending.is_set():
            self._wanted.clear()
            try:
                _build_again(self._studio, self._desk)
                tries = 0
            except Busy as busy:
                tries += 1
                if tries == _TOLD_AFTER:
                    self._desk.bulletin.failed(Trouble(f"The build waits: {busy}"))
                self._ending.wait(_PAUSE)
                self._wanted.set()


def _prove(studio: Studio, desk: Desk, changed: Collection[str]) -> None:
    try:
        pages = studio.prove(changed)
    except Exception:  # the build, which comes next, stumbles over the same and tells of it in the browser
        traceback.print_exc()
        return
    if pages:
        desk.proofs.show(pages)
        desk.bulletin.proved(tuple(pages))


def _build(studio: Studio, desk: Desk) -> None:
    bulletin, proofs = desk.bulletin, desk.proofs.standing()
    before = desk.state()
    try:
        changes = studio.build()
        desk.proofs.settle(proofs)
        after = desk.state()
        # Somebody else's build may have come before ours, or while ours was reading and left it nothing to write.
        is_ours = before == desk.site and (after == before or bool(changes.written or changes.removed))
        desk.site = after
        if not is_ours:
            bulletin.lost()
            return
        known = {path for path, page in proofs.items() if find(desk.folder, path) == (TYPES[".html"], page)}
        # What was shown and came otherwise is news, even where the file is as it was before.
        news = {*changes.written, *proofs} - known
        bulletin.built(replace(changes, written=tuple(sorted(news))))
    except Invalid as invalid:
        count = len(invalid.problems)
        bulletin.failed(Trouble(f"{count:,} problem{'s' if count > 1 else ''} in content/", invalid.problems))
    except OSError:
        raise
    except Exception as error:
        traceback.print_exc()
        told = f"{type(error).__name__}: {error}"
        bulletin.failed(Trouble(f"The build broke: {told} (the terminal has the traceback)"))


def _build_again(studio: Studio, desk: Desk) -> None:
    """Raises Busy."""
    try:
        _build(studio, desk)
    except Busy:
        raise
    except OSError as error:
        desk.bulletin.failed(Trouble(f"The build could not run: {error}"))
        with suppress(BrokenPipeError):
            print(f"build.py: {error}", flush=True)


@contextmanager
def _running(server: SiteServer, bulletin: Bulletin) -> Iterator[None]:
    thread = Thread(target=server.serve_forever, args=(0.1,))
    thread.start()
    try:
        yield
    finally:
        bulletin.close()
        server.shutdown()
        thread.join()


class _DeskVisit(Visit):
    """One connection to a desk."""

    def __init__(self, desk: Desk, *rest: object) -> None:
        self._desk = desk
        super().__init__(desk.folder, *rest)

    def do_GET(self) -> None:
        if self._is_for_events():
            self._begin_events()
            self._send_events()
        else:
            super().do_GET()

    def do_HEAD(self) -> None:
        if self._is_for_events():
            self._begin_events()
        else:
            super().do_HEAD()

    def answer(self) -> Answer:
        if not self._is_welcome():
            return Answer(HTTPStatus.MISDIRECTED_REQUEST, TYPES[".txt"], b"Ask for this machine by its own name.\n")
        if name := _FILES.get(self._place):
            return self._file(self._desk.templates / name)
        mark = self._desk.bulletin.mark  # before the file is read: what it may miss will be told
        proof = self._desk.proofs.find(path_of(self.path) or "")
        answer = Answer(HTTPStatus.OK, TYPES[".html"], proof) if proof else super().answer()
        path = path_of(self.path)
        if answer.status == HTTPStatus.NOT_FOUND and path and self._desk.owes(path):
            self._desk.want()
        if answer.content_type != TYPES[".html"]:
            return answer
        shown = [path, path_of(NOT_FOUND) if answer.status == HTTPStatus.NOT_FOUND else None]
        body = with_desk(answer.body, mark, [path for path in shown if path])
        return Answer(answer.status, answer.content_type, body)

    @property
    def _place(self) -> str:
        return self.path.partition("?")[0]

    def _file(self, path: Path) -> Answer:
        try:
            return Answer(HTTPStatus.OK, TYPES[path.suffix], path.read_bytes())
        except OSError as error:
            return Answer(HTTPStatus.NOT_FOUND, TYPES[".txt"], f"{path.name}: {error.strerror}\n".encode())

    def _is_welcome(self) -> bool:
        """A name that somebody else made lead to this machine is not its own (DNS rebinding)."""
        names, host = self._desk.names, self.headers["Host"]
        return names is None or host is None or _name(host) in names

    def _is_for_events(self) -> bool:
        """Pages of other sites get none: browsers say of them where they come from."""
        origin = self.headers["Origin"]
        is_ours = origin is None or origin == f"http://{self.headers['Host']}"
        return self._place == _EVENTS and is_ours and self._is_welcome()

    def _begin_events(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.end_headers()

    def _send_events(self) -> None:
        asked = parse_qs(urlsplit(self.path).query).get("since", [""])
        seen = self.headers["Last-Event-ID"] or asked[0]
        self.wfile.write(f"retry: {_RETRY}\n\n".encode())
        for news in self._desk.bulletin.follow(seen, _HEARTBEAT):
            self.wfile.write(event(news) if news else b":\n\n")


def with_desk(page: bytes, mark: str, paths: list[str]) -> bytes:
    """A page with the desk's script, and the leave to ask for news in its Content-Security-Policy.

    `mark` stands for the build that the page is of; `paths` are the files whose change makes it another page.
    """
    files = html.escape(json.dumps(paths))
    tag = f'<script src="{DESK}desk.js" data-mark="{mark}" data-files="{files}" defer></script>'.encode()
    page = _POLICY.sub(lambda found: found[1] + _with_leave(found[2]), page, count=1)
    head = _HEAD_TAG.search(page)
    place = head.end() if head else len(page)
    return page[:place] + tag + page[place:]


def event(news: News) -> bytes:
    """News in the form of an event stream: JSON has no line ends of its own."""
    told = asdict(news)
    del told["mark"]
    if news.trouble:
        told["trouble"]["problems"] = told["trouble"]["problems"][:_SHOWN]
        told["trouble"]["more"] = max(0, len(news.trouble.problems) - _SHOWN)
    return f"id: {news.mark}\ndata: {json.dumps(told)}\n\n".encode()


def _with_leave(policy: bytes) -> bytes:
    if b"style-src 'self'" not in policy:
        policy = policy.replace(b"style-src ", b"style-src 'self' ")
    return policy if b"connect-src" in policy else policy + b"; connect-src 'self'"


def _name(host: str) -> str | None:
    """The name in a Host header, without the port; None where there is none."""
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def _names(host: str) -> frozenset[str] | None:
    """What a browser may call a server that only this machine can reach; None if others can reach it."""
    try:
        is_loopback = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        is_loopback = False
    return frozenset({"localhost", "127.0.0.1", "::1", host}) if is_loopback else None
