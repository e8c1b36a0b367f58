"""``variorum notes status``: every note and what became of its passage."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from variorum.annotations import Anchor, Candidate, Status, sentence_around
from variorum.cli.notes_reading import Edition, find_folders, read_noted
from variorum.essay import Note
from variorum.text import Lines

_COLOURS = {Status.KEPT: "green", Status.MOVED: "yellow", Status.AMBIGUOUS: "red",
            Status.ORPHANED: "red"}


@click.group(name="notes")
def notes() -> None:
    """Look at the notes, mend those that lost their place, add, import and export."""


@notes.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--since", metavar="COMMIT", help="The text before the edit; else git's history.")
def status(paths: tuple[Path, ...], form: str, since: str | None) -> int:
    """Say of each note of PATHS, or of the whole publication, whether it keeps its place.

    Exit code 0: all are kept. 1: some are not. 2: it could not be told.
    """
    editions = [read_noted(folder, since) for folder in find_folders(paths)]
    if form == "json":
        found = [row for edition in editions for row in _rows(edition)]
        click.echo(json.dumps({"notes": found}, ensure_ascii=False, indent=2))
    else:
        for edition in editions:
            _print(edition)
        click.echo(count_statuses(editions))
    kept = all(a.status is Status.KEPT for edition in editions for a in edition.anchors)
    return 0 if kept else 1


def count_statuses(editions: Sequence[Edition]) -> str:
    """How many notes are in each state, in a line."""
    counts = Counter(anchor.status for edition in editions for anchor in edition.anchors)
    states = ", ".join(f"{counts[s]} {s}" for s in Status if counts[s])
    total = sum(counts.values())
    return f"{total} note{'' if total == 1 else 's'}{': ' if states else ''}{states}."


def describe_subject(note: Note) -> str:
    """What a note is about, in a few words."""
    if note.selector.exact:
        return f"“{shorten(note.selector.exact)}”"
    paragraph = note.selector.paragraph
    return f"all of paragraph {paragraph}" if paragraph else "the whole essay"


def shorten(text: str, limit: int = 60) -> str:
    """The beginning of ``text``, whole words of it."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[:limit].rpartition(" ")[0] + " …"


def _print(edition: Edition) -> None:
    lines = Lines(edition.file.text)
    for index, (note, anchor) in enumerate(
        zip(edition.file.value.notes, edition.anchors, strict=True)
    ):
        line = lines.position(edition.file.places["notes", index].start).line
        state = click.style(f"{anchor.status:<9}", fg=_COLOURS[anchor.status])
        click.echo(f"{edition.file.path}:{line}: {state} {note.id}: {describe_subject(note)}")
        if anchor.status is not Status.KEPT:
            click.echo(f"    {anchor.reason} (likeness {anchor.score:.2f})")
            for candidate in anchor.candidates[:3]:
                words = shorten(candidate.span.of(edition.version.text))
                click.echo(f"    {candidate.score:.2f} “{words}”")


def _rows(edition: Edition) -> list[dict[str, Any]]:
    return [
        _row(edition, note, anchor)
        for note, anchor in zip(edition.file.value.notes, edition.anchors, strict=True)
    ]


def _row(edition: Edition, note: Note, anchor: Anchor) -> dict[str, Any]:
    text = edition.version.text
    place = anchor.span
    return {
        "edition": edition.folder.as_posix(),
        "id": note.id,
        "status": anchor.status.value,
        "score": round(anchor.score, 4),
        "reason": anchor.reason,
        "selector": note.selector.model_dump(exclude_none=True, exclude_defaults=True),
        "start": place.start if place else None,
        "end": place.end if place else None,
        "candidates": [_candidate(text, candidate) for candidate in anchor.candidates],
    }


def _candidate(text: str, candidate: Candidate) -> dict[str, Any]:
    return {
        "start": candidate.span.start,
        "end": candidate.span.end,
        "score": round(candidate.score, 4),
        "exact": candidate.span.of(text),
        "sentence": sentence_around(text, candidate.span).of(text),
    }
