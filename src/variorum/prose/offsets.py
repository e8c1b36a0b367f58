"""Where each code point of a text stands in the file, kept as runs: most of a text stands in a row.

A run is where it begins in the text, the offset of its first code point, and a step: 1 where each
code point stands behind the one before it, 0 where all stand for what is at one place. The first
run of a text begins at 0, and even an empty text has one.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise, repeat
from typing import SupportsIndex, overload

NOWHERE = -1
"""The offset of a code point that stands in no file, such as a footnote's number."""

Run = tuple[int, int, int]
Runs = Sequence[Run]


class Offsets(Sequence[int]):
    """The offsets of a text's code points, in order; ``NOWHERE`` for those in no file."""

    __slots__ = ("length", "runs")

    def __init__(self, runs: Runs, length: int) -> None:
        """``length`` offsets, by their ``runs``."""
        self.runs = runs
        self.length = length

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Offsets) and list(self) == list(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __len__(self) -> int:
        return self.length

    def __iter__(self) -> Iterator[int]:
        return chain.from_iterable(
            range(first, first + size) if step else repeat(first, size)
            for first, size, step in self.stretches()
        )

    def stretches(self) -> Iterator[tuple[int, int, int]]:
        """The first offset, the length and the step of each run that is not empty."""
        for (begin, first, step), (end, _, _) in pairwise((*self.runs, (self.length, 0, 0))):
            if end > begin:
                yield first, end - begin, step

    @overload
    def __getitem__(self, key: SupportsIndex) -> int: ...
    @overload
    def __getitem__(self, key: slice) -> Offsets: ...

    def __getitem__(self, key: SupportsIndex | slice) -> int | Offsets:
        if isinstance(key, slice):
            start, stop, _ = key.indices(self.length)
            return Offsets(cut(self.runs, start, stop), max(0, stop - start))
        return offset_at(self.runs, range(self.length)[key])


def runs_of(offsets: Iterable[int]) -> Runs:
    """The same ``offsets`` as runs."""
    runs: list[Run] = []
    expected = None
    for place, offset in enumerate(offsets):
        if offset != expected:
            runs.append((place, offset, 1))
        expected = offset + 1
    return runs or [(0, NOWHERE, 0)]


def offset_at(runs: Runs, place: int) -> int:
    """The offset of the code point at ``place``, which must be in the text."""
    begin, first, step = runs[bisect_right(runs, (place, sys.maxsize, 0)) - 1]
    return first + (place - begin) * step


def cut(runs: Runs, start: int, stop: int) -> Runs:
    """The runs of the stretch from ``start`` to ``stop``."""
    if len(runs) == 1:
        _, first, step = runs[0]
        return ((0, first + start * step, step),)
    low = bisect_right(runs, (start, sys.maxsize, 0)) - 1
    begin, first, step = runs[low]
    head = (0, first + (start - begin) * step, step)
    if len(runs) == low + 1 or runs[low + 1][0] >= stop:
        return (head,)
    high = bisect_left(runs, (stop, -sys.maxsize, 0), low)
    return [head, *((begin - start, first, step) for begin, first, step in runs[low + 1 : high])]


def chain_runs(parts: Iterable[tuple[Runs, int]]) -> Runs:
    """The runs of texts, of the given lengths, one after another."""
    runs: list[Run] = []
    length = 0
    for found, size in parts:
        for begin, first, step in found:
            runs.append((begin + length, first, step))
        length += size
    return runs or [(0, NOWHERE, 0)]
