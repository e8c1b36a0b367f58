"""White space as a browser shows it: runs are one blank, none at the ends."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate

from markdown.util import STX

from variorum.prose.offsets import Runs, chain_runs, cut
from variorum.prose.tracked import Tracked

BREAK = STX
"""Stands for a hard line break until the text is whole."""
Lane = tuple[int, int, str]
"""A stretch of a text, from where to where, and what is said of it."""

_SIGNS = f" \n\t\r\f{BREAK}"
_RUN = re.compile(f"[{_SIGNS}]{{2,}}")


def collapse(text: Tracked, lanes: list[Lane]) -> tuple[Tracked, list[Lane]]:
    """``text`` with its white space collapsed, hard breaks kept, and ``lanes`` moved with it."""
    plain = str(text)
    first = len(plain) - len(plain.lstrip(_SIGNS))
    last = len(plain.rstrip(_SIGNS))
    shown = _as_blanks(plain[first:last])
    if "  " not in shown and BREAK not in shown:
        moved = _move(lanes, [(0, first), (last, len(plain))])
        return Tracked(shown, cut(text.runs, first, last)), moved
    runs = list(_RUN.finditer(plain, first, last))
    parts: list[str] = []
    kept: list[tuple[Runs, int]] = []
    done = first
    for run in runs:  # what is kept of a run is its first sign
        parts += [plain[done : run.start()], BREAK if BREAK in run[0] else " "]
        end = run.start() + 1
        kept.append((cut(text.runs, done, end), end - done))
        done = run.end()
    parts.append(plain[done:last])
    kept.append((cut(text.runs, done, last), last - done))
    gone = [(run.start() + 1, run.end()) for run in runs]
    moved = _move(lanes, [(0, first), *gone, (last, len(plain))])
    return Tracked(_as_blanks("".join(parts)), chain_runs(kept)), moved


def _as_blanks(text: str) -> str:
    for sign in "\n\t\r\f":  # str.translate takes many times as long
        text = text.replace(sign, " ")
    return text


def _move(lanes: list[Lane], gone: list[tuple[int, int]]) -> list[Lane]:
    """``lanes`` where they are when the stretches ``gone``, in order, have gone."""
    if not lanes:
        return lanes
    begins = [begin for begin, _ in gone]
    lost = list(accumulate((end - begin for begin, end in gone), initial=0))

    def place(old: int) -> int:
        number = bisect_left(begins, old)
        if number == 0:
            return old
        begin, end = gone[number - 1]
        return old - lost[number - 1] - (min(end, old) - begin)

    placed = [(place(start), place(end), name) for start, end, name in lanes]
    return [lane for lane in placed if lane[0] < lane[1]]
