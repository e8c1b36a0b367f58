"""Choosing notes by kind, addresses to copy, the list of keys."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from page_site import ESSAY, NOTE, REF, STRESS, Reader
from playwright.sync_api import Page
from test_page import NO_STORAGE
from test_page_notes import FOCUSED, OVERLAPS

pytestmark = pytest.mark.browser

CLIPBOARD = ["clipboard-read", "clipboard-write"]


def kind(page: Page, name: str) -> None:
    """Press the button of a kind of note."""
    page.locator(f".vr-filter [data-kind={name}]").click()


@pytest.mark.parametrize("width", [375, 1440])
@pytest.mark.parametrize("address", [ESSAY, STRESS])
def test_a_kind_that_is_put_away_leaves_no_trace_and_comes_back(
    reader: Reader, address: str, width: int
) -> None:
    page = reader.open(address, width)
    glosses = page.locator(f"{NOTE}.gloss").count()
    everything = page.locator(f"{REF}:visible").count()
    kind(page, "gloss")
    assert page.locator(f"{NOTE}.gloss:visible").count() == 0
    assert page.locator(f"{REF}:visible").count() == everything - glosses
    lines = page.locator("mark.gloss:not(.context, .source, .reading, .question)")
    assert set(lines.evaluate_all(
        "marks => marks.map(mark => getComputedStyle(mark).textDecorationLine)")) == {"none"}
    kind(page, "gloss")
    assert page.locator(f"{REF}:visible").count() == everything
    assert page.locator(".vr-off").count() == 0


def test_the_choice_is_remembered_and_the_rest_is_packed_anew(reader: Reader) -> None:
    page = reader.open(ESSAY)
    kind(page, "reading")
    kind(page, "context")
    page.reload()
    assert page.locator(f"{NOTE}:is(.reading, .context):visible").count() == 0
    notes = page.locator(f"{NOTE}:visible")
    assert notes.count() > 5
    assert notes.evaluate_all(OVERLAPS) == []
    for _ in range(3):
        page.keyboard.press("n")
        assert page.locator(".vr-open:is(.source, .gloss, .question)").is_visible()


def test_all_notes_go_and_come_with_one_button(reader: Reader) -> None:
    page = reader.open(ESSAY)
    everything = page.locator(f"{NOTE}:visible").count()
    button = page.locator(".vr-filter button").first
    button.click()
    assert page.locator(f":is({NOTE}, {REF}):visible").count() == 0
    assert page.locator(".vr-filter [aria-pressed=true]").count() == 0
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    button.click()
    assert page.locator(f"{NOTE}:visible").count() == everything
    assert page.locator(".vr-filter [aria-pressed=false]").count() == 0


def test_the_address_of_a_note_wins_over_the_choice(reader: Reader) -> None:
    page = reader.open(ESSAY)
    name = page.locator(f"{NOTE}.gloss").first.get_attribute("id")
    kind(page, "gloss")
    page.goto(f"{reader.base}{ESSAY}?again#{name}")
    assert page.locator(f"#{name}.vr-open").is_visible()


def test_choosing_works_where_storage_is_blocked(reader: Reader) -> None:
    page = reader.open(ESSAY, init=NO_STORAGE)
    kind(page, "gloss")
    assert page.locator(f"{NOTE}.gloss:visible").count() == 0
    assert page.locator(f"{NOTE}:visible").count() > 0


@pytest.mark.parametrize("width", [375, 1440])
def test_a_note_gives_its_address(reader: Reader, width: int) -> None:
    page = reader.open(ESSAY, width, permissions=CLIPBOARD)
    assert page.locator(".vr-copy:visible").count() == 0
    page.locator(REF).nth(3).click()
    name = page.locator(".vr-open").get_attribute("id")
    page.get_by_role("button", name="Copy link").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{reader.base}{ESSAY}#{name}"


def test_a_paragraph_gives_its_address(reader: Reader) -> None:
    page = reader.open(ESSAY, permissions=CLIPBOARD)
    sign = page.locator("#p4 > .vr-address")
    assert sign.evaluate("sign => getComputedStyle(sign).opacity") == "0"
    sign.focus()
    assert sign.evaluate("sign => getComputedStyle(sign).opacity") == "1"
    page.keyboard.press("Enter")
    page.locator("#p4 > [data-said]").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{reader.base}{ESSAY}#p4"
    assert page.url.endswith("#p4")


def test_without_a_clipboard_the_address_is_in_the_address_bar(reader: Reader) -> None:
    page = reader.open(ESSAY, init="delete Navigator.prototype.clipboard")
    page.locator(REF).nth(3).click()
    name = page.locator(".vr-open").get_attribute("id")
    page.get_by_role("button", name="Copy link").click()
    page.get_by_role("button", name="See address bar").wait_for()
    assert page.url.endswith(f"#{name}")


def test_signs_add_nothing_to_what_is_read_or_copied(reader: Reader) -> None:
    bare = reader.open(ESSAY, java_script_enabled=False).locator("#p4").inner_text()
    page = reader.open(ESSAY)
    assert page.locator("#p4").inner_text() == bare


def test_a_question_mark_lists_the_keys(reader: Reader) -> None:
    page = reader.open(ESSAY)
    page.locator(REF).nth(2).focus()
    before = page.evaluate(FOCUSED)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    assert dialog.is_visible()
    assert dialog.locator("kbd").all_inner_texts() == ["n", "p", "Esc", "Tab", "?"]
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    page.keyboard.press("n")
    assert page.locator(".vr-open").count() == 0
    page.keyboard.press("Escape")
    assert page.locator(".vr-help").count() == 0
    assert page.evaluate(FOCUSED) == before


def test_without_a_script_nothing_is_offered_that_would_not_work(reader: Reader) -> None:
    page = reader.open(ESSAY, java_script_enabled=False)
    assert page.locator("article button:visible").count() == 0
