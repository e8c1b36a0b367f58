"""What LanguageTool says about a place in a text."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.text import Span


@dataclass(frozen=True, slots=True)
class Match:
    """One match of one rule, in LanguageTool's own names."""

    rule: str
    """For example ``MORFOLOGIK_RULE_EN_US``."""
    category: str
    """For example ``TYPOS``."""
    issue: str
    """LanguageTool's issue type, for example ``misspelling``."""
    span: Span
    """Code points in the text that was given."""
    message: str
    replacements: tuple[str, ...]
    """What could stand there instead, best first."""
    url: str
    """Where the rule is explained; empty when LanguageTool names no page."""
