"""A folded text as a row of words: what approximate search and the way through an edit work on."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, islice

from rapidfuzz.distance import Levenshtein

from variorum.text import Span

_WORD = re.compile(r"(\w+(?:'\w+)*)")
_ENDS = 2
"""How many words at an end of a passage may have been replaced; more were rather cut."""
_STRAY = 3
"""Matched words in a row that are no chance, and words between matches that still make a row."""


@dataclass(frozen=True)
class Words:
    """The words of a folded text, in lower case, with their places in it."""

    words: tuple[str, ...] = field(repr=False)
    starts: tuple[int, ...] = field(repr=False)
    ends: tuple[int, ...] = field(repr=False)

    @cached_property
    def places(self) -> Mapping[str, Sequence[int]]:
        """For each word where it stands, counted in words."""
        found: dict[str, list[int]] = defaultdict(list)
        for index, word in enumerate(self.words):
            found[word].append(index)
        return found

    def span(self, words: Span) -> Span:
        """The place in the folded text of a span of words, which is not empty."""
        return Span(self.starts[words.start], self.ends[words.end - 1])

    def within(self, place: Span) -> Span:
        """The words that begin in a place of the folded text."""
        start = bisect_left(self.ends, place.start + 1)
        return Span(start, max(start, bisect_left(self.starts, place.end)))


def split_words(text: str) -> Words:
    """The words of ``text``, which is folded."""
    pieces = _WORD.split(text)  # what stands between words, and words, in turn
    ends = tuple(accumulate(map(len, pieces)))
    return Words(tuple(map(str.lower, pieces[1::2])), ends[0:-1:2], ends[1::2])


def count_words(text: str, limit: int) -> int:
    """How many words ``text`` has; counting stops at ``limit``."""
    return sum(1 for _ in islice(_WORD.finditer(text), limit))


@dataclass(frozen=True)
class Sought:
    """A passage that is looked for, with the words around it."""

    before: Sequence[str]
    exact: Sequence[str]
    after: Sequence[str]


def align(sought: Sought, window: Sequence[str]) -> Span | None:
    """The words of ``window`` that the passage became, by the alignment with fewest changes.

    The words around the passage hold its ends in place when its own first or last is changed
    (Levenshtein's alignment, by rapidfuzz). ``None`` when no word of the passage is left.
    """
    first = len(sought.before)
    row = [*sought.before, *sought.exact, *sought.after]
    image = _images(row, window)
    inside = range(first, first + len(sought.exact))
    same = _without_strays([i for i in inside if image.get(i, (0, False))[1]], image)
    if not same:
        return None
    if same[0] > first or same[-1] + 1 < inside.stop:
        # An end was lost: farther off than it was long, nothing can stand for it.
        low = max(0, image[same[0]][0] - same[0] - 1)
        high = image[same[-1]][0] + len(row) - same[-1] + 1
        if low > 0 or high < len(window):
            found = align(sought, window[low:high])
            return Span(low + found.start, low + found.end) if found else None
    start = _reach(image, same[0], range(same[0] - 1, first - 2, -1), len(sought.before) > 0)
    end = _reach(image, same[-1], range(same[-1] + 1, inside.stop + 1), len(sought.after) > 0)
    # An equal word may have been matched farther out, where another like it stands.
    while same[0] > first and start > 0 and row[same[0] - 1] == window[start - 1]:
        same, start = [same[0] - 1, *same], start - 1
    while same[-1] + 1 < inside.stop and end + 1 < len(window) and (
        row[same[-1] + 1] == window[end + 1]
    ):
        same, end = [*same, same[-1] + 1], end + 1
    return Span(start, end + 1)


def _images(row: Sequence[str], window: Sequence[str]) -> dict[int, tuple[int, bool]]:
    """For each word of ``row`` its word in ``window``, and whether it is the same word."""
    found: dict[int, tuple[int, bool]] = {}
    for step in Levenshtein.opcodes(row, window):
        if step.tag in ("equal", "replace"):
            for offset in range(step.src_end - step.src_start):
                found[step.src_start + offset] = step.dest_start + offset, step.tag == "equal"
    return found


def _without_strays(same: list[int], image: Mapping[int, tuple[int, bool]]) -> list[int]:
    """The matched words from the first to the last that stand in company.

    A few common words far from all others, in the passage or in the window, match by chance.
    """
    runs: list[list[int]] = []
    for index in same:
        if runs:
            last = runs[-1][-1]
            lost, gained = index - last, image[index][0] - image[last][0]
            if lost <= _STRAY + 1 and gained <= 2 * lost + _STRAY:
                runs[-1].append(index)
                continue
        runs.append([index])
    large = [run for run in runs if len(run) >= _STRAY]
    return [index for run in large for index in run] or max(runs, key=len, default=[])


def _reach(
    image: Mapping[int, tuple[int, bool]], matched: int, outward: range, beyond: bool
) -> int:
    """The outermost word of the window that stands for words at one end of the passage.

    ``matched`` is the last word of the passage at this end that is still the same, ``outward``
    leads from there to the first word that is no longer the passage's, if there is one
    (``beyond``): what stands between two words that stayed has replaced what stood there.
    """
    step, place, lost = outward.step, image[matched][0], len(outward) - 1
    if 0 < lost <= _ENDS and beyond and image.get(outward[-1], (0, False))[1]:
        neighbour = image[outward[-1]][0]
        if abs(neighbour - place) <= lost + 2:
            return neighbour - step
    return place
