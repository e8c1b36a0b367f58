"""Puts new notes into an edition, in the order of the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from variorum.cli.notes_reading import Edition
from variorum.editions import (
    NOTES_HEAD,
    add_references,
    create_text,
    insert,
    read_text,
    replace_text,
)
from variorum.errors import InputError, Place
from variorum.essay import Note, Reference
from variorum.text import Span, apply_edits


def predecessor(edition: Edition, span: Span) -> int | None:
    """The note whose passage comes last before ``span``; the last one where none is placed."""
    placed = [
        (anchor.span, index) for index, anchor in enumerate(edition.anchors)
        if anchor.span is not None and not anchor.whole
    ]
    before = [item for item in placed if item[0] <= span]
    if before:
        return max(before)[1]
    return None if placed or not edition.anchors else len(edition.anchors) - 1


def write_notes(
    edition: Edition, after: Mapping[int | None, Sequence[Note]], works: Mapping[str, Reference]
) -> None:
    """Write notes behind those of the given numbers (``None``: first), and the ``works`` they name.

    Raises ``InputError`` when the file changed meanwhile or cannot be written; it is then as it
    was.
    """
    edits = [insert(edition.file, group, index) for index, group in after.items()]
    if references := add_references(edition.file, works):
        edits.append(references)
    if not edition.path.exists():
        create_text(edition.path, f"{NOTES_HEAD}\n{apply_edits('', edits)}")
        return
    old = read_text(edition.path)
    if old.text != edition.file.text:
        raise InputError("was changed meanwhile", place=Place(edition.path),
                         hint="run the command again")
    replace_text(edition.path, old, apply_edits(old.text, edits))
