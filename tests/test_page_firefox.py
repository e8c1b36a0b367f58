"""The page in Firefox, where the system has one."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from page_site import ESSAY, PAGES, STRESS, Reader
from playwright.sync_api import Error, Page, Playwright
from test_page_menu import EXACT, choose, press
from test_page_notes import FOCUSED, OVERLAPS, STILL
from test_page_search import lead, look_up

pytestmark = pytest.mark.browser

WIDTHS = [320, 768, 1280, 1920]
NOTE = "[role=doc-footnote]"
REF = "[role=doc-noteref]"
BETWEEN = Path(__file__).parent / "firefox_between.py"


@pytest.fixture(scope="module")
def firefox(
    tmp_path_factory: pytest.TempPathFactory, playwright: Playwright, site_url: str
) -> Iterator[Reader]:
    """Somebody who reads in the Firefox of the system; skips where it has none."""
    found = shutil.which("firefox-esr") or shutil.which("firefox")
    if found is None:
        pytest.skip("no Firefox on the path; install it to run these")
    start = tmp_path_factory.mktemp("firefox") / "firefox"
    start.write_text(f"#!/bin/sh\nexec '{sys.executable}' '{BETWEEN}' \"$@\"\n")
    start.chmod(0o755)
    try:
        browser = playwright.firefox.launch(
            executable_path=start, channel="moz-firefox",
            env={**os.environ, "VARIORUM_FIREFOX": found})
    except Error as error:
        pytest.skip(f"{found} cannot be driven: {error.message.splitlines()[0]}")
    reader = Reader(browser, site_url)
    yield reader
    reader.close()
    browser.close()


@pytest.fixture(autouse=True)
def no_complaints(firefox: Reader) -> Iterator[None]:
    """Nothing is logged, no stranger is asked."""
    firefox.errors.clear()
    firefox.requests.clear()
    yield
    assert firefox.errors == []
    assert [url for url in firefox.requests if not url.startswith(firefox.base)] == []


def opened(page: Page) -> str:
    """The id of the open note."""
    return str(page.locator(f"{NOTE}.vr-open").get_attribute("id"))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", [*PAGES, STRESS])
def test_no_page_is_wider_than_its_window(firefox: Reader, address: str, width: int) -> None:
    page = firefox.open(address, width, 700)
    assert page.locator("html").evaluate("e => e.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_notes_open_walk_and_close(firefox: Reader, width: int) -> None:
    page = firefox.open(ESSAY, width)
    page.locator(REF).nth(2).click()
    third = opened(page)
    assert page.url.endswith(f"#{third}")
    assert page.evaluate(FOCUSED) == third
    page.keyboard.press("n")
    assert opened(page) != third
    page.keyboard.press("p")
    assert opened(page) == third
    page.keyboard.press("Escape")
    assert page.locator(".vr-open").count() == 0
    assert page.locator(REF).nth(2).evaluate("ref => ref === document.activeElement")


@pytest.mark.parametrize("address", [ESSAY, STRESS])
def test_notes_do_not_overlap(firefox: Reader, address: str) -> None:
    page = firefox.open(address, 1440)
    page.evaluate(STILL)  # fonts that have come may not have been drawn yet
    assert page.locator(NOTE).evaluate_all(OVERLAPS) == []


def test_chosen_words_are_cited(firefox: Reader) -> None:
    page = firefox.open(ESSAY, 1280)
    choose(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Copy link"
    press(page, "Cite")
    assert EXACT in page.get_by_label("Citation").input_value()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.locator(".vr-menu").count() == 0


def test_search_leads_to_a_note(firefox: Reader) -> None:
    page = firefox.open("", 1280)
    look_up(page, "uninvited")
    lead(page, "uninvited")
    page.locator("#uninvited.vr-open").wait_for()


@pytest.mark.parametrize("width", [375, 1280])
def test_axe_finds_nothing(firefox: Reader, width: int) -> None:
    page = firefox.open(ESSAY, width)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_a_page_opened_from_disk_works(
    firefox: Reader, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(firefox, "base", "file://")  # nobody else is asked
    page = firefox.open((site / ESSAY / "index.html").as_uri())
    page.locator(REF).nth(2).click()
    assert page.locator(f"{NOTE}.vr-open").is_visible()
    page.get_by_role("link", name="Notes", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "All the notes"


def test_words_are_hyphenated(firefox: Reader) -> None:
    """Not every Chromium brings a dictionary; Firefox has one."""
    page = firefox.open(ESSAY, 320)
    height = "() => document.querySelector('.vr-essay').offsetHeight"
    hyphenated = page.evaluate(height)
    page.locator(".vr-article").evaluate("e => { e.style.hyphens = 'manual'; }")
    assert page.evaluate(height) > hyphenated
