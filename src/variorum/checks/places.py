"""Which of LanguageTool's rules make no sense in which kind of place."""

from __future__ import annotations

from collections.abc import Mapping

from variorum.prose import Block

FRAGMENTS = frozenset({"heading", "cell", "term", "title", "caption", "item"})
"""Kinds of block that need be no sentences."""

WITHIN = {"li": "item", "dd": "definition", "blockquote": "quotation", "td": "cell", "th": "cell"}
"""What a paragraph is taken for that stands right in such an element."""

_SENTENCE_RULES = {
    "PUNCTUATION_PARAGRAPH_END": "a fragment ends without a stop",
    "SENTENCE_FRAGMENT": "a fragment is meant to be one",
    "MISSING_VERB": "a fragment need have no verb",
}

OFF: Mapping[str, Mapping[str, str]] = dict.fromkeys(sorted(FRAGMENTS), _SENTENCE_RULES)
"""Kind of block → rule that is not run there → why."""

_CAPITAL = "UPPERCASE_SENTENCE_START"

OFF_AT_THE_BEGINNING: Mapping[str, Mapping[str, str]] = {
    **{kind: {_CAPITAL: "a fragment need not begin with a capital"} for kind in sorted(FRAGMENTS)},
    "definition": {_CAPITAL: "a definition may continue its term"},
    "quotation": {_CAPITAL: "a quotation may begin in the middle of a sentence"},
    "text": {_CAPITAL: "text in raw HTML may be any part of a sentence"},
}
"""Kind of block → rule that is not run on its first word → why. What follows is a sentence."""

EVERYWHERE: Mapping[str, str] = {
    "WHITESPACE_RULE": "a browser shows runs of blanks as one",
    "CONSECUTIVE_SPACES": "a browser shows runs of blanks as one",
    "EN_QUOTES": "typography.quotes finds these with the place and the mend",
    "DASH_RULE": "typography.dash finds these with the place and the mend",
    "EN_UNPAIRED_QUOTES": "typography.pairs finds these, and knows that a quotation may run on",
}
"""Rule that is run nowhere → why."""


def kind_of(block: Block) -> str:
    """What ``block`` is as regards the tables above."""
    within = block.ancestors[-1] if block.ancestors else ""
    return WITHIN.get(within, block.kind) if block.kind == "paragraph" else block.kind


def is_off(rule: str, kind: str, *, first: bool = False) -> bool:
    """Whether ``rule`` makes no sense in a block of ``kind``, or on its ``first`` word."""
    if first and rule in OFF_AT_THE_BEGINNING.get(kind, {}):
        return True
    return rule in EVERYWHERE or rule in OFF.get(kind, {})
