"""The way of words through an edit: where each word of an earlier text stands in the new one.

Four words in a row that stand once in either text are the same words (as in patience
difference, Bram Cohen), wherever they stand: so what was carried elsewhere is found too. From
there the match grows over equal neighbours; shorter runs follow among the words that are left.
Time and space are linear in the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import eq

from variorum.annotations.aligning import Sought, align
from variorum.annotations.words import Words
from variorum.text import Span

_RUNS = (4, 2)
"""Words in a row that stand once among those that are not matched yet, longer runs first."""
_STRIDE = 12
"""Words that are compared at once, and how far back a match grows."""
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
    # A word that is matched gives way to a number that never stands in the other row.
    here: list[str | int] = [*old.words]
    there: list[str | int] = [*new.words]
    for size in _RUNS:
        first, last = _places(here, size)
        first_there, last_there = _places(there, size)
        for run, start in last.items():
            if image[start] >= 0 or first[run] != start:
                continue
            place = first_there.get(run, -1)
            if place < 0 or last_there[run] != place or (
                here[start : start + size] != there[place : place + size]
            ):
                continue
            back = _shared(here[max(0, start - _STRIDE) : start][::-1],
                           there[max(0, place - _STRIDE) : place][::-1])
            length = back + _extent(here, there, start, place)
            start, place = start - back, place - back
            image[start : start + length] = range(place, place + length)
            origin[place : place + length] = range(start, start + length)
            here[start : start + length] = [0] * length
            there[place : place + length] = [1] * length
    return Revision(old, new, image, origin)


def _extent(
    here: Sequence[object], there: Sequence[object], start: int, place: int
) -> int:
    """How many words are the same from ``start`` and ``place`` on."""
    done, more = 0, _STRIDE
    while more == _STRIDE:
        more = _shared(here[start + done : start + done + _STRIDE],
                       there[place + done : place + done + _STRIDE])
        done += more
    return done


def _shared(one: Sequence[object], other: Sequence[object]) -> int:
    """How many items at the beginning of both are the same."""
    same = list(map(eq, one, other))
    return len(same) if all(same) else same.index(False)


def _places(words: Sequence[object], size: int) -> tuple[dict[int, int], dict[int, int]]:
    """Where each run of so many unmatched words begins for the first and for the last time.

    Runs go by their hashes, which spares a tuple for each word; that two of them share one is
    left to who compares them.
    """
    free = [index for index, word in enumerate(words) if word.__class__ is str]
    row = [words[index] for index in free]
    runs = list(map(hash, zip(*(row[n:] for n in range(size)), strict=False)))
    del free[len(runs) :]
    last = dict(zip(runs, free, strict=True))
    return dict(zip(reversed(runs), reversed(free), strict=True)), last
