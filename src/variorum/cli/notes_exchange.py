"""``variorum notes export`` and ``import``: other people's formats, in and out."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from variorum.cli.notes_reading import Edition, find_folders, read_noted
from variorum.cli.notes_status import shorten
from variorum.cli.notes_writing import predecessor, write_notes
from variorum.editions import create_text, find_root, read_site_url, read_text
from variorum.errors import InputError, Place
from variorum.essay import Kind, Note, Reference
from variorum.exchange import (
    Incoming,
    Placed,
    Publication,
    Unplaced,
    collect,
    outgoing,
    place,
    read_hypothesis,
    read_web_annotations,
    write_hypothesis,
    write_web_annotation,
)

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("essay", type=_PATH)
@click.option("--format", "form", type=click.Choice(["w3c", "hypothesis"]), default="w3c")
@click.option("--output", type=_PATH, metavar="FILE", help="A new file, instead of the terminal.")
def export(essay: Path, form: str, output: Path | None) -> None:
    """Print the notes of ESSAY as W3C Web Annotations, or as a file for Hypothesis."""
    edition = _one(essay)
    page = publication_of(edition)
    items = outgoing(edition.file.value, edition.anchors)
    data: Any
    if form == "hypothesis":
        data = write_hypothesis(page, items, date.today())
    else:
        found = collect([write_web_annotation(page, item) for item in items], page.url, page.title)
        data = [file for name, file in found.items() if name != "annotations.jsonld"]
        data = data[0] if len(data) == 1 else data
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    if output:
        create_text(output, text)
    else:
        click.echo(text, nl=False)


@click.command(name="import")
@click.argument("file", type=_PATH)
@click.option("--in", "essay", type=_PATH, required=True, metavar="ESSAY",
              help="The essay’s folder.")
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), default="context",
              help="Of notes that are not tagged with a kind.")
def import_(file: Path, essay: Path, kind: str) -> int:
    """Take annotations from FILE (Hypothesis or W3C Web Annotation, JSON) into an essay.

    Exit code 0: all were taken. 1: some could not be, and are listed with the reason. 2: none.
    """
    edition = _one(essay)
    incoming = _read(file)
    slug = edition.folder.resolve().name
    placed, unplaced = place(incoming, edition.version, slug, edition.file.value.notes,
                             Kind(kind))
    if incoming and not placed and all("another page" in item.reason for item in unplaced):
        pages = ", ".join(sorted({item.incoming.page for item in unplaced})[:3])
        raise InputError(f"its annotations are about another page: {pages}", place=Place(file),
                         hint=f"the page must end in /{slug}/")
    if placed:
        _write(edition, placed)
    _report(edition, placed, unplaced)
    return 1 if unplaced else 0


def _one(essay: Path) -> Edition:
    folders = find_folders([essay])
    if len(folders) != 1:
        raise InputError(f"holds {len(folders)} essays", place=Place(essay),
                         hint="name the folder of one")
    return read_noted(folders[0])


def publication_of(edition: Edition) -> Publication:
    """The page that an edition makes."""
    essay = edition.subject.page.essay
    slug = edition.folder.resolve().name
    root = find_root(edition.folder)
    site = (read_site_url(root) if root else "") or "http://localhost/"
    return Publication(
        f"{site.rstrip('/')}/essays/{slug}/", essay.title if essay else slug,
        essay.language if essay else "en", edition.version.text,
    )


def _read(file: Path) -> list[Incoming]:
    text = read_text(file).text
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise InputError("is not JSON", place=Place(file, line),
                         hint="export it once more") from None
    foreign = isinstance(data, dict) and ("rows" in data or "annotations" in data)
    rows = isinstance(data, list) and any(isinstance(x, dict) and "uri" in x for x in data)
    try:
        return list(read_hypothesis(data) if foreign or rows else read_web_annotations(data))
    except (ValueError, AttributeError, TypeError) as error:
        raise InputError(str(error), place=Place(file),
                         hint="give a file of Hypothesis or of W3C Web Annotations") from None


def _write(edition: Edition, placed: Sequence[Placed]) -> None:
    groups: dict[int | None, list[Note]] = defaultdict(list)
    works: dict[str, Reference] = {}
    for item in sorted(placed, key=lambda item: item.anchor.span or ()):
        assert item.anchor.span is not None
        groups[predecessor(edition, item.anchor.span)].append(item.note)
        works |= item.incoming.references
    write_notes(edition, groups, works)


def _report(edition: Edition, placed: Sequence[Placed], unplaced: Sequence[Unplaced]) -> None:
    for item in placed:
        left = f" (without {', '.join(item.incoming.lost)})" if item.incoming.lost else ""
        click.echo(f"{item.note.id}, by {item.note.author}{left}")
    for lost in unplaced:
        words = lost.incoming.selector.exact if lost.incoming.selector else lost.incoming.body
        click.echo(f"Not taken, by {lost.incoming.author}: “{shorten(words)}”: {lost.reason}")
        for candidate in lost.anchor.candidates[:3] if lost.anchor else ():
            near = shorten(candidate.span.of(edition.version.text))
            click.echo(f"    {candidate.score:.2f} “{near}”")
    count = len(placed)
    click.echo(f"{count} note{'' if count == 1 else 's'} taken, {len(unplaced)} not.")
