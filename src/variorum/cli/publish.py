"""``variorum publish``: the site as visitors see it, exchanged in one step."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from variorum.checks.anchors import UNRESOLVED
from variorum.cli.links import report_links
from variorum.cli.printing import print_report
from variorum.editions import docs_of, find_root, read_all
from variorum.errors import SettingsError, VariorumError
from variorum.publishing import (
    Store,
    committed,
    examine,
    is_newer,
    name_publication,
    open_store,
)
from variorum.reporters import Report
from variorum.text import Finding


@click.command()
@click.option("--to", required=True, metavar="DIR|BRANCH",
              help="A folder, written as ./DIR or /DIR, or a branch.")
@click.option("--remote", default="origin", show_default=True,
              help="The repository of the branch: a remote’s name or address.")
@click.option("--site", type=click.Path(path_type=Path),
              help="Publish this site, which is built already.")
@click.option("--list", "listing", is_flag=True, help="Say what was published, and stop.")
@click.option("--rollback", is_flag=False, flag_value="", metavar="[NAME]",
              help="Show the publication before this one again, or the one called NAME.")
def publish(
    to: str, remote: str, site: Path | None, listing: bool, rollback: str | None
) -> int:
    """Build the site of what is committed, look at its notes and links, and publish it.

    The old site is whole until the new one is: whoever looks meanwhile sees one of the two.
    Previews of pull requests stay. Exit code 0: published. 1: there are findings, and nothing was
    published. 2: it could not be done.
    """
    root = root_here()
    store = open_store(to, remote, root)
    if listing:
        return _list(store)
    if rollback is not None:
        click.echo(f"Shown again: {store.roll_back(rollback or None).name}")
        return 0
    publication = name_publication(committed(root), datetime.now(UTC))
    report = report_notes(root)
    if report.findings:
        return _refuse(report, "unresolved notes")
    with _built(root, site) as folder:
        report = report_links(folder, None)
        if report.findings:
            return _refuse(report, "broken links")
        store.publish(examine(folder), publication,
                      lambda other: is_newer(root, publication.commit, other))
    click.echo(f"Published: {publication.name}")
    return 0


def root_here() -> Path:
    """The publication in which the command was given; raises ``SettingsError`` when in none."""
    root = find_root(Path())
    if root is None:
        raise SettingsError("there is no mkdocs.yml here, nor in a folder above",
                            hint="go to a publication’s folder first")
    return root


def report_notes(root: Path) -> Report:
    """The notes of the publication in ``root`` that are not in their places."""
    docs = docs_of(root)
    docs = docs.relative_to(Path.cwd()) if docs.is_relative_to(Path.cwd()) else docs
    found: list[Finding] = []
    texts: dict[str, str] = {}
    for subject in read_all([docs]):
        found += subject.malformed
        found += (finding for rule in UNRESOLVED for finding in rule.check(subject))
        files = (subject.page, subject.notes, subject.ledger)
        texts |= {file.path: file.text for file in files if file}
    return Report(tuple(found), texts)


def _refuse(report: Report, why: str) -> int:
    print_report(report, "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")
    click.echo(f"Nothing was published: there are {why}.", err=True)
    return 1


def _list(store: Store) -> int:
    for each in store.publications():
        mark = "*" if each.current else " "
        click.echo(f"{mark} {each.publication.name} {each.publication.commit}")
    return 0


@contextmanager
def _built(root: Path, site: Path | None) -> Iterator[Path]:
    """A folder with the site: the one that is there, or one that is built for this once."""
    if site is not None:
        yield site
        return
    with TemporaryDirectory(prefix="variorum-") as folder:
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", folder]
        done = subprocess.run(command, cwd=root, check=False, stdout=sys.stderr)
        if done.returncode:
            raise VariorumError("the site could not be built; MkDocs says why above",
                                hint="mend that, then publish again; nothing was published")
        yield Path(folder)
