"""What differs between two versions of a page, word by word: HTML in, HTML and values out."""

from __future__ import annotations

from collections.abc import Mapping

from variorum.difference.blocks import NOTE, Block
from variorum.difference.change import Change, Difference, Part, Sort, describe_origin
from variorum.difference.merging import Merger
from variorum.difference.record import Record
from variorum.difference.tree import Node, parse, walk

__all__ = ["Change", "Difference", "Part", "Sort", "compare", "describe_origin"]


def compare(before: str, after: str, lost: Mapping[str, str] | None = None) -> Difference:
    """Both versions of a page's body in one; ``lost`` has a word on notes that are gone.

    Raises ``ValueError`` when elements stand too deep in each other to be looked at.
    """
    old, new = parse(before), parse(after)
    notes, there = _notes(old), _notes(new)
    record = Record(_free_prefix(old, new))
    merger = Merger(record, notes, frozenset(notes) & frozenset(there), lost or {})
    html = merger.merge(old, new)
    return Difference(html, tuple(record.changes), record.added, record.removed)


def _notes(nodes: tuple[Node, ...]) -> dict[str, Block]:
    return {element.get("id"): Block(element, element.children)
            for element in walk(nodes) if element.get("role") == NOTE and element.get("id")}


def _free_prefix(old: tuple[Node, ...], new: tuple[Node, ...]) -> str:
    """What no id on either page begins with."""
    taken = [element.get("id") for element in (*walk(old), *walk(new))]
    prefix = "change"
    while any(name.startswith(prefix) for name in taken):
        prefix = f"x{prefix}"
    return prefix
