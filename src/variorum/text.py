"""Values that every room shares: places in a text, and what was found there.

All offsets are code points from the start of a text, half-open.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """Code points ``start`` to ``end`` of a text, ``end`` not included."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start} to {self.end}")

    def of(self, text: str) -> str:
        """The words of ``text`` that stand here."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a code point; an empty span overlaps nothing."""
        return max(self.start, other.start) < min(self.end, other.end)


@dataclass(frozen=True, order=True, slots=True)
class Edit:
    """Put ``replacement`` in the place of ``span``."""

    span: Span
    replacement: str


class Severity(StrEnum):
    """How bad a finding is. Both fail a check; a warning is a matter of judgement."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check has to say, the same shape for every rule and every reporter."""

    rule: str
    """LanguageTool's id for its rules, else ``family.name``."""
    path: str
    """The file, as the user named it or relative to the publication, with forward slashes."""
    span: Span
    """Code points in that file as decoded, a byte-order mark not counted."""
    message: str
    """What is wrong, in an editor's words."""
    hint: str = ""
    """The way out."""
    severity: Severity = Severity.ERROR
    replacements: tuple[str, ...] = ()
    """What could stand there instead, best first."""
    url: str = ""
    """Where the rule is explained."""
    fixes: tuple[Edit, ...] = ()
    """Edits of that file that mend it without judgement; empty when a person must decide."""


@dataclass(frozen=True, slots=True)
class Position:
    """A 1-based line and a 1-based column in code points."""

    line: int
    column: int


@dataclass(frozen=True)
class Lines:
    """Offsets in a text as lines and columns. ``\\n``, ``\\r\\n`` and ``\\r`` end a line."""

    text: str = field(repr=False)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The offset of each line's first code point."""
        starts = [0]
        for index, character in enumerate(self.text):
            if character == "\n" or (
                character == "\r" and self.text[index + 1 : index + 2] != "\n"
            ):
                starts.append(index + 1)
        return tuple(starts)

    def position(self, offset: int) -> Position:
        """The line and column of ``offset``."""
        line = bisect_right(self.starts, offset)
        return Position(line, offset - self.starts[line - 1] + 1)

    def line_span(self, line: int) -> Span:
        """The extent of a 1-based line, without its end."""
        start = self.starts[line - 1]
        end = self.starts[line] if line < len(self.starts) else len(self.text)
        return Span(start, start + len(self.text[start:end].rstrip("\r\n")))


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with all ``edits`` made; raises ``ValueError`` when two of them overlap."""
    parts: list[str] = []
    done = 0
    for edit in sorted(set(edits)):
        if edit.span.start < done:
            raise ValueError(f"edits overlap at {edit.span.start}")
        parts += [text[done : edit.span.start], edit.replacement]
        done = edit.span.end
    return "".join([*parts, text[done:]])
