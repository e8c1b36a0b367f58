"""A text as quotations are compared with it: runs of white space are one blank."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass, field

from variorum.text import Span

_WHITE = re.compile(r"[\s\u00ad\u200b]+")


@dataclass(frozen=True)
class FoldedText:
    """Folded text and the way back to the text that it was made of.

    Line ends, no-break spaces and the blanks between blocks are all one blank, soft hyphens and
    zero-width spaces are nothing, so that a quotation may run over any of them.
    """

    text: str
    at: array[int] = field(repr=False)
    """For each code point its offset in the original; one more for the end."""

    def to_original(self, span: Span) -> Span:
        """The place in the original of a span of the folded text."""
        if span.start == span.end:
            return Span(self.at[span.start], self.at[span.start])
        return Span(self.at[span.start], self.at[span.end - 1] + 1)

    def from_original(self, span: Span) -> Span:
        """The place in the folded text of a span of the original."""
        start = bisect_left(self.at, span.start)
        return Span(start, max(start, bisect_left(self.at, span.end)))


def fold(text: str) -> FoldedText:
    """Fold ``text``."""
    parts: list[str] = []
    at = array("q")
    done = 0
    for match in _WHITE.finditer(text):
        parts.append(text[done : match.start()])
        at.extend(range(done, match.start()))
        if match[0].strip("\u00ad\u200b"):
            parts.append(" ")
            at.append(match.start())
        done = match.end()
    parts.append(text[done:])
    at.extend(range(done, len(text) + 1))
    return FoldedText("".join(parts), at)


def fold_quotation(text: str) -> str:
    """A quotation, folded like the text that it is looked for in, white space at its ends kept."""
    return fold(text).text
