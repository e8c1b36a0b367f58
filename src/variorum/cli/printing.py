"""Where a report goes: to the terminal, and to the summary of a step on GitHub."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from variorum.errors import VariorumError
from variorum.reporters import FORMATS, Report, report_error, report_summary, report_text

SUMMARY_VARIABLE = "GITHUB_STEP_SUMMARY"
"""Environment variable: the file that a step on GitHub may add its summary to."""


def print_report(report: Report, form: str) -> None:
    """Print the report in one of ``FORMATS``; for GitHub, add it to the step's summary too."""
    if form == "text":
        click.echo(report_text(report, colour=wants_colour()), nl=False)
        return
    click.echo(FORMATS[form](report), nl=False)
    if form == "github" and os.environ.get(SUMMARY_VARIABLE):
        _summarise(report, Path(os.environ[SUMMARY_VARIABLE]))


def annotate(error: VariorumError) -> None:
    """On GitHub, show what could not be done beside the line in which it is mended."""
    if os.environ.get("GITHUB_ACTIONS") == "true":
        click.echo(report_error(error), err=True, nl=False)


def wants_colour() -> bool:
    """Whether standard output is a terminal that shows colours to somebody who likes them."""
    unwanted = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not unwanted


def _summarise(report: Report, path: Path) -> None:
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(report_summary(report))
    except OSError as error:  # the findings are in the log; they are what counts
        click.echo(f"{SUMMARY_VARIABLE}: {path}: {error.strerror or error}", err=True)
