"""Mends what a machine can mend without understanding a text, and writes down each change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from variorum.repair.characters import CHARACTERS
from variorum.repair.pages import drop_page_numbers, drop_running_heads
from variorum.repair.shape import (
    find_blocks,
    find_footnotes,
    find_headings,
    join_broken,
    join_hyphens,
)
from variorum.repair.typography import TYPOGRAPHY, in_words
from variorum.repair.values import Block, Dropped, Kind, Line, Mend, Repaired
from variorum.text import Edit, apply_edits

RULES: tuple[str, ...] = (
    *(name for name, _ in CHARACTERS),
    "page-numbers", "running-heads", "hyphens", "headings", "paragraphs", "footnotes",
    *(name for name, _ in TYPOGRAPHY),
)
"""Every mechanical mend, in the order in which they are made; each can be refused."""

__all__ = ["RULES", "Block", "Dropped", "Kind", "Line", "Mend", "Repaired", "repair_blocks",
           "repair_lines"]


def repair_lines(text: str, refused: frozenset[str] = frozenset()) -> Repaired:
    """The blocks of a plain text, mended by every rule that is not refused."""
    lines, mends = _mend_lines(list(_lines(text)), refused)
    dropped: list[Dropped] = []
    for name, drop in (("page-numbers", drop_page_numbers), ("running-heads", drop_running_heads)):
        if name not in refused:
            lines, gone = drop(lines)
            dropped += gone
    lines = _closed_up(lines, {thing.line for thing in dropped})
    lines, joined = join_hyphens(lines, keep="hyphens" in refused)
    blocks = find_blocks(lines) if lines else []
    if "headings" not in refused:
        blocks = find_headings(blocks)
    if "paragraphs" not in refused:
        blocks, more = join_broken(blocks, [thing.line for thing in dropped])
        joined += more
    if "footnotes" not in refused:
        blocks, more = find_footnotes(blocks)
        joined += more
    finished = repair_blocks(blocks, refused | _DONE)
    return Repaired(finished.blocks, (*mends, *joined, *finished.mends), tuple(dropped))


def repair_blocks(blocks: Sequence[Block], refused: frozenset[str] = frozenset()) -> Repaired:
    """Blocks whose shape is known, their characters and typography mended."""
    mends: list[Mend] = []
    done: list[Block] = []
    for block in blocks:
        text = block.text
        for name, mend in CHARACTERS:
            if name not in refused and (better := mend(text)) != text:
                mends += [Mend(name, block.line, *pair) for pair in _differing(text, better)]
                text = better
        for name, find in TYPOGRAPHY:
            if name not in refused:
                edits = list(in_words(text, find(text)))
                mends += [_record(name, block.line, text, edit) for edit in edits]
                text = apply_edits(text, edits)
        done.append(replace(block, text=text))
    return Repaired(tuple(block for block in done if block.text.strip()), tuple(mends))


_DONE = frozenset(name for name, _ in CHARACTERS)
"""What is mended before lines become blocks."""


def _lines(text: str) -> Iterator[Line]:
    number = 0
    for index, page in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\f")):
        rows = page.removesuffix("\n").split("\n")
        for row, content in enumerate(rows):
            if index and row == 0 and not content.strip() and len(rows) > 1:
                number += 1
                continue  # the rest of the line that the form feed stood in
            first = bool(index) and (row == 0 or (row == 1 and not rows[0].strip()))
            number += 1
            yield Line(number, content.rstrip(), first)


def _mend_lines(lines: Iterable[Line], refused: frozenset[str]) -> tuple[list[Line], list[Mend]]:
    done: list[Line] = []
    mends: list[Mend] = []
    for line in lines:
        text = line.text
        for name, mend in CHARACTERS:
            if name not in refused and (better := mend(text)) != text:
                mends += [Mend(name, line.number, *pair) for pair in _differing(text, better)]
                text = better
        done.append(replace(line, text=text))
    return done, mends


def _closed_up(lines: Sequence[Line], dropped: set[int]) -> list[Line]:
    """Without the blank lines round something dropped in the middle of a sentence or a word."""
    kept: list[Line] = []
    divided = False
    for line in lines:
        if line.number in dropped:
            blank = next((n for n, above in enumerate(reversed(kept)) if above.text.strip()), 0)
            divided = bool(kept) and kept[-1 - blank].text.endswith("-")
            if divided and blank:
                del kept[-blank:]
        if divided and not line.text.strip():
            continue
        divided = False
        kept.append(line)
    return kept


def _differing(before: str, after: str) -> Iterator[tuple[str, str]]:
    """The words that differ, where words still correspond; else the whole."""
    old, new = before.split(), after.split()
    if len(old) != len(new):
        yield before.strip(), after.strip()
        return
    yield from ((a, b) for a, b in zip(old, new, strict=True) if a != b)


def _record(rule: str, line: int, text: str, edit: Edit) -> Mend:
    """The change with some characters around it, enough to recognise it by."""
    start = max(text.rfind(" ", 0, edit.span.start) + 1, edit.span.start - 20)
    end = text.find(" ", edit.span.end)
    end = min(len(text) if end < 0 else end, edit.span.end + 20)
    head, tail = text[start : edit.span.start], text[edit.span.end : end]
    return Mend(rule, line, text[start:end], head + edit.replacement + tail)
