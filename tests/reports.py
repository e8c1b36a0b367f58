"""Reads every report back, as the program would that it is made for."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

from variorum.plain import visible

Said = tuple[str, int, int, str, str]
"""Path, line, column, rule, message, invisible signs made visible: what every report holds."""


def from_text(report: str) -> Iterator[Said]:
    for part in report.split("\n\n")[:-1]:
        head, *rest = part.splitlines()
        match = re.fullmatch(r"(.+?):(\d+):(\d+) (.*)", head)
        assert match, head
        yield match[1], int(match[2]), int(match[3]), rest[-1].split()[0], match[4]


def from_github(report: str) -> Iterator[Said]:
    """What stands in the log, where the runner takes no commands."""
    word = re.search(r"^::stop-commands::(\w+)$", report, re.M)
    assert word
    log, after = report[word.end() + 1 :].split(f"::{word[1]}::\n")
    assert after == ""
    return from_text(log)


def from_annotations(report: str) -> Iterator[Said]:
    """The annotations that GitHub shows beside the lines."""
    for line in report.split("::stop-commands::")[0].splitlines():
        command = re.fullmatch(r"::(error|warning) (.*?)::(.*)", line)
        if command:
            values = {k: unescape(v) for k, v in re.findall(r"(\w+)=([^,]*)", command[2])}
            column = int(values.get("col", "0"))
            said, _, rule = unescape(command[3]).removesuffix(")").rpartition(" (")
            yield values["file"], int(values["line"]), column, rule, said


def unescape(text: str) -> str:
    return re.sub(r"%([0-9A-F]{2})", lambda m: chr(int(m[1], 16)), text)


def from_summary(summary: str) -> Iterator[Said]:
    for row in re.findall(r"^\| (.*) \|$", summary, re.M)[2:]:
        place, message, _, rule = (html.unescape(cell) for cell in row.split(" | "))
        path, line, column = place.rsplit(":", 2)
        yield path, int(line), int(column), rule, message


def from_json(report: str) -> Iterator[Said]:
    for found in json.loads(report)["findings"]:
        yield (found["path"], found["line"], found["column"], found["rule"],
               visible(found["message"]))


def from_sarif(report: str) -> Iterator[Said]:
    (run,) = json.loads(report)["runs"]
    for result in run["results"]:
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"]
        assert rule == result["ruleId"]
        where = result["locations"][0]["physicalLocation"]
        path = unquote(where["artifactLocation"]["uri"])
        region = where["region"]
        yield (path, region["startLine"], region["startColumn"], rule,
               visible(result["message"]["text"]))


def from_rdjson(report: str, texts: Mapping[str, str]) -> Iterator[Said]:
    for found in json.loads(report)["diagnostics"]:
        path = found["location"]["path"]
        start = found["location"]["range"]["start"]
        line = in_lines(texts.get(path, ""))[start["line"] - 1]
        before = line.encode()[: start["column"] - 1].decode()
        yield (path, start["line"], len(before) + 1, found["code"]["value"],
               visible(found["message"]))


def from_junit(report: str) -> Iterator[Said]:
    for failure in ElementTree.fromstring(report).iter("failure"):
        head = (failure.text or "").splitlines()[0]
        place = re.fullmatch(r"(.*):(\d+):(\d+) to \d+:\d+ \(\w+\)", head)
        assert place
        yield (place[1], int(place[2]), int(place[3]), failure.attrib["type"],
               failure.attrib["message"])


def in_lines(text: str) -> list[str]:
    """The lines of a text with their ends."""
    return [*re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", text), ""]


def offset(text: str, line: int, column: int) -> int:
    """Where a 1-based line and column of code points is."""
    return sum(map(len, in_lines(text)[: line - 1])) + column - 1


def byte_offset(text: str, line: int, column: int) -> int:
    """Where a 1-based line and column of UTF-8 bytes is, in bytes."""
    return sum(len(each.encode()) for each in in_lines(text)[: line - 1]) + column - 1


def apply_sarif(fix: Mapping[str, Any], text: str) -> str:
    """The text with a SARIF fix made, as a viewer of SARIF makes it."""
    (change,) = fix["artifactChanges"]
    regions = [(each["deletedRegion"], each["insertedContent"]["text"])
               for each in change["replacements"]]
    spans = [(offset(text, r["startLine"], r["startColumn"]),
              offset(text, r["endLine"], r["endColumn"]), new) for r, new in regions]
    for start, end, new in sorted(spans, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def apply_rdjson(suggestion: Mapping[str, Any], text: str) -> str:
    """The text with a suggestion taken, as reviewdog takes it."""
    start, end = (byte_offset(text, **suggestion["range"][key]) for key in ("start", "end"))
    data = text.encode()
    new: str = suggestion["text"]
    return (data[:start] + new.encode() + data[end:]).decode()


PARSERS: Mapping[str, Callable[[str], Iterator[Said]]] = {
    "text": from_text, "github": from_github, "json": from_json, "sarif": from_sarif,
    "junit": from_junit,
}
