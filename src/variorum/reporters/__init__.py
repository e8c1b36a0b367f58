"""Says what was found: every reporter prints the same findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from variorum.reporters.machine import report_github, report_json
from variorum.reporters.report import Located, Report, count
from variorum.reporters.terminal import report_text

FORMATS: Mapping[str, Callable[[Report], str]] = {
    "text": report_text,
    "json": report_json,
    "github": lambda report: report_github(report) + report_text(report),
}
"""What ``--format`` takes."""

__all__ = ["FORMATS", "Located", "Report", "count", "report_text"]
