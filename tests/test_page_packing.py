"""The packing of margin notes, in the browser that runs it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_site import ROOT
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

GAP = 12
Box = dict[str, Any]
boxes = st.lists(
    st.fixed_dictionaries({"want": st.integers(0, 3000), "height": st.integers(10, 600)}),
    min_size=1, max_size=40,
).map(lambda found: sorted(found, key=lambda box: box["want"]))


@pytest.fixture(scope="module")
def script(browser: Browser) -> Iterator[Page]:
    """A page with nothing but our script."""
    page = browser.new_page()
    page.add_script_tag(path=str(ROOT / "docs" / "assets" / "packing.js"))
    yield page
    page.close()


def pack(page: Page, found: list[Box], room: int | None = None) -> list[float]:
    """The tops that the script gives."""
    tops: list[float] = page.evaluate(
        "([boxes, gap, room]) => packing.pack(boxes, gap, room ?? Infinity)", [found, GAP, room]
    )
    return tops


def cost(found: list[Box], tops: list[float]) -> float:
    """How far all boxes stand from where they want to be."""
    return float(sum((top - box["want"]) ** 2 for box, top in zip(found, tops, strict=True)))


def stack(found: list[Box], shifts: list[float]) -> list[float]:
    """Any arrangement without overlap is a never-falling list of shifts of the closest stack."""
    above = accumulate([0, *(box["height"] + GAP for box in found[:-1])])
    raised = accumulate(shifts, max)
    return [shift + taken for shift, taken in zip(raised, above, strict=True)]


@settings(deadline=None)
@given(boxes)
def test_boxes_keep_their_order_and_their_distance(script: Page, found: list[Box]) -> None:
    tops = pack(script, found)
    assert tops[0] >= 0
    for box, top, below in zip(found, tops, tops[1:], strict=False):
        assert below >= top + box["height"] + GAP


@settings(deadline=None)
@given(boxes, st.data())
def test_no_other_arrangement_is_nearer(script: Page, found: list[Box], data: Any) -> None:
    size = len(found)
    shifts = data.draw(st.lists(st.integers(0, 3000), min_size=size, max_size=size))
    tops = pack(script, found)
    rounding = sum(abs(top - box["want"]) + 1 for box, top in zip(found, tops, strict=True))
    assert cost(found, tops) <= cost(found, stack(found, shifts)) + rounding
    greedy = stack(found, [box["want"] - taken for box, taken in zip(
        found, stack(found, [0] * size), strict=True)])
    assert cost(found, tops) <= cost(found, greedy) + rounding


@settings(deadline=None)
@given(boxes, st.integers(0, 20_000))
def test_boxes_stay_in_the_room_they_fit_in(script: Page, found: list[Box], spare: int) -> None:
    room = sum(box["height"] + GAP for box in found) - GAP + spare
    assert pack(script, found, room)[-1] + found[-1]["height"] <= room


@settings(deadline=None)
@given(boxes, st.data())
def test_the_note_that_is_read_stands_where_it_wants(
    script: Page, found: list[Box], data: Any
) -> None:
    index = data.draw(st.integers(0, len(found) - 1))
    found = [{**box, "want": box["want"] + 30_000} for box in found]  # none is near the top
    heavy = [{**box, "weight": 1e6 if i == index else 1} for i, box in enumerate(found)]
    assert abs(pack(script, heavy)[index] - found[index]["want"]) <= 1


@settings(deadline=None)
@given(boxes)
def test_folded_boxes_do_not_overlap_and_only_crowded_ones_fold(
    script: Page, found: list[Box]
) -> None:
    placed = script.evaluate(
        "([boxes, line, gap]) => packing.arrange(boxes, line, gap)", [found, 20, GAP]
    )
    for above, below in pairwise(placed):
        assert below["top"] >= above["top"] + above["height"] + GAP
    for box, place in zip(found, placed, strict=True):
        assert place["height"] == (place["lines"] * 20 or box["height"])
        assert place["lines"] == 0 or place["lines"] * 20 < box["height"]
    if all(abs(t - b["want"]) <= 120 for b, t in zip(found, pack(script, found), strict=True)):
        assert not any(place["lines"] for place in placed)


def test_no_boxes_need_no_places(script: Page) -> None:
    assert pack(script, []) == []
