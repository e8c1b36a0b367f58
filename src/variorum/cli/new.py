"""``variorum new``: an edition to start from."""

from __future__ import annotations

from datetime import date

import click

from variorum.editions import create_folder, place_edition


@click.command()
@click.argument("slug")
@click.option("--title", default="", help="The essay's title; else made from SLUG.")
@click.option("--editor", default="The editors", help="Who writes it.")
@click.option("--language", default="en-US", help="As a BCP 47 tag.")
def new(slug: str, title: str, editor: str, language: str) -> int:
    """Start the edition SLUG: an essay without a source, and its notes.

    For an edition of something that exists already, use `variorum import`.
    """
    from variorum.drafting import Work, draft_notes, front_matter

    _, folder = place_edition(slug)
    day = date.today()
    work = Work(title or slug.replace("-", " ").capitalize(), str(day.year), "unknown",
                editor=editor, language=language)
    essay = f"{front_matter(work, day, retells=False)}\nBegin here.\n"
    create_folder(folder, {"index.md": essay, "notes.yml": draft_notes(work.title)})
    click.echo(f"Wrote {folder.as_posix()}")
    click.echo(f"Next: write {folder.as_posix()}/index.md, then variorum check {folder.as_posix()}")
    return 0
