"""What a recovered text consists of, and what was done to recover it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a block of a text is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text as received; a form feed before it ended a page."""

    number: int
    """1-based."""
    text: str
    page: bool = False
    """Whether it is the first of a page."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, quoted paragraph or footnote."""

    kind: Kind
    text: str
    """On one line; in Markdown where the source had markup, else plain."""
    line: int
    """Where it begins in the text as received, 1-based; of HTML and docx the block's number."""
    level: int = 0
    """Of a heading, 1 to 6."""
    label: str = ""
    """Of a footnote."""


@dataclass(frozen=True, slots=True)
class Mend:
    """One mechanical change; with its rule refused, it is not made."""

    rule: str
    line: int
    """That of a ``Block``."""
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something of the source that is not part of its text."""

    reason: str
    """A rule that can be refused, or what the thing is: ``menu``, ``script``, ``image``."""
    line: int
    """1-based; 0 where the source has no lines."""
    text: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text's blocks, and all that was done to get them."""

    blocks: tuple[Block, ...]
    mends: tuple[Mend, ...] = ()
    dropped: tuple[Dropped, ...] = ()
