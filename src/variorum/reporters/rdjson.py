"""rdjson, the format of reviewdog: its message ``DiagnosticResult`` as JSON.

See ``proto/rdf/reviewdog.proto`` there. Columns count bytes of UTF-8, and an end is exclusive.
"""

from __future__ import annotations

import json
from typing import Any

from variorum.reporters.report import Located, Report, merge
from variorum.text import Edit, Lines, Span

SUGGESTIONS = 3
"""Each is shown as a block of its own beside the line."""


def report_rdjson(report: Report) -> str:
    """Every finding as a diagnostic, with the best ways out as suggestions."""
    diagnostics = [
        _diagnostic(found, report.lines_of(found.finding.path)) for found in report.located()
    ]
    result = {"source": {"name": "variorum"}, "diagnostics": diagnostics}
    return json.dumps(result, indent=1) + "\n"


def _diagnostic(found: Located, lines: Lines) -> dict[str, Any]:
    finding = found.finding
    edits = [merge(edits, lines.text) for edits in found.ways_out]
    return {
        "message": found.text,
        "location": {"path": finding.path, "range": _range(finding.span, lines)},
        "severity": str(finding.severity).upper(),
        "code": {"value": finding.rule} | ({"url": finding.url} if finding.url else {}),
        "suggestions": [_suggestion(edit, lines) for edit in edits[:SUGGESTIONS]],
    }


def _suggestion(edit: Edit, lines: Lines) -> dict[str, Any]:
    return {"range": _range(edit.span, lines), "text": edit.replacement}


def _range(span: Span, lines: Lines) -> dict[str, Any]:
    return {"start": _position(span.start, lines), "end": _position(span.end, lines)}


def _position(offset: int, lines: Lines) -> dict[str, int]:
    place = lines.position(min(offset, len(lines.text)))
    begin = lines.starts[place.line - 1]
    before = lines.text[begin : begin + place.column - 1]
    return {"line": place.line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}
