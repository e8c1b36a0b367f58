"""``variorum check``: every rule over every file that was named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from variorum.checks import RULES, run_rules
from variorum.checks.rule import Subject
from variorum.cli.gathering import gather
from variorum.cli.mending import mend
from variorum.cli.printing import print_report
from variorum.editions import read_text
from variorum.languagetool import Grammar, Told
from variorum.reporters import FORMATS, Report


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice([*FORMATS]), default="text",
              help="How to print what was found.")
@click.option("--fix", is_flag=True, help="Mend what needs no judgement, and say what was done.")
@click.option("--source", type=click.Path(path_type=Path), metavar="FILE",
              help="Hold the edition against its source, too.")
@click.option("--server", "servers", multiple=True, metavar="URL",
              help="Ask this LanguageTool server. May be repeated.")
def check(
    paths: tuple[Path, ...], form: str, fix: bool, source: Path | None, servers: tuple[str, ...]
) -> int:
    """Check PATHS, or the whole publication.

    Exit code 0: clean. 1: there are findings. 2: something could not be checked.
    """
    grammar = Grammar(servers=servers, progress=Told())
    report = _check(gather(paths, source, grammar))
    if fix and any(finding.fixes for finding in report.findings):
        for line in mend(report.findings):
            click.echo(f"Mended {line}", err=form != "text")
        report = _check(gather(paths, source, grammar))
    print_report(report, form)
    return 1 if report.findings else 0


def _check(subjects: Sequence[Subject]) -> Report:
    findings = tuple(finding for subject in subjects for finding in run_rules(subject))
    texts: dict[str, str] = {}
    for subject in subjects:
        texts[subject.page.path] = subject.page.text
        if subject.notes:
            texts[subject.notes.path] = subject.notes.text
        if subject.ledger:
            texts[subject.ledger.path] = subject.ledger.text
    for path in {finding.path for finding in findings} - set(texts):
        texts[path] = read_text(Path(path)).text
    return Report(findings, texts, RULES)
