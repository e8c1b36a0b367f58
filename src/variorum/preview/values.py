"""What a change does, as values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath

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
    words: str = ""
    """What stands there."""
    place: str = ""
    """The id of the paragraph or the note that it is about, when it is about one."""

    @property
    def slug(self) -> str:
        """Of the edition that the file belongs to, if it belongs to one."""
        return PurePosixPath(self.path).parent.name


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
    gone: str = ""
    """An address of the essay before that leads nowhere now, from the root."""

    def find(self, place: str) -> str:
        """The address of a paragraph or note, by its id: where it changed, else where it stands.

        Empty when the essay has no page.
        """
        page = self.changes_url or self.url
        name = next((c.id for c in self.changes if c.block == place), place)
        return f"{page}#{name}" if page and place else page

    @property
    def statuses(self) -> dict[str, int]:
        """How many notes are in each state."""
        return dict(Counter(note.status for note in self.notes))

    @property
    def notes_after(self) -> int:
        """Notes that it has now, whatever their state."""
        return sum(note.status != "removed" for note in self.notes)


@dataclass(frozen=True)
class PageChange:
    """A page that changed and is no essay."""

    title: str
    url: str
    """Of what changed on it, from the preview's root."""


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
    pages: tuple[PageChange, ...]
    """Other pages that changed."""
    new: tuple[Found, ...]
    mended: tuple[Found, ...]
    unchecked: str = ""
    """Why grammar was not checked; empty when it was."""
    url: str = ""
    """The address at which the preview will stand, with a slash at its end, if that is known."""
    left_out: tuple[str, ...] = ()
    """Files of the earlier state that were not taken, each with the reason."""
