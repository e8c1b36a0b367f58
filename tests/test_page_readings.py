"""Readings under a reader's hands: beside the essay, facing the copy, and in the table."""

from __future__ import annotations

from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from page_site import ESSAY, MESSAGE, NOTE, Reader
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

BESIDE = ".vr-beside"
SWITCH = ".vr-beside-offer button"


def places(page: Page) -> list[tuple[float, float]]:
    """For each thing that stands beside the text, its top and that of the paragraph after it."""
    found = page.locator(BESIDE).evaluate_all("""all => all.map(one => [
        one.getBoundingClientRect().top, one.nextElementSibling.getBoundingClientRect().top])""")
    return [(top, text) for top, text in found]


def test_readings_stand_beside_the_paragraphs_that_answer_to_them(reader: Reader) -> None:
    page = reader.open(ESSAY)
    page.locator(SWITCH).focus()
    page.keyboard.press("Enter")
    expect(page.locator(BESIDE).first).to_be_visible()
    assert page.locator(SWITCH).get_attribute("aria-pressed") == "true"
    assert page.locator(f"{BESIDE} .vr-reading").count() == 49
    assert all(abs(top - text) < 12 for top, text in places(page))
    boxes = page.locator(BESIDE).evaluate_all("all => all.map(one => one.getBoundingClientRect())")
    assert all(one["bottom"] <= other["top"] for one, other in pairwise(boxes))
    assert page.locator(f"{NOTE}:visible").count() == 0
    first = page.locator(".vr-reading").first
    assert "high" in first.inner_text() and "November 23, 2026" in first.inner_text()
    assert page.url.endswith("?beside=readings")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    page.keyboard.press("Enter")
    expect(page.locator(BESIDE)).to_have_count(0)
    expect(page.locator(f"{NOTE}:visible").first).to_be_visible()


def test_an_address_puts_the_copy_beside_the_essay(reader: Reader) -> None:
    page = reader.open(f"{MESSAGE}?beside=copy")
    expect(page.locator(BESIDE)).to_have_count(20)
    assert page.locator(f"{BESIDE} .vr-received").count() == 20
    assert all(abs(top - text) < 12 for top, text in places(page))
    page.locator(f"{BESIDE} #copy-r2 + a").click()
    expect(page.locator("#reading-r2")).to_be_in_viewport()
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    page.locator(SWITCH, has_text="Readings").click()
    expect(page.locator(f"{BESIDE} .vr-received")).to_have_count(0)
    assert page.locator(f"{BESIDE} .vr-reading").count() == 11
    assert reader.errors == []


def test_a_note_can_be_read_while_readings_are_shown(reader: Reader) -> None:
    page = reader.open(f"{ESSAY}?beside=readings#net-effect")
    expect(page.locator(BESIDE).first).to_be_visible()
    expect(page.locator("#net-effect")).to_be_visible()
    page.keyboard.press("n")
    expect(page.locator(f"{NOTE}:visible")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(f"{NOTE}:visible")).to_have_count(0)


def test_on_a_narrow_page_readings_follow_their_paragraphs(reader: Reader) -> None:
    page = reader.open(f"{ESSAY}?beside=readings", 375)
    expect(page.locator(BESIDE).first).to_be_visible()
    assert page.locator(BESIDE).first.evaluate("one => one.previousElementSibling.id") == "p1"
    assert page.locator("html").evaluate("e => e.scrollWidth") <= 375
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(page.locator("#p1")).to_be_visible()
    page.wait_for_function("document.querySelector('.vr-beside').nextElementSibling.id === 'p1'")


def test_readings_are_not_printed_with_the_essay(reader: Reader) -> None:
    page = reader.open(f"{ESSAY}?beside=readings")
    expect(page.locator(BESIDE).first).to_be_visible()
    page.emulate_media(media="print")
    assert page.locator(f"{BESIDE}:visible").count() == 0
    assert page.locator(f"{NOTE}:visible").count() >= 24


@pytest.mark.parametrize("address", [ESSAY, MESSAGE])
def test_without_a_script_a_link_leads_to_the_apparatus(reader: Reader, address: str) -> None:
    page = reader.open(address, java_script_enabled=False)
    page.locator("a[data-beside]").first.click()
    assert page.url == f"{reader.base}{address}apparatus/"
    assert page.locator(".vr-reading").count() > 10


def test_a_link_leads_to_the_apparatus_where_it_cannot_be_fetched(reader: Reader) -> None:
    page = reader.open(ESSAY)
    page.route("**/apparatus/", lambda route: route.abort(), times=1)
    page.locator(SWITCH).click()
    page.wait_for_url("**/apparatus/")
    assert page.locator(".vr-reading").count() == 49
    reader.errors.clear()


@pytest.mark.parametrize("width", [375, 1440])
def test_facing_pages(reader: Reader, width: int) -> None:
    page = reader.open(f"{MESSAGE}apparatus/", width)
    assert page.locator(".vr-row").count() == 22  # the editors' own, and what they left out
    assert page.locator(".vr-verso .vr-received").count() == 21
    row = page.locator(".vr-row:has(#s4)")
    copy, edition = (row.locator(where).bounding_box() for where in (".vr-verso", ".vr-recto"))
    assert copy and edition
    if width > 1000:
        assert copy["y"] == edition["y"] and copy["x"] + copy["width"] <= edition["x"]
    else:
        assert copy["y"] + copy["height"] <= edition["y"]
    assert row.locator(".vr-verso .vr-read").inner_text() == "commonplace protection"
    assert row.locator(".vr-recto .vr-read").inner_text() == "common defense"
    assert "w2 confirms" in row.locator(".vr-foot").inner_text().lower()
    assert "Left out of the edition: It stands in the copy twice" in page.locator(
        ".vr-row:has(#s13)").inner_text()


def test_a_copy_that_may_not_be_shown_has_no_page_facing(reader: Reader) -> None:
    page = reader.open(f"{ESSAY}apparatus/")
    assert page.locator(".vr-row").count() > 8
    assert page.locator(".vr-verso, .vr-received").count() == 0
    assert reader.open(ESSAY).locator("[data-beside=copy]").count() == 0


def test_the_table_is_sorted_by_its_heads(reader: Reader) -> None:
    page = reader.open("readings/")
    head = page.locator("th[data-sort=confidence]")
    head.locator("button").focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    assert page.locator("th[aria-sort]").count() == 1
    ranks = page.locator("tbody tr").evaluate_all("rows => rows.map(row => row.dataset.confidence)")
    assert ranks == sorted(ranks, key=["low", "medium", "high"].index)
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert page.url.endswith("?sort=-confidence")
    assert reader.open(page.url).locator("th[aria-sort=descending]").inner_text().startswith(
        "Confidence")


def test_the_table_is_sifted_and_remembers_it_in_the_address(reader: Reader) -> None:
    page = reader.open("readings/")
    everything = page.locator("tbody tr").count()
    page.get_by_label("Confidence").select_option("low")
    low = page.locator("tbody tr:visible").count()
    assert 0 < low < everything
    assert page.locator("output").inner_text() == f"{low} of {everything} readings"
    page.get_by_label("Confidence").select_option("")
    page.get_by_label("Edition").select_option("first-annual-message")
    page.get_by_label("Paragraph").select_option("5")
    assert page.locator("tbody tr:visible").count() == 2
    assert page.url.endswith("?edition=first-annual-message&paragraph=5")
    assert reader.open(page.url).locator("tbody tr:visible").count() == 2


def test_the_table_is_whole_and_in_order_without_a_script(reader: Reader) -> None:
    page = reader.open("readings/", java_script_enabled=False)
    places = page.locator("tbody tr").evaluate_all("""rows => rows.map(
        row => [row.dataset.edition, Number(row.dataset.paragraph)])""")
    assert len(places) >= 60
    for edition in {edition for edition, _ in places}:
        own = [number for name, number in places if name == edition]
        assert own == sorted(own)
    assert page.locator("thead button, select:visible").count() == 0
