"""`variorum preview` as a whole: what it writes of a change of every kind, and how that is read."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from page_site import Reader, served
from playwright.sync_api import Browser
from publications import write_publication
from stores import git

from variorum.cli.serving import HOST, open_server

ADDRESS = "https://previews.example.org/7/"
HEAD = """---
title: On {title}
description: What {title} are for.
authors: [The editors]
date: 2026-01-02
---

"""
RAIN = "A hat keeps the rain off. Most people own one."
SUN = "In summer a wide brim gives shade, and the neck is glad of it when noon comes."
WIND = "A gale takes any hat that has no string, so sailors tie theirs beneath the chin."
CAPS = "A cap is a hat without a brim, which makes it easy to put into a pocket."
CHANGES = "essays/hats/changes.html"


def write(root: Path, slug: str, paragraphs: dict[str, str], notes: dict[str, str]) -> None:
    folder = root / "docs/essays" / slug
    folder.mkdir(exist_ok=True)
    body = "\n\n".join(f'{text}\n{{ #{name} from="edition" }}'
                       for name, text in paragraphs.items())
    (folder / "index.md").write_text(HEAD.format(title=slug) + body + "\n")
    entries = "".join(
        f"  - {{id: {name}, kind: gloss, selector: {{exact: {exact}}}, body: As it is.,"
        f" author: An editor, date: 2026-01-02}}\n" for name, exact in notes.items())
    (folder / "notes.yml").write_text(f"notes:\n{entries}" if notes else "notes: []\n")


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The preview of a change of every kind, built where no check of grammar can be had."""
    root = tmp_path_factory.mktemp("preview")
    write_publication(root)
    write(root, "hats", {"p1": RAIN, "p2": SUN, "p3": WIND},
          {"rain": "keeps the rain off", "own": "Most people own one"})
    write(root, "caps", {"p1": f"{CAPS} Teh end."}, {"brim": "without a brim"})
    write(root, "gloves", {"p1": "Two of them make a pair."}, {})
    write(root, "mittens", {"p1": "All fingers but one share a room."}, {})
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "Before")
    git(root, "checkout", "-qb", "change")
    write(root, "hats", {"p3": WIND, "p1": RAIN.replace("Most people own one", "Few go without"),
                         "p2": SUN.replace("shade", "some shade")},
          {"rain": "keeps the rain off", "own": "Most people own one", "noon": "when noon comes"})
    shutil.rmtree(root / "docs/essays/gloves")
    (root / "docs/essays/caps").rename(root / "docs/essays/bonnets")
    write(root, "scarves", {"p1": "A scarf goes around the neck twice."}, {})
    git(root, "add", "-A")
    git(root, "commit", "-qm", "After")
    alone = {"VARIORUM_CACHE": str(root / ".nothing"), "VARIORUM_MAVEN": "http://127.0.0.1:9/"}
    command = [sys.executable, "-m", "variorum", "preview", "--base", "main",
               "--site-url", ADDRESS, "--to", "preview"]
    done = subprocess.run(command, cwd=root, env=os.environ | alone, text=True,
                          capture_output=True, check=False)
    assert (root / "preview/preview.json").is_file(), done.stderr
    return root / "preview"


def test_every_kind_of_change_is_told(preview: Path) -> None:
    told = json.loads((preview / "preview.json").read_text("utf-8"))
    essays = {essay["slug"]: essay for essay in told["essays"]}
    assert {slug: essay["kind"] for slug, essay in essays.items()} == {
        "hats": "changed", "bonnets": "renamed", "scarves": "added", "gloves": "removed"}
    notes = {note["id"]: note for note in essays["hats"]["notes"]}
    assert {name: note["status"] for name, note in notes.items()} == {
        "rain": "kept", "own": "orphaned", "noon": "new"}
    assert {"moved", "reworded"} <= {change["sort"] for change in essays["hats"]["changes"]}
    assert essays["bonnets"]["was"] == "caps"
    assert [essays[slug]["gone"] for slug in ("bonnets", "gloves", "hats")] == [
        "essays/caps/", "essays/gloves/", ""]
    assert told["unchecked"]
    said = (preview / "preview.md").read_text("utf-8")
    assert "Grammar was not checked" in said and f"{ADDRESS}{CHANGES}" in said


def test_essays_beside_those_that_changed_did_not(preview: Path) -> None:
    told = json.loads((preview / "preview.json").read_text("utf-8"))
    assert "mittens" not in {essay["slug"] for essay in told["essays"]}
    assert "On scarves" in (preview / "essays/mittens/index.html").read_text("utf-8")


@pytest.mark.browser
def test_the_front_page_leads_into_the_difference(visitor: Reader, preview: Path) -> None:
    page = visitor.open("")
    links = page.locator(".vr-change-front a[href*='hats/changes.html#']").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))")
    there = (preview / CHANGES).read_text("utf-8")
    assert len(links) > 5
    assert [link for link in links if f'id="{link.partition("#")[2]}"' not in there] == []
    assert page.get_by_role("link", name="own", exact=True).count() == 1  # the note that is lost


def test_findings_of_a_renamed_essay_are_neither_new_nor_mended(preview: Path) -> None:
    told = json.loads((preview / "preview.json").read_text("utf-8"))
    found = [*told["new"], *told["mended"]]
    assert not [one for one in found if "bonnets" in one["path"] or "caps" in one["path"]]


def test_no_page_of_it_is_found_by_a_search(preview: Path) -> None:
    for path in preview.rglob("*.html"):
        page = path.read_text("utf-8")
        canonical = re.findall(r'<link rel="canonical" href="([^"]*)"', page)
        assert page.count('name="robots" content="noindex"') == 1, path
        assert len(canonical) == 1 and not canonical[0].startswith(ADDRESS), path
    assert "Disallow: /" in (preview / "robots.txt").read_text("utf-8")
    assert not list(preview.glob("sitemap*"))


@pytest.fixture(scope="module")
def address(preview: Path) -> Iterator[str]:
    with served(preview) as url:
        yield url


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Reader]:
    """Somebody who reads the preview."""
    visitor = Reader(browser, address)
    yield visitor
    visitor.close()


@pytest.mark.browser
def test_changes_are_stepped_through_by_button_and_by_key(visitor: Reader) -> None:
    page = visitor.open(CHANGES)
    place = page.locator(".vr-steps output")
    page.get_by_role("button", name="Next").press("Enter")
    first = place.text_content() or ""
    assert first.startswith("1 of ")
    page.keyboard.press("j")
    assert (place.text_content() or "").startswith("2 of ")
    page.keyboard.press("k")
    assert place.text_content() == first
    page.get_by_role("button", name="Previous").press("Enter")
    total = first.removeprefix("1 of ")
    assert place.text_content() == f"{total} of {total}"


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
def test_the_switch_leads_there_and_back(visitor: Reader, script: bool) -> None:
    page = visitor.open("essays/hats/index.html", java_script_enabled=script)
    switch = page.get_by_role("navigation", name="This page")
    switch.get_by_role("link", name="What changed").press("Enter")
    page.wait_for_url(f"**/{CHANGES}")
    assert page.locator("article ins").count() and page.locator("article del").count()
    switch.get_by_role("link", name="As it will be").press("Enter")
    page.wait_for_url("**/essays/hats/")
    assert not page.locator("article ins, article del").count()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", ["", CHANGES])
def test_everybody_can_read_it(visitor: Reader, place: str, scheme: str) -> None:
    page = visitor.open(place, 320, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_it_is_served_beside_whatever_is_served_already(preview: Path) -> None:
    servers = open_server(preview), open_server(preview)
    for server in servers:
        thread = Thread(target=server.handle_request)
        thread.start()
        with urlopen(f"http://{HOST}:{server.server_port}/", timeout=60) as answer:
            assert b"What this change does" in answer.read()
        thread.join()
        server.server_close()


@pytest.mark.browser
def test_changes_differ_by_more_than_colour(visitor: Reader) -> None:
    page = visitor.open(CHANGES)
    lines = [page.locator(f"article {tag}").first.evaluate(
        "e => getComputedStyle(e).textDecorationLine") for tag in ("ins", "del")]
    assert lines[0] != lines[1] and "line-through" in lines[1]
