"""An edition before a change and after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from variorum.annotations import Anchor, Status, anchor_all
from variorum.checks.anchors import version_of
from variorum.checks.provenance import accountable, answers
from variorum.checks.rule import Subject
from variorum.essay import Note
from variorum.preview.values import NoteChange, OriginChange

_SAME = 0.5
"""Likeness of two texts from which one is the other under another name."""


def compare_notes(before: Subject | None, after: Subject | None) -> tuple[NoteChange, ...]:
    """What became of every note, in the order of the file; those that are gone come last."""
    old, new = _notes(before), _notes(after)
    visible = after.page.prose.visible if after else ""
    found = [_judge(note, old, anchor, visible) for note, anchor in _anchors(before, after)]
    gone = (NoteChange(note.id, "removed", note.selector.exact or "")
            for note in old.values() if note.id not in new)
    return (*found, *gone)


def _notes(subject: Subject | None) -> dict[str, Note]:
    notes = subject.notes.value.notes if subject and subject.notes else ()
    return {note.id: note for note in notes}


def _anchors(
    before: Subject | None, after: Subject | None
) -> list[tuple[Note, Anchor]]:
    """Each note's place on the page; of a lost one what the earlier text tells of it."""
    if after is None or after.notes is None:
        return []
    prose, notes = after.page.prose, after.notes.value.notes
    selectors = [note.selector for note in notes]
    placed = anchor_all(prose.visible, selectors, prose.paragraphs)
    if before and any(anchor.span is None for anchor in placed):
        earlier = version_of(before.page.prose)
        told = anchor_all(prose.visible, selectors, prose.paragraphs, earlier)
        placed = [here if here.span else there for here, there in zip(placed, told, strict=True)]
    return list(zip(notes, placed, strict=True))


def _judge(
    note: Note, old: Mapping[str, Note], anchor: Anchor, visible: str
) -> NoteChange:
    was = old.get(note.id)
    lost = anchor.status in (Status.AMBIGUOUS, Status.ORPHANED)
    status = anchor.status.value if was or lost else "new"
    reworded = was is not None and (was.body, was.kind, was.references) != (
        note.body, note.kind, note.references)
    reason = "" if anchor.status is Status.KEPT else anchor.reason
    proposal = anchor.candidates[0].span.of(visible) if lost and anchor.candidates else ""
    return NoteChange(note.id, status, note.selector.exact or "", reworded, reason, proposal)


def compare_origins(before: Subject | None, after: Subject | None) -> tuple[OriginChange, ...]:
    """Paragraphs that answer to others than they did, or are new or gone, by their ids."""
    old, new = _origins(before), _origins(after)
    return tuple(OriginChange(name, old.get(name, ""), new.get(name, ""))
                 for name in dict.fromkeys([*old, *new]) if old.get(name) != new.get(name))


def _origins(subject: Subject | None) -> dict[str, str]:
    blocks = accountable(subject.page) if subject and subject.ledger else []
    return {b.attributes["id"]: " ".join(answers(b)) for b in blocks if "id" in b.attributes}


def locate(subject: Subject, path: str, offset: int) -> str:
    """The id of the paragraph or note at ``offset`` of a file of the edition; empty at others."""
    if path == subject.page.path:
        named = ((block.attributes.get("id", ""), block.span)
                 for block in subject.page.prose.blocks)
    elif subject.notes and path == subject.notes.path:
        places = subject.notes.places
        named = ((note.id, places["notes", index])
                 for index, note in enumerate(subject.notes.value.notes))
    else:
        return ""
    return next((name for name, span in named if span.start <= offset <= span.end), "")


def find_renamed(gone: Mapping[str, Subject], come: Mapping[str, Subject]) -> dict[str, str]:
    """New slug → the slug before, for essays that are alike in words, or in notes by their ids."""
    scored = sorted(((_likeness(was, now), new, old) for new, now in come.items()
                     for old, was in gone.items()), reverse=True)
    found: dict[str, str] = {}
    for score, new, old in scored:
        if score >= _SAME and new not in found and old not in found.values():
            found[new] = old
    return found


def _likeness(one: Subject, other: Subject) -> float:
    pairs = [Counter(pairwise(s.page.prose.visible.casefold().split())) for s in (one, other)]
    ids = [Counter(_notes(s).keys()) for s in (one, other)]
    return max(_dice(*pairs), _dice(*ids))


def _dice(one: Counter[Any], other: Counter[Any]) -> float:
    size = one.total() + other.total()
    return 2 * (one & other).total() / size if size else 0
