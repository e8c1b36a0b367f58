"""``variorum check``: every rule over every file that was named."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from variorum.cli.baselines import (
    OFF,
    WRITE,
    describe_baseline,
    read_baseline,
    root_of,
    write_baseline,
)
from variorum.cli.checking import Checking
from variorum.cli.learning import learn
from variorum.cli.mending import Mender
from variorum.cli.printing import print_report
from variorum.editions import create_text
from variorum.errors import SettingsError
from variorum.languagetool import Grammar, Told
from variorum.reporters import FORMATS

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("paths", nargs=-1, type=_PATH)
@click.option("--format", "form", type=click.Choice([*FORMATS]), default="text",
              help="How to print what was found.")
@click.option("--review", type=_PATH, metavar="FILE",
              help="Write what stands on changed lines to FILE, for `variorum suggest`.")
@click.option("--base", metavar="REF",
              help="With --review: the commit or branch that the change is for.")
@click.option("--fix", is_flag=True, help="Mend what needs no judgement, and say what was done.")
@click.option("--interactive", is_flag=True,
              help="With --fix: walk through the rest, one finding at a time.")
@click.option("--learn", "words", multiple=True, metavar="WORD",
              help="Add WORD to the publication’s word list, and stop. May be repeated.")
@click.option("--in", "edition", type=_PATH, metavar="EDITION",
              help="With --learn: to this edition’s own list.")
@click.option("--baseline", metavar="write|FILE|off",
              help=f"“{WRITE}” puts down what is found now, so that only what is new counts from "
              f"then on; “{OFF}” counts everything.")
@click.option("--source", type=_PATH, metavar="FILE",
              help="Hold the edition against its source, too.")
@click.option("--server", "servers", multiple=True, metavar="URL",
              help="Ask this LanguageTool server. May be repeated.")
def check(
    paths: tuple[Path, ...], form: str, review: Path | None, base: str | None, fix: bool,
    interactive: bool, words: tuple[str, ...], edition: Path | None, baseline: str | None,
    source: Path | None, servers: tuple[str, ...],
) -> int:
    """Check PATHS, or the whole publication.

    Exit code 0: clean. 1: there are findings. 2: something could not be checked.
    """
    if words or edition:
        return learn(words, edition)
    if interactive:
        _refuse_no_terminal(fix)
    if (review is None) != (base is None):
        raise SettingsError("--review and --base go together",
                            hint="variorum check --base main --review review.json")
    root = root_of(paths)
    known = read_baseline(baseline, root)
    grammar = Grammar(servers=servers, progress=Told())
    checking = Checking(paths, source, grammar, root, known)
    report = checking.report()
    for url in servers:  # one that failed is to be seen, though others did its work
        click.echo(f"{url} answered {grammar.answered[url]} texts", err=True)
    if baseline == WRITE:
        click.echo(write_baseline(checking))
        return 0
    aside = form != "text"
    if fix:
        mender = Mender(checking, report)
        try:
            report = mender.mend()
        finally:
            for line in mender.said:
                click.echo(line, err=aside)
    if interactive:
        from variorum.cli.walking import walk

        return walk(checking, report)
    if review and base is not None:  # late: most checks are asked for none
        from variorum.editions.changes import read_changes
        from variorum.reporters.review import report_review

        create_text(review, report_review(report, read_changes(report.texts, base, root)))
    print_report(report, form)
    for line in describe_baseline(checking) if known.entries else ():
        click.echo(line, err=aside)
    return 1 if report.findings else 0


def _refuse_no_terminal(fix: bool) -> None:
    if not fix:
        raise SettingsError("--interactive goes with --fix",
                            hint="variorum check --fix --interactive")
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise SettingsError("--interactive needs a terminal to ask in",
                            hint="leave it out, and what needs no judgement is mended")
