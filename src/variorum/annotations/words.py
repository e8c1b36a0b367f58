"""A folded text as a row of words: what approximate search and the way through an edit work on."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, compress, count, islice
from operator import add

from variorum.text import Span

_WORD = re.compile(r"\w+(?:'\w+)*")
_BETWEEN = re.compile(r"[^\w']")
_KINDS = 200
"""Kinds of characters between words up to which it is faster to blank one after the other."""


@dataclass(frozen=True)
class Words:
    """The words of a folded text, in lower case, with their places in it."""

    words: tuple[str, ...] = field(repr=False)
    pieces: Sequence[str] = field(repr=False)
    """The words, and an empty piece for each character between two of them but the first."""

    @cached_property
    def ends(self) -> Sequence[int]:
        """Where in the text each word ends."""
        return list(compress(map(add, accumulate(map(len, self.pieces)), count()), self.pieces))

    @cached_property
    def places(self) -> Mapping[str, Sequence[int]]:
        """For each word where it stands, counted in words."""
        found: dict[str, list[int]] = defaultdict(list)
        for index, word in enumerate(self.words):
            found[word].append(index)
        return found

    def span(self, words: Span) -> Span:
        """The place in the folded text of a span of words, which is not empty."""
        return Span(self._start(words.start), self.ends[words.end - 1])

    def within(self, place: Span) -> Span:
        """The words that begin in a place of the folded text."""
        start, end = bisect_right(self.ends, place.start), bisect_left(self.ends, place.end)
        if end < len(self.words) and self._start(end) < place.end:
            end += 1
        return Span(start, max(start, end))

    def _start(self, word: int) -> int:
        return self.ends[word] - len(self.words[word])


def split_words(text: str) -> Words:
    """The words of ``text``, which is folded: letters and digits, with apostrophes among them.

    Each step is one for the whole text, because a step for each word takes longer than all.
    """
    plain = text.lower()
    if len(plain) != len(text):  # a capital may be two letters when it is small
        plain = "".join(letter.lower()[0] for letter in text)
    between = {sign for sign in set(plain) if not (sign.isalnum() or sign in "_' ")}
    if len(between) > _KINDS:
        plain = _BETWEEN.sub(" ", plain)
    else:
        for sign in between:
            plain = plain.replace(sign, " ")
    if "'" in plain:
        plain = f" {plain} ".replace("''", "  ").replace(" '", "  ").replace("' ", "  ")[1:-1]
    pieces = plain.split(" ")
    return Words(tuple(filter(None, pieces)), pieces)


def count_words(text: str, limit: int) -> int:
    """How many words ``text`` has; counting stops at ``limit``."""
    return sum(1 for _ in islice(_WORD.finditer(text), limit))
