"""The most similar passages, for a person to look at: rare words vote for places, then align.

Words that stand in few places say most about where a passage is, so only a few of them are
followed, which bounds the work for each quotation whatever the text is like.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from variorum.annotations.aligning import Sought, align
from variorum.annotations.words import Words, split_words
from variorum.text import Span

LIKENESS = 0.45
"""Below this a passage is not worth a person's look (1 is equality)."""
_AROUND = 0.15
"""What the likeness of either side of the context adds when places are ranked."""
_VOTERS = 8
_POSTINGS = 8
_WINDOWS = 4
_SHARE = 0.6
"""What of the most words that a window shares another must share to be aligned too."""
_CANDIDATES = 3
_MARGIN = 6
"""Words on either side by which a place may be off."""


def propose(
    text: str, words: Words, exact: str, before: str = "", after: str = ""
) -> list[tuple[Span, float]]:
    """Places in ``text``, all folded, with their likeness to ``exact``, the best first.

    Of two places that are about as like, the one in the likelier context comes first.
    """
    sought = Sought(*(split_words(part).words for part in (before, exact, after)))
    found: list[tuple[float, Span, float]] = []
    for window in _likely(words, sought):
        passage = align(sought, words.words[window.start : window.end])
        if passage is None:
            continue
        place = words.span(Span(window.start + passage.start, window.start + passage.end))
        score = likeness(exact, place.of(text))
        if score >= LIKENESS:
            around = likeness(before, text[max(0, place.start - len(before) - 1) : place.start])
            around += likeness(after, text[place.end : place.end + len(after) + 1])
            found.append((-score - _AROUND * around, place, score))
    return _distinct(sorted(found))


def likeness(exact: str, passage: str) -> float:
    """How like two folded texts are, from 0 to 1 (rapidfuzz's ratio of equal letters)."""
    return fuzz.ratio(exact.lower(), passage.lower()) / 100


def _distinct(ranked: Sequence[tuple[float, Span, float]]) -> list[tuple[Span, float]]:
    kept: list[tuple[Span, float]] = []
    for _, place, score in ranked:
        if not any(place.overlaps(other) for other, _ in kept):
            kept.append((place, score))
    return kept[:_CANDIDATES]


def _likely(words: Words, sought: Sought) -> list[Span]:
    """Those windows that have most words of the passage and its context, in their order."""
    row = [*sought.before, *sought.exact, *sought.after]
    found = [
        (LCSseq.similarity(row, words.words[window.start : window.end]), window)
        for window in _windows(words, row)
    ]
    least = _SHARE * max(found, default=(0, None))[0] if found else 0
    return [window for shared, window in found if shared >= least]


def _windows(words: Words, row: Sequence[str]) -> list[Span]:
    """The stretches of the text for which most is said by rare words."""
    width = max(_MARGIN, len(row) // 2)
    votes: dict[int, float] = defaultdict(float)
    for index, places in _voters(words, row):
        weight = 1 / len(places)
        for place in places[:_POSTINGS]:
            votes[(place - index) // width] += weight
    # A place may fall to either side of a border.
    leading = sorted(votes, key=votes.__getitem__, reverse=True)[: 2 * _WINDOWS]
    leading.sort(key=lambda at: -votes[at] - votes.get(at + 1, 0))
    reach = 2 * width + len(row) + _MARGIN
    last = len(words.words)
    starts = [bucket * width for bucket in leading[:_WINDOWS]]
    return [
        Span(max(0, start - _MARGIN), min(last, start + reach))
        for start in starts
        if start - _MARGIN < last and start + reach > 0
    ]


def _voters(words: Words, row: Sequence[str]) -> list[tuple[int, Sequence[int]]]:
    """The rarest words of ``row`` that the text has, each with its index and its places."""
    places = words.places
    found = [(len(places[word]), index) for index, word in enumerate(row) if word in places]
    return [(index, places[row[index]]) for _, index in sorted(found)[:_VOTERS]]
