"""What can be done with chosen words: a link, a citation, a change, a note; by any hand."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from page_site import ESSAY, ROOT, Reader
from playwright.sync_api import Page

from variorum.annotations import anchor_all
from variorum.editions import read_edition
from variorum.essay import Note
from variorum.site import Change, write_changes

pytestmark = pytest.mark.browser

CLIPBOARD = ["clipboard-read", "clipboard-write"]
WIDTHS = [320, 768, 1280, 1920]
CHOOSE = """([from, to]) => {
  const find = (words, end) => {
    const essay = document.querySelector(".vr-essay");
    const walker = document.createTreeWalker(essay, NodeFilter.SHOW_TEXT);
    for (let node; node = walker.nextNode();) {
      const at = node.data.indexOf(words);
      if (at >= 0) return [node, at + (end ? words.length : 0)];
    }
  };
  const [start, end] = [find(from), find(to, true)];
  start[0].parentElement.scrollIntoView({block: "center"});
  getSelection().setBaseAndExtent(...start, ...end);
}"""
START, END = "Getting close", "any relationship needs"
EXACT = ("Getting close to customers promises rewards, and in our eagerness to collect them we may "
         "be skipping the groundwork that any relationship needs")
REPOSITORY = """() => {
  const footer = document.querySelector(".vr-colophon p:last-of-type");
  footer.insertAdjacentHTML("beforeend", `<a class="vr-edit" href="https://example.org/edit/index.md">x</a>
    <a data-form="https://example.org/issues/new?template=note.yml">y</a>`);
}"""


def choose(page: Page, start: str = START, end: str = END) -> None:
    """Choose the words from ``start`` to ``end`` and wait for the menu."""
    page.evaluate(CHOOSE, [start, end])
    page.locator(".vr-menu").wait_for()


def press(page: Page, name: str) -> None:
    page.locator(".vr-menu").get_by_text(name, exact=True).click()


@pytest.mark.parametrize("width", WIDTHS)
def test_chosen_words_get_a_menu_that_leaves_them_alone(reader: Reader, width: int) -> None:
    page = reader.open(ESSAY, width)
    choose(page)
    menu = page.locator(".vr-menu")
    box = menu.bounding_box()
    assert box is not None
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    covered = menu.evaluate("""menu => {
      const box = menu.getBoundingClientRect();
      return [...getSelection().getRangeAt(0).getClientRects()].some(line =>
        line.bottom > box.top && line.top < box.bottom);
    }""")
    assert not covered
    assert page.evaluate("String(getSelection())").startswith("Getting close")
    assert page.evaluate("document.activeElement === document.body")
    assert page.get_by_role("status").inner_text().startswith("Tab leads")
    assert page.locator("html").evaluate("e => e.scrollWidth") <= width
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    page.mouse.click(5, 300)
    menu.wait_for(state="detached")
    assert reader.errors == []


def test_a_mouse_that_is_still_choosing_is_not_interrupted(reader: Reader) -> None:
    page = reader.open(ESSAY)
    box = page.locator("#p4").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 60, box["y"] + 15)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 45, steps=5)
    page.wait_for_timeout(500)
    assert page.locator(".vr-menu").count() == 0
    page.mouse.up()
    page.locator(".vr-menu").wait_for()
    page.mouse.click(box["x"] + 200, box["y"] + 15)
    page.locator(".vr-menu").wait_for(state="detached")


def test_all_of_it_can_be_done_with_keys(reader: Reader) -> None:
    page = reader.open(ESSAY, permissions=CLIPBOARD)
    choose(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Copy link"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.get_by_role("dialog", name="Cite").wait_for()
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")
    assert page.evaluate("document.activeElement.textContent") == "Cite"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.locator(".vr-menu").get_by_text("Copied").wait_for()
    page.keyboard.press("Escape")
    assert page.locator(".vr-menu").count() == 0


def test_once_put_away_it_stays_away(reader: Reader) -> None:
    page = reader.open(ESSAY)
    choose(page)
    page.evaluate("document.dispatchEvent(new Event('selectionchange'))")  # as a copy may cause
    page.keyboard.press("Escape")
    page.wait_for_timeout(500)
    assert page.locator(".vr-menu").count() == 0


def test_a_finger_reaches_it_below_the_handles(reader: Reader) -> None:
    page = reader.open(ESSAY, 375, 700, has_touch=True, is_mobile=True)
    choose(page)
    page.locator(".vr-menu").get_by_text("Cite", exact=True).tap()
    page.get_by_role("dialog", name="Cite").wait_for()
    assert page.locator("html").evaluate("e => e.scrollWidth") <= 375


def test_words_of_a_note_get_none(reader: Reader) -> None:
    page = reader.open(ESSAY)
    page.evaluate("""getSelection().selectAllChildren(
        document.querySelector("[role=doc-footnote] > p"))""")
    page.wait_for_timeout(500)
    assert page.locator(".vr-menu").count() == 0


def test_the_sign_of_a_paragraph_offers_the_same(reader: Reader) -> None:
    page = reader.open(ESSAY, permissions=CLIPBOARD)
    page.locator("#p4 > .vr-address").focus()
    page.keyboard.press("Enter")
    page.locator(".vr-menu").wait_for()
    press(page, "Propose a note")
    assert "paragraph: p4" in page.get_by_label("For notes.yml").input_value()


@pytest.mark.parametrize(("start", "end"), [
    (START, END), ("groundwork", "groundwork"), ("It has widened it", "It has widened it"),
    ("Here is", "break it"), ("has not closed", "very steps"), ("rewards", "rewards"),
    ("involves", "Do we"), ("M-3", "M-3"), ("we", "we"),
])
def test_a_link_leads_to_the_very_words(reader: Reader, start: str, end: str) -> None:
    page = reader.open(ESSAY, permissions=CLIPBOARD)
    choose(page, start, end)
    where = page.evaluate("""(() => {
      const box = getSelection().getRangeAt(0).getBoundingClientRect();
      return (box.top + box.bottom) / 2 + scrollY;
    })()""")
    press(page, "Copy link")
    page.locator(".vr-menu").get_by_text("Copied").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert re.match(rf"{reader.base}{ESSAY}#p\d+:~:text=", link)
    plain = reader.open(re.sub(r"#p\d+", "#", link), height=400)
    top = plain.evaluate("scrollY")
    assert 0 < where - top < 400, link


def test_where_the_words_are_gone_the_link_leads_to_the_paragraph(reader: Reader) -> None:
    page = reader.open(f"{ESSAY}#p9")
    expected = page.evaluate("scrollY")
    page = reader.open(f"{ESSAY}?again#p9:~:text=words%20that%20are%20nowhere")
    page.evaluate("""(top) => new Promise((resolve) => {
      const look = () => (scrollY === top ? resolve() : requestAnimationFrame(look));
      look();
    })""", expected)


def test_a_citation_in_three_forms(reader: Reader) -> None:
    page = reader.open(ESSAY, permissions=CLIPBOARD)
    choose(page)
    press(page, "Cite")
    text = page.get_by_label("Citation")
    address = "https://variorum.example.org/essays/with-friends-like-these/#p3"
    assert text.input_value() == (
        f"“{EXACT}” (The Variorum editors, “With Friends Like These,” Variorum, November 23, 2026, "
        f"{address})")
    page.get_by_role("button", name="BibTeX").click()
    assert f"url = {{{address}}}" in text.input_value()
    assert text.input_value().count("{") == text.input_value().count("}")
    page.get_by_role("button", name="CSL-JSON").click()
    item, = json.loads(text.input_value())
    assert item["URL"] == address
    assert item["issued"] == {"date-parts": [[2026, 11, 23]]}
    assert item["note"] == f"“{EXACT}”"
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    page.get_by_role("button", name="Copy", exact=True).click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == text.input_value()


def test_without_a_repository_nothing_leads_to_one(reader: Reader) -> None:
    page = reader.open(ESSAY)
    choose(page)
    offered = page.locator(".vr-menu > *").all_inner_texts()
    assert [one for one in offered if one != "History"] == ["Copy link", "Cite", "Propose a note"]
    press(page, "Propose a note")
    assert page.locator("dialog a").count() == 0


def test_where_changes_are_known_the_menu_tells_those_of_a_paragraph(
    reader: Reader, site: Path
) -> None:
    """The page leads to them just when they are there; they are when the repository is whole."""
    page = reader.open(ESSAY)
    known = (site / ESSAY / "history.json").is_file()
    assert page.locator('link[href="history.json"]').count() == known
    if not known:
        page.evaluate("""() => document.head.insertAdjacentHTML("beforeend",
          '<link rel="alternate" href="history.json">')""")
    change = Change("c0ffee" * 5, date(2026, 1, 2), "A", "Mend “it” & <b>", ("p3",))
    page.route("**/history.json", lambda route: route.fulfill(body=write_changes([change])))
    choose(page)
    press(page, "History")
    item = page.locator("dialog .vr-changes li")
    item.wait_for()
    assert item.all_inner_texts() == ["2026-01-02 Mend “it” & <b> c0ffeec"]


def test_a_change_is_suggested_at_its_line(reader: Reader) -> None:
    page = reader.open(ESSAY)
    page.evaluate(REPOSITORY)
    with page.expect_response("**/index.md"):
        choose(page)
    link = page.locator(".vr-menu a")
    page.locator(".vr-menu a[href*='#L']").wait_for()
    file = ROOT / "docs" / ESSAY / "index.md"
    number = int(str(link.get_attribute("href")).removeprefix("https://example.org/edit/index.md#L"))
    assert "Getting close to customers" in file.read_text("utf-8").splitlines()[number - 1]


def test_a_proposed_note_fills_in_the_form_and_the_file(reader: Reader) -> None:
    page = reader.open(ESSAY)
    page.evaluate(REPOSITORY)
    choose(page)
    press(page, "Propose a note")
    page.get_by_label("Kind").select_option("context")
    page.get_by_label("What it says").fill("First: this.\n\nThen \"that\".")
    note, = yaml.safe_load(page.get_by_label("For notes.yml").input_value())
    read = Note.model_validate(note)
    assert (read.kind, read.body.strip()) == ("context", "First: this.\n\nThen \"that\".")
    assert (read.selector.exact, read.selector.paragraph) == (EXACT, "p3")
    link = page.get_by_role("link", name="Send it as an issue")
    filled = parse_qs(urlsplit(str(link.get_attribute("href"))).query)
    form = yaml.safe_load((ROOT / ".github" / "ISSUE_TEMPLATE" / "note.yml").read_text("utf-8"))
    assert set(filled) == {"template", "title", *(field["id"] for field in form["body"])}
    assert json.loads(filled["selector"][0]) == {"exact": EXACT, "paragraph": "p3"}
    assert filled["essay"] == ["https://variorum.example.org/essays/with-friends-like-these/#p3"]


PICK = """places => {
  const essay = document.querySelector(".vr-essay");
  const walker = document.createTreeWalker(essay, NodeFilter.SHOW_TEXT, node =>
    node.parentElement.closest("[role=doc-footnote], [role=doc-noteref], .vr-status, .vr-menu")
      || !node.data.trim() ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const nodes = [];
  for (let node; node = walker.nextNode();) nodes.push(node);
  return places.map(([from, offset, length]) => {
    const index = Math.floor(from * nodes.length);
    const end = nodes[Math.min(index + Math.floor(length * 4), nodes.length - 1)];
    const range = document.createRange();
    range.setStart(nodes[index], Math.floor(offset * nodes[index].data.length));
    range.setEnd(end, Math.max(end === nodes[index] ? range.startOffset : 0,
      Math.floor((1 - offset / 2) * end.data.length)));
    const { quoted, inside } = menu.choose(essay, range);
    return { selector: quoting.select(quoted, inside), before: quoting.plain(quoted.before) };
  }).filter(({ selector }) => selector.exact.trim());
}"""


@pytest.fixture
def picked(reader: Reader) -> Iterator[list[dict[str, Any]]]:
    """Selectors of words chosen anywhere, within a paragraph and across several."""
    page = reader.open(ESSAY)
    choose(page)
    chance = random.Random(6)
    places = [[chance.random() for _ in range(3)] for _ in range(200)]
    yield page.evaluate(PICK, places)


def test_what_a_reader_proposes_is_anchored_where_it_was_chosen(
    picked: list[dict[str, Any]]
) -> None:
    prose = read_edition(Path(ROOT / "docs" / ESSAY)).page.prose
    assert len(picked) > 150
    selectors = [Note.model_validate({
        "id": "x", "kind": "gloss", "body": "x", "author": "x", "date": "2026-01-02",
        "selector": choice["selector"]}).selector for choice in picked]
    anchors = anchor_all(prose.visible, selectors, prose.paragraphs)
    for choice, anchor in zip(picked, anchors, strict=True):
        assert anchor.status == "kept", choice
        assert anchor.span is not None
        words = prose.visible[:anchor.span.start].split()
        assert len(words) == len(choice["before"].split()), choice
