"""SARIF 2.1.0, the OASIS Static Analysis Results Interchange Format.

Section numbers are those of the standard.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from variorum import __version__
from variorum.checks.rule import Rule
from variorum.plain import quoted
from variorum.reporters.report import Located, Report
from variorum.text import Edit, Lines, Position

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
BASE = "%SRCROOT%"
_URI = ":/?#[]@!$&'()*+,;=%~"


def report_sarif(report: Report) -> str:
    """A log with one run."""
    found = list(report.located())
    rules = _rules(report.rules, found)
    numbers = {rule: number for number, rule in enumerate(rules)}
    run = {
        "tool": {"driver": {
            "name": "variorum", "semanticVersion": __version__, "rules": list(rules.values()),
        }},
        "invocations": [{"executionSuccessful": True}],
        "originalUriBaseIds": {BASE: {"description": {"text": "Where the check was started."}}},
        "artifacts": [
            {"location": _artifact(path), "encoding": "UTF-8"} for path in sorted(report.texts)
        ],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": [_result(each, report.lines_of(each.finding.path), numbers) for each in found],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=1) + "\n"


def _rules(ours: Iterable[Rule], found: Iterable[Located]) -> dict[str, dict[str, Any]]:
    """A reportingDescriptor (3.49) for each of our rules, and of LanguageTool's that spoke."""
    rules: dict[str, dict[str, Any]] = {
        rule.id: {
            "id": rule.id,
            "shortDescription": {"text": rule.summary},
            "help": {"text": f"{rule.summary} ({rule.authority})"},
            "properties": {"tags": [rule.id.partition(".")[0]]},
        }
        for rule in ours
    }
    for each in found:
        if each.finding.rule not in rules:
            rules[each.finding.rule] = _foreign(each)
    return rules


def _foreign(found: Located) -> dict[str, Any]:
    rule = found.finding.rule
    described = {
        "id": rule,
        "shortDescription": {"text": f"LanguageTool: {rule}"},
        "properties": {"tags": ["grammar"]},
    }
    return described | ({"helpUri": quote(found.finding.url, _URI)} if found.finding.url else {})


def _result(found: Located, lines: Lines, numbers: dict[str, int]) -> dict[str, Any]:
    finding = found.finding
    fixes = [_fix(edits, finding.path, lines) for edits in found.ways_out]
    result = {
        "ruleId": finding.rule,
        "ruleIndex": numbers[finding.rule],
        "level": str(finding.severity),
        "message": {"text": found.text},
        "locations": [{"physicalLocation": {
            "artifactLocation": _artifact(finding.path),
            "region": _region(found.start, found.end) | {"snippet": {"text": found.words}},
        }}],
        "partialFingerprints": {
            "variorum/v1": found.fingerprint,
            "primaryLocationLineHash": f"{found.fingerprint}:1",  # the one that GitHub reads
        },
    }
    return result | ({"fixes": fixes} if fixes else {})


def _fix(edits: tuple[Edit, ...], path: str, lines: Lines) -> dict[str, Any]:
    changes = [
        {
            "deletedRegion": _region(
                lines.position(edit.span.start), lines.position(edit.span.end)),
            "insertedContent": {"text": edit.replacement},
        }
        for edit in edits
    ]
    described = ", ".join(quoted(edit.replacement) for edit in edits)
    return {
        "description": {"text": described},
        "artifactChanges": [{"artifactLocation": _artifact(path), "replacements": changes}],
    }


def _region(start: Position, end: Position) -> dict[str, Any]:
    """A text region (3.30); its end is the column after the last one."""
    return {
        "startLine": start.line, "startColumn": start.column,
        "endLine": end.line, "endColumn": end.column,
    }


def _artifact(path: str) -> dict[str, str]:
    """An artifactLocation (3.4): relative to the folder of the check unless the path is not."""
    encoded = quote(path.encode("utf-8", "surrogateescape"), safe="/~")
    if encoded.startswith("/"):
        return {"uri": f"file://{encoded}"}
    return {"uri": encoded, "uriBaseId": BASE}
