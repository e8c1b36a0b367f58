"""``variorum schemas``: the JSON Schemas by which editors complete and validate."""

from __future__ import annotations

from pathlib import Path

import click

from variorum.editions import write_schemas


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def schemas(folder: Path) -> None:
    """Write the schemas of front matter, notes.yml and source.yml into FOLDER."""
    for path in write_schemas(folder):
        click.echo(path)
