"""Nothing that an author, an annotator or an imported file writes ever runs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import markdown
import pytest
import yaml
from hostile import BODY, LINKS, RUN, TEXTS
from page_site import ESSAY, PAGES, REF, ROOT, Reader, served
from playwright.sync_api import Browser, Error

from variorum.cleaning import count_words, digest, digest_of_all
from variorum.extension import VariorumExtension
from variorum.site import harden
from variorum.sources import read_plain

pytestmark = pytest.mark.browser

UNSAFE = frozenset({"script", "svg", "math", "style", "iframe", "object", "embed", "form", "meta",
                    "base", "template", "title", "link"})


class Unsafe(HTMLParser):
    """Gathers what a page may not have: tags, attributes and addresses that could run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [tag] if tag in UNSAFE else []
        for name, value in attrs:
            address = re.sub(r"[\t\n\r]", "", value or "").lower().lstrip()
            runs = address.startswith(("javascript:", "data:", "vbscript:"))
            if name.startswith("on") or name in ("style", "srcdoc") or (
                    name in ("href", "src", "action", "formaction") and runs):
                self.found.append(f"{tag} {name}={value}")


@pytest.mark.parametrize("body", [*BODY.values(), *LINKS.values()], ids=[*BODY, *LINKS])
def test_html_of_an_essay_is_free_of_what_could_run(body: str) -> None:
    page = markdown.markdown(f"Words.\n\n{body}\n\nMore.", extensions=[VariorumExtension()])
    parser = Unsafe()
    parser.feed(page)
    parser.close()
    assert parser.found == [], page
    assert "Words." in page


KEPT = {
    "| a |\n|--:|\n| 1 |": '<td class="vr-right">1</td>',
    "!!! note \"Title\"\n    Body.": '<div class="admonition note">',
    "=== \"Tab\"\n    Body.": '<input checked="checked" id="__tabbed_1_1" name="__tabbed_1" '
                             'type="radio">',
    "Words[^1].\n\n[^1]: Note.": '<a class="footnote-ref" href="#fn:1">1</a>',
    "Formula $x^2$.": '<span class="arithmatex">\\(x^2\\)</span>',
    "```python\nx = 1\n```": '<span class="n">x</span>',
    "Words.\n{ #p1 from=\"s1\" lang=de }": '<p data-from="s1" id="p1" lang="de">Words.</p>',
    "![a](b.png){ width=3 loading=lazy }": '<img alt="a" loading="lazy" src="b.png" width="3">',
    "<b@example.org>": '<a href="mailto:b@example.org">b@example.org</a>',
    "<details open><summary>s</summary>x</details>": '<details open=""><summary>s</summary>x',
    "<ruby>a<rt>b</rt></ruby> <q cite='https://example.org'>q</q>": "<ruby>a<rt>b</rt></ruby>",
}


@pytest.mark.parametrize("text", KEPT)
def test_html_of_the_dialect_is_kept(text: str) -> None:
    assert KEPT[text] in markdown.markdown(text, extensions=[VariorumExtension()])


def test_policies_are_strict_and_each_page_has_its_own(site: Path) -> None:
    policies = {}
    for path in site.rglob("*.html"):
        found = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">',
                           path.read_text("utf-8"))
        assert len(found) == 1, path
        policies[path.relative_to(site).as_posix()] = found[0]
    assert set(policies) >= {"index.html", "404.html", f"{ESSAY}index.html"}
    assert policies["404.html"] != policies["index.html"] != policies[f"{ESSAY}index.html"]
    for policy in policies.values():
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy and "http" not in policy and "*" not in policy


@pytest.mark.parametrize("address", PAGES)
def test_no_policy_blocks_anything_of_the_site(reader: Reader, address: str) -> None:
    page = reader.open(address, init=VIOLATIONS)
    page.get_by_role("button", name="Search").click()
    page.keyboard.type("pentium")
    page.locator(".md-search-result__link").first.wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Dark").click()
    if address == ESSAY:
        page.locator(REF).first.click()
    assert page.evaluate("typeof __md_scope") == "object"  # the inline script has run
    assert page.evaluate("window.blocked") == []
    assert [error for error in reader.errors if "Security" in error] == []


VIOLATIONS = """
window.blocked = [];
document.addEventListener("securitypolicyviolation",
  (event) => window.blocked.push(event.violatedDirective + " " + event.sourceFile));
"""
INJECTED = [
    f"<script>{RUN}</script>", f'<img src="missing.png" onerror="{RUN}">',
    f"<svg onload={RUN}></svg>", f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    '<script src="data:text/javascript,window.ran=1"></script>',
    f'<a id="go" href="javascript:{RUN}">go</a>', f'<b id="go" onclick="{RUN}">go</b>',
]


@pytest.mark.parametrize("guarded", [True, False])
@pytest.mark.parametrize("injected", INJECTED)
def test_what_got_into_a_page_all_the_same_is_stopped_by_its_policy(
    site: Path, browser: Browser, tmp_path: Path, injected: str, guarded: bool
) -> None:
    """Without the policy each of these runs, or the test would prove nothing."""
    page = (site / ESSAY / "index.html").read_text("utf-8")
    page = re.sub(r"<meta http-equiv[^>]*>", "", page)
    page = re.sub(r"<article[^>]*>", lambda opening: opening[0] + injected, page)
    (tmp_path / "index.html").write_text(harden(page) if guarded else page, "utf-8")
    with served(tmp_path) as base:
        reader = Reader(browser, base)
        opened = reader.open("")
        for end in opened.locator("#go").all():
            end.click()
        opened.wait_for_timeout(100)
        assert bool(opened.evaluate("window.ran")) is not guarded
        reader.close()


PROVOKE = """
() => {
  const events = ["mouseover", "mouseenter", "mousemove", "pointerenter", "focus", "focusin",
    "click", "keydown", "copy", "toggle", "beforetoggle", "load", "error", "begin",
    "animationstart", "transitionend", "scroll", "wheel", "close", "slotchange", "submit",
    "pageshow"];
  for (const end of document.querySelectorAll("body *"))
    for (const event of events)
      try { end.dispatchEvent(new Event(event)); } catch {}
  for (const end of document.querySelectorAll("a, button, area, [type=submit]"))
    try { if (!/^(https?|mailto):/.test(end.href ?? "")) end.click(); } catch {}
}
"""
"""Does to everything on a page what a reader could, and what loading could."""


def numbered(inputs: Iterable[str]) -> list[str]:
    """The inputs, each of which leaves its number when it runs."""
    return [text.replace(RUN, f"top.ran.push({number})").replace("window.ran=1",
            f"top.ran.push({number})") for number, text in enumerate(inputs)]


def ran(browser: Browser, folder: Path, parts: list[str]) -> set[int]:
    """Which of ``parts`` run in a page that holds each in a frame of its own."""
    frames = "".join(f'<iframe srcdoc="{escape(part)}"></iframe>' for part in parts)
    (folder / "index.html").write_text(f"<!doctype html><meta charset=utf-8>{frames}", "utf-8")
    with served(folder) as base:
        reader = Reader(browser, base)
        page = reader.open("", init="if (window === top) window.ran ??= [];")
        page.wait_for_timeout(300)
        for frame in page.frames[1:]:
            if not frame.is_detached():
                with suppress(Error):  # some inputs lead their frame elsewhere
                    frame.evaluate(PROVOKE)
        page.wait_for_timeout(300)
        found = set(page.evaluate("window.ran"))
        reader.close()
    return found


def test_of_all_hostile_inputs_none_runs(browser: Browser, tmp_path: Path) -> None:
    """Most run when they are put into a page as they are, or the test would prove nothing."""
    inputs = numbered([*BODY.values(), *LINKS.values()])
    assert len(inputs) >= 150
    as_written = [markdown.markdown(text) for text in inputs]
    cleaned = [markdown.markdown(text, extensions=[VariorumExtension()]) for text in inputs]
    assert ran(browser, tmp_path, cleaned) == set()
    assert len(ran(browser, tmp_path, as_written)) >= 80


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a publication is served whose essay was written by somebody with bad intent."""
    folder = tmp_path_factory.mktemp("hostile")
    write_hostile(folder)
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(folder / "site")]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for path in (folder / "site").rglob("*.html"):  # the policy is tested on its own
        text = path.read_text("utf-8")
        path.write_text(re.sub(r"<meta http-equiv[^>]*>", "", text), "utf-8")
    with served(folder / "site") as base:
        yield base


def write_hostile(folder: Path) -> None:
    """This publication, with all that is bad in everything that an editor may write."""
    docs = folder / "docs"
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    shutil.copytree(ROOT / "docs" / "assets", docs / "assets")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for name in ("index.md", "about.md", "notes.md", "readings.md", "essays/index.md"):
        (docs / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / "docs" / name, docs / name)
    edition = docs / "essays" / "evil"
    edition.mkdir()
    head: dict[str, Any] = dict.fromkeys(("title", "subtitle", "description"), "".join(TEXTS))
    retold = {"type": "book", "title": TEXTS[0], "author": [{"literal": TEXTS[1]}], "issued": 1998}
    head |= {"authors": list(TEXTS), "date": "2026-01-02", "retells": retold}
    bad = "\n\n".join([*BODY.values(), *LINKS.values()])
    (edition / "index.md").write_text(
        f"---\n{yaml.safe_dump(head)}---\n\n## Heading {TEXTS[0]}\n\nA passage.\n\n"
        f"## Another `{TEXTS[1]}`\n\n{bad}\n", "utf-8")
    note = {"id": "n1", "kind": "gloss", "selector": {"exact": "A passage"}, "body": bad,
            "author": TEXTS[1], "date": "2026-01-02", "references": ["r"]}
    (edition / "notes.yml").write_text(
        yaml.safe_dump({"references": {"r": retold}, "notes": [note]}), "utf-8")
    (edition / "source.txt").write_text(f"{bad}\n\n{TEXTS[0]} said it\n", "utf-8")
    (edition / "source.yml").write_text(yaml.safe_dump(hostile_ledger(retold, edition)), "utf-8")


def hostile_ledger(work: dict[str, Any], edition: Path) -> dict[str, Any]:
    """Of the copy beside it, with all that is bad in its readings too."""
    copy = read_plain(edition / "source.txt").paragraphs
    entries = [{"id": f"s{n}", "sha256": digest(text), "words": count_words(text),
                "omitted": TEXTS[1]} for n, text in enumerate(copy, 1)]
    reading = {"id": "r1", "paragraph": entries[-1]["id"], "source": TEXTS[0],
               "reading": "".join(TEXTS), "confidence": "low", "evidence": "".join(TEXTS),
               "editor": TEXTS[1], "date": "2026-01-02", "witnesses": {"w1": "confirms"}}
    return {"work": work, "paragraphs": entries, "readings": [reading],
            "rights": {"status": "licensed", "statement": TEXTS[0], "store": True,
                       "fragment_words": 99_999},
            "witnesses": [{"id": "w1", "description": TEXTS[0], "sha256": digest_of_all(copy)}]}


@pytest.mark.parametrize("address", [
    "", "essays/", "essays/evil/", "essays/evil/apparatus/", "notes/", "readings/", "about/"])
def test_nothing_of_a_hostile_edition_runs_even_without_a_policy(
    browser: Browser, hostile: str, address: str
) -> None:
    reader = Reader(browser, hostile)
    page = reader.open(address)
    page.wait_for_timeout(200)
    protocols = page.locator("main a").evaluate_all("links => links.map(link => link.protocol)")
    assert set(protocols) <= {"http:", "https:", "mailto:"}
    assert page.evaluate("window.ran") is None
    bad = "article :is(script, svg, iframe, object, style, form)"
    assert page.locator(bad).count() == 0
    reader.close()


def test_a_hostile_edition_keeps_its_words(browser: Browser, hostile: str) -> None:
    reader = Reader(browser, hostile)
    page = reader.open("essays/evil/")
    assert page.locator("h1").inner_text() == "".join(TEXTS)
    assert page.locator("#n1").count() == 1
    assert page.title().startswith(TEXTS[0])
    reader.close()
