"""``variorum preview``: the site of a change, with what changed on it."""

from __future__ import annotations

from pathlib import Path

import click

from variorum.cli.previewing import LOCAL, make_preview
from variorum.cli.publish import root_here
from variorum.cli.serving import serve
from variorum.preview import describe_findings, describe_state, sum_up


@click.command()
@click.option("--base", metavar="REF",
              help="The branch that the change is meant for; else the remote’s main branch. The "
              "site is compared with the commit at which the change left it.")
@click.option("--to", type=click.Path(path_type=Path), default="preview", show_default=True,
              metavar="DIR", help="Where to write it.")
@click.option("--site-url", default=LOCAL, metavar="URL",
              help="The address at which it will stand.")
@click.option("--serve", "serving", is_flag=True, help="Serve it then, for this machine only.")
def preview(base: str | None, to: Path, site_url: str, serving: bool) -> int:
    """Build the site as the files here would make it, and show on it what that changes.

    Findings are told and do not stop it. Exit code 0: written. 2: it could not be built.
    """
    found = make_preview(root_here(), base, to, site_url)
    click.echo(f"{sum_up(found).capitalize()}. {describe_state(found)}")
    click.echo(describe_findings(found))
    click.echo(f"Written to {to}.")
    if serving:
        serve(to)
    else:
        click.echo("To look at it: ./scripts/preview --serve")
    return 0
