"""What a diagnosis has to say, and what it can look for: plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from variorum.text import Finding, Severity, Span


class Damage(StrEnum):
    """What has happened to a text."""

    ENCODING = "encoding"
    OCR = "ocr"
    TERM = "term"
    SYNONYM = "synonym"
    IDIOM = "idiom"
    FILLER = "filler"
    GRAMMAR = "grammar"
    DASH = "dash"
    QUOTATION = "quotation"
    TRUNCATION = "truncation"
    DUPLICATE = "duplicate"
    GAP = "gap"
    MARKUP = "markup"


class Confidence(StrEnum):
    """How sure it is that a place is damaged."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Suspicion:
    """One place that looks damaged."""

    span: Span
    damage: Damage
    message: str
    confidence: Confidence
    suggestions: tuple[str, ...] = ()
    """What may have stood there, for a person to judge."""
    severity: Severity = Severity.WARNING

    def finding(self, path: str) -> Finding:
        """The same, in the shape that every reporter prints."""
        return Finding(
            f"damage.{self.damage}", path, self.span, self.message,
            hint=f"Confidence: {self.confidence}.", severity=self.severity,
            replacements=self.suggestions,
        )


@dataclass(frozen=True)
class Detector:
    """Something that looks for one sort of damage."""

    name: str
    find: Callable[[str], Iterable[Suspicion]]
    strong: bool = True
    """Whether it is believed alone; a weak one only in a text that strong ones have spoken of."""
