"""Fixtures that several files use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from page_site import Reader, build_site, launch, served
from playwright.sync_api import Browser, Playwright, sync_playwright

settings.register_profile("untimed", deadline=None)  # speed is for bench/, not for tests
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The publication, built."""
    target = tmp_path_factory.mktemp("site")
    build_site(target)
    return target


@pytest.fixture(scope="session")
def site_url(site: Path) -> Iterator[str]:
    """Where the built publication is served."""
    with served(site) as url:
        yield url


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives browsers; a process can have only one at a time."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A Chromium."""
    browser = launch(playwright)
    yield browser
    browser.close()


@pytest.fixture
def reader(browser: Browser, site_url: str) -> Iterator[Reader]:
    """Somebody who opens pages of the publication."""
    reader = Reader(browser, site_url)
    yield reader
    reader.close()
