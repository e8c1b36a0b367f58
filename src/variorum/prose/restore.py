"""Gives the pieces that come out of the block parser their places back."""

from __future__ import annotations

import re
from bisect import bisect_right

from markdown.util import ETX, STX

from variorum.prose.offsets import NOWHERE
from variorum.prose.source import FOLD, MARK, hide_private, marked_offset
from variorum.prose.tracked import Tracked, join

_PLACEHOLDER = re.compile(f"({STX}[^{ETX}]*{ETX})")
"""What Python-Markdown leaves where something was put aside; it stands in no file."""
_FOLDED = re.compile(MARK.pattern + FOLD)
_FOLDED_LINES = re.compile(f"(?:..{FOLD}\n)*..{FOLD}")


class Restorer:
    """Finds pieces of ``body`` again, by their marks where they have some, else in order.

    It is made for one reading of one text and remembers only where the last piece ended.
    """

    def __init__(self, body: Tracked) -> None:
        self.body = body
        self.plain = hide_private(str(body))
        self.cursor = 0

    def restore(self, text: str) -> Tracked:
        """``text`` without its marks, with offsets in the file."""
        if FOLD in text:
            if _FOLDED_LINES.fullmatch(text) and (whole := self._restore_folded(text)) is not None:
                return whole
            text = self.unfold(text)
        if STX not in text:
            return self._restore(text)
        return join(
            Tracked.all_at(piece, NOWHERE) if piece.startswith(STX) else self._restore(piece)
            for piece in _PLACEHOLDER.split(text)
        )

    def unfold(self, text: str) -> str:
        """``text`` with the lines that are folded in it, each behind its mark."""
        return _FOLDED.sub(lambda match: match[1] + match[2] + self._line_at(match), text)

    def _line_at(self, mark: re.Match[str]) -> str:
        start = marked_offset(mark)
        return self.plain[start : self._line_end_at(start)]

    def _line_end_at(self, start: int) -> int:
        end = self.plain.find("\n", start)
        return end if end >= 0 else len(self.plain)

    def _restore_folded(self, text: str) -> Tracked | None:
        """Lines that stand below each other in the file as they do in ``text``, else None."""
        first, last = MARK.match(text), MARK.match(text, len(text) - 3)
        if first is None or last is None:
            return None
        start, end = marked_offset(first), self._line_end_at(marked_offset(last))
        if self.plain.count("\n", start, end) != text.count("\n"):
            return None
        self.cursor = end
        return self.body.part(start, end)

    def _restore(self, text: str) -> Tracked:
        if "\n" not in text:
            return self._restore_line(text)
        whole = self.restore_verbatim(text) if MARK.search(text) else None
        if whole is not None:
            return whole
        lines = text.split("\n")
        self._approach(lines)
        found = [self._restore_line(line) for line in lines]
        parts = [found[0]]
        for line in found[1:]:
            parts += [self._line_end(parts[-1]), line]
        return join(parts)

    def restore_verbatim(self, text: str) -> Tracked | None:
        """``text`` with its offsets if it stands in the file just so, else None."""
        plain = MARK.sub("", text)
        mark = MARK.search(text)
        if mark is None:
            start = self.plain.find(plain, self.cursor)
        else:
            start = marked_offset(mark) - mark.start()
        if start < 0 or not self.plain.startswith(plain, start):
            return None
        self.cursor = start + len(plain)
        return self.body.part(start, self.cursor)

    def _approach(self, lines: list[str]) -> None:
        """Let lines without a mark at the beginning be looked for just before the first mark."""
        for number, line in enumerate(lines):
            if match := MARK.search(line):
                start = marked_offset(match)
                for _ in range(number + 1):
                    start = self.plain.rfind("\n", 0, max(start, 0))
                self.cursor = max(start, 0) if number else self.cursor
                return

    def _line_end(self, before: Tracked) -> Tracked:
        if not before or before.at[-1] == NOWHERE:
            return Tracked.all_at("\n", NOWHERE)
        place = self.plain.find("\n", bisect_right(self.body.at, before.at[-1]))
        return self.body.part(place, place + 1) if place >= 0 else Tracked.all_at("\n", NOWHERE)

    def _restore_line(self, line: str) -> Tracked:
        marks = list(MARK.finditer(line))
        if not marks:
            return self._find(line)
        first = marks[0]
        start = marked_offset(first)
        parts = [self._behind(line[: first.start()], start)]
        ends = [mark.start() for mark in marks[1:]] + [len(line)]
        for mark, end in zip(marks, ends, strict=True):
            parts.append(self._ahead(line[mark.end() : end], marked_offset(mark)))
        return join(parts) if len(parts) > 2 or parts[0] else parts[1]

    def _behind(self, piece: str, end: int) -> Tracked:
        start = end - len(piece)
        if start >= 0 and self.plain.startswith(piece, start):
            return self.body.part(start, end)
        return self._align(piece, self.plain.rfind("\n", 0, end) + 1, end)

    def _ahead(self, piece: str, start: int) -> Tracked:
        end = start + len(piece)
        if self.plain.startswith(piece, start):
            self.cursor = end
            return self.body.part(start, end)
        return self._align(piece, start, self._line_end_at(start))

    def _find(self, piece: str) -> Tracked:
        if not piece.strip():
            return Tracked.all_at(piece, NOWHERE)
        place = self.plain.find(piece, self.cursor)
        if place < 0:
            return self._align(piece, self.cursor, len(self.plain))
        self.cursor = place + len(piece)
        return self.body.part(place, self.cursor)

    def _align(self, piece: str, start: int, end: int) -> Tracked:
        """Code point by code point, each the next one of its kind; ``NOWHERE`` for the rest."""
        parts: list[Tracked] = []
        for character in piece:
            place = self.plain.find(character, start, min(end, start + len(piece) + 16))
            if place < 0:
                parts.append(Tracked.all_at(character, NOWHERE))
            else:
                parts.append(self.body.part(place, place + 1))
                start = place + 1
        return join(parts)
