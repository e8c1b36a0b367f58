"""``variorum notes add``: a new note from the words that it is about."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import click

from variorum.annotations import Anchor, Description, Status, Version, anchor_all, describe
from variorum.cli.notes_reading import Edition, find_folders, read_noted
from variorum.cli.notes_writing import predecessor, write_notes
from variorum.editions import as_note, selector_of
from variorum.errors import InputError, Place
from variorum.essay import Kind
from variorum.text import Span

_KINDS = [kind.value for kind in Kind]


@click.command()
@click.argument("quotation")
@click.option("--in", "paths", multiple=True, type=click.Path(path_type=Path), metavar="ESSAY",
              help="The essay’s folder, where there are several.")
@click.option("--prefix", default="", help="What stands before the quotation.")
@click.option("--suffix", default="", help="What stands after it.")
@click.option("--kind", type=click.Choice(_KINDS))
@click.option("--id", "name", help="The note’s name in addresses.")
@click.option("--body", help="The note itself, in Markdown.")
@click.option("--author")
def add(
    quotation: str, paths: tuple[Path, ...], prefix: str, suffix: str, kind: str | None,
    name: str | None, body: str | None, author: str | None,
) -> None:
    """Write a note on QUOTATION, words of an essay as a reader sees them; asks for what is missing.

    Exit code 2 when the words stand nowhere, or more than once.
    """
    edition, span = _locate(find_folders(paths), Description(quotation, prefix, suffix))
    selector = describe(edition.version, span)
    last = edition.file.value.notes[-1].author if edition.file.value.notes else None
    note = as_note({
        "selector": selector_of(selector),
        "kind": kind or click.prompt("Kind", type=click.Choice(_KINDS)),
        "id": name or click.prompt("Id", default=_propose_id(edition, selector.exact)),
        "body": body or click.prompt("Body"),
        "author": author or click.prompt("Author", default=last),
        "date": date.today(),
    })
    taken = {other.id for other in edition.file.value.notes} | set(edition.version.paragraphs)
    if note.id in taken:
        raise InputError(f"`{note.id}` is taken", place=Place(edition.path, key="id"),
                         hint="give the note another name with --id")
    write_notes(edition, {predecessor(edition, span): [note]}, {})
    click.echo(f"{edition.path.as_posix()}: note {note.id} on “{selector.exact}”.")


def _locate(folders: list[Path], wanted: Description) -> tuple[Edition, Span]:
    """The one place of the words in the one edition that has them."""
    found: list[tuple[Edition, Anchor]] = []
    for folder in folders:
        edition = read_noted(folder)
        anchor = anchor_all(edition.version.text, [wanted], edition.version.paragraphs)[0]
        if anchor.span is not None or anchor.status is Status.AMBIGUOUS:
            found.append((edition, anchor))
    if not found:
        raise InputError(f"“{wanted.exact}” stands in no essay, or not in that context",
                         hint="quote the words as the page shows them")
    if len(found) > 1:
        where = ", ".join(edition.folder.as_posix() for edition, _ in found)
        raise InputError(f"“{wanted.exact}” stands in {where}", hint="name the essay with --in")
    edition, anchor = found[0]
    if anchor.span is None:
        raise InputError(f"“{wanted.exact}”: {anchor.reason}",
                         place=Place(edition.folder / "index.md"), hint=_ways(edition, anchor))
    return edition, anchor.span


def _ways(edition: Edition, anchor: Anchor) -> str:
    """The shortest context that leads to each of the places, as options."""
    ways = []
    for candidate in anchor.candidates[:9]:
        full = describe(Version(edition.version.text), candidate.span)
        parts = [f'--{side} "{getattr(full, side)}"' for side in ("prefix", "suffix")
                 if getattr(full, side)]
        ways.append(" ".join(parts))
    return "add one of\n" + "\n".join(f"  {way}" for way in ways)


def _propose_id(edition: Edition, exact: str) -> str:
    words = re.findall(r"[a-z0-9]+", exact.lower())
    stem = re.sub(r"^[^a-z]+", "", "-".join(words[:3])) or "note"
    taken = {note.id for note in edition.file.value.notes} | set(edition.version.paragraphs)
    names = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)
