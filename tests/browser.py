"""A real browser for tests: headless Chromium, and pages that remember what went wrong in them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Request, Response, sync_playwright

from tests.outside import find_chromium

NARROW, PHONE, DESK = 320, 375, 1280
"""Widths of windows in CSS pixels: the narrowest that WCAG 1.4.10 asks for, a common telephone, a desk."""

_ARGUMENTS = [
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever a page asks of another host fails at once and stays on this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The installed Chromium, without a window."""
    program = find_chromium()
    # Chromium refuses to run as root in its sandbox.
    arguments = [*_ARGUMENTS, "--no-sandbox"] if os.geteuid() == 0 else _ARGUMENTS
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


class Window:
    """A window of the browser. `faults` gathers what goes wrong in the page that it shows.

    That is failed requests, requests for anything outside of the page's site, errors of scripts and what the console
    says, violations of the Content-Security-Policy among it.
    """

    def __init__(self, context: BrowserContext) -> None:
        self.faults: list[str] = []
        self._home = ""
        self.page = context.new_page()
        self.page.on("request", self._on_request)
        self.page.on("requestfailed", self._on_failure)
        self.page.on("response", self._on_response)
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))

    def open(self, home: str, path: str, width: int = DESK) -> None:
        """Show a page on a light screen, by the address of its site's root and its path from there."""
        # Leaving a page breaks off what it still loads, which is no fault of the next one.
        self.page.goto("about:blank")
        self.page.emulate_media(media="screen", color_scheme="light", reduced_motion="no-preference")
        self.faults = []
        self._home = home
        self.resize(width)
        self.page.goto(home + path, wait_until="load")

    def resize(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": 800})

    def ask(self, script: str, *argument: object) -> Any:
        """What a JavaScript expression gives in the page."""
        return self.page.evaluate(script, *argument)

    def _on_failure(self, request: Request) -> None:
        # Leaving a page breaks off what it still loads, which is no fault.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"failed: {request.url}")

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith(self._home):
            self.faults.append(f"leaves the site: {request.url}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400:
            self.faults.append(f"status {response.status}: {response.url}")

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")
