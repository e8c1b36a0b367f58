"""``variorum doctor``: what a check needs, what is wrong with it, and how to mend it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from variorum.cli.printing import wants_colour

if TYPE_CHECKING:  # what it looks with is imported when it looks: every check starts here
    from variorum.cli.probing import Probe

_COLOURS = {"ok": "green", "note": "yellow", "wrong": "red", "unknown": "red"}


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              help="How to print what was seen.")
def doctor(form: str) -> int:
    """Look at everything that a check needs, and say what is wrong and how to mend it.

    Exit code 0: nothing is wrong. 1: something is. 2: it could not look at something.
    """
    from variorum.cli.probing import here
    from variorum.cli.probing_engine import engine

    probes = [*here(), *engine()]
    verdicts = {str(probe.verdict) for probe in probes}
    if form == "json":
        found = {"probes": [asdict(probe) for probe in probes]}
        click.echo(json.dumps(found, indent=2))
    else:
        click.echo(_report(probes))
    return 2 if "unknown" in verdicts else int("wrong" in verdicts)


def _report(probes: Sequence[Probe]) -> str:
    colour = wants_colour()
    lines: list[str] = []
    for probe in probes:
        verdict = f"{probe.verdict:<8}"
        shown = click.style(verdict, fg=_COLOURS[probe.verdict]) if colour else verdict
        lines.append(f"{shown}{probe.name:<15} {probe.says}")
        if probe.mend:
            lines.append(f"{'':<24}→ {probe.mend}")
    bad = sum(probe.verdict in ("wrong", "unknown") for probe in probes)
    return "\n".join([*lines, "", _sum(bad)])


def _sum(bad: int) -> str:
    if not bad:
        return "Nothing is wrong."
    return f"{bad} thing{'' if bad == 1 else 's'} to mend."
