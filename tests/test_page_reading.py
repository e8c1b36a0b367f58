"""What makes a page pleasant to read, and readable for those who see or move otherwise."""

from __future__ import annotations

import pytest
from page_site import ESSAY, NOTE, REF, ROOT, Reader
from PIL import ImageFont, features
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

FONTS = ROOT / "docs" / "assets" / "fonts"
KINDS = ("gloss", "context", "source", "reading", "question")
STYLE = "(e, name) => getComputedStyle(e)[name]"
CONTRAST = """e => {
  const light = color => {
    const draw = new OffscreenCanvas(1, 1).getContext("2d");
    draw.fillStyle = color;
    draw.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...draw.getImageData(0, 0, 1, 1).data].map(part =>
      part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const both = [getComputedStyle(e).color, getComputedStyle(document.body).backgroundColor];
  const [low, high] = both.map(light).sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}"""
"""The contrast of an element's letters with the paper, as WCAG 2.2 counts it."""
DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
READ = """() => new DOMMatrix(getComputedStyle(document.querySelector(".vr-essay"), "::before")
  .transform).a"""
"""How much of the line that tells progress is drawn, 0 to 1."""


def style(page: Page, place: str, name: str) -> str:
    return str(page.locator(place).first.evaluate(STYLE, name))


@pytest.mark.skipif(not features.check("raqm"), reason="no fribidi, so Pillow shapes nothing")
@pytest.mark.parametrize(("slope", "words", "feature"), [
    ("roman", "capitals", "smcp"), ("roman", "CAPITALS", "c2sc"), ("roman", "1998", "onum"),
    ("italic", "1998", "onum"),  # no small capitals are set in italics
])
def test_the_fonts_have_small_capitals_and_old_style_figures(
    slope: str, words: str, feature: str
) -> None:
    font = ImageFont.truetype(str(FONTS / f"eb-garamond-{slope}.woff2"), 64)
    plain, chosen = (bytes(font.getmask(words, features=[f"{sign}{feature}"])) for sign in "-+")
    assert plain != chosen


def test_words_break_at_hyphens_and_headings_do_not(reader: Reader) -> None:
    page = reader.open(ESSAY, 320)
    assert style(page, ".vr-essay > p", "hyphens") == "auto"
    assert page.locator(".vr-essay").get_attribute("lang") == "en-US"  # or no browser would
    assert style(page, ".vr-essay > h2", "hyphens") == "manual"


def test_figures_are_old_style_in_prose_and_level_at_references(reader: Reader) -> None:
    page = reader.open(ESSAY)
    assert style(page, ".vr-essay > p", "fontVariantNumeric") == "oldstyle-nums proportional-nums"
    assert style(page, REF, "fontVariantNumeric") == "lining-nums"
    assert style(page, f"{NOTE} [role=doc-backlink]", "fontVariantCaps") == "all-small-caps"


def test_quotation_marks_hang_where_browsers_can() -> None:
    """No browser that is driven here can."""
    assert "hanging-punctuation: first" in (ROOT / "docs/assets/page.css").read_text("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_whoever_wants_more_contrast_gets_it_for_every_kind(reader: Reader, scheme: str) -> None:
    page = reader.open(ESSAY, contrast="more", color_scheme=scheme)
    places = [f"{NOTE}.{kind} [role=doc-backlink]" for kind in KINDS]
    for place in (*places, REF, ".vr-byline", ".vr-essay > h2", ".vr-contents a"):
        assert page.locator(place).first.evaluate(CONTRAST) >= 7, place


def test_forced_colours_keep_the_lines_of_kinds_and_show_both_ends(reader: Reader) -> None:
    page = reader.open(ESSAY, forced_colors="active")
    lines = {style(page, f"mark.{kind}", "textDecorationStyle") for kind in KINDS}
    assert lines == {"dotted", "solid", "double", "wavy", "dashed"}
    text = style(page, "body", "color")
    assert {style(page, f"mark.{kind}", "textDecorationColor") for kind in KINDS} == {text}
    page.locator(REF).nth(2).click()
    plain = style(page, f"{NOTE}:not(.vr-open)", "borderInlineStartColor")
    assert style(page, ".vr-open", "borderInlineStartColor") != plain
    assert style(page, "mark.vr-lit", "backgroundColor") != style(page, "body", "backgroundColor")


@pytest.mark.parametrize(("wish", "moving"), [("no-preference", True), ("reduce", False)])
def test_nothing_moves_for_whoever_wants_that(reader: Reader, wish: str, moving: bool) -> None:
    page = reader.open(ESSAY, 375, reduced_motion=wish)
    page.locator(REF).nth(2).click()
    style(page, ".vr-open", "opacity")
    assert (style(page, ".vr-open", "animationName") == "vr-rise") == moving
    wide = reader.open(ESSAY, reduced_motion=wish)
    wide.locator(".vr-settled").wait_for()
    assert (style(wide, f"{NOTE}.vr-folded", "transitionDuration") != "0s") == moving


def test_a_line_tells_how_far_the_essay_is_read(reader: Reader) -> None:
    page = reader.open(ESSAY, reduced_motion="no-preference")
    seen = []
    for part in (0, 0.4, 0.8, 1):
        page.evaluate("part => scrollTo(0, part * document.documentElement.scrollHeight)", part)
        page.evaluate(DRAWN)
        seen.append(page.evaluate(READ))
    assert seen == sorted(seen) and seen[0] == 0 and seen[-1] == 1
    assert 0.2 < seen[1] < seen[2]
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('.vr-essay'), '::before').content"
                         ) == "none"


def test_contents_follow(reader: Reader) -> None:
    page = reader.open(ESSAY)
    last = page.locator(".vr-contents a").last
    assert page.locator(".vr-contents [aria-current]").count() == 0
    last.click()
    page.locator(".vr-contents [aria-current=true]").wait_for()
    assert page.locator(".vr-contents [aria-current=true]").inner_text() == last.inner_text()
