"""The values of anchoring: what is asked, and what became of a passage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from variorum.text import Span


class TextQuote(Protocol):
    """What a selector has.

    Without ``exact`` it means the whole ``paragraph``, and without that the whole text.
    """

    @property
    def exact(self) -> str | None: ...
    @property
    def prefix(self) -> str: ...
    @property
    def suffix(self) -> str: ...
    @property
    def paragraph(self) -> str | None: ...


@dataclass(frozen=True)
class Version:
    """A text that a reader sees, with the place in it of each paragraph that has an id."""

    text: str = field(repr=False)
    paragraphs: Mapping[str, Span] = field(default_factory=dict, repr=False)


class Status(StrEnum):
    """What became of a passage."""

    KEPT = "kept"
    MOVED = "moved"
    """It stands once, word for word, but not where its context or paragraph says."""
    AMBIGUOUS = "ambiguous"
    ORPHANED = "orphaned"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may be meant, with its likeness to the quotation from 0 to 1."""

    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a selector leads, in code points of the text that was given."""

    status: Status
    span: Span | None
    """The passage; ``None`` when it is ambiguous or orphaned."""
    score: float
    """Likeness of the passage, or of the best candidate, to the quotation, from 0 to 1."""
    reason: str
    """Why, in words."""
    candidates: tuple[Candidate, ...] = ()
    """What a person may choose from, best first."""
    whole: bool = False
    """Whether it is a whole paragraph or the whole text, and no quotation."""

    @property
    def certain(self) -> bool:
        """Whether there is a passage that needs nobody's choice."""
        return self.span is not None
