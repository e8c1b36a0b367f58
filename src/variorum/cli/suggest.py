"""``variorum suggest``: says beside the lines of a pull request what a check of it found."""

from __future__ import annotations

from pathlib import Path

import click

from variorum.cli.previews import github_here
from variorum.publishing import Head
from variorum.publishing import suggest as suggest_all
from variorum.reviews import LARGEST, read_review


@click.command()
@click.argument("review", type=click.Path(path_type=Path))
@click.option("--repository", required=True, metavar="OWNER/NAME", help="Where the change is.")
@click.option("--branch", required=True, help="Its branch there.")
@click.option("--commit", required=True, help="The commit that was checked.")
def suggest(review: Path, repository: str, branch: str, commit: str) -> None:
    """Say REVIEW beside the lines of the pull request that stands at COMMIT now.

    REVIEW is what `variorum check --base REF --review REVIEW` wrote, maybe in a stranger's run: it
    is data. Which pull request it is, GitHub says. Needs GITHUB_REPOSITORY and GH_TOKEN.
    """
    with review.open("rb") as stream:
        found = read_review(stream.read(4 * LARGEST).decode("utf-8", "replace"))
    done = suggest_all(found, Head(repository, branch, commit), github_here())
    for one in done:
        click.echo(f"Pull request {one.number}: {one.added} said, {one.edited} written anew, "
                   f"{one.deleted} taken back, {one.rest} without room.")
    if not done:
        click.echo(f"No open pull request stands at {commit[:7]} any more; nothing is said.")
