"""The picture beside a link to an essay: it can be read, is light, and is drawn once."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_site import ESSAY, ROOT
from PIL import Image, ImageChops

from variorum.pictures import HEIGHT, WIDTH, Card, drawing, path_of, pictures_of

FONT = (ROOT / "docs" / "assets" / "fonts" / "eb-garamond-roman.woff2").read_bytes()
CARD = Card("With Friends Like These", "The editors", "Variorum")
EDGE = 80
"""Pixels that stay paper on every side."""


def draw(card: Card, font: bytes) -> bytes:
    return next(drawing.draw([card], font))


def picture_of(card: Card, font: bytes, folder: Path) -> bytes:
    return pictures_of([card], font, folder)[path_of(card, font)]


def inked(picture: bytes) -> tuple[int, int, int, int]:
    """Left, upper, right and lower end of all that is not paper."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    assert image.size == (WIDTH, HEIGHT)
    paper = Image.new("RGB", image.size, image.getpixel((0, 0)))
    return ImageChops.difference(image, paper).getbbox() or (0, 0, 0, 0)


@pytest.mark.parametrize("title", [
    "O", "With Friends Like These", "A title of many words, " * 20, "Donaudampfschiff" * 12,
    "“Quoted”: 1776 & 3 × 4", "line\nbreak\tand  blanks",
])
def test_a_title_stays_on_its_paper_and_the_file_is_light(title: str) -> None:
    picture = draw(Card(title, "By " + title, "Variorum"), FONT)
    left, upper, right, lower = inked(picture)
    assert left >= EDGE and upper >= EDGE and right <= WIDTH - EDGE and lower <= HEIGHT - EDGE + 12
    assert len(picture) < 40_000


@settings(max_examples=15)
@given(st.text(max_size=90))
def test_any_words_make_a_picture(words: str) -> None:
    assert inked(draw(Card(words, words, words), FONT))[2] <= WIDTH


def test_words_are_seen() -> None:
    pictures = {draw(card, FONT) for card in (
        CARD, Card("Another", "The editors", "Variorum"),
        Card(CARD.title, "Somebody", "Variorum"), Card(CARD.title, "The editors", "Other"))}
    assert len(pictures) == 4


@pytest.mark.parametrize("line", ["On Łukasiewicz", "מאמר", "随筆", "e\u20d7"])
def test_a_line_with_a_letter_that_the_font_lacks_is_left_out_whole(line: str) -> None:
    assert draw(Card(line, "A", "V"), FONT) == draw(Card("", "A", "V"), FONT)
    assert draw(Card("A", line, "V"), FONT) == draw(Card("A", "", "V"), FONT)


def test_cards_drawn_together_are_those_drawn_alone() -> None:
    cards = [CARD, Card("", "A", "V"), Card("Other " * 30, "B", "V"), Card("A", "B", "Variorum")]
    assert list(drawing.draw(cards, FONT)) == [draw(card, FONT) for card in cards]


def test_marks_that_nobody_sees_and_letters_in_two_parts_are_no_obstacle() -> None:
    assert draw(Card("Fu\u0308\u00adr\u200b", "A", "V"), FONT) == draw(Card("Für", "A", "V"), FONT)


def test_without_a_shaper_a_picture_is_drawn_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("variorum.pictures.drawing.features.check", lambda feature: False)
    assert inked(draw(CARD, FONT)) != (0, 0, 0, 0)


def test_a_picture_is_drawn_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = picture_of(CARD, FONT, tmp_path)
    monkeypatch.setattr(drawing, "draw", lambda cards, font: (b"again" for _ in cards))
    assert picture_of(CARD, FONT, tmp_path) == drawn
    assert picture_of(Card("Another", "A", "V"), FONT, tmp_path) == b"again"
    assert picture_of(CARD, FONT + b" ", tmp_path) == b"again"


def test_what_was_cut_short_on_the_disk_is_drawn_again(tmp_path: Path) -> None:
    drawn = picture_of(CARD, FONT, tmp_path)
    kept = tmp_path / path_of(CARD, FONT)
    kept.write_bytes(drawn[:-20])
    assert picture_of(CARD, FONT, tmp_path) == kept.read_bytes() == drawn


def test_where_nothing_can_be_kept_pictures_are_drawn(tmp_path: Path) -> None:
    (tmp_path / "cards").write_text("a file, no folder", "utf-8")
    assert picture_of(CARD, FONT, tmp_path) == draw(CARD, FONT)


def test_an_essay_says_where_its_picture_is(site: Path) -> None:
    page = (site / ESSAY / "index.html").read_text("utf-8")
    said = dict(re.findall(r'<meta \w+="((?:og:image|twitter)[^"]*)" content="([^"]*)"', page))
    address = said["og:image"].removeprefix("https://variorum.example.org/")
    assert inked((site / address).read_bytes()) != (0, 0, 0, 0)
    assert (said["og:image:width"], said["og:image:height"]) == (str(WIDTH), str(HEIGHT))
    assert said["og:image:alt"].startswith("With Friends Like These, by ")
    assert said["twitter:card"] == "summary_large_image"
    assert f'"image": "{said["og:image"]}"' in page
    assert address not in (site / "sw.js").read_text("utf-8")  # no reader needs it
