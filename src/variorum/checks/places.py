"""Which of LanguageTool's rules make no sense in which kind of block."""

from __future__ import annotations

from collections.abc import Mapping

FRAGMENTS = frozenset({"heading", "cell", "term", "title", "caption", "item"})
"""Kinds of block that need be no sentences."""

_SENTENCE_RULES = {
    "UPPERCASE_SENTENCE_START": "a fragment need not begin with a capital",
    "PUNCTUATION_PARAGRAPH_END": "a fragment ends without a stop",
    "SENTENCE_FRAGMENT": "a fragment is meant to be one",
    "MISSING_VERB": "a fragment need have no verb",
    "ENGLISH_WORD_REPEAT_BEGINNING_RULE": "entries may begin alike",
}

OFF: Mapping[str, Mapping[str, str]] = {
    **dict.fromkeys(sorted(FRAGMENTS), _SENTENCE_RULES),
    "paragraph": {},
    "definition": {"UPPERCASE_SENTENCE_START": "a definition may continue its term"},
    "text": {"UPPERCASE_SENTENCE_START": "text in raw HTML may be any part of a sentence"},
}
"""Kind of block → rule that is not run there → why."""

EVERYWHERE: Mapping[str, str] = {
    "WHITESPACE_RULE": "a browser shows runs of blanks as one",
    "CONSECUTIVE_SPACES": "a browser shows runs of blanks as one",
    "EN_QUOTES": "typography.quotes finds these with the place and the mend",
    "DASH_RULE": "typography.dash finds these with the place and the mend",
}
"""Rule that is run nowhere → why."""


def is_off(rule: str, kind: str) -> bool:
    """Whether ``rule`` makes no sense in a block of ``kind``."""
    return rule in EVERYWHERE or rule in OFF.get(kind, {})
