"""What several tests share: the built sites and the browser, each made once a session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from tests.browser import Window, chromium
from tests.html_pages import ParsedSite
from tests.sites import ROOT, TOY, BuiltSite, hosted

# How long an example takes says something of the machine, and nothing of the code.
settings.register_profile("daybook", deadline=None)
settings.load_profile("daybook")


@pytest.fixture(scope="session")
def shipped_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """The content of this repository as a site."""
    with hosted("shipped", ROOT, tmp_path_factory.mktemp("shipped")) as site:
        yield site


@pytest.fixture(scope="session", autouse=True)
def _no_proxy() -> Iterator[None]:
    """Servers of tests are on this machine, whatever stands between it and the others."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("NO_PROXY", "no_proxy"):
            patch.setenv(name, "*")
        yield


@pytest.fixture(scope="session")
def toy_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """The small invented content with all odd cases as a site."""
    with hosted("toy", TOY, tmp_path_factory.mktemp("toy")) as site:
        yield site


@pytest.fixture(scope="session")
def sites(shipped_site: BuiltSite, toy_site: BuiltSite) -> tuple[BuiltSite, ...]:
    return shipped_site, toy_site


@pytest.fixture(scope="session", params=["shipped", "toy"])
def parsed(request: pytest.FixtureRequest, sites: tuple[BuiltSite, ...]) -> ParsedSite:
    """Each of the sites in turn, with all its pages parsed."""
    return ParsedSite(next(site for site in sites if site.name == request.param))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[Window]:
    """One window for all tests that only look."""
    with browser.new_context() as context:
        yield Window(context)
