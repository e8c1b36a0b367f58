"""Takes away what belongs to the pages of a book and not to its text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from variorum.repair.values import Dropped, Line

_ROMAN = "(?=[ivxlc])[ivxlc]{1,7}"
_NUMBER = re.compile(rf"\W*(?:page\s+)?(?:\d{{1,4}}|{_ROMAN})(?:\s+of\s+\d+)?\W*", re.I)
_HEAD = 70
"""A longer line is no running head."""


def drop_page_numbers(lines: Sequence[Line]) -> tuple[list[Line], list[Dropped]]:
    """Drop page numbers: lines with only a number, between blank lines or at a page's edge.

    A single one may be anything, so there must be two, and they must grow.
    """
    alone = [i for i, line in enumerate(lines)
             if _NUMBER.fullmatch(line.text.strip()) and _stands_apart(lines, i)]
    values = [_value(lines[i].text) for i in alone]
    grows = len(values) > 1 and all(a < b for a, b in pairwise(values))
    return _without(lines, alone if grows else (), "page-numbers")


def drop_running_heads(lines: Sequence[Line]) -> tuple[list[Line], list[Dropped]]:
    """Drop lines that come three times or oftener, alone, whatever number stands with them."""
    shapes = {i: re.sub(r"[\W\d]+", " ", line.text).strip().casefold()
              for i, line in enumerate(lines)
              if line.text.strip() and len(line.text.strip()) <= _HEAD and _stands_apart(lines, i)}
    often = {shape for shape, times in Counter(shapes.values()).items() if times > 2 and shape}
    return _without(lines, [i for i, s in shapes.items() if s in often], "running-heads")


def _stands_apart(lines: Sequence[Line], index: int) -> bool:
    above = lines[index - 1].text.strip() if index else ""
    below = lines[index + 1].text.strip() if index + 1 < len(lines) else ""
    at_break = lines[index].page or (index + 1 < len(lines) and lines[index + 1].page)
    return at_break or not above or not below


def _value(text: str) -> int:
    if digits := re.search(r"\d+", text):
        return int(digits.group())
    roman = re.findall(r"[ivxlc]", re.sub("page", "", text.casefold()))
    worth = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[letter] for letter in roman]
    return sum(-a if a < b else a for a, b in zip(worth, [*worth[1:], 0], strict=True))


def _without(
    lines: Sequence[Line], which: Iterable[int], reason: str
) -> tuple[list[Line], list[Dropped]]:
    """A dropped line leaves a blank one, so that the lines around it do not run together."""
    gone = set(which)
    kept = [Line(line.number, "", line.page) if i in gone else line
            for i, line in enumerate(lines)]
    return kept, [Dropped(reason, lines[i].number, lines[i].text.strip()) for i in sorted(gone)]
