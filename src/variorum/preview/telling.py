"""What a change does, in an editor's words: plain text, for the page and for the comment alike."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath

from variorum.difference import describe_origin
from variorum.essay import ESSAY, NOTES
from variorum.preview.values import EssayChange, Found, NoteChange, OriginChange, Preview

_STATES = {
    "kept": "kept", "moved": "moved", "ambiguous": "in doubt between several places",
    "orphaned": "without a place", "new": "new", "removed": "taken out",
}
"""What the state of a note is called; in this order."""
_LONGEST = 60
"""Code points of a finding's words that are quoted."""


def sum_up(preview: Preview) -> str:
    """The whole in a line."""
    kinds = Counter(essay.kind for essay in preview.essays)
    parts = [f"{_count(count, 'essay')} {kind}" for kind, count in kinds.items()]
    if preview.pages:
        parts.append(f"{_count(len(preview.pages), 'other page')} changed")
    return ", ".join(parts) if parts else "no page changed"


def describe_state(preview: Preview) -> str:
    """What is shown, and what it is compared with."""
    changed = ", with changes that are not committed yet" if preview.dirty else ""
    return f"Commit {preview.head[:10]}{changed}, compared with {preview.base[:10]}."


def describe_left_out(preview: Preview) -> str:
    """What could not be compared; nothing when all could."""
    if not preview.left_out:
        return ""
    return f"Not compared, as it was before: {'; '.join(preview.left_out)}."


def describe_findings(preview: Preview) -> str:
    """How checks stand, never better than they do."""
    new, mended = len(preview.new), len(preview.mended)
    said = f"{new or 'No'} new finding{'' if new == 1 else 's'}, {mended or 'none'} mended."
    return f"{said} Grammar was not checked: {preview.unchecked}" if preview.unchecked else said


# ── an essay ─────────────────────────────────────────────────────────────────


def describe_kind(essay: EssayChange) -> str:
    """What was done with an essay, in a word or some."""
    return f"renamed, was {essay.was}" if essay.kind == "renamed" else essay.kind


def describe_words(essay: EssayChange) -> str:
    """Words put in and taken out."""
    numbers = (essay.words_added, "added"), (essay.words_removed, "taken out")
    told = [f"{_count(number, 'word')} {what}" for number, what in numbers if number]
    return ", ".join(told) or "no word added or taken out"


def describe_counts(essay: EssayChange) -> str:
    """The notes of an essay before and after, in a line; nothing when it has and had none."""
    if not essay.notes:
        return ""
    states = ", ".join(f"{essay.statuses[status]} {word}" for status, word in _STATES.items()
                       if essay.statuses.get(status))
    return f"Notes: {essay.notes_before} before, {essay.notes_after} after ({states})."


def describe_note(note: NoteChange) -> tuple[str, str, str]:
    """A note's passage, its state, and what there is to say of that; each may be empty."""
    passage = f" on “{note.quotation}”" if note.quotation else ""
    state = _STATES[note.status] + (" and reworded" if note.reworded else "")
    nearest = f" Is it “{note.proposal}” now?" if note.proposal else ""
    return passage, state, (f": {note.reason}." if note.reason else "") + nearest


def describe_paragraph(origin: OriginChange) -> str:
    """What a paragraph is based on that was based on something else."""
    return describe_origin(origin.before, origin.after)


def describe_gone(essay: EssayChange) -> str:
    """What those will meet who know its old address; nothing when they are led on."""
    if not essay.gone:
        return ""
    where = f"its {ESSAY}" if essay.url else f"the {ESSAY} of the essay that takes its place"
    name = PurePosixPath(essay.gone).name
    return (f"Links to {essay.gone} will lead nowhere. To lead them on, write "
            f"formerly: [{name}] at the top of {where}.")


# ── a finding ────────────────────────────────────────────────────────────────


def describe_found(found: Found) -> str:
    """What is wrong, after the words that it is said of, where they fit into the line."""
    words = " ".join(found.words.split())
    told = 0 < len(words) <= _LONGEST and words not in found.message
    return f"“{words}”: {found.message}" if told else found.message


def describe_place(found: Found, essay: EssayChange | None) -> str:
    """Where a finding is; ``essay`` is the one that the file belongs to, if that changed."""
    name = PurePosixPath(found.path).name
    if essay is None:
        return f"{found.path}, line {found.line}"
    kind = "note" if name == NOTES else "paragraph"
    place = f"{kind} {found.place}, " if found.place else ""
    return f"{essay.title}, {place}line {found.line} of {name}"


def _count(number: int, of: str) -> str:
    return f"{number} {of}{'' if number == 1 else 's'}"
