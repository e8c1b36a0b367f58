"""Essays that nobody expects, read in odd ways: each stays whole, and its notes can be reached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from page_odd import HEBREW, LINE, LONG, ODD, WIDE, build_odd
from page_site import ESSAY, NOTE, PAGES, REF, STRESS, Reader, launch, served
from playwright.sync_api import Browser, Page, Playwright
from test_page_notes import FOCUSED, IN_SIGHT, OVERLAPS, note_ids

pytestmark = pytest.mark.browser

TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"
CLIPPED = """() => [...document.querySelectorAll(
    ".vr-essay > p, .vr-essay > h2, .vr-essay > blockquote, .vr-essay img, .vr-title *")]
  .filter(one => one.checkVisibility() && !one.matches(".vr-filter *"))
  .filter(one => { const box = one.getBoundingClientRect();
    return box.left < 0 || box.right > innerWidth + 1; })
  .map(one => one.outerHTML.slice(0, 80))"""
"""What stands partly outside the window."""
COVERED = """all => all.filter(one => {
    const box = one.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    return document.elementFromPoint(x, y) !== one;
}).map(one => one.textContent)"""
"""What something else lies over."""


@pytest.fixture(scope="module")
def odd_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The publication of odd essays, built."""
    folder = tmp_path_factory.mktemp("odd")
    build_odd(folder, folder / "site")
    return folder / "site"


@pytest.fixture
def odd(browser: Browser, odd_site: Path) -> Iterator[Reader]:
    """Somebody who reads it."""
    with served(odd_site) as url:
        reader = Reader(browser, url)
        yield reader
        reader.close()


def test_a_site_without_an_address_has_no_pictures(odd_site: Path) -> None:
    """Nobody could say where they are."""
    assert not (odd_site / "cards").exists()
    assert "og:image" not in (odd_site / LINE / "index.html").read_text("utf-8")


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("address", ODD)
def test_nothing_is_wider_than_its_page(
    odd: Reader, address: str, width: int, scripts: bool
) -> None:
    page = odd.open(address, width, java_script_enabled=scripts)
    assert page.evaluate(TOO_WIDE) <= 0
    assert page.evaluate(CLIPPED) == []
    assert odd.errors == []


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("address", ODD)
def test_notes_of_odd_essays_do_not_overlap(odd: Reader, address: str, scripts: bool) -> None:
    page = odd.open(address, 1440, java_script_enabled=scripts)
    assert page.locator(NOTE).evaluate_all(OVERLAPS) == []


@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("address", [HEBREW, WIDE])
def test_axe_finds_nothing_on_odd_essays(odd: Reader, address: str, width: int) -> None:
    results = Axe().run(odd.open(address, width))
    assert results.violations_count == 0, results.generate_report()


def test_an_essay_of_one_line_without_notes_offers_none(odd: Reader) -> None:
    page = odd.open(LINE)
    assert page.locator(".vr-essay").inner_text().strip() == "It is."
    assert page.locator(".vr-filter, .vr-keys").count() == 0
    assert page.locator(".vr-byline").inner_text().endswith("1 minute")
    page.keyboard.press("n")
    assert page.locator(".vr-open").count() == 0


def test_a_window_of_400_percent_shows_a_note_and_its_passage(odd: Reader) -> None:
    """1280 by 1024 at 400 %."""
    page = odd.open(LONG, 320, 256)
    for _ in range(3):
        page.keyboard.press("n")
        name = page.evaluate(FOCUSED)
        assert page.locator(f'{REF}[href="#{name}"]').evaluate(IN_SIGHT)
    assert page.evaluate(TOO_WIDE) <= 0


def test_the_last_note_of_60_000_words_opens_at_its_passage(odd: Reader) -> None:
    page = odd.open(f"{LONG}#n59")
    assert page.locator("#n59.vr-open").is_visible()
    assert page.locator(f'{REF}[href="#n59"]').evaluate(IN_SIGHT)
    current = page.locator(".vr-contents [aria-current=true]")
    current.wait_for()
    assert current.inner_text() == "Chapter 59"
    assert current.evaluate("""link => {
        const [own, list] = [link, link.closest("nav")].map(e => e.getBoundingClientRect());
        return own.top >= list.top && own.bottom <= list.bottom;
    }""")


def test_what_runs_from_right_to_left_does_so_with_its_notes(odd: Reader) -> None:
    page = odd.open(HEBREW)
    ends = """e => { const range = document.createRange();
        range.selectNodeContents([...e.childNodes].find(node => node.data));
        const [words, box] = [range.getClientRects()[0], e.getBoundingClientRect()];
        return [words.left - box.left, box.right - words.right]; }"""
    for place in ("h1", ".vr-essay > h2"):
        left, right = page.locator(place).evaluate(ends)
        assert right < 1 < left, place
    assert page.locator("#n0").evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert page.locator(".vr-byline").evaluate("e => getComputedStyle(e).direction") == "ltr"
    assert page.locator("h1").get_attribute("lang") == "he"
    page.keyboard.press("n")
    assert page.locator(f'{REF}[href="#n0"]').evaluate(IN_SIGHT)


def test_an_image_without_a_size_fits_its_column(odd: Reader) -> None:
    page = odd.open(WIDE, 320)
    image, column = (page.locator(at).bounding_box() for at in (".vr-essay img", ".vr-essay"))
    assert image is not None and column is not None
    assert image["width"] == column["width"] and image["x"] == column["x"]
    assert image["width"] / image["height"] == pytest.approx(1600 / 300, rel=0.05)


@pytest.fixture(scope="module")
def large(playwright: Playwright) -> Iterator[Browser]:
    """The browser of somebody who asked for letters of 32 pixels."""
    browser = launch(playwright, "--blink-settings=defaultFontSize=32")
    yield browser
    browser.close()


@pytest.mark.parametrize("width", [360, 1440, 2600])
@pytest.mark.parametrize("address", [ESSAY, STRESS])
def test_letters_of_32_pixels_leave_the_page_whole(
    large: Browser, site_url: str, address: str, width: int
) -> None:
    reader = Reader(large, site_url)
    page = reader.open(address, width)
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    assert page.locator(".vr-essay > p").nth(1).evaluate(size) >= 32
    assert page.evaluate(TOO_WIDE) <= 0
    assert page.evaluate(CLIPPED) == []
    if width == 2600:
        assert page.locator(NOTE).evaluate_all(OVERLAPS) == []
    _open_each(page, 5)
    reader.close()


def test_letters_of_32_pixels_leave_every_page_whole(large: Browser, site_url: str) -> None:
    reader = Reader(large, site_url)
    for address in PAGES:
        page = reader.open(address, 360)
        assert page.evaluate(TOO_WIDE) <= 0, address
        covered = page.locator(".vr-masthead-nav a, .vr-tools button").evaluate_all(COVERED)
        assert covered == [], address
    reader.close()


def _open_each(page: Page, count: int) -> None:
    for name in note_ids(page)[:count]:
        page.keyboard.press("n")
        assert page.locator(f"#{name}.vr-open").is_visible()
        assert page.locator(f'{REF}[href="#{name}"]').evaluate(IN_SIGHT)


@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("blocked", ["js", "woff2", "js|woff2"])
def test_what_does_not_arrive_is_not_missed(reader: Reader, blocked: str, width: int) -> None:
    page = reader.browser.new_page(viewport={"width": width, "height": 800},
                                   reduced_motion="reduce")
    page.route(re.compile(rf"\.({blocked})(\?|$)"), lambda route: route.abort())
    page.goto(reader.base + ESSAY)
    assert page.evaluate(TOO_WIDE) <= 0
    assert page.evaluate(CLIPPED) == []
    if width > 1000:
        assert page.locator(NOTE).evaluate_all(OVERLAPS) == []
    name = note_ids(page)[4]
    page.locator(f'{REF}[href="#{name}"]').click()
    assert page.locator(f"#{name}").is_visible()
    page.locator(f"#{name} [role=doc-backlink]").click()
    assert page.locator(f'{REF}[href="#{name}"]').is_visible()
    page.close()
