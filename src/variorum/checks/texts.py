"""The prose of a subject: its page's, and that of its notes, each with the way to its file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from variorum.checks.rule import Subject
from variorum.prose import Block, Prose
from variorum.text import Finding, Severity, Span

NOT_PROSE = frozenset({"code", "math"})
"""Kinds of block that hold no sentences of anybody."""
STAND_IN = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in a block's plain text for each code point of code, mathematics or an address."""


@dataclass(frozen=True)
class Text:
    """Prose that stands in a file, or in a value of a YAML file."""

    path: str
    file: str = field(repr=False)
    """The whole file's text."""
    prose: Prose
    value: str = ""
    """What YAML makes of the place in the file, for a value in one."""
    place: Span | None = None
    """Where that value stands; none for a whole file."""

    @cached_property  # most texts have nothing wrong, so that nobody asks for a place
    def _words_at(self) -> tuple[tuple[int, int], ...]:
        """Offset in the value, offset in the file, of each of its words."""
        return words_at(self.value, self.file, self.place) if self.place else ()

    def to_file(self, block: Block, span: Span) -> Span:
        """The place in the file of a span of ``block``'s text."""
        place = self.prose.block_to_source(block, span)
        return self.source_to_file(place)

    def source_to_file(self, span: Span) -> Span:
        """The place in the file of a span of the Markdown."""
        return Span(self._offset(span.start), self._offset(span.end)) if self.place else span

    def _offset(self, offset: int) -> int:
        index = max(bisect_right(self._words_at, (offset, len(self.file))) - 1, 0)
        inside, outside = self._words_at[index]
        return max(outside + offset - inside, 0)

    def find(
        self, rule: str, block: Block, span: Span, message: str, *,
        replacements: tuple[str, ...] = (), hint: str = "", url: str = "",
        severity: Severity = Severity.ERROR,
    ) -> Finding:
        """A finding about a span of ``block``'s text."""
        place = self.to_file(block, span)
        return Finding(rule, self.path, place, message, hint, severity, replacements, url)


def read_texts(subject: Subject) -> Iterator[Text]:
    """Every prose of ``subject``: the page's first, then each note's body."""
    yield Text(subject.page.path, subject.page.text, subject.page.prose)
    notes = subject.notes
    if notes is None:
        return
    for index, (note, prose) in enumerate(zip(notes.value.notes, notes.bodies, strict=True)):
        span = notes.places[("notes", index, "body")]
        yield Text(notes.path, notes.text, prose, note.body, span)


def words_at(value: str, file: str, span: Span) -> tuple[tuple[int, int], ...]:
    """Where in the file each word of a YAML value stands: in order, whatever its style."""
    found: list[tuple[int, int]] = []
    cursor = span.start
    for word in re.finditer(r"\S+", value):
        place = file.find(word[0], cursor, span.end)
        if place >= 0:
            found.append((word.start(), place))
            cursor = place + len(word[0])
    return tuple(found) or ((0, span.start),)


def prose_blocks(text: Text) -> Iterator[tuple[Block, str]]:
    """Each block that holds prose, and its text with what is not prose put out of sight."""
    for block in text.prose.blocks:
        if block.kind not in NOT_PROSE:
            yield block, hide_masks(block)


def hide_masks(block: Block) -> str:
    """``block``'s text, as long as it was, code and the like replaced by ``STAND_IN``."""
    shown = block.text
    for mask in block.masks:
        size = mask.span.end - mask.span.start
        shown = f"{shown[: mask.span.start]}{STAND_IN * size}{shown[mask.span.end :]}"
    return shown
