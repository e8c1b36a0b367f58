"""Draws a card: a title page in the site's own font, on its paper, with its inks.

A line with a letter that the font lacks is left out whole: an empty box in a name is worse than
no name, and whoever shows the picture sets the title beside it, in fonts of their own.
"""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO

from PIL import Image, ImageColor, ImageDraw, ImageFont, features

from variorum.pictures.card import HEIGHT, WIDTH, Card

_PAPER, _INK, _SOFT, _RUBRIC = "#fbf9f3", "#24201b", "#655b4e", "#8e2a1e"
"""As in page.css, light."""
_EDGE = 88
"""Pixels of paper around the words."""
_MEASURE = WIDTH - 2 * _EDGE
_SIZES = (116, 104, 92, 80, 72, 64, 56)
"""Of a title, in pixels: the first in which it fits."""
_SMALL = 40
"""Pixels: the size of all that is not the title."""
_TOP, _ROOM = _EDGE + 50, 306
"""Pixels: where the title's room begins, and its height."""
_LEADING = 1.1
_SPACED = 0.14
"""Between letters of the publication's name, in their size, as in page.css."""
_BITS = 4
"""Of a pixel: the file stays small, and 15 shades of three inks on paper are enough."""
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


def draw(cards: Iterable[Card], font: bytes) -> Iterator[bytes]:
    """The PNG of each card, set in ``font``, a font file of any format that FreeType reads."""
    face = _Face(font, bool(features.check("raqm")))
    for card in cards:
        image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
        _draw_card(ImageDraw.Draw(image), face, card)
        yield _png(image)


def _draw_card(canvas: ImageDraw.ImageDraw, face: _Face, card: Card) -> None:
    title, small = face.settable(card.title), face.at(_SMALL)
    size, base = (_SMALL, _EDGE + _SMALL // 2) if title else (_SIZES[0], _TOP + _ROOM // 2)
    canvas.bitmap((_EDGE, base - size), face.name(card.publication, size), _RUBRIC)
    if title:
        _draw_title(canvas, face, title)
    foot = HEIGHT - _EDGE
    canvas.line((_EDGE, foot - 2 * _SMALL, WIDTH - _EDGE, foot - 2 * _SMALL), _SOFT)
    _draw_line(canvas, _cut(small, face.settable(card.byline)), foot, _SOFT, small)


class _Face:
    """A font at any size. What was asked of it once is kept: opening it takes longer than a line,
    and all cards of a publication bear its name."""

    def __init__(self, data: bytes, shapes: bool) -> None:
        self.data = data
        self.shapes = shapes
        """Whether letters can be shaped: small capitals, and words from right to left."""
        self.sizes: dict[int, ImageFont.FreeTypeFont] = {}
        self.names: dict[tuple[str, int], Image.Image] = {}
        self.letters: dict[str, bool] = {}
        self.plain = ImageFont.truetype(BytesIO(data), 16, layout_engine=ImageFont.Layout.BASIC)
        # No letter, so what stands for one that is missing.
        self.missing = bytes(self.plain.getmask("\U0010ffff"))

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """The font with letters of ``size`` pixels."""
        if size not in self.sizes:
            self.sizes[size] = ImageFont.truetype(BytesIO(self.data), size)
        return self.sizes[size]

    def settable(self, words: str) -> str:
        """``words`` on one line, as the font sets them; nothing when it cannot."""
        composed = unicodedata.normalize("NFC", " ".join(words.split()))
        shown = "".join(c for c in composed if unicodedata.category(c) != "Cf")
        if not all(map(self._has, set(shown) - {" "})):
            return ""
        turned = any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in shown)
        return "" if turned and not self.shapes else shown

    def _has(self, letter: str) -> bool:
        if letter not in self.letters:
            self.letters[letter] = bytes(self.plain.getmask(letter)) != self.missing
        return self.letters[letter]

    def name(self, name: str, size: int) -> Image.Image:
        """A publication's name as in the masthead: spaced small capitals, as many as fit; its base
        line is ``size`` pixels from the top."""
        if (name, size) not in self.names:
            self.names[name, size] = self._set_name(self.settable(name), size)
        return self.names[name, size]

    def _set_name(self, name: str, size: int) -> Image.Image:
        mask, font, at = Image.new("L", (_MEASURE, 2 * size)), self.at(size), 0.0
        canvas, capitals = ImageDraw.Draw(mask), ["smcp"] if self.shapes else None
        for letter in name.lower() if self.shapes else name:
            width = font.getlength(letter, features=capitals)
            if at + width > _MEASURE:
                break
            canvas.text((at, size), letter, 255, font, "ls", features=capitals)
            at += width + size * _SPACED
        return mask


def _draw_title(canvas: ImageDraw.ImageDraw, face: _Face, title: str) -> None:
    """The title in the middle of its room, as large as it fits."""
    size, lines = _fit(face, title)
    font, step = face.at(size), round(size * _LEADING)
    top = _TOP + (_ROOM - step * len(lines)) // 2
    for number, line in enumerate(lines):
        _draw_line(canvas, line, top + step * number + round(size * 0.8), _INK, font)


def _draw_line(
    canvas: ImageDraw.ImageDraw, line: str, base: int, ink: str, font: ImageFont.FreeTypeFont
) -> None:
    """A line on its base line, at the edge where reading it begins."""
    if next(filter(None, map(_direction, line)), "L") == "L":
        canvas.text((_EDGE, base), line, ink, font, "ls")
    else:
        canvas.text((WIDTH - _EDGE, base), line, ink, font, "rs")


def _direction(letter: str) -> str:
    """``L`` or ``R``; nothing for what is read either way."""
    kind = unicodedata.bidirectional(letter)
    return "R" if kind in _RIGHT_TO_LEFT else "L" if kind == "L" else ""


def _fit(face: _Face, title: str) -> tuple[int, list[str]]:
    """The largest size in which ``title`` fits its room, and its lines; else cut in the least."""
    font = face.at(_SIZES[-1])
    words = _measure(font, title.split())
    for size in _SIZES:
        measure = _MEASURE * _SIZES[-1] / size  # all is measured once, in the least size
        lines = _wrap(words, measure)
        if len(lines) * size * _LEADING <= _ROOM and max(words)[0] <= measure:
            return size, lines
    pieces = [piece for word in title.split() for piece in _break(font, word)]
    lines = _wrap(_measure(font, pieces), _MEASURE)
    most = int(_ROOM / _SIZES[-1] / _LEADING)
    rest = [_cut(font, " ".join(lines[most - 1 :]))] if len(lines) >= most else []
    return _SIZES[-1], [*lines[: most - 1], *rest]


def _measure(font: ImageFont.FreeTypeFont, words: list[str]) -> list[tuple[float, str]]:
    """Each word and its width in pixels, with a space."""
    return [(font.getlength(f"{word} "), word) for word in words]


def _wrap(words: list[tuple[float, str]], measure: float) -> list[str]:
    """``words`` in the fewest lines, and those as even as can be."""
    least = len(_fill(words, measure))
    widths = (*range(int(max(words)[0]) + 1, int(measure), 20), measure)
    return next(lines for width in widths if len(lines := _fill(words, width)) == least)


def _fill(words: list[tuple[float, str]], width: float) -> list[str]:
    """``words`` in lines of at most ``width`` pixels, where no word is wider."""
    lines: list[list[str]] = []
    taken = width
    for wide, word in words:
        if taken + wide > width:
            lines.append([])
            taken = 0
        lines[-1].append(word)
        taken += wide
    return [" ".join(line) for line in lines]


def _break(font: ImageFont.FreeTypeFont, word: str) -> list[str]:
    """``word`` in pieces that fit on a line; mostly one."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and font.getlength(f"{pieces[-1]}{letter} ") > _MEASURE:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _cut(font: ImageFont.FreeTypeFont, line: str) -> str:
    """``line``, or as much of it as fits, and a sign that there was more."""
    if font.getlength(line) <= _MEASURE:
        return line
    while line and font.getlength(f"{line}…") > _MEASURE:
        line = line[:-1].rstrip()
    return f"{line}…"


def _png(image: Image.Image) -> bytes:
    """``image`` in the few colours that it has: each ink, and what lies between it and paper."""
    palette = Image.new("P", (1, 1))
    palette.putpalette([
        round(below + (above - below) * shade / 5)
        for ink in (_INK, _SOFT, _RUBRIC) for shade in range(ink != _INK, 6)
        for below, above in zip(ImageColor.getrgb(_PAPER), ImageColor.getrgb(ink), strict=True)])
    written = BytesIO()
    image.quantize(palette=palette, dither=Image.Dither.NONE).save(
        written, "PNG", bits=_BITS, compress_type=zlib.Z_RLE)  # half the time, a tenth more bytes
    return written.getvalue()
