"""What the commands about notes look at: editions with their notes and where those stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from variorum.annotations import Anchor, Version, anchor_through
from variorum.checks.anchors import version_of
from variorum.checks.rule import NotesFile, Subject
from variorum.editions import (
    docs_of,
    edition_of,
    find_editions,
    find_root,
    read_edition,
    read_versions,
)
from variorum.errors import InputError, Place, SettingsError
from variorum.essay import Notes
from variorum.prose import read_prose
from variorum.text import Lines


@dataclass(frozen=True)
class Edition:
    """An edition and the places of its notes."""

    folder: Path
    subject: Subject
    file: NotesFile
    anchors: tuple[Anchor, ...]

    @property
    def version(self) -> Version:
        """The text that a reader sees."""
        return version_of(self.subject.page.prose)

    @property
    def path(self) -> Path:
        """Of its ``notes.yml``."""
        return self.folder / "notes.yml"


def read_noted(folder: Path, since: str | None = None) -> Edition:
    """The edition in ``folder``; raises ``InputError`` when its notes are malformed."""
    subject = read_edition(folder)
    for finding in subject.malformed:
        if finding.path.endswith("notes.yml"):
            text = (folder / "notes.yml").read_text("utf-8-sig")
            line = Lines(text).position(finding.span.start).line
            raise InputError(finding.message, place=Place(finding.path, line), hint=finding.hint)
    name = (folder / "notes.yml").as_posix()
    file = subject.notes or NotesFile(name, "", Notes(), {})
    return Edition(folder, subject, file, tuple(_anchor(folder, subject, file, since)))


def _anchor(
    folder: Path, subject: Subject, file: NotesFile, since: str | None
) -> list[Anchor]:
    texts = read_versions(folder / "index.md", since)
    earlier = (version_of(read_prose(text)) for text in (list(texts) if since else texts))
    now = version_of(subject.page.prose)
    selectors = [note.selector for note in file.value.notes]
    return anchor_through(now.text, selectors, now.paragraphs, earlier)


def find_folders(paths: Sequence[Path]) -> list[Path]:
    """The folders of the editions at ``paths``, or of the publication here.

    Raises ``InputError`` for a path that is no edition and holds none, ``SettingsError`` when
    there is no publication here.
    """
    return list(dict.fromkeys(_find(paths)))


def _find(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths or [_here()]:
        found = [own] if (own := edition_of(path)) else list(find_editions(path))
        if not found:
            raise InputError("there is no edition here", place=Place(path),
                             hint="name the folder of an essay")
        yield from found


def _here() -> Path:
    root = find_root(Path())
    if root is None:
        raise SettingsError("there is no mkdocs.yml here, nor in a folder above",
                            hint="go to a publication's folder, or name an essay's")
    docs = docs_of(root)
    return docs.relative_to(Path.cwd()) if docs.is_relative_to(Path.cwd()) else docs
