"""Notes under a reader's hands: by key, by mouse, by touch, by address."""

from __future__ import annotations

import pytest
from page_site import BACK, ESSAY, NOTE, REF, STRESS, Reader, passage_of, ref_to
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

FOCUSED = "document.activeElement.hash?.slice(1) || document.activeElement.id"
STILL = """() => new Promise(resolve => {
  const where = () => [...document.querySelectorAll("[role=doc-footnote]")]
    .map(note => note.style.translate).join();
  let [last, same] = ["", 0];
  const look = () => {
    same = where() === last ? same + 1 : 0;
    last = where();
    if (same > 5) resolve(); else requestAnimationFrame(look);
  };
  look();
})"""
"""Resolves when no note has been moved for some frames."""
OVERLAPS = """notes => {
  const boxes = notes.map(note => [note.id, note.getBoundingClientRect()]);
  boxes.sort((a, b) => a[1].top - b[1].top);
  return boxes.slice(1).filter(([id, box], i) => box.top < boxes[i][1].bottom).map(([id]) => id);
}"""


def note_ids(page: Page) -> list[str]:
    """The ids of the page's notes, in the order of their numbers."""
    ids: list[str] = page.locator(REF).evaluate_all("refs => refs.map(r => r.hash.slice(1))")
    return ids


@pytest.mark.parametrize("width", [375, 1440])
def test_the_keyboard_opens_a_note_and_comes_back(reader: Reader, width: int) -> None:
    page = reader.open(ESSAY, width)
    first = note_ids(page)[0]
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == first:
            break
    assert page.evaluate(FOCUSED) == first
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED) == first
    assert page.locator(f"#{first}").is_visible()
    assert page.url.endswith(f"#{first}")
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUSED) == first
    assert "#" not in page.url
    assert page.locator(".vr-open").count() == 0


@pytest.mark.parametrize("width", [375, 1440])
def test_n_and_p_walk_from_note_to_note(reader: Reader, width: int) -> None:
    page = reader.open(ESSAY, width)
    ids = note_ids(page)
    for key, expected in [("n", 0), ("n", 1), ("n", 2), ("p", 1)]:
        page.keyboard.press(key)
        assert page.evaluate(FOCUSED) == ids[expected]
        assert page.locator(ref_to(ids[expected])).evaluate(IN_SIGHT)


IN_SIGHT = """ref => {
  const box = ref.getBoundingClientRect();
  const found = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return found === ref;
}"""


def test_the_letters_can_be_switched_off_and_stay_off(reader: Reader) -> None:
    page = reader.open(ESSAY)
    page.get_by_role("button", name="Switch letter keys off").click()
    page.reload()
    page.keyboard.press("n")
    assert page.locator(".vr-open").count() == 0
    page.get_by_role("button", name="Switch letter keys on").click()
    page.keyboard.press("n")
    assert page.locator(".vr-open").count() == 1


@pytest.mark.parametrize("key", ["n", "p"])
def test_below_the_last_note_both_letters_lead_to_it(reader: Reader, key: str) -> None:
    page = reader.open(ESSAY, height=200)
    page.evaluate("scrollTo(0, 1e6)")
    page.keyboard.press(key)
    assert page.evaluate(FOCUSED) == note_ids(page)[-1]


@pytest.mark.parametrize("width", [375, 1440])
def test_a_notes_address_opens_the_note(reader: Reader, width: int) -> None:
    name = note_ids(reader.open(ESSAY))[-1]
    page = reader.open(f"{ESSAY}#{name}", width)
    assert page.locator(f"#{name}.vr-open").is_visible()
    assert page.locator(ref_to(name)).evaluate(IN_SIGHT)


def test_a_tap_on_a_passage_opens_a_sheet_and_one_beside_it_closes_it(reader: Reader) -> None:
    page = reader.open(ESSAY, 375, 700, has_touch=True)
    assert page.locator(f"{NOTE}:visible").count() == 0
    for index in (0, 5, 20):
        name = note_ids(page)[index]
        page.locator(passage_of(name)).first.tap()
        sheet = page.locator(f"#{name}")
        assert page.locator(f"{NOTE}:visible").count() == 1
        box = sheet.bounding_box()
        assert box is not None
        assert abs(box["y"] + box["height"] - 700) < 1
        assert page.locator(ref_to(name)).evaluate(IN_SIGHT)
        page.touchscreen.tap(6, 40)  # the edge of the page
        assert page.locator(f"{NOTE}:visible").count() == 0
    page.locator(REF).first.tap()
    page.get_by_role("button", name="Close").tap()
    assert page.locator(f"{NOTE}:visible").count() == 0


@pytest.mark.parametrize("address", [ESSAY, STRESS])
@pytest.mark.parametrize("width", [1220, 1440, 1920])
def test_notes_in_the_margin_do_not_overlap(reader: Reader, address: str, width: int) -> None:
    page = reader.open(address, width)
    notes = page.locator(NOTE)
    assert notes.evaluate_all(OVERLAPS) == []
    page.locator(REF).nth(25).click()
    page.wait_for_timeout(400)
    assert notes.evaluate_all(OVERLAPS) == []
    assert page.locator("html").evaluate("e => e.scrollWidth") <= width


@pytest.mark.parametrize("address", [ESSAY, STRESS])
def test_notes_that_float_without_a_script_do_not_overlap(reader: Reader, address: str) -> None:
    page = reader.open(address, 1440, java_script_enabled=False)
    assert page.locator(NOTE).evaluate_all(OVERLAPS) == []


def test_a_note_that_is_read_stands_beside_its_passage(reader: Reader) -> None:
    page = reader.open(ESSAY)
    for index in (0, 10, 20, 30):
        name = note_ids(page)[index]
        page.locator(ref_to(name)).click()
        page.wait_for_timeout(300)
        passage = page.locator(passage_of(name)).first.bounding_box()
        note = page.locator(f"#{name}").bounding_box()
        assert passage is not None and note is not None
        assert abs(passage["y"] - note["y"]) < 12


@pytest.mark.parametrize(("here", "there"), [("reference", "note"), ("note", "passage")])
def test_one_end_shows_the_other_and_not_by_colour_alone(
    reader: Reader, here: str, there: str
) -> None:
    page = reader.open(ESSAY)
    name = note_ids(page)[3]
    look = """({name, there, at}) => {
      const passage = document.querySelector(at);
      return there === "passage" ? getComputedStyle(passage).textDecorationThickness
        : getComputedStyle(document.getElementById(name)).borderLeftWidth;
    }"""
    asked = {"name": name, "there": there, "at": passage_of(name)}
    before = page.evaluate(look, asked)
    page.locator(ref_to(name) if here == "reference" else f"#{name}").hover()
    assert page.evaluate(look, asked) != before
    page.mouse.move(0, 0)
    assert page.evaluate(look, asked) == before
    page.locator(ref_to(name) if here == "reference" else f"#{name} {BACK}").focus()
    assert page.evaluate(look, asked) != before


def test_a_folded_note_shows_all_of_itself_when_asked(reader: Reader) -> None:
    page = reader.open(ESSAY)
    folded = page.locator(".vr-folded")
    assert folded.count() > 0
    name = folded.first.get_attribute("id") or ""
    hidden = "note => note.scrollHeight - note.clientHeight"
    note = page.locator(f"#{name}")
    assert note.evaluate(hidden) > 0
    page.locator(ref_to(name)).hover()
    page.wait_for_timeout(400)
    assert note.evaluate(hidden) <= 0
    page.mouse.move(0, 0)
    note.click()
    page.wait_for_timeout(300)
    assert note.evaluate(hidden) <= 0


def test_overlapping_passages_are_both_reachable(reader: Reader) -> None:
    page = reader.open(STRESS, 375)
    both = page.locator('[data-notes~="outer"][data-notes~="inner"]')
    shown = []
    for _ in range(2):
        both.click()
        shown.append(page.locator(".vr-open").get_attribute("id"))
    assert sorted(filter(None, shown)) == ["inner", "outer"]


def test_targets_are_24_pixels_wide_and_high(reader: Reader) -> None:
    page = reader.open(ESSAY, 375)
    sizes = page.locator(REF).evaluate_all("""refs => refs.map(ref => {
      const box = getComputedStyle(ref, "::after");
      return Math.min(parseFloat(box.width), parseFloat(box.height));
    })""")
    assert min(sizes) >= 24


def test_notes_out_of_sight_follow_the_one_that_is_read(reader: Reader) -> None:
    """They are moved behind those in sight; once all are, none lies over another."""
    page = reader.open(STRESS)
    for index in (0, 150, 60):
        page.locator(REF).nth(index).evaluate("ref => ref.click()")
    page.evaluate(STILL)
    assert page.locator(NOTE).evaluate_all(OVERLAPS) == []
