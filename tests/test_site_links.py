"""Every link within a built site leads to a file and a place that are there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from variorum.site import BuiltSite, check_links, write_redirect

FILES = {
    "index.html": '<p id="top-of-it"><a name="old"></a>',
    "essays/hats/index.html": '<p id="p1"><p id="caf\u00e9">',
    "404.html": "", "assets/page.css": "", "assets/a b.png": "",
}
SOUND = [
    '<a href="./">', '<a href="../..">', '<a href="../../">', '<a href="../../#top-of-it">',
    '<a href="../../index.html#old">', '<a href="#p1">', '<a href="#">', '<a href="#top">',
    '<a href="">', '<a href="?q=1#p1">', '<a href="#caf%C3%A9">', '<a href="#p1:~:text=hats">',
    '<a href="#:~:text=hats">', '<a href="../hats">', '<a href="../../assets/a%20b.png">',
    '<a href="https://example.org/v/essays/hats/#p1">', '<a href="//example.org/v/404.html">',
    '<a href="https://elsewhere.example/nothing">', '<a href="https://example.org/w/nothing">',
    '<a href="/v/essays/hats/">', '<a href="/w/nothing">', '<a href="mailto:a@example.org">',
    '<a href="data:text/plain,x">', '<img src="../../assets/a%20b.png">',
    '<img srcset="../../assets/a%20b.png 1x, ../../assets/a%20b.png 2x">',
    '<meta http-equiv="refresh" content="0; url=../../">', '<base href="nothing/">',
    '<link href="../../assets/page.css">', '<!-- <a href="nothing"> -->',
    '<script>"<a href=nothing>"</script>', '<p title="href=nothing">',
]
BROKEN = [
    ('<a href="nothing">', "essays/hats/nothing"),
    ('<a href="../../assets/page.CSS">', "page.CSS"),
    ('<a href="../../../">', "../"),
    ('<a href="../../../essays/hats/">', "../"),
    ('<a href="../">', "essays/index.html"),
    ('<a href="#p2">', "“p2”"),
    ('<a href="#P1">', "“P1”"),
    ('<a href="../../#p1">', "“p1”"),
    ('<a href="https://example.org/v/nothing/">', "nothing/index.html"),
    ('<a href="/v/nothing">', "nothing"),
    ('<img src="../../assets/c.png">', "assets/c.png"),
    ('<img srcset="../../assets/a%20b.png 1x, c.png 2x">', "c.png"),
    ('<img src="x.png" srcset="">', "x.png"),
    ('<link rel="stylesheet" href="../page.css">', "essays/page.css"),
    ('<script src="a.js"></script>', "a.js"),
    ('<video poster="a.png">', "a.png"),
    ('<source srcset="a.webp">', "a.webp"),
    ('<meta http-equiv="Refresh" content="0;URL=\'gone/\'">', "gone/index.html"),
    ('<svg><use href="#icon"/></svg>', "“icon”"),
    ('<a href="https://[broken/">', "is not an address"),
]


def found(markup: str) -> list[tuple[str, str, str]]:
    """What is found when ``markup`` stands on a page: rule, the words it is at, and the message."""
    page = f"<h1>Été</h1>\n{FILES['essays/hats/index.html']}\n  {markup}"
    pages = {**FILES, "essays/hats/index.html": page}
    site = BuiltSite(pages, frozenset(FILES), "https://example.org/v/")
    findings = list(check_links(site))
    assert all(finding.path == "essays/hats/index.html" for finding in findings)
    return [(f.rule, f.span.of(page), f.message) for f in findings]


@pytest.mark.parametrize("markup", SOUND)
def test_a_link_that_leads_somewhere_is_let_be(markup: str) -> None:
    assert found(markup) == []


@pytest.mark.parametrize(("markup", "target"), BROKEN)
def test_a_link_that_leads_nowhere_is_found_at_its_tag(markup: str, target: str) -> None:
    ((rule, words, message),) = found(markup)
    assert rule in ("site.broken-link", "site.broken-anchor") and target in message
    assert words.startswith("<") and words in markup


def test_pictures_of_style_sheets_are_looked_for() -> None:
    pages = {"index.html": "", "a/page.css": 'x{background:url("../b.png")} y{src:url(c.woff2)}'}
    site = BuiltSite(pages, frozenset([*pages, "b.png"]))
    assert [f.message for f in check_links(site)] == [
        "“c.woff2” leads to a/c.woff2, which the site does not have."]


def test_a_redirect_leads_on_and_carries_no_markup_of_its_words() -> None:
    page = write_redirect("../new/", "https://example.org/new/", "<script>&", "en")
    pages = {"old/index.html": page, "new/index.html": ""}
    assert list(check_links(BuiltSite(pages, frozenset(pages), "https://example.org/"))) == []
    assert "<script" not in page and 'content="0; url=../new/"' in page
    assert '<link rel="canonical" href="https://example.org/new/">' in page


def test_the_publication_has_no_broken_link(site: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "variorum", "links", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    stress = [line for line in done.stdout.splitlines() if line.startswith("essays/stress/")]
    assert done.returncode in (0, 1)
    assert [line for line in done.stdout.splitlines()
            if line.startswith(("index", "essays", "about", "notes", "404"))] == stress
