"""Says what was found: every reporter prints the same findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from variorum.reporters.as_json import report_json
from variorum.reporters.github import report_error, report_github, report_summary
from variorum.reporters.junit import report_junit
from variorum.reporters.rdjson import report_rdjson
from variorum.reporters.report import Located, Report, count
from variorum.reporters.sarif import report_sarif
from variorum.reporters.terminal import describe, report_text

FORMATS: Mapping[str, Callable[[Report], str]] = {
    "text": report_text,
    "json": report_json,
    "github": report_github,
    "sarif": report_sarif,
    "rdjson": report_rdjson,
    "junit": report_junit,
}
"""What ``--format`` takes."""

__all__ = [
    "FORMATS", "Located", "Report", "count", "describe", "report_error",
    "report_summary", "report_text",
]
