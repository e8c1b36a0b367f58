"""Which files of a folder a check looks at, and which of them make an edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from variorum.checks.rule import Subject
from variorum.editions.reading import read_edition, read_page
from variorum.errors import InputError, Place
from variorum.essay import ESSAY, LEDGER, NOTES

ESSAYS = "essays"
"""The folder whose folders are editions."""
_MARKDOWN = (".md", ".markdown")
_SKIPPED = {"node_modules"}


def read_all(paths: Iterable[Path]) -> Iterator[Subject]:
    """Everything to be checked in ``paths``, files and folders, each edition and page once.

    A file of an edition stands for the whole edition. Raises ``InputError`` for what is not there,
    cannot be read, or is neither Markdown nor part of an edition.
    """
    for path in dict.fromkeys(chain.from_iterable(map(_targets, paths))):
        yield read_edition(path) if path.is_dir() else read_page(path)


def find_editions(folder: Path) -> tuple[Path, ...]:
    """The edition folders in ``folder``, itself included, in order of name."""
    return tuple(path for path in _targets(folder) if path.is_dir())


def edition_of(path: Path) -> Path | None:
    """The folder of the edition that a file or folder is or belongs to."""
    folder = path if path.is_dir() else path.parent
    if not path.is_dir() and path.name not in (ESSAY, NOTES, LEDGER):
        return None
    return folder if _is_edition(folder) else None


def _is_edition(folder: Path) -> bool:
    """Under ``essays`` any folder with a file in it; elsewhere one with notes or a ledger."""
    if any((folder / name).is_file() for name in (NOTES, LEDGER)):
        return True
    return folder.resolve().parent.name == ESSAYS and any(path.is_file() for path in _list(folder))


def _targets(path: Path) -> Iterator[Path]:
    """Edition folders and Markdown files; an edition's own index.md is not told apart."""
    if edition := edition_of(path):
        yield edition
    elif path.is_dir():
        for child in _list(path):
            if child.is_dir() and not child.is_symlink():
                yield from _targets(child)
            elif child.suffix in _MARKDOWN:
                yield child
    elif not path.exists():
        raise InputError("there is no such file or folder", place=Place(path))
    elif path.suffix in _MARKDOWN:
        yield path
    else:
        raise InputError(
            "is neither Markdown nor a file of an edition",
            place=Place(path),
            hint="name a Markdown file, or the folder of an edition",
        )


def _list(folder: Path) -> list[Path]:
    try:
        found = sorted(folder.iterdir())
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", place=Place(folder)) from None
    return [p for p in found if not p.name.startswith(".") and p.name not in _SKIPPED]
