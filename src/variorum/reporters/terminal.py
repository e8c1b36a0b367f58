"""For people: the words, underlined in their line, and what to write instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from variorum.plain import quoted, visible
from variorum.reporters.report import Located, Report, count

_BOLD, _DIM, _RED, _GREEN, _END = "\033[1m", "\033[2m", "\033[31m", "\033[32m", "\033[0m"
_WIDTH = 100
_LINES = 3
"""Lines shown of a fault that runs over more."""
_LINE_END = re.compile(r"\r\n|\r|\n")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]*_]*\s+")


def report_text(report: Report, *, colour: bool = False) -> str:
    """Findings one below another, then a line that sums them up."""
    parts = [describe(found, colour=colour) for found in report.located()]
    return "\n".join([*parts, count(report.findings, len(report.texts))]) + "\n"


def describe(found: Located, *, colour: bool = False) -> str:
    """One finding: its place, its words in their line, the ways out, the rule."""
    return "\n".join(_lines(found, colour)) + "\n"


def _lines(found: Located, colour: bool) -> Iterator[str]:
    def paint(style: str, text: str) -> str:
        return f"{style}{text}{_END}" if colour else text

    finding = found.finding
    where = f"{visible(finding.path)}:{found.start.line}:{found.start.column}"
    yield f"{paint(_BOLD, where)} {visible(finding.message)}"
    for shown, underline in _excerpt(found):
        yield f"    {shown}"
        yield f"    {paint(_RED, underline)}"
    if finding.replacements:
        choices = "  ".join(quoted(words) for words in finding.replacements[:5])
        yield f"    {paint(_GREEN, '→ ' + choices)}"
    if finding.hint:
        yield f"    {visible(finding.hint)}"
    yield f"    {paint(_DIM, ' '.join(filter(None, [finding.rule, visible(finding.url)])))}"


def _excerpt(found: Located) -> Iterator[tuple[str, str]]:
    """The lines in which the words stand, each with its underline."""
    pieces = _LINE_END.split(found.words)
    column = found.start.column - 1
    if found.line.strip():
        yield _underlined(found.line, column, column + len(pieces[0]))
    for piece in pieces[1:_LINES]:
        if piece.strip():
            yield _underlined(piece, 0, len(piece))
    if len(pieces) > _LINES:
        yield "…", ""


def _underlined(line: str, start: int, end: int) -> tuple[str, str]:
    """A line, or the part round ``start`` to ``end`` that the width has room for."""
    begin = _begin(line, start)
    stop = min(len(line), begin + _WIDTH)
    end = min(end, stop)
    before, words = visible(line[begin:start]), visible(line[start:end])
    lead, tail = "…" if begin else "", "…" if stop < len(line) else ""
    underline = " " * _cells(lead + before) + "^" * max(1, _cells(words))
    return f"{lead}{before}{words}{visible(line[end:stop])}{tail}", underline


def _begin(line: str, start: int) -> int:
    """Where to begin: with the line, else the sentence, else a little before the words."""
    if len(line) <= _WIDTH:
        return 0
    near = max(0, start - _WIDTH // 2)
    sentences = [match.end() for match in _SENTENCE_END.finditer(line, near, start)]
    return sentences[-1] if sentences else max(0, start - 40)


def _cells(text: str) -> int:
    """Columns of a terminal that ``text`` takes (Unicode Standard Annex 11)."""
    return sum(
        0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )
