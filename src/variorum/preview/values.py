"""What a change does, as values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from variorum.difference import Change


@dataclass(frozen=True)
class NoteChange:
    """What became of a note."""

    id: str
    status: str
    """``kept``, ``moved``, ``ambiguous``, ``orphaned``, ``new`` or ``removed``."""
    quotation: str
    reworded: bool = False
    """Whether its body, kind or references are other ones."""
    reason: str = ""
    proposal: str = ""
    """What it may be about now."""


@dataclass(frozen=True)
class OriginChange:
    """A paragraph that answers to other paragraphs of the source than before."""

    paragraph: str
    before: str
    after: str


@dataclass(frozen=True)
class Found:
    """A finding, new or mended."""

    path: str
    line: int
    rule: str
    message: str


@dataclass(frozen=True)
class EssayChange:
    """What a change does to an essay."""

    slug: str
    kind: str
    """``added``, ``changed``, ``removed`` or ``renamed``."""
    title: str
    was: str = ""
    """The slug before, of one that was renamed."""
    url: str = ""
    """Of its page, from the preview's root."""
    changes_url: str = ""
    """Of its page of differences."""
    words_added: int = 0
    words_removed: int = 0
    changes: tuple[Change, ...] = ()
    notes_before: int = 0
    notes: tuple[NoteChange, ...] = ()
    origins: tuple[OriginChange, ...] = ()
    said: str = ""
    """Why it could not be compared."""

    @property
    def statuses(self) -> dict[str, int]:
        """How many notes are in each state."""
        return dict(Counter(note.status for note in self.notes))

    @property
    def notes_after(self) -> int:
        """Notes that it has now, whatever their state."""
        return sum(note.status != "removed" for note in self.notes)


@dataclass(frozen=True)
class Preview:
    """What a change does to a publication."""

    site: str
    """The publication's name."""
    base: str
    """The commit that the files are compared with."""
    head: str
    dirty: bool
    """Whether files are shown that are not committed yet."""
    essays: tuple[EssayChange, ...]
    pages: tuple[str, ...]
    """Other pages that changed, by their addresses from the root."""
    new: tuple[Found, ...]
    mended: tuple[Found, ...]
    unchecked: str = ""
    """Why grammar was not checked; empty when it was."""
    url: str = ""
    """The address at which the preview will stand, with a slash at its end, if that is known."""


STATUSES = ("kept", "moved", "ambiguous", "orphaned", "new", "removed")


def describe_counts(essay: EssayChange) -> str:
    """The notes of an essay before and after, in a line."""
    states = ", ".join(f"{essay.statuses[s]} {s}" for s in STATUSES if essay.statuses.get(s))
    return f"Notes: {essay.notes_before} before, {essay.notes_after} after" + (
        f" ({states})" if states else "")


def describe_words(essay: EssayChange) -> str:
    """Words put in and taken out."""
    return f"{essay.words_added} words added, {essay.words_removed} removed"


def describe_kind(essay: EssayChange) -> str:
    """What was done with an essay, in a word or some."""
    return f"renamed, was {essay.was}" if essay.was else essay.kind


def describe_state(preview: Preview) -> str:
    """What is shown, and what it is compared with."""
    changed = ", with changes that are not committed yet" if preview.dirty else ""
    return f"Commit {preview.head[:10]}{changed}, compared with {preview.base[:10]}."


def sum_up(preview: Preview) -> str:
    """The whole in a line."""
    kinds = Counter(essay.kind for essay in preview.essays)
    parts = [f"{count} essay{'' if count == 1 else 's'} {kind}" for kind, count in kinds.items()]
    if preview.pages:
        count = len(preview.pages)
        parts.append(f"{count} other page{'' if count == 1 else 's'} changed")
    return ", ".join(parts) if parts else "no page changed"


def describe_findings(preview: Preview) -> str:
    """How checks stand, never better than they do."""
    new, mended = len(preview.new), len(preview.mended)
    said = (f"{new or 'No'} new finding{'' if new == 1 else 's'}, "
            f"{mended} mended.")
    return f"{said} Grammar was not checked: {preview.unchecked}" if preview.unchecked else said
