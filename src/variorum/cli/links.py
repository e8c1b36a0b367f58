"""``variorum links``: whether every link within a built site leads somewhere."""

from __future__ import annotations

from pathlib import Path

import click

from variorum.cli.printing import print_report
from variorum.editions import find_root, read_site_url
from variorum.reporters import FORMATS, Report
from variorum.site import BuiltSite, check_links

_READ = (".html", ".css")


@click.command()
@click.argument("site", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--site-url", metavar="URL", help="Where SITE will stand; else as in mkdocs.yml.")
@click.option("--format", "form", type=click.Choice([*FORMATS]), default="text",
              help="How to print what was found.")
def links(site: Path, site_url: str | None, form: str) -> int:
    """Look at all links within the built SITE: pages, pictures, style sheets, places in pages.

    Exit code 0: each leads somewhere. 1: some do not. 2: it could not be told.
    """
    report = report_links(site, site_url)
    print_report(report, form)
    return 1 if report.findings else 0


def report_links(folder: Path, url: str | None) -> Report:
    """What is wrong with the links of the site in ``folder``; by default it stands where its
    publication says."""
    root = find_root(Path())
    own = url if url is not None else read_site_url(root) if root else ""
    files = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*"))
             if path.is_file()]
    pages = {name: (folder / name).read_text("utf-8", "replace")
             for name in files if name.endswith(_READ)}
    found = check_links(BuiltSite(pages, frozenset(files), own))
    return Report(tuple(found), pages)
