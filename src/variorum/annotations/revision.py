"""The way of words through an edit: where each word of an earlier text stands in the new one.

Four words in a row that stand once in either text are the same words (as in patience
difference, Bram Cohen), wherever they stand: so what was carried elsewhere is found too. From
there the match grows over equal neighbours; shorter runs follow among the words that are left.
Time and space are linear in the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from variorum.annotations.words import Sought, Words, align
from variorum.text import Span

_RUNS = (4, 3, 2)
"""Words in a row that stand once among those that are not matched yet, longer runs first."""
_BESIDE = 3
"""Words on one side that are no chance."""
_CONTEXT = 12
"""Words on either side of a passage that hold its place."""


@dataclass(frozen=True)
class Way:
    """What became of a passage of the earlier text."""

    place: Span | None
    """Where it stands now, counted in words of the new text; ``None`` when it was deleted."""
    intact: bool
    """Whether it has the same words in the same order and no other."""
    sure: bool = False
    """Whether words of its own lead there, and the words on one side of it came along."""


@dataclass(frozen=True)
class Revision:
    """An earlier text and a new one, word by word."""

    old: Words
    new: Words
    image: Sequence[int] = field(repr=False)
    """For each word of the earlier text its index in the new text, or -1."""
    origin: Sequence[int] = field(repr=False)
    """For each word of the new text its index in the earlier text, or -1."""

    def follow(self, passage: Span) -> Way:
        """What became of ``passage``, a span of words of the earlier text, not empty."""
        image = self.image[passage.start : passage.end]
        if image[0] >= 0 and all(there == image[0] + n for n, there in enumerate(image)):
            place = Span(image[0], image[-1] + 1)
            return Way(place, True, self._beside(passage, place))
        alive = self._largest_cluster(passage)
        window = self._around(alive) if alive else self._gap(passage)
        if window is None:
            return Way(None, False)
        old = self.old.words
        exact = old[passage.start : passage.end]
        sought = Sought(
            old[max(0, passage.start - _CONTEXT) : passage.start], exact,
            old[passage.end : passage.end + _CONTEXT],
        )
        found = align(sought, self.new.words[window.start : window.end])
        if found is None:
            return Way(None, False)
        place = Span(window.start + found.start, window.start + found.end)
        return Way(place, self.new.words[place.start : place.end] == exact,
                   alive is not None and self._beside(passage, place))

    def _beside(self, passage: Span, place: Span) -> bool:
        """Whether the nearest words before the passage, or behind it, are the same ones."""
        old, new = self.old.words, self.new.words
        before = old[max(0, passage.start - _BESIDE) : passage.start]
        after = old[passage.end : passage.end + _BESIDE]
        led = new[max(0, place.start - _BESIDE) : place.start] == before
        trailed = new[place.end : place.end + _BESIDE] == after
        return (led and len(before) == _BESIDE) or (trailed and len(after) == _BESIDE)

    def is_copy(self, place: Span) -> bool:
        """Whether the words at ``place`` of the new text stood elsewhere in the earlier one."""
        return any(self.origin[index] >= 0 for index in range(place.start, place.end))

    def _largest_cluster(self, passage: Span) -> Span | None:
        """Where most of the words that are still alive stand together."""
        alive = sorted(j for j in self.image[passage.start : passage.end] if j >= 0)
        clusters: list[list[int]] = []
        for j in alive:
            if not clusters or j - clusters[-1][-1] > passage.end - passage.start + _CONTEXT:
                clusters.append([])
            clusters[-1].append(j)
        best = max(clusters, key=len, default=None)
        return Span(best[0], best[-1] + 1) if best else None

    def _around(self, place: Span) -> Span:
        margin = _CONTEXT + 4
        return Span(max(0, place.start - margin), min(len(self.new.words), place.end + margin))

    def _gap(self, passage: Span) -> Span | None:
        """What stands now between the nearest words around ``passage`` that stayed."""
        before = next((self.image[i] for i in range(passage.start - 1, -1, -1)
                       if self.image[i] >= 0), -1)
        after = next((self.image[i] for i in range(passage.end, len(self.image))
                      if self.image[i] >= 0), len(self.new.words))
        size = passage.end - passage.start
        if not before < after <= before + 3 * size + 4 * _CONTEXT:
            return None
        return self._around(Span(before + 1, after))


def compare(old: Words, new: Words) -> Revision:
    """The way from ``old`` to ``new``."""
    image, origin = [-1] * len(old.words), [-1] * len(new.words)
    for size in _RUNS:
        here, there = _unique_runs(old.words, image, size), _unique_runs(new.words, origin, size)
        for run, start in here.items():
            target = there.get(run, -1)
            if start >= 0 and target >= 0:
                for offset in range(size):
                    image[start + offset] = target + offset
                    origin[target + offset] = start + offset
        _grow(old.words, new.words, image, origin, range(1, len(image)), 1)
        _grow(old.words, new.words, image, origin, range(len(image) - 2, -1, -1), -1)
    return Revision(old, new, image, origin)


def _unique_runs(
    words: tuple[str, ...], matched: Sequence[int], size: int
) -> dict[tuple[str, ...], int]:
    """Runs of unmatched words with the index at which each begins, -1 for one that recurs."""
    found: dict[tuple[str, ...], int] = {}
    if size == _RUNS[0]:  # nothing is matched yet
        for index, run in enumerate(zip(*(words[n:] for n in range(size)), strict=False)):
            found[run] = -1 if run in found else index
        return found
    last = len(words) - size
    for index in [index for index, there in enumerate(matched) if there < 0]:
        if index <= last and matched[index + size - 1] < 0:
            run = words[index : index + size]
            found[run] = -1 if run in found else index
    return found


def _grow(
    old: Sequence[str], new: Sequence[str], image: list[int], origin: list[int],
    order: range, step: int,
) -> None:
    for index in order:
        if image[index] < 0 <= image[index - step]:
            target = image[index - step] + step
            if 0 <= target < len(new) and origin[target] < 0 and old[index] == new[target]:
                image[index], origin[target] = target, index
