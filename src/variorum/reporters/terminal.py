"""For people: the words, underlined in their line, and what to write instead."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from variorum.reporters.report import Located, Report, count

_BOLD, _DIM, _RED, _GREEN, _END = "\033[1m", "\033[2m", "\033[31m", "\033[32m", "\033[0m"
_WIDTH = 100


def report_text(report: Report, *, colour: bool = False) -> str:
    """Findings one below another, then a line that sums them up."""
    parts = [_describe(found, colour) for found in report.located()]
    return "\n".join([*parts, count(report.findings, len(report.texts))]) + "\n"


def _describe(found: Located, colour: bool) -> str:
    return "\n".join(_lines(found, colour)) + "\n"


def _lines(found: Located, colour: bool) -> Iterator[str]:
    def paint(style: str, text: str) -> str:
        return f"{style}{text}{_END}" if colour else text

    finding = found.finding
    where = f"{finding.path}:{found.start.line}:{found.start.column}"
    yield f"{paint(_BOLD, where)} {_printable(finding.message)}"
    shown, underline = _excerpt(found)
    if shown.strip():
        yield f"    {shown}"
        yield f"    {paint(_RED, underline)}"
    if finding.replacements:
        choices = "  ".join(repr_words(word) for word in finding.replacements[:5])
        yield f"    {paint(_GREEN, '→ ' + choices)}"
    if finding.hint:
        yield f"    {_printable(finding.hint)}"
    yield f"    {paint(_DIM, ' '.join(filter(None, [finding.rule, finding.url])))}"


def repr_words(words: str) -> str:
    """Words as an editor should see them, nothing invisible."""
    return f"“{_printable(words)}”" if words else "(take it out)"


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else f"[U+{ord(c):04X}]" for c in text)


def _excerpt(found: Located) -> tuple[str, str]:
    """The words in their line, cut to the terminal's width, and the underline."""
    column = found.start.column - 1
    same_line = found.end.line == found.start.line
    end = found.end.column - 1 if same_line else len(found.line)
    begin = max(0, min(column - 40, len(found.line) - _WIDTH))
    before = _printable(found.line[begin:column])
    words = _printable(found.line[column:end])
    after = _printable(found.line[end : begin + _WIDTH])
    lead = "…" if begin else ""
    underline = " " * _cells(lead + before) + "^" * max(1, _cells(words))
    return f"{lead}{before}{words}{after}", underline


def _cells(text: str) -> int:
    """Columns of a terminal that ``text`` takes (Unicode Standard Annex 11)."""
    return sum(
        0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )
