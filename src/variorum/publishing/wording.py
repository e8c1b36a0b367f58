"""What is said beside the lines of a change. Every word may be a stranger's, and calls nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from variorum.essay import LEDGER, NOTES
from variorum.plain import plain
from variorum.reviews import Remark, Review

MARK = "<!-- variorum suggestions -->"
_INVISIBLE = "\n\t\u00a0\u202f\u00ad\u200d"
"""Signs that no reader sees and that an essay has good reason to hold."""
_ESSAYS = (".md", ".markdown")
_LISTED = 50
"""Remarks that are listed for want of room beside the lines."""


def say(remark: Remark) -> str:
    """A comment beside its lines; where it is known what to write, that can be accepted."""
    said = [plain(one.message) for one in remark.said]
    lead = said[0] if len(said) == 1 else "\n".join(f"- {line}" for line in said)
    rules = ", ".join(dict.fromkeys(plain(one.rule) for one in remark.said))
    parts = [mark_of(remark.key), lead, _suggestion(remark), f"<sub>{rules}</sub>"]
    return "\n\n".join(filter(None, parts))


def mark_of(key: str) -> str:
    """What a comment begins with, so that it is known again."""
    return f"<!-- variorum suggestion {key} -->"


def key_of(text: str) -> str | None:
    """The key of the remark that a comment was made from, if it is one of ours."""
    match = re.match(r"<!-- variorum suggestion ([0-9a-f]{16}) -->", text)
    return match[1] if match else None


def say_mended() -> str:
    """What a comment becomes that is mended, when people have answered it."""
    return "This does not stand here any more."


def summarise(review: Review, beside: int, rest: Sequence[Remark]) -> str:
    """What does not stand beside a line, for a comment of the whole change."""
    lines = [f"{_count(beside, 'suggestion')} beside the lines." if beside or rest else
             "Nothing is left to mend on the lines of this change."]
    if rest:
        lines.append("There was no room beside the lines for these:\n\n" + "\n".join(
            f"- {plain(remark.path)}, line {remark.first}: {plain(remark.said[0].message)}"
            for remark in rest[:_LISTED]
        ))
    more = review.more + sum(len(remark.said) for remark in rest[_LISTED:])
    if more:
        lines.append(f"{_count(more, 'finding')} more: the check lists them all.")
    if review.elsewhere:
        lines.append(f"{_count(review.elsewhere, 'finding')} on lines that this change leaves "
                     "alone: the check lists them.")
    return MARK + "\n" + "\n\n".join(lines)


def _count(number: int, of: str) -> str:
    return f"{number} {of}{'' if number == 1 else 's'}"


def _suggestion(remark: Remark) -> str:
    """A block that GitHub offers to accept; only words of an edition are ever offered."""
    text, path = remark.instead, PurePosixPath(remark.path)
    if text is None or not (path.suffix in _ESSAYS or path.name in (NOTES, LEDGER)):
        return ""
    if any(part.startswith(".") for part in path.parts) or not all(
        sign.isprintable() or sign in _INVISIBLE for sign in text
    ):
        return ""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}suggestion\n{text}\n{fence}"
