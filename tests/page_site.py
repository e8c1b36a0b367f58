"""What the tests in a real browser share: the built site, a server for it, pages that tell."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, Playwright

from variorum.essay import Selector
from variorum.extension import PageNote, annotate

ROOT = Path(__file__).resolve().parent.parent
ESSAY = "essays/with-friends-like-these/"
MESSAGE = "essays/first-annual-message/"
PAGES = ("", "essays/", ESSAY, f"{ESSAY}apparatus/", f"{MESSAGE}apparatus/", "notes/", "readings/",
         "about/", "404.html")
"""One address of each kind of page."""
STRESS = "essays/stress/"
"""An essay made for the tests: see :func:`write_stress`."""
REF = "[role=doc-noteref]"
NOTE = "[role=doc-footnote]"
BACK = "[role=doc-backlink]"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def ref_to(name: str) -> str:
    """Where the reference of a note is."""
    return f'{REF}[href="#{name}"]'


def passage_of(name: str) -> str:
    """Where the passage of a note is."""
    return f'mark:is([data-notes~="{name}"], :not([data-notes]):has(+ {ref_to(name)}))'


def build_site(target: Path) -> None:
    """Build the publication as its scripts do, and an essay with far too many notes beside it."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(target)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    write_stress(target)


def write_stress(target: Path, address: str = STRESS, most: int | None = None) -> None:
    """200 notes: 40 in the second paragraph, overlapping passages, one note of 2,000 words.

    Or the first ``most`` of them.
    """
    page = (target / ESSAY / "index.html").read_text(encoding="utf-8")
    folder = target / address
    folder.mkdir(parents=True)
    body = annotate(stress_text(), list(stress_notes())[:most], "en-US").html
    start = page.index('<div class="vr-essay"')
    end = page.index('<footer class="vr-colophon"')
    (folder / "index.html").write_text(page[:start] + body + page[end:], encoding="utf-8")


def stress_text() -> str:
    """40 paragraphs, each of whose words can be told from all others."""
    def words(p: int) -> str:
        return " ".join(f"word{p}x{w}" for w in range(160 if p == 1 else 40))

    return "\n".join(f'<p id="p{p}">{words(p)}.</p>' for p in range(40))


def stress_notes() -> Iterator[PageNote]:
    """See :func:`write_stress`."""
    kinds = ("gloss", "context", "source", "reading", "question")
    for number in range(200):
        paragraph, place = (1, number * 4) if number < 40 else (number % 38 + 2, number // 38 * 6)
        exact = " ".join(f"word{paragraph}x{place + step}" for step in range(3))
        body = "<p>" + "much " * (2000 if number == 50 else number % 90) + "to say.</p>"
        yield PageNote(f"n{number}", kinds[number % 5], Selector(exact=exact), body)
    yield PageNote("outer", "gloss", Selector(exact=" ".join(f"word0x{w}" for w in range(6))),
                   "<p>Outer.</p>")
    yield PageNote("inner", "question", Selector(exact="word0x2 word0x3"), "<p>Inner.</p>")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which ``folder`` is served while the context lasts."""
    server = _Server(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that is closed leaves its connections behind."""


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.0"

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def launch(playwright: Playwright, *wishes: str) -> Browser:
    """A Chromium from the path or playwright's own; without one, fails in CI, else skips."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    try:
        return playwright.chromium.launch(executable_path=found, args=["--no-sandbox", *wishes])
    except Error as error:
        reason = f"no Chromium to test in: {error.message.splitlines()[0]}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@dataclass
class Reader:
    """Opens pages and writes down what goes wrong on them."""

    browser: Browser
    base: str
    pages: list[Page] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, address: str, width: int = 1440, height: int = 900, *, init: str = "",
             font_delay: int = 0, worker: bool = False, **settings: Any) -> Page:
        """The page at ``address``, loaded, its notes placed; with ``worker`` it may keep files."""
        viewport = {"width": width, "height": height}
        settings.setdefault("reduced_motion", "reduce")
        page = self.browser.new_context(viewport=viewport, **settings).new_page()  # type: ignore[arg-type]
        self.pages.append(page)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text)
                if said.type in ("error", "warning") else None)
        if not worker:
            page.add_init_script("delete Navigator.prototype.serviceWorker")
        if init:
            page.add_init_script(init)
        if font_delay:
            page.route(re.compile(r"\.woff2$"), lambda route: _late(page, route, font_delay))
        page.goto(address if "://" in address else self.base + address)
        page.evaluate("document.fonts.ready.then(() => 0)")
        return page

    def close(self) -> None:
        for page in self.pages:
            page.context.close()


def _late(page: Page, route: Any, delay: int) -> None:
    page.wait_for_timeout(delay)
    route.continue_()
