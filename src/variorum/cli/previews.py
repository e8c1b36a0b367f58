"""``variorum previews``: the sites of pull requests, beside each other and beside production."""

from __future__ import annotations

import os
from pathlib import Path

import click

from variorum.cli.publish import root_here
from variorum.errors import SettingsError
from variorum.publishing import (
    PREVIEWS,
    GitHub,
    Head,
    examine,
    number_of,
    open_store,
    receive,
)

_TO = click.option("--to", default="previews", show_default=True, metavar="DIR|BRANCH",
                   help="A folder, written as ./DIR or /DIR, or a branch.")
_REMOTE = click.option("--remote", default="origin", show_default=True,
                       help="The repository of the branch: a remote’s name or address.")
_SITE = click.argument("site", type=click.Path(path_type=Path))


@click.group(name="previews")
def previews() -> None:
    """Show the sites of pull requests, each at preview/NUMBER/, and take them away."""


@previews.command(name="list")
@_TO
@_REMOTE
def list_(to: str, remote: str) -> None:
    """Say which previews there are."""
    for number in open_store(to, remote, root_here()).previews():
        click.echo(f"{PREVIEWS}/{number}/")


@previews.command()
@_SITE
@click.argument("number")
@_TO
@_REMOTE
def put(site: Path, number: str, to: str, remote: str) -> None:
    """Put the built SITE in the place of pull request NUMBER; all others stay.

    SITE is data: it is refused when it holds anything but files and folders with sound names, or
    more than a site has reason to.
    """
    store = open_store(to, remote, root_here())
    store.put(number_of(number), examine(site, foreign=True))
    click.echo(f"Shown: {PREVIEWS}/{number_of(number)}/")


@previews.command()
@click.argument("numbers", nargs=-1, required=True, metavar="NUMBER...")
@_TO
@_REMOTE
def remove(numbers: tuple[str, ...], to: str, remote: str) -> None:
    """Take previews away."""
    wanted = [*map(number_of, numbers)]
    _say_gone(open_store(to, remote, root_here()).remove(lambda there: wanted))


@previews.command()
@_TO
@_REMOTE
def prune(to: str, remote: str) -> None:
    """Take away the previews of pull requests that are not open any more, as GitHub says.

    Needs GITHUB_REPOSITORY and GH_TOKEN.
    """
    github = github_here()
    _say_gone(open_store(to, remote, root_here()).remove(github.closed_among))


@previews.command(name="receive")
@_SITE
@click.option("--repository", required=True, metavar="OWNER/NAME", help="Where the change is.")
@click.option("--branch", required=True, help="Its branch there.")
@click.option("--commit", required=True, help="The commit that SITE was built at.")
@click.option("--address", required=True, metavar="URL", help="Where the store is served.")
@_TO
@_REMOTE
def receive_command(
    site: Path, repository: str, branch: str, commit: str, address: str, to: str, remote: str
) -> None:
    """Show SITE for the pull request that stands at COMMIT now, and say so there.

    Which one that is, GitHub says; nothing in SITE is asked. Needs GITHUB_REPOSITORY and GH_TOKEN.
    """
    store = open_store(to, remote, root_here())
    shown = receive(site, Head(repository, branch, commit), github_here(), store, address)
    for number in shown:
        click.echo(f"Shown: {address.rstrip('/')}/{PREVIEWS}/{number}/")
    if not shown:
        click.echo(f"No open pull request stands at {commit[:7]} any more; nothing is shown.")


def github_here() -> GitHub:
    names = ("GITHUB_REPOSITORY", "GH_TOKEN")
    values = [os.environ.get(name, "") for name in names]
    if not all(values):
        raise SettingsError(f"{' and '.join(names)} are not set",
                            hint="this runs in a workflow; elsewhere use `previews remove`")
    api = os.environ.get("GITHUB_API_URL", "")
    return GitHub(*values, *([api] if api else []))


def _say_gone(numbers: list[int]) -> None:
    for number in numbers:
        click.echo(f"Taken away: {PREVIEWS}/{number}/")
    if not numbers:
        click.echo("There was nothing to take away.")
