"""``--learn``: adds words to the list of the publication, or of one edition."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from variorum.checks.words import is_known
from variorum.cli.checking import place_here
from variorum.editions import (
    WORDS,
    docs_of,
    edition_of,
    find_project,
    find_root,
    learn_word,
    read_words,
)
from variorum.errors import Place, SettingsError


def learn(words: Sequence[str], edition: Path | None) -> int:
    """Add each word, and say where; raises ``SettingsError`` or ``InputError`` at the first
    that cannot be added."""
    if not words:
        raise SettingsError("--in goes with --learn",
                            hint="variorum check --learn WORD --in EDITION")
    path = list_of(edition or Path(), own=edition is not None)
    for word in words:
        add_word(path, word)
        click.echo(f"{path.as_posix()} has “{word}” now.")
    return 0


def list_of(place: Path, *, own: bool) -> Path:
    """The word list for ``place``: the ``own`` one of the edition there, or the publication's."""
    if own:
        folder = edition_of(place)
        if folder is None:
            raise SettingsError("is no edition", place=Place(place),
                                hint="name the folder of an essay")
        return folder / WORDS
    root = find_root(place) or find_project(place)
    if root is None:
        raise SettingsError("there is no publication here whose word list could learn this",
                            hint="go to a folder with a mkdocs.yml in or above it")
    return Path(place_here(docs_of(root) / WORDS))


def add_word(path: Path, word: str) -> None:
    """Add ``word`` to the list at ``path`` unless it or the publication's knows it."""
    root = find_root(path.parent)
    general = docs_of(root) / WORDS if root else path
    if general.resolve() != path.resolve() and general.is_file() \
            and is_known(word, read_words(general)):
        raise SettingsError(f"the publication knows `{word}` already", place=Place(general))
    learn_word(path, word)
