"""For GitHub Actions: annotations, the log of the step, and its summary.

See GitHub's documentation, "Workflow commands for GitHub Actions".
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from variorum.errors import VariorumError
from variorum.plain import plain, quoted, visible
from variorum.reporters.report import Located, Report, count
from variorum.reporters.terminal import report_text
from variorum.text import Severity

SHOWN = 10
"""Annotations of each level that GitHub shows for a step."""
SUMMARY_BYTES = 1_000_000
"""Of a step's summary; GitHub drops one of more than 1,024 KiB altogether."""
_HEAD = "| place | what is wrong | instead | rule |\n| --- | --- | --- | --- |\n"


def report_github(report: Report) -> str:
    """Annotations for the first findings of each level, and all of them as text for the log."""
    return "".join(f"{line}\n" for line in _annotations(report)) + _for_log(report_text(report))


def report_error(error: VariorumError) -> str:
    """An annotation for what could not be done, at the place where that is mended."""
    place = error.place
    values = {"file": str(place.path), "line": place.line} if place else {}
    said = ",".join(f"{key}={_escape(str(v), ':,')}" for key, v in values.items() if v)
    key = f"{place.key}: " if place and place.key else ""
    text = " ".join(filter(None, [f"{key}{error.cause}.", error.hint]))
    return f"::error {said}::{_escape(visible(text))}\n"


def report_summary(report: Report) -> str:
    """All findings as a Markdown table, or as many as a step's summary holds."""
    rows: list[str] = []
    size = 0
    for found in report.located():
        row = _row(found)
        size += len(row.encode("utf-8"))
        if size > SUMMARY_BYTES:
            break
        rows.append(row)
    more = len(report.findings) - len(rows)
    rest = f"\n{more} more findings are in the log of this step.\n" if more else ""
    table = _HEAD + "".join(rows) if rows else ""
    return f"**{count(report.findings, len(report.texts))}**\n\n{table}{rest}"


def _annotations(report: Report) -> Iterator[str]:
    seen = dict.fromkeys(Severity, 0)
    for found in report.located():
        severity = found.finding.severity
        seen[severity] += 1
        if seen[severity] <= SHOWN:
            yield _command(found)
    hidden = sum(max(0, number - SHOWN) for number in seen.values())
    if hidden:
        yield f"::notice::{hidden} more findings are in the summary and the log of this step."


def _command(found: Located) -> str:
    finding = found.finding
    values: dict[str, str | int] = {
        "file": finding.path, "line": found.start.line, "endLine": found.end.line,
        "col": found.start.column, "endColumn": found.end.column,
    }
    if found.start.line != found.end.line:  # GitHub refuses columns over several lines
        del values["col"], values["endColumn"]
    said = ",".join(f"{key}={_escape(str(value), ':,')}" for key, value in values.items())
    better = f" → {finding.replacements[0]}" if finding.replacements else ""
    text = " ".join(filter(None, [finding.message + better, finding.hint, f"({finding.rule})"]))
    return f"::{finding.severity} {said}::{_escape(visible(text))}"


def _escape(text: str, more: str = "") -> str:
    for sign in "%\r\n" + more:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def _for_log(text: str) -> str:
    """Text that the runner takes no command from: it quotes essays, which anyone may write."""
    word = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return f"::stop-commands::{word}\n{text}::{word}::\n"


def _row(found: Located) -> str:
    finding = found.finding
    place = f"{finding.path}:{found.start.line}:{found.start.column}"
    better = "  ".join(quoted(words) for words in finding.replacements[:3])
    cells = [place, found.text, better, finding.rule]
    return f"| {' | '.join(plain(cell) for cell in cells)} |\n"
