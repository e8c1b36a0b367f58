"""JUnit's XML, as Jenkins, GitLab and their like read it.

A file is a test suite, a finding a failed test, and a clean file one test that passed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from variorum.plain import quoted, visible
from variorum.reporters.report import Located, Report

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def report_junit(report: Report) -> str:
    """One document, in ASCII with character references."""
    from xml.etree import ElementTree

    by_file: dict[str, list[Located]] = defaultdict(list, {path: [] for path in report.texts})
    for found in report.located():
        by_file[found.finding.path].append(found)
    suites = [_suite(path, by_file[path]) for path in by_file]
    failures = len(report.findings)
    tests = failures + sum(not found for found in by_file.values())
    root = ElementTree.Element("testsuites", {"name": "variorum"} | _counts(tests, failures))
    root.extend(suites)
    ElementTree.indent(root)
    body: bytes = ElementTree.tostring(root, encoding="us-ascii", xml_declaration=False)
    return f"{HEAD}{body.decode('ascii')}\n"


def _suite(path: str, found: Sequence[Located]) -> Element:
    from xml.etree.ElementTree import Element, SubElement

    counts = _counts(len(found) or 1, len(found))
    suite = Element("testsuite", {"name": visible(path)} | counts)
    if not found:
        SubElement(suite, "testcase", classname=visible(path), name="no findings", time="0")
    suite.extend(_case(each) for each in found)
    return suite


def _case(found: Located) -> Element:
    from xml.etree.ElementTree import Element, SubElement

    finding, path = found.finding, visible(found.finding.path)
    place = f"{found.start.line}:{found.start.column}"
    case = Element("testcase", classname=path, name=f"{finding.rule} at {place}", file=path,
                   line=str(found.start.line), time="0")
    failure = SubElement(case, "failure", type=finding.rule, message=visible(finding.message))
    better = "  ".join(quoted(words) for words in finding.replacements)
    said = [
        f"{path}:{place} to {found.end.line}:{found.end.column} ({finding.severity})",
        quoted(found.words) if found.words else "", f"→ {better}" if better else "",
        visible(finding.hint), visible(finding.url), f"fingerprint {found.fingerprint}",
    ]
    failure.text = "\n".join(filter(None, said))
    return case


def _counts(tests: int, failures: int) -> dict[str, str]:
    return {"tests": str(tests), "failures": str(failures), "errors": "0", "skipped": "0",
            "time": "0"}
