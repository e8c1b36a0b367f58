"""A text as quotations are compared with it: blanks, soft hyphens and quotation marks are alike."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field

from variorum.text import Span

_HIDDEN = "\u00ad\u200b\u200c\u2060\ufeff"
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u3099\u309a"
_RARE = re.compile(rf"[{_HIDDEN}{_MARKS}\u1100-\u1112]")
_BLANKS = re.compile(r"(?:[^\S ]| (?=\s))\s*")
_BREAKS = re.compile(r"[^\S ]\s*")
"""The same, three times as fast, where no two blanks meet, but for the blank that is before it."""
_UNEVEN = re.compile(
    rf"[\s{_HIDDEN}]{{2,}}|[^\S ]|[{_HIDDEN}]"
    rf"|[^\s{_HIDDEN}{_MARKS}][{_MARKS}]+|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
)
"""What may become shorter: all but single blanks and single letters. Three times as slow."""


@dataclass(frozen=True)
class FoldedText:
    """Folded text and the way back to the text that it was made of.

    Line ends, no-break spaces and the blanks between blocks are all one blank, soft hyphens and
    zero-width characters are nothing, decomposed letters are composed, and curly quotation marks
    are straight, so that a quotation may run over any of them.
    """

    text: str
    folds: tuple[int, ...] = field(repr=False)
    """Where in ``text`` each even stretch begins."""
    originals: tuple[int, ...] = field(repr=False)
    """Where in the original each of them begins; the stretch before may be longer there."""

    def to_original(self, span: Span) -> Span:
        """The place in the original of a span of the folded text."""
        start = self._original(span.start)
        if span.start == span.end:
            return Span(start, start)
        # A character that was several in the original ends where the next begins.
        index = bisect_right(self.folds, span.end - 1) - 1
        if self.folds[index + 1 : index + 2] == (span.end,) and self.folds[index] == span.end - 1:
            return Span(start, self.originals[index + 1])
        return Span(start, self.originals[index] + span.end - self.folds[index])

    def from_original(self, span: Span) -> Span:
        """The place in the folded text of a span of the original."""
        start = self._folded(span.start)
        return Span(start, max(start, self._folded(span.end)))

    def _original(self, place: int) -> int:
        index = bisect_right(self.folds, place) - 1
        return self.originals[index] + place - self.folds[index]

    def _folded(self, place: int) -> int:
        index = max(bisect_right(self.originals, place) - 1, 0)
        end = self.folds[index + 1] if index + 1 < len(self.folds) else len(self.text)
        return min(self.folds[index] + place - self.originals[index], end)


def fold(text: str) -> FoldedText:
    """Fold ``text``."""
    parts: list[str] = []
    folds, originals = [0], [0]
    done = size = 0
    rare = not text.isascii() and _RARE.search(text)
    pattern = _UNEVEN if rare else _BLANKS if "  " in text else _BREAKS
    for match in pattern.finditer(text):
        new = _shorten(match[0])
        start, end = match.span()
        if pattern is _BREAKS and text[start - 1 : start] == " ":
            start -= 1
        parts += [text[done:start], new]
        size += start - done
        if new:
            folds.append(size)
            originals.append(start)
        size += len(new)
        folds.append(size)
        originals.append(end)
        done = end
    parts.append(text[done:])
    whole = "".join(parts)
    straight = whole if whole.isascii() else _straighten(whole)
    return FoldedText(straight, tuple(folds), tuple(originals))


def _shorten(piece: str) -> str:
    if not piece.strip():
        return " "
    if not piece.strip(_HIDDEN):
        return ""
    if piece[0] in _HIDDEN or piece[0].isspace():
        return " "
    return unicodedata.normalize("NFC", piece)


def _straighten(text: str) -> str:
    for curly, straight in zip("‘’ʼ“”„", "'''\"\"\"", strict=True):
        text = text.replace(curly, straight)
    return text


def fold_quotation(text: str) -> str:
    """A quotation, folded like the text that it is looked for in, without blanks at its ends."""
    return " ".join(text.split()) if text.isascii() else fold(text).text.strip()


def clean(text: str) -> str:
    """``text`` as a quotation is written down: on one line, without what nobody sees."""
    return " ".join(re.sub(f"[{_HIDDEN}]", "", text).split())
