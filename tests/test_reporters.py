"""Every report holds the same findings, is valid, and can be acted on by the program it is for."""

from __future__ import annotations

import json
import time
from xml.etree import ElementTree

import pytest
import reports
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic_sarif.model import (  # type: ignore[import-untyped]
    StaticAnalysisResultsFormatSarifVersion210JsonSchema as SarifLog,
)

from variorum.checks import RULES
from variorum.plain import visible
from variorum.reporters import FORMATS, Report, report_summary, report_text
from variorum.text import Edit, Finding, Severity, Span, apply_edits

ESSAY = (
    "# An essay\r\n\r\nThe 😀 clerk has\r\nwrote *it*, | with `pipes` & <b>.\r\n"
    "A bell \x07 and 漢字 here, é.\r\n\r\nThe end"
)


def found(words: str, message: str, *, path: str = "essay.md", rule: str = "A_RULE",
          **more: object) -> Finding:
    start = ESSAY.index(words)
    return Finding(rule, path, Span(start, start + len(words)), message, **more)  # type: ignore[arg-type]


REPORTS = {
    "no findings": Report((), {"essay.md": ESSAY, "other.md": ""}, RULES),
    "no files": Report((), {}),
    "over several lines, CRLF": Report(
        (found("has\r\nwrote", "Not so.", replacements=("has\r\nwritten", "wrote")),),
        {"essay.md": ESSAY}, RULES),
    "at the end of a file": Report(
        (Finding("typography.end", "essay.md", Span(len(ESSAY), len(ESSAY)), "No full stop.",
                 replacements=(".",)),), {"essay.md": ESSAY}),
    "of an empty file": Report(
        (Finding("essay.form", "empty.md", Span(0, 0), "Nothing there."),), {"empty.md": ""}),
    "of a file without text": Report(
        (Finding("essay.form", "gone.md", Span(0, 0), "It is not there."),), {}),
    "after astral signs": Report(
        (found("clerk", "😀 Who?", replacements=("😀", "")), found("é", "Accent 漢字.")),
        {"essay.md": ESSAY}),
    "control signs": Report(
        (found("\x07", "A \x1b[31mbell\x00 ￾\n::error::or two", severity=Severity.WARNING,
               replacements=("\x08",)),), {"essay.md": ESSAY}),
    "markup": Report(
        (found("with `pipes` & <b>", "Use | or <i> & \"quotes\", `ticks`, [a](b), 100 %, a,b: c.",
               replacements=("a|b",), url="https://example.org/a?b=c&d=e#f g"),),
        {"essay.md": ESSAY}, RULES),
    "odd paths": Report(
        (found("clerk", "One.", path="docs/a b/ä 漢字,100%.md"),
         found("clerk", "Two.", path="a:b|c.md"),
         found("clerk", "Three.", path="/abs/x.md")),
        {"docs/a b/ä 漢字,100%.md": ESSAY, "a:b|c.md": ESSAY, "/abs/x.md": ESSAY}),
    "the same thing twice": Report(
        (found("clerk", "One."), found("clerk", "One.")), {"essay.md": ESSAY}),
    "edits in two places": Report(
        (found("has", "Both.", fixes=(
            Edit(Span(ESSAY.index("wrote"), ESSAY.index("wrote") + 5), "written"),
            Edit(Span(ESSAY.index("😀"), ESSAY.index("😀") + 2), ""))),), {"essay.md": ESSAY}),
}
each_report = pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)


def said(report: Report) -> list[reports.Said]:
    return [(each.finding.path, each.start.line, each.start.column, each.finding.rule,
             visible(each.finding.message)) for each in report.located()]


@each_report
def test_every_report_holds_the_same_findings(report: Report) -> None:
    expected = said(report)
    assert len(expected) == len(report.findings)
    for name, read in reports.PARSERS.items():
        out = FORMATS[name](report)
        unquoted = [(p.removeprefix("file://"), *rest) for p, *rest in read(out)]
        assert unquoted == expected, name
    assert [*reports.from_rdjson(FORMATS["rdjson"](report), report.texts)] == expected
    assert [*reports.from_summary(report_summary(report))] == expected


def test_no_format_is_left_out() -> None:
    assert {*reports.PARSERS, "rdjson"} == {*FORMATS}


POSITION = {"type": "object", "required": ["line", "column"], "additionalProperties": False,
            "properties": {"line": {"type": "integer", "minimum": 1},
                           "column": {"type": "integer", "minimum": 1}}}
RANGE = {"type": "object", "required": ["start", "end"], "additionalProperties": False,
         "properties": {"start": POSITION, "end": POSITION}}
RDJSON = {
    "type": "object", "required": ["source", "diagnostics"], "additionalProperties": False,
    "properties": {
        "source": {"type": "object", "required": ["name"],
                   "properties": {"name": {"type": "string"}}, "additionalProperties": False},
        "diagnostics": {"type": "array", "items": {
            "type": "object", "required": ["message", "location", "severity", "code"],
            "additionalProperties": False,
            "properties": {
                "message": {"type": "string", "minLength": 1},
                "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
                "location": {"type": "object", "required": ["path", "range"],
                             "properties": {"path": {"type": "string"}, "range": RANGE},
                             "additionalProperties": False},
                "code": {"type": "object", "required": ["value"],
                         "properties": {"value": {"type": "string"}, "url": {"type": "string"}},
                         "additionalProperties": False},
                "suggestions": {"type": "array", "items": {
                    "type": "object", "required": ["range", "text"],
                    "properties": {"range": RANGE, "text": {"type": "string"}},
                    "additionalProperties": False}},
            }}},
    },
}
"""What reviewdog's ``reviewdog.proto`` allows, nothing more."""


@each_report
def test_machine_formats_are_valid_and_ascii(report: Report) -> None:
    SarifLog.model_validate_json(FORMATS["sarif"](report), strict=True)
    Draft202012Validator(RDJSON).validate(json.loads(FORMATS["rdjson"](report)))
    for suite in ElementTree.fromstring(FORMATS["junit"](report)):
        assert int(suite.attrib["tests"]) == len(suite) >= 1
        assert int(suite.attrib["failures"]) == len([*suite.iter("failure")])
    for name in ("json", "sarif", "rdjson", "junit"):
        assert FORMATS[name](report).isascii()


def test_the_schema_of_sarif_is_strict() -> None:
    """Else the test above could not fail."""
    log = json.loads(FORMATS["sarif"](REPORTS["markup"]))
    SarifLog.model_validate(log)
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    with pytest.raises(ValueError, match="startLine"):
        SarifLog.model_validate(log)


def test_addresses_of_files_are_uris() -> None:
    (run,) = json.loads(FORMATS["sarif"](REPORTS["odd paths"]))["runs"]
    places = [r["locations"][0]["physicalLocation"]["artifactLocation"] for r in run["results"]]
    assert places == [
        {"uri": "docs/a%20b/%C3%A4%20%E6%BC%A2%E5%AD%97%2C100%25.md", "uriBaseId": "%SRCROOT%"},
        {"uri": "a%3Ab%7Cc.md", "uriBaseId": "%SRCROOT%"},
        {"uri": "file:///abs/x.md"},
    ]


def test_our_rules_are_described() -> None:
    (run,) = json.loads(FORMATS["sarif"](REPORTS["no findings"]))["runs"]
    described = {r["id"]: r["shortDescription"]["text"] for r in run["tool"]["driver"]["rules"]}
    assert described == {rule.id: rule.summary for rule in RULES}


TEXT = st.text(st.sampled_from("ab \r\n.😀é漢\x07|"), max_size=40)


@given(TEXT, st.data())
def test_ways_out_lead_to_the_same_text(text: str, data: st.DataObject) -> None:
    """A viewer of SARIF and reviewdog make of the file what ``--fix`` would."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    edit = Edit(Span(start, end), data.draw(TEXT))
    second = Edit(Span(end, len(text)), "x" if end < len(text) and start < end else "")
    edits = (edit, second) if second.replacement else (edit,)
    report = Report((Finding("a.b", "a.md", edit.span, "No.", fixes=edits),), {"a.md": text})
    wanted = apply_edits(text, edits)
    (result,) = json.loads(FORMATS["sarif"](report))["runs"][0]["results"]
    assert reports.apply_sarif(result["fixes"][0], text) == wanted
    (diagnostic,) = json.loads(FORMATS["rdjson"](report))["diagnostics"]
    assert reports.apply_rdjson(diagnostic["suggestions"][0], text) == wanted


def many(number: int) -> Report:
    text = "A sentence with a fault in it, and more of it.\n" * number
    findings = (
        Finding("A_RULE", "a.md", Span(47 * n + 18, 47 * n + 23), "Wrong.",
                replacements=("mistake",), severity=(Severity.WARNING, Severity.ERROR)[n % 2])
        for n in range(number)
    )
    return Report(tuple(findings), {"a.md": text}, RULES)


def test_annotations_stay_below_what_github_shows_and_the_rest_is_counted() -> None:
    report = many(50)
    shown = [*reports.from_annotations(FORMATS["github"](report))]
    assert len(shown) == 20
    assert {each[:4] for each in shown} <= {each[:4] for each in said(report)}
    assert "::notice::30 more findings are in the summary" in FORMATS["github"](report)
    assert "::notice" not in FORMATS["github"](many(3))


def test_annotations_say_where_and_what() -> None:
    (one,) = reports.from_annotations(FORMATS["github"](REPORTS["markup"]))
    assert one[:4] == ("essay.md", 4, 15, "A_RULE")
    assert one[4] == (
        "Use | or <i> & \"quotes\", `ticks`, [a](b), 100 %, a,b: c. → a|b"
    )
    (lines,) = reports.from_annotations(FORMATS["github"](REPORTS["over several lines, CRLF"]))
    assert lines[:4] == ("essay.md", 3, 0, "A_RULE")  # GitHub refuses columns over lines


def test_an_essay_cannot_give_the_runner_commands() -> None:
    text = "::add-mask::clerk\n::stop-commands::x\n"
    finding = Finding("A_RULE", "a.md", Span(12, 17), "Wrong.\n::error::no\n##[error]")
    out = FORMATS["github"](Report((finding,), {"a.md": text}))
    commands = [line for line in out.splitlines() if line.strip().startswith("::")]
    outside = [commands[0], commands[1], commands[-1]]
    assert out.splitlines()[0] == outside[0] and outside[0].startswith("::error file=a.md")
    assert outside[1].startswith("::stop-commands::")
    assert outside[2] == f"::{outside[1].removeprefix('::stop-commands::')}::"
    assert out.endswith(outside[2] + "\n")


def test_the_summary_stays_below_githubs_limit_and_says_what_is_missing() -> None:
    summary = report_summary(many(20_000))
    shown = len([*reports.from_summary(summary)])
    assert 900_000 < len(summary.encode()) < 1024 * 1024
    assert f"{20_000 - shown} more findings are in the log" in summary


@pytest.mark.parametrize("name", FORMATS)
def test_ten_thousand_findings_take_no_time(name: str) -> None:
    report = many(10_000)
    begin = time.process_time()
    out = FORMATS[name](report)
    assert time.process_time() - begin < 5
    assert out.count("A_RULE") >= 10_000


def shown(line: str, words: str) -> str:
    start = line.index(words)
    report = Report((Finding("R", "a.md", Span(start, start + len(words)), "No."),),
                    {"a.md": line})
    return report_text(report)


def test_the_words_are_underlined_in_their_sentence() -> None:
    assert shown("The 😀 clerk has wrote it.", "has wrote") == (
        "a.md:1:13 No.\n"
        "    The 😀 clerk has wrote it.\n"
        "                 ^^^^^^^^^\n"
        "    R\n\n"
        "1 finding in 1 file.\n"
    )
    assert report_text(REPORTS["over several lines, CRLF"]).splitlines()[1:5] == [
        "    The 😀 clerk has",
        "                 ^^^",
        "    wrote",
        "    ^^^^^",
    ]


def test_a_long_line_is_cut_at_the_sentence_and_no_wider_than_a_terminal() -> None:
    line = f"{'Many words went before this. ' * 40}The clerk has wrote it. {'More came. ' * 40}"
    lines = shown(line, "has wrote").splitlines()
    assert lines[1].startswith("    …The clerk has wrote it. More came.")
    assert lines[2].strip() == "^" * len("has wrote")
    assert lines[2].index("^") == lines[1].index("has wrote")
    for words in ("x" * 200_000, "has wrote"):
        text = shown(f"{'y' * 200_000}{words}{'z' * 200_000}", words)
        assert max(map(len, text.splitlines())) < 120


def test_nothing_in_a_text_report_moves_the_cursor() -> None:
    out = report_text(REPORTS["control signs"]).replace("\n", "")
    assert out.isprintable()
