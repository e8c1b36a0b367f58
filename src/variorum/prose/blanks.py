"""White space as a browser shows it: runs are one blank, none at the ends."""

from __future__ import annotations

import re
from array import array

from markdown.util import STX

from variorum.prose.tracked import Tracked

BREAK = STX
"""Stands for a hard line break until the text is whole."""
Lane = tuple[int, int, str]
"""A stretch of a text, from where to where, and what is said of it."""

_SIGNS = f" \\n\\t\\r\\f{BREAK}"
_IRREGULAR = re.compile(f"\\A[{_SIGNS}]|[{_SIGNS}]{{2}}|[{_SIGNS}]\\Z")
_RUN = re.compile(f"[{_SIGNS}]+")
_AS_BLANKS = str.maketrans("\n\t\r\f", "    ")


def collapse(text: Tracked, lanes: list[Lane]) -> tuple[Tracked, list[Lane]]:
    """``text`` with its white space collapsed, hard breaks kept, and ``lanes`` moved with it."""
    plain = str(text)
    if not _IRREGULAR.search(plain):
        return Tracked(plain.translate(_AS_BLANKS), text.at), lanes
    parts: list[str] = []
    at = array("q")
    moved: list[tuple[int, int]] = []
    done = 0
    for match in _RUN.finditer(plain):
        start, end = match.span()
        parts.append(plain[done:start])
        at += text.at[done:start]
        moved.append((start, len(at)))
        if start > 0 and end < len(plain):
            parts.append(BREAK if BREAK in match[0] else " ")
            at.append(text.at[start])
        moved.append((end, len(at)))
        done = end
    parts.append(plain[done:])
    at += text.at[done:]
    return Tracked("".join(parts), at), _move(lanes, moved) if lanes else []


def _move(lanes: list[Lane], moved: list[tuple[int, int]]) -> list[Lane]:
    """``lanes`` where they are once each old place of ``moved`` is the new one beside it."""

    def place(old: int) -> int:
        before, after = max((pair for pair in moved if pair[0] <= old), default=(0, 0))
        following = min((new for other, new in moved if other > old), default=None)
        found = after + old - before
        return found if following is None else min(found, following)

    placed = [(place(start), place(end), name) for start, end, name in lanes]
    return [lane for lane in placed if lane[0] < lane[1]]
