"""What became of a passage in a window of words: the alignment with fewest changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from variorum.text import Span

_ENDS = 2
"""How many words at an end of a passage may have been replaced; more were rather cut."""
_STRAY = 3
"""Matched words in a row that are no chance, and words between matches that still make a row."""


@dataclass(frozen=True)
class Sought:
    """A passage that is looked for, with the words around it."""

    before: Sequence[str]
    exact: Sequence[str]
    after: Sequence[str]


Run = tuple[int, int, int]
"""Words in a row that are the same in two rows: where they begin in either, and how many."""


def align(sought: Sought, window: Sequence[str]) -> Span | None:
    """The words of ``window`` that the passage became, by the alignment with fewest changes.

    The words around the passage hold its ends in place when its own first or last is changed
    (Levenshtein's alignment, by rapidfuzz). ``None`` when no word of the passage is left.
    """
    row = [*sought.before, *sought.exact, *sought.after]
    first = len(sought.before)
    stop = first + len(sought.exact)
    blocks = Levenshtein.editops(row, window).as_matching_blocks()
    runs = [(block.a, block.b, block.size) for block in blocks]
    same = _without_strays(_between(runs, first, stop))
    if not same:
        return None
    (head, begin, _), (tail, end, size) = same[0], same[-1]
    tail, end = tail + size, end + size
    low, high = max(0, begin - head - 1), end - tail + len(row) + 1
    if (head > first or tail < stop) and (low > 0 or high < len(window)):
        # An end was lost: farther off than it was long, nothing can stand for it.
        found = align(sought, window[low:high])
        return Span(low + found.start, low + found.end) if found else None
    begin = _reach(runs, begin, first - 1, head - first, -1)
    end = _reach(runs, end - 1, stop, stop - tail, 1) + 1
    # An equal word may have been matched farther out, where another like it stands.
    while head > first and begin > 0 and row[head - 1] == window[begin - 1]:
        head, begin = head - 1, begin - 1
    while tail < stop and end < len(window) and row[tail] == window[end]:
        tail, end = tail + 1, end + 1
    return Span(begin, end)


def _between(runs: Sequence[Run], first: int, stop: int) -> list[Run]:
    """What of ``runs`` is in the words ``first`` to ``stop`` of the one row."""
    clipped = []
    for old, new, size in runs:
        start, end = max(old, first), min(old + size, stop)
        if start < end:
            clipped.append((start, new + start - old, end - start))
    return clipped


def _without_strays(runs: Sequence[Run]) -> list[Run]:
    """The runs that stand in company.

    A few common words far from all others, in the passage or in the window, match by chance.
    """
    groups: list[list[Run]] = []
    last = other = -_STRAY - 2  # far before all
    for run in runs:
        old, new, size = run
        lost, gained = old - last, new - other
        if lost <= _STRAY + 1 and gained <= 2 * lost + _STRAY:
            groups[-1].append(run)
        else:
            groups.append([run])
        last, other = old + size - 1, new + size - 1
    if len(groups) == 1:
        return groups[0]
    large = [group for group in groups if _words_of(group) >= _STRAY]
    return [run for group in large for run in group] or max(groups, key=_words_of, default=[])


def _words_of(runs: Sequence[Run]) -> int:
    return sum(size for _, _, size in runs)


def _reach(runs: Sequence[Run], place: int, outside: int, lost: int, step: int) -> int:
    """The outermost word of the window that stands for words at one end of the passage.

    ``place`` is that of the last word at this end that is still the same, ``lost`` how many
    words follow there, ``outside`` the first word that is no longer the passage's: what stands
    between two words that stayed has replaced what stood there.
    """
    if 0 < lost <= _ENDS:
        for old, new, size in runs:
            if old <= outside < old + size and abs(new + outside - old - place) <= lost + 2:
                return new + outside - old - step
    return place
