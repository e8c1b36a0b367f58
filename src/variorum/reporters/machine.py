"""For programs: JSON, and GitHub's workflow commands."""

from __future__ import annotations

import json
from typing import Any

from variorum.reporters.report import Located, Report
from variorum.text import Severity

GITHUB_LIMIT = 10
"""Annotations of each level that GitHub shows for a step."""


def report_json(report: Report) -> str:
    """An object with a list of findings; offsets are code points, lines and columns 1-based."""
    found = [_as_object(located) for located in report.located()]
    return json.dumps({"files": sorted(report.texts), "findings": found}, ensure_ascii=False,
                      indent=2) + "\n"


def _as_object(found: Located) -> dict[str, Any]:
    finding = found.finding
    return {
        "rule": finding.rule,
        "path": finding.path,
        "start": finding.span.start,
        "end": finding.span.end,
        "line": found.start.line,
        "column": found.start.column,
        "end_line": found.end.line,
        "end_column": found.end.column,
        "severity": str(finding.severity),
        "message": finding.message,
        "hint": finding.hint,
        "words": found.words,
        "replacements": list(finding.replacements),
        "url": finding.url,
        "fingerprint": found.fingerprint,
    }


def report_github(report: Report) -> str:
    """Workflow commands for the first findings of each level; the rest is counted.

    See GitHub's documentation, "Workflow commands for GitHub Actions".
    """
    lines: list[str] = []
    shown = {Severity.ERROR: 0, Severity.WARNING: 0}
    for found in report.located():
        severity = found.finding.severity
        if shown[severity] < GITHUB_LIMIT:
            lines.append(_command(found))
        shown[severity] += 1
    hidden = sum(max(0, number - GITHUB_LIMIT) for number in shown.values())
    if hidden:
        lines.append(f"::notice::{hidden} more findings are in the log of this step.")
    return "".join(f"{line}\n" for line in lines)


def _command(found: Located) -> str:
    finding = found.finding
    values = {
        "file": finding.path, "line": found.start.line, "endLine": found.end.line,
        "col": found.start.column, "endColumn": found.end.column, "title": finding.rule,
    }
    if found.start.line != found.end.line:  # GitHub refuses columns over several lines
        del values["col"], values["endColumn"]
    said = ",".join(f"{key}={_escape(str(value), ':,')}" for key, value in values.items())
    better = f" → {finding.replacements[0]}" if finding.replacements else ""
    text = " ".join(filter(None, [finding.message + better, finding.hint]))
    return f"::{finding.severity} {said}::{_escape(text)}"


def _escape(text: str, more: str = "") -> str:
    for sign in "%\r\n" + more:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
