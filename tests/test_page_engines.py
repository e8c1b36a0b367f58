"""The page does not hang on one engine: the successor of MkDocs builds the very same site."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from page_site import ESSAY, ROOT

MARKERS = {
    f"{ESSAY}index.html": (
        '<mark class="', 'role="doc-noteref"', 'role="doc-footnote"', 'class="vr-title"',
        'class="vr-filter"', "Content-Security-Policy", "citation_title", "application/ld+json",
    ),
    "index.html": ('class="vr-taste"', "Content-Security-Policy"),
    "notes/index.html": ('class="vr-entry"',),
    "readings/index.html": ('class="vr-damaged"',),
    f"{ESSAY}apparatus/index.html": ('class="vr-damaged"',),
    "404.html": ("Content-Security-Policy",),
    "feed.xml": ("content:encoded",),
    "feed.json": ("content_html",),
    "annotations.jsonld": ("AnnotationCollection",),
    "search/search_index.json": ("With Friends Like These",),
    f"{ESSAY}index.md": ("from=",),
}
"""A sign of each feature, and where it stands."""


def test_properdocs_builds_the_same_site(site: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "properdocs", "build", "--strict", "-q", "-f", "mkdocs.yml",
               "-d", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for name, signs in MARKERS.items():
        text = (tmp_path / name).read_text("utf-8")
        assert [sign for sign in signs if sign not in text] == [], name
        assert text == (site / name).read_text("utf-8"), name
