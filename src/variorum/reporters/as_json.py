"""JSON of our own form."""

from __future__ import annotations

import json
from typing import Any

from variorum.reporters.report import Located, Report


def report_json(report: Report) -> str:
    """An object with a list of findings; offsets are code points, lines and columns 1-based."""
    found = [_as_object(located) for located in report.located()]
    return json.dumps({"files": sorted(report.texts), "findings": found}, indent=2) + "\n"


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
