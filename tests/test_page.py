"""The site as readers get it: whole, calm, readable, and nobody else's business."""

from __future__ import annotations

import gzip
import json
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from page_site import ESSAY, NOTE, PAGES, REF, ROOT, STRESS, Reader

pytestmark = pytest.mark.browser

SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((e) => e.value)))
  .observe({type: "layout-shift", buffered: true});
"""
NO_STORAGE = """
Object.defineProperty(window, "localStorage", {get() { throw new DOMException("blocked"); }});
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(reader: Reader, address: str, scheme: str) -> None:
    page = reader.open(address, color_scheme=scheme)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_axe_finds_nothing_on_a_narrow_page_with_a_note_open(reader: Reader) -> None:
    page = reader.open(ESSAY, 375)
    page.locator(REF).nth(3).click()
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_no_page_asks_a_third_party_or_complains(reader: Reader) -> None:
    for address in PAGES:
        reader.open(address)
    strangers = [url for url in reader.requests if not url.startswith(reader.base)]
    assert strangers == []
    assert reader.errors == []


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("address", [*PAGES, STRESS])
def test_320_pixels_need_no_sideways_scrolling(
    reader: Reader, address: str, scripts: bool
) -> None:
    """This is also the page at 400 % on a window of 1280."""
    page = reader.open(address, 320, 640, java_script_enabled=scripts)
    assert page.locator("html").evaluate("e => e.scrollWidth") <= 320


@pytest.mark.parametrize("width", [320, 375, 412, 500, 640, 768, 1280])
def test_everything_in_the_masthead_can_be_hit(reader: Reader, width: int) -> None:
    page = reader.open("", width)
    controls = page.locator(".vr-masthead-nav a, .vr-tools button")
    assert controls.count() == 7
    assert controls.evaluate_all("""all => all.filter(one => {
        const box = one.getBoundingClientRect();
        const corners = [[2, 2], [box.width - 2, box.height - 2]];
        return Math.min(box.width, box.height) < 24 || !corners.every(([x, y]) =>
            document.elementFromPoint(box.left + x, box.top + y) === one);
    }).map(one => one.textContent)""") == []


@pytest.mark.parametrize("width", [375, 1440])
@pytest.mark.parametrize("address", [ESSAY, STRESS])
def test_without_a_script_every_note_is_there_with_links_both_ways(
    reader: Reader, address: str, width: int
) -> None:
    page = reader.open(address, width, java_script_enabled=False)
    notes = page.locator(NOTE)
    assert notes.count() >= 24
    assert notes.evaluate_all("""notes => notes.filter(note => {
        const ref = document.querySelector(`[role=doc-noteref][href="#${note.id}"]`);
        const marks = document.querySelectorAll(`mark:is([data-notes~="${note.id}"],
            :not([data-notes]):has(+ [href="#${note.id}"]))`);
        const back = note.querySelector("[role=doc-backlink]");
        const order = (a, b) => a.compareDocumentPosition(b) & 4;
        return !(note.checkVisibility() && note.clientHeight > 10 && marks.length
            && ref.hash === "#" + note.id && back.hash === "#" + ref.id
            && order(marks[0], ref) && order(ref, note));
    }).map(note => note.id)""") == []


@pytest.mark.parametrize("width", [375, 1440])
@pytest.mark.parametrize("address", [ESSAY, STRESS])
def test_nothing_moves_while_a_page_loads(reader: Reader, address: str, width: int) -> None:
    page = reader.open(address, width, init=SHIFTS, font_delay=700)
    page.wait_for_timeout(500)
    assert page.evaluate("window.shifts") == []


def test_fonts_are_light_and_travel_with_their_license(site: Path, reader: Reader) -> None:
    folder = site / "assets" / "fonts"
    fonts = list(folder.glob("*.woff2"))
    assert len(fonts) == 2
    assert sum(font.stat().st_size for font in fonts) <= 60_000
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text()
    page = reader.open(ESSAY)
    assert page.evaluate("document.fonts.check('italic 20px \"EB Garamond\"')")


def test_first_visit_is_light(reader: Reader, site: Path) -> None:
    """Fewer bytes, compressed, than bare Material sends for the same kind of page: 65,394."""
    reader.open(ESSAY)
    paths = {url.removeprefix(reader.base).split("?")[0] for url in reader.requests}
    names = [path + "index.html" if path.endswith("/") else path for path in paths]
    sent = {name: len(gzip.compress((site / name).read_bytes()))
            for name in names if not name.endswith(".woff2")}
    assert sum(sent.values()) < 65_394, sent


def test_the_page_is_dark_when_asked_and_stays_so(reader: Reader) -> None:
    page = reader.open(ESSAY, color_scheme="light")
    paper = "getComputedStyle(document.body).backgroundColor"
    assert _brightness(page.evaluate(paper)) > 200
    page.get_by_role("button", name="Dark").click()
    assert _brightness(page.evaluate(paper)) < 60
    page.goto(reader.base)
    assert _brightness(page.evaluate(paper)) < 60
    assert page.get_by_role("button", name="Light").is_visible()


def _brightness(color: str) -> int:
    red, green, blue, *_ = (int(part) for part in color.strip("rgba()").split(","))
    return max(red, green, blue)


def test_paper_gets_the_essay_then_its_notes_and_no_furniture(reader: Reader) -> None:
    page = reader.open(ESSAY)
    page.locator(REF).nth(4).click()
    page.emulate_media(media="print")
    assert not page.locator(".vr-masthead").is_visible()
    assert not page.locator(".vr-contents").is_visible()
    boxes = page.locator(NOTE).evaluate_all(
        "notes => notes.map(note => note.getBoundingClientRect().toJSON())"
        ".sort((a, b) => a.top - b.top)"
    )
    last = page.locator(".vr-essay > p").last.bounding_box()
    assert last is not None
    assert boxes[0]["top"] > last["y"] + last["height"]
    gaps = [below["top"] - above["bottom"]
            for above, below in pairwise(boxes)]
    assert all(0 <= gap < 40 for gap in gaps), gaps
    overflow = page.locator(NOTE).evaluate_all(
        "notes => notes.map(note => getComputedStyle(note).overflow + note.offsetParent.tagName)"
    )
    assert set(overflow) == {"visibleDIV"}
    assert len(page.pdf(format="A4")) > 20_000


def test_a_page_opened_from_disk_works(reader: Reader, site: Path) -> None:
    page = reader.open((site / ESSAY / "index.html").as_uri())
    assert page.locator(".vr-essay.vr-placed").count() == 1
    page.get_by_role("link", name="Notes", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "All the notes"


def test_a_page_works_where_storage_is_blocked(reader: Reader) -> None:
    page = reader.open(ESSAY, init=NO_STORAGE)
    page.get_by_role("button", name="Dark").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.locator(".vr-placed").count() == 1


def test_search_reads_the_words_and_not_the_numbers_of_notes(site: Path, reader: Reader) -> None:
    """The number of a note is no part of the word that it follows."""
    page = reader.open(ESSAY)
    glued = page.locator(REF).evaluate_all(
        "refs => refs.map(ref => ref.previousSibling.textContent.split(' ').at(-1)"
        " + ref.textContent)"
    )
    found = json.loads((site / "search" / "search_index.json").read_text("utf-8"))["docs"]
    words = " ".join(entry["title"] + " " + entry["text"] for entry in found)
    assert len(glued) >= 24
    assert [word for word in glued if word in words] == []


def test_every_reading_and_every_note_is_in_its_index(reader: Reader) -> None:
    cards = reader.open("essays/").locator(".vr-card h2 a").evaluate_all(
        "links => links.map(link => link.href)")
    numbers = sum(reader.open(address).locator(NOTE).count() for address in cards)
    assert numbers >= 24
    assert reader.open("notes/").locator(".vr-entry").count() == numbers
    readings = sum(reader.open(f"{address}apparatus/").locator(".vr-reading").count()
                   for address in cards)
    assert readings >= 60
    assert reader.open("readings/").locator("tbody tr").count() == readings


def test_templates_override_blocks_only() -> None:
    """No template of Material's is replaced but the page for lost readers."""
    templates = Path(str(files("material"))) / "templates"
    ours = {file.relative_to(ROOT / "overrides") for file in ROOT.glob("overrides/**/*.html")}
    theirs = {file.relative_to(templates) for file in templates.rglob("*.html")}
    assert {str(file) for file in ours & theirs} == {"404.html", "main.html"}


def test_notes_are_listed_by_essay_and_by_work_and_lead_to_their_places(
    site: Path, reader: Reader
) -> None:
    page = reader.open("notes/")
    hrefs = "links => links.map(link => new URL(link.href).pathname.slice(1) + link.hash)"
    everywhere = page.locator("[aria-labelledby=by-essay] li > a").evaluate_all(hrefs)
    assert len(everywhere) == len(set(everywhere)) == page.locator(".vr-entry").count()
    by_work = page.locator("[aria-labelledby=by-work] li > a").evaluate_all(hrefs)
    assert by_work and set(by_work) <= set(everywhere)
    for address in everywhere:
        folder, _, name = address.partition("#")
        assert f'id="{name}"' in (site / folder / "index.html").read_text("utf-8")


def test_essays_lead_to_the_one_before_and_the_one_after(reader: Reader) -> None:
    page = reader.open("essays/first-annual-message/")
    page.locator("[rel=next]").click()
    assert page.url.endswith(ESSAY)
    page.locator("[rel=prev]").click()
    assert page.url.endswith("essays/first-annual-message/")
