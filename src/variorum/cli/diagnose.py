"""``variorum diagnose``: what looks damaged in a text, for a person to judge."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from variorum.cli.printing import print_report
from variorum.reporters import FORMATS, Report
from variorum.text import Lines

if TYPE_CHECKING:
    from variorum.diagnosis import Suspicion


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--encoding", metavar="NAME", help="Of the file, if it is not found out rightly.")
@click.option("--format", "form", type=click.Choice([*FORMATS, "html"]), default="text",
              help="How to print it; html is a page to work from.")
def diagnose(file: Path, encoding: str | None, form: str) -> int:
    """Say what looks damaged in FILE, or in standard input (-), and change nothing.

    A place in HTML and docx is told in the text that `variorum import` makes of them.
    Exit code 0: nothing is suspicious. 1: something is. 2: the file could not be read.
    """
    from variorum.diagnosis import diagnose as look

    name = "standard input" if str(file) == "-" else file.as_posix()
    text = _read(file, name, encoding)
    found = look(text)
    if form == "html":
        from variorum.diagnosis.page import make_page

        click.echo(make_page(name, text, found), nl=False)
    elif form == "json":
        click.echo(_as_json(name, text, found))
    else:
        findings = tuple(suspicion.finding(name) for suspicion in found)
        print_report(Report(findings, {name: text}), form)
    return 1 if found else 0


def _read(file: Path, name: str, encoding: str | None) -> str:
    from variorum.drafting import as_markdown
    from variorum.sources import MOST_BYTES, read_bytes, read_file

    if str(file) == "-":
        received = read_bytes(sys.stdin.buffer.read(MOST_BYTES + 1), name, encoding)
    else:
        received = read_file(file, encoding)
    return received.text or as_markdown(received.repaired(refused=frozenset(["encoding"])))


def _as_json(name: str, text: str, found: Sequence[Suspicion]) -> str:
    """Like the findings of a check, and besides of what kind each is and how sure."""
    lines = Lines(text)
    places = [
        {
            "kind": suspicion.damage.value,
            "confidence": suspicion.confidence.value,
            "severity": suspicion.severity.value,
            "line": lines.position(suspicion.span.start).line,
            "column": lines.position(suspicion.span.start).column,
            "start": suspicion.span.start,
            "end": suspicion.span.end,
            "text": suspicion.span.of(text),
            "message": suspicion.message,
            "suggestions": list(suspicion.suggestions),
        }
        for suspicion in found
    ]
    return json.dumps({"path": name, "words": len(text.split()), "places": places}, indent=2,
                      ensure_ascii=False)
