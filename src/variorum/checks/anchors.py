"""Every note keeps its place, or says what became of it."""

from __future__ import annotations

from collections.abc import Iterator

from variorum.annotations import (
    SHORT,
    Anchor,
    Status,
    Version,
    anchor_all,
    describe,
    paragraph_at,
)
from variorum.checks.requoting import requote
from variorum.checks.rule import NotesFile, Rule, Subject
from variorum.essay import Note
from variorum.prose import Prose
from variorum.text import Edit, Finding, Span

_STATES = {
    Status.MOVED: "The passage of note {} has moved",
    Status.AMBIGUOUS: "Note {} could belong to several passages",
    Status.ORPHANED: "Note {} has lost its passage",
}
_MODEL = "W3C Web Annotation Data Model, 4.2.4 Text Quote Selector"


def version_of(prose: Prose) -> Version:
    """The text that a reader sees, and its paragraphs."""
    return Version(prose.visible, prose.paragraphs)


def anchor_notes(prose: Prose, notes: tuple[Note, ...]) -> list[Anchor]:
    """Where the notes stand in the text that a reader sees."""
    return anchor_all(prose.visible, [note.selector for note in notes], prose.paragraphs)


def _check_anchors(status: Status, subject: Subject) -> Iterator[Finding]:
    file = subject.notes
    if file is None:
        return
    anchors = anchor_notes(subject.page.prose, file.value.notes)
    for index, (note, anchor) in enumerate(zip(file.value.notes, anchors, strict=True)):
        if anchor.status is status:
            yield _describe(subject, file, index, note, anchor)


def _describe(
    subject: Subject, file: NotesFile, index: int, note: Note, anchor: Anchor
) -> Finding:
    prose = subject.page.prose
    place = _place(file, index)
    seen = [candidate.span.of(prose.visible) for candidate in anchor.candidates]
    fixes = _mend(prose, file, index, note, anchor)
    return Finding(
        f"notes.{anchor.status}", file.path, place,
        f"{_STATES[anchor.status].format(note.id)}: {anchor.reason}.",
        hint=_way_out(note, anchor, prose, seen),
        replacements=tuple(dict.fromkeys(seen)) if anchor.status is Status.ORPHANED else (),
        fixes=fixes,
    )


def _place(file: NotesFile, index: int) -> Span:
    """Where the note says what it is about."""
    selector = "notes", index, "selector"
    return file.places.get((*selector, "exact"), file.places[selector])


def _way_out(note: Note, anchor: Anchor, prose: Prose, seen: list[str]) -> str:
    match anchor.status:
        case Status.MOVED:
            paragraph = paragraph_at(version_of(prose), anchor.span.start) if anchor.span else ""
            return (f"It stands in paragraph {paragraph} now: write that into the note, or let "
                    "`./scripts/check --fix` do it.")
        case Status.AMBIGUOUS:
            return "Add the words before it as `prefix:`, or those after it as `suffix:`."
        case Status.ORPHANED if seen:
            return f"Is it “{seen[0]}” now? Then write that after `exact:`, or take the note out."
        case Status.ORPHANED if note.selector.exact is None:
            return "Write after `paragraph:` which one it is about now, or take the note out."
        case _:
            return "Write after `exact:` what it is about as it now stands, or take the note out."


def _mend(
    prose: Prose, file: NotesFile, index: int, note: Note, anchor: Anchor
) -> tuple[Edit, ...]:
    """The edits of the selector that make a moved note kept again: nothing is guessed."""
    if anchor.status is not Status.MOVED or anchor.span is None:
        return ()
    return requote(file, index, describe(version_of(prose), anchor.span))


def _check_short(subject: Subject) -> Iterator[Finding]:
    if subject.notes is None:
        return
    for index, note in enumerate(subject.notes.value.notes):
        selector = note.selector
        if selector.exact is None or selector.prefix or selector.suffix or selector.paragraph:
            continue
        if len(selector.exact.split()) < SHORT:
            yield Finding(
                "notes.short", subject.notes.path,
                subject.notes.places[("notes", index, "selector", "exact")],
                f"Note {note.id} quotes fewer than {SHORT} words, which may soon stand elsewhere, "
                "too.",
                hint="Quote more of the sentence, or add its paragraph: `paragraph: p4`.",
            )


def _anchor_rule(
    status: Status, summary: str, failing: tuple[dict[str, str], ...],
    passing: tuple[dict[str, str], ...],
) -> Rule:
    return Rule(f"notes.{status}", summary, _MODEL, lambda s: _check_anchors(status, s),
                failing, passing)


def _notes(selector: str) -> dict[str, str]:
    """An essay of two paragraphs, and one note on it with ``selector``."""
    body = (
        "The quick brown fox jumps over the lazy dog. A dog sleeps.\n{ #p1 from=\"s1\" }\n\n"
        "Nobody minds the fox, and *the cat sleeps* all day.\n{ #p2 from=\"s1\" }\n"
    )
    notes = (
        "notes:\n  - id: fox\n    kind: gloss\n    selector: {" + selector + "}\n"
        "    body: A body.\n    author: An editor\n    date: 2026-01-02\n"
    )
    return {"index.md": body, "notes.yml": notes}


RULES: tuple[Rule, ...] = (
    _anchor_rule(
        Status.MOVED, "A note stands in the paragraph and context that it names",
        failing=(
            _notes("exact: quick brown fox jumps over, paragraph: p2"),
            _notes("exact: quick brown fox jumps over the lazy dog, prefix: Some other, "
                   "suffix: . A dog sleeps, paragraph: p1"),
        ),
        passing=(
            _notes("exact: quick brown fox jumps over, paragraph: p1"),
            _notes("exact: and the cat sleeps all day, paragraph: p2"),
        ),
    ),
    _anchor_rule(
        Status.AMBIGUOUS, "A quotation stands once, or its context tells which is meant",
        failing=(_notes("exact: sleeps, prefix: ' '"),),
        passing=(
            _notes("exact: sleeps, prefix: the cat"),
            _notes("exact: sleeps, paragraph: p2"),
        ),
    ),
    _anchor_rule(
        Status.ORPHANED, "The passage that a note quotes is in the text",
        failing=(
            _notes("exact: a quick red fox jumps over"),
            _notes("exact: lazy dog, prefix: the elephant and"),
            _notes("paragraph: p9"),
        ),
        passing=(
            _notes("exact: dog. A dog sleeps. Nobody minds"), _notes("paragraph: p2"), _notes(""),
        ),
    ),
    Rule(
        "notes.short", "A short quotation says where it stands", _MODEL, _check_short,
        failing=(_notes("exact: brown fox"),),
        passing=(_notes("exact: brown fox, suffix: jumps"), _notes("exact: a, paragraph: p1")),
    ),
)
UNRESOLVED: tuple[Rule, ...] = tuple(
    rule for rule in RULES if rule.id in {f"notes.{status}" for status in Status})
"""The rules that find notes which are not in their places: none of these may be published."""
