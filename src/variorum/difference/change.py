"""What differs between two versions of a page, as values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from variorum.difference.tokens import style_of
from variorum.difference.tree import Attributes, Element
from variorum.essay import EDITION


class Sort(StrEnum):
    """What was done."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    MOVED = "moved"
    RESTYLED = "restyled"
    """The words stayed; their emphasis, link, or kind of heading did not."""


class Part(StrEnum):
    """Where on a page."""

    FRAME = "frame"
    """The title page and what follows the essay."""
    TEXT = "text"
    NOTE = "note"


@dataclass(frozen=True)
class Change:
    """One change, in the order of the page."""

    id: str
    """Of the element on the page where it begins."""
    sort: Sort
    part: Part
    block: str = ""
    """The id of the paragraph or the note that it is in, if that has one."""
    before: str = ""
    """The words that were there."""
    after: str = ""
    """The words that are there now."""
    said: str = ""
    """What there is to say of it beside the words."""


@dataclass(frozen=True)
class Difference:
    """Two versions of a page in one."""

    html: str = field(repr=False)
    """The new page with all that is gone in it. What is in ``<del>`` or of class ``vr-said`` or
    ``vr-away`` is not on the new page; what is in ``<ins>`` was not on the earlier one."""
    changes: tuple[Change, ...]
    words_added: int
    """Words of the essay's text that were not there before."""
    words_removed: int


_NAMES = {
    "em": "italic", "i": "italic", "strong": "bold", "b": "bold", "code": "code",
    "del": "struck out", "s": "struck out", "ins": "underlined", "u": "underlined",
    "sub": "lowered", "sup": "raised", "mark": "marked", "q": "quoted", "cite": "a title",
    "kbd": "keys", "small": "small", "abbr": "an abbreviation",
}
_BLOCKS = {"p": "a paragraph", "li": "a list item", "pre": "code", **{
    f"h{level}": f"a heading of level {level}" for level in range(1, 7)}}

Style = tuple[tuple[str, Attributes], ...]


def describe_styles(before: Sequence[Element], after: Sequence[Element]) -> str:
    """What became of words that stayed; empty when nothing did that a reader could see."""
    old, new = style_of(before), style_of(after)
    if old == new:
        return ""
    said = [*_links(old, new)]
    for style in dict.fromkeys([*old, *new]):
        tag, attributes = style
        if tag == "a" or (style in old and style in new):
            continue
        name = _NAMES.get(tag, "set apart")
        if dict(attributes).get("lang"):
            name = f"in the language {dict(attributes)['lang']}"
        said.append(f"now {name}" if style in new else f"no longer {name}")
    return ", ".join(dict.fromkeys(said)) or "set differently"


def _links(old: Style, new: Style) -> list[str]:
    was, now = ([dict(attributes).get("href", "") for tag, attributes in side if tag == "a"]
                for side in (old, new))
    if was == now:
        return []
    if was and now:
        return [f"link to {now[0]}, was {was[0]}"]
    return [f"now a link to {now[0]}" if now else f"no longer a link to {was[0]}"]


def describe_blocks(before: Element | None, after: Element | None) -> str:
    """How one kind of block became another; empty when it is the same."""
    was, now = (element.tag if element else "p" for element in (before, after))
    if was == now:
        return ""
    return f"now {_BLOCKS.get(now, now)}, was {_BLOCKS.get(was, was)}"


def describe_origin(before: str, after: str) -> str:
    """How what a paragraph answers to has changed, by the names in its ``from``."""
    if before == after:
        return ""
    return f"now based on {_name_origin(after)}, before on {_name_origin(before)}"


def _name_origin(names: str) -> str:
    if names == EDITION:
        return "nothing but the editors’ own words"
    listed = names.split()
    return f"{' and '.join(listed)} of the source" if listed else "nothing that is named"
