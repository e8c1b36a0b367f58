"""What a check looks at: every edition and page that was asked for, ready for the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from variorum.checks.rule import Grammar, SourceText, Subject
from variorum.cleaning import digest
from variorum.editions import (
    docs_of,
    edition_of,
    find_project,
    find_root,
    list_files,
    read_all,
    read_settings,
)
from variorum.errors import InputError, Place, SettingsError


def gather(paths: Sequence[Path], source: Path | None, grammar: Grammar) -> list[Subject]:
    """The subjects at ``paths``, or of the publication here when none are named.

    Raises ``InputError`` when something cannot be read, ``SettingsError`` when the settings or
    the question make no sense.
    """
    listed: dict[Path, frozenset[str]] = {}
    subjects = [_prepare(subject, grammar, listed) for subject in read_all(paths or [_here()])]
    if not subjects:
        where = ", ".join(map(str, paths)) or str(_here())
        raise InputError("there is nothing to check", place=Place(where),
                         hint="name a Markdown file, or a folder with essays")
    return list(_hand_out(subjects, source)) if source else subjects


def _here() -> Path:
    root = find_root(Path())
    if root is None:
        raise SettingsError(
            "there is no mkdocs.yml here, nor in a folder above",
            hint="go to a publication's folder, or name the files to check",
        )
    docs = docs_of(root)
    return docs.relative_to(Path.cwd()) if docs.is_relative_to(Path.cwd()) else docs


def _prepare(
    subject: Subject, grammar: Grammar, listed: dict[Path, frozenset[str]]
) -> Subject:
    """Give a subject what is around it; ``listed`` are the folders that were listed already."""
    path = Path(subject.page.path)
    root = find_root(path.parent)
    settings = read_settings(root or find_project(path.parent), edition_of(path))
    subject = replace(_with_copy(subject), grammar=grammar, settings=settings)
    if root is None or not path.resolve().is_relative_to(docs := docs_of(root)):
        return subject
    if docs not in listed:
        listed[docs] = list_files(docs)
    location = path.resolve().relative_to(docs).as_posix()
    return replace(subject, location=location, targets=listed[docs])


def _with_copy(subject: Subject) -> Subject:
    """``subject`` with the copy of its source that is kept beside it, where there is one."""
    if not subject.copies:
        return subject
    from variorum.sources import read_stored  # which most checks do without

    return read_stored(subject)


def _hand_out(subjects: Sequence[Subject], source: Path) -> Iterator[Subject]:
    """Give the source to the edition whose ledger knows it, or to the only one there is."""
    from variorum.sources import read_copy

    editions = [subject for subject in subjects if subject.ledger]
    text = read_copy(source, [s.ledger.value for s in editions if s.ledger])
    known = [subject for subject in editions if _knows(subject, text)]
    theirs = known if len(known) == 1 else editions
    if len(theirs) != 1:
        raise SettingsError(
            f"{len(theirs)} editions may be of this source", place=Place(source),
            hint="name the edition's folder too",
        )
    for subject in subjects:
        yield replace(subject, source=text) if subject is theirs[0] else subject


def _knows(subject: Subject, source: SourceText) -> bool:
    digests = {digest(paragraph) for paragraph in source.paragraphs}
    ledger = subject.ledger
    return ledger is not None and any(p.sha256 in digests for p in ledger.value.paragraphs)
