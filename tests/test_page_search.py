"""Search finds paragraphs and notes, leads to them, and lights them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from page_site import ESSAY, Reader
from playwright.sync_api import Page

from variorum.prose import read_prose
from variorum.site import Passage, find_passages, index_passages

pytestmark = pytest.mark.browser


def look_up(page: Page, words: str) -> None:
    """Type ``words`` into the search and wait for what it finds."""
    page.get_by_role("button", name="Search").click()
    page.keyboard.type(words)
    page.locator(".md-search-result__link[href*='#']").first.wait_for()


def lead(page: Page, anchor: str) -> None:
    """Follow the result that leads to ``anchor``."""
    page.locator(f".md-search-result__link[href$='{ESSAY}#{anchor}']").click()
    page.wait_for_url(f"**/{ESSAY}*#{anchor}")


@pytest.mark.parametrize("start", ["", ESSAY])
@pytest.mark.parametrize("width", [375, 1280])
def test_a_word_of_a_paragraph_leads_to_the_paragraph_and_lights_it(
    reader: Reader, start: str, width: int
) -> None:
    page = reader.open(start, width)
    look_up(page, "groundwork")
    lead(page, "p3")
    paragraph = page.locator("#p3")
    assert paragraph.evaluate("p => p.matches(':target')")
    assert paragraph.evaluate("p => getComputedStyle(p).backgroundColor") != "rgba(0, 0, 0, 0)"
    top = paragraph.evaluate("p => p.getBoundingClientRect().top")
    assert 0 <= top < 600
    assert not page.locator(".md-search__inner").is_visible()


@pytest.mark.parametrize("start", ["", ESSAY])
@pytest.mark.parametrize("width", [375, 1280])
def test_a_word_of_a_note_opens_the_note(reader: Reader, start: str, width: int) -> None:
    page = reader.open(start, width)
    look_up(page, "uninvited")
    lead(page, "uninvited")
    note = page.locator("#uninvited.vr-open")
    note.wait_for()
    assert note.evaluate("note => document.activeElement === note")


def test_the_light_goes_out_where_motion_is_welcome(reader: Reader) -> None:
    page = reader.open(f"{ESSAY}#p3", reduced_motion="no-preference")
    page.evaluate("document.getAnimations().forEach((one) => one.finish())")
    colour = page.locator("#p3").evaluate("p => getComputedStyle(p).backgroundColor")
    assert colour == "rgba(0, 0, 0, 0)"


def test_every_paragraph_and_note_is_in_the_index_once(site: Path, reader: Reader) -> None:
    entries = json.loads((site / "search" / "search_index.json").read_text("utf-8"))["docs"]
    found = [entry["location"] for entry in entries if entry["location"].startswith(ESSAY)]
    page = reader.open(ESSAY)
    ids = page.locator(".vr-essay > :is(p, aside)[id]").evaluate_all("all => all.map(e => e.id)")
    assert len(ids) > 50
    assert sorted(found) == sorted([ESSAY, *(f"{ESSAY}#{name}" for name in ids)])


TEXT = """\
Before any name.

# One

First words.
{ #p1 }

- an item
- another <b>&</b> last

## Two

Second words.
{ #p2 }
"""


def test_what_has_no_name_is_found_with_the_paragraph_before() -> None:
    blocks = read_prose(TEXT).blocks
    essay = type("Essay", (), {"title": "T", "description": "D", "notes": ()})()
    assert find_passages(essay, blocks) == (
        Passage("", "T", "D"),
        Passage("p1", "One", "First words. an item another & last"),
        Passage("p2", "Two", "Second words."),
    )


def test_other_pages_keep_their_entries_and_nothing_becomes_markup() -> None:
    index = {"config": {}, "docs": [{"location": "a/", "title": "A", "text": "a"},
                                    {"location": "e/#old", "title": "Old", "text": ""}]}
    mended = json.loads(index_passages(
        json.dumps(index), {"e/": [Passage("p1", "<b>", "1 < 2 & 3")]}))
    assert mended["docs"] == [
        {"location": "a/", "title": "A", "text": "a"},
        {"location": "e/#p1", "title": "&lt;b&gt;", "text": "<p>1 &lt; 2 &amp; 3</p>"},
    ]


def test_escape_closes_the_search(reader: Reader) -> None:
    page = reader.open("")
    look_up(page, "pentium")
    page.keyboard.press("Escape")
    assert not page.locator(".md-search__inner").is_visible()
