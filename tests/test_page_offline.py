"""After the first visit the site is read without a network, and never in two states at once."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from page_site import ESSAY, ROOT, Reader, served
from playwright.sync_api import Browser, Page

from variorum.plugin import finish
from variorum.site import fill_worker, is_kept, keep, stamp

pytestmark = pytest.mark.browser

READY = """navigator.serviceWorker.ready.then(async () => {
  while (!navigator.serviceWorker.controller) await new Promise(r => setTimeout(r, 50));
})"""
"""The first worker has kept what it wants and looks after the page."""
WAITING = """navigator.serviceWorker.ready.then(async (registration) => {
  await registration.update();
  while (!registration.waiting) await new Promise(r => setTimeout(r, 50));
})"""
"""The worker of the next build has kept what it wants."""


def visit(reader: Reader, address: str) -> Page:
    """A first visit, long enough for the worker to have kept what it wants."""
    page = reader.open(address, worker=True)
    page.evaluate(READY)
    return page


def test_everything_is_there_without_a_network(browser: Browser, site: Path) -> None:
    with served(site) as url:
        reader = Reader(browser, url)
        page = visit(reader, ESSAY)
    page.context.set_offline(True)  # and nobody serves the site any more
    page.reload()
    assert page.locator(".vr-essay.vr-placed").count() == 1
    assert page.evaluate("document.fonts.ready.then(all => all.check('20px \"EB Garamond\"'))")
    page.locator("[role=doc-noteref]").first.click()
    assert page.locator(".vr-open").is_visible()
    page.goto(f"{url}essays/first-annual-message/")
    assert page.get_by_role("heading", level=1).inner_text() == "The First Annual Message"
    assert page.locator(".vr-essay.vr-placed").count() == 1
    page.get_by_role("button", name="Search").click()
    page.keyboard.type("groundwork")
    page.locator(f".md-search-result__link[href$='{ESSAY}#p3']").click()
    assert page.locator("#p3:target").is_visible()
    assert [said for said in reader.errors if "ERR_INTERNET_DISCONNECTED" not in said] == []
    page.goto(f"{url}essays/never-written/")
    assert page.get_by_role("heading").inner_text() == "You are offline"
    page.get_by_role("link").click()
    assert page.locator(".vr-page-home").count() == 1
    reader.close()


@pytest.fixture
def small(tmp_path: Path, browser: Browser) -> Iterator[tuple[Path, Reader]]:
    """A site of two pages that can be built anew, and its reader."""
    build(tmp_path, 1)
    with served(tmp_path) as url:
        reader = Reader(browser, url)
        yield tmp_path, reader
        reader.close()


def build(site: Path, version: int) -> None:
    """Write the site, all of whose files say which build they are of."""
    shutil.copy(ROOT / "docs" / "sw.js", site)
    (site / "assets").mkdir(exist_ok=True)
    script = (ROOT / "docs" / "assets" / "page.js").read_text("utf-8")
    (site / "assets" / "page.js").write_text(f"{script}\nvar version = {version};\n", "utf-8")
    (site / "assets" / "page.css").write_text(f"html {{ --version: {version}; }}\n", "utf-8")
    for name in ("index.html", "other.html"):
        (site / name).write_text(
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>T</title>'
            '<link rel="icon" href="data:,"><link rel="stylesheet" href="assets/page.css">'
            f'<script src="assets/page.js"></script></head><body>{version}</body></html>', "utf-8")
    finish(site)


VERSIONS = """[document.body.textContent, String(version),
  getComputedStyle(document.documentElement).getPropertyValue("--version")]"""


def test_a_new_build_is_seen_at_once_and_never_beside_the_old_one(
    small: tuple[Path, Reader]
) -> None:
    site, reader = small
    page = visit(reader, "index.html")
    page.goto(reader.base + "other.html")
    build(site, 2)
    page.goto(reader.base + "index.html")
    assert page.evaluate(VERSIONS) == ["2", "2", "2"]
    page.evaluate(WAITING)
    page.context.set_offline(True)
    for name in ("index.html", "other.html"):
        page.goto(reader.base + name)
        assert len(set(page.evaluate(VERSIONS))) == 1, name
    page.goto("about:blank")  # no page of the old build is open: the new worker takes over
    page.goto(reader.base + "other.html")
    assert page.evaluate(VERSIONS) == ["2", "2", "2"]
    kept = page.evaluate("""caches.keys().then(([name]) => caches.open(name))
        .then((cache) => cache.keys()).then((all) => all.length)""")
    assert kept == 4


REFUSED = """ServiceWorkerContainer.prototype.register =
  () => Promise.reject(new DOMException("refused", "SecurityError"));"""


def test_where_a_worker_is_refused_the_page_does_not_mind(reader: Reader) -> None:
    page = reader.open(ESSAY, worker=True, init=REFUSED)
    page.wait_for_timeout(200)
    assert page.locator(".vr-placed").count() == 1
    assert reader.errors == []


def test_the_worker_keeps_what_readers_need_the_most_needed_first() -> None:
    names = ["a/index.html", "assets/x.css", "index.html", "search/search_index.json", "b/c/d.png"]
    filled = fill_worker("const BUILD = { files: {}, first: 0 };",
                         [keep(name, name.encode() * 9) for name in names])
    files = json.loads(filled[filled.index("files: ") + 7:filled.rindex(", first")])
    assert list(files) == ["assets/x.css", "search/search_index.json", "", "a/", "b/c/d.png"]
    assert filled.endswith("first: 5 };")
    large = fill_worker("const BUILD = { files: {}, first: 0 };",
                        [keep("index.html", b""), keep("a.png", b"x" * 2_000_000)])
    assert large.endswith("first: 1 };")
    with pytest.raises(ValueError, match=re.escape("sw.js has no line")):
        fill_worker("", [])


@pytest.mark.parametrize(("path", "kept"), [
    ("index.html", True), ("assets/fonts/f.woff2", True), ("search/search_index.json", True),
    ("sw.js", False), ("assets/javascripts/lunr/min/lunr.de.min.js", False), ("feed.xml", False),
    ("feed.json", False), ("schemas/notes.schema.json", False), ("x/annotations.jsonld", False),
    ("sitemap.xml.gz", False), ("LICENSE", False),
])
def test_what_is_kept(path: str, kept: bool) -> None:
    assert is_kept(path) is kept


@pytest.mark.parametrize(("page", "stamped"), [
    ('<script src="../../assets/a.js">', '<script src="../../assets/a.js?12">'),
    ('<link href="/assets/b.css">', '<link href="/assets/b.css?34">'),
    ('<p data-more="assets/a.js">', '<p data-more="assets/a.js?12">'),
    ('<link href="assets/c.css">', '<link href="assets/c.css">'),
    ('<p>="assets/a.js</p><i class="x">', '<p>="assets/a.js</p><i class="x">'),
])
def test_pages_ask_for_our_files_by_their_content(page: str, stamped: str) -> None:
    assert stamp(page, {"assets/a.js": "12", "assets/b.css": "34"}) == stamped
