"""Word lists: one word a line, sorted; what follows ``#`` is a comment.

The publication's is in its docs folder, an edition's in the edition's own.
"""

from __future__ import annotations

from pathlib import Path

from variorum.checks.words import is_known, plain
from variorum.editions.files import create_text, read_text, replace_text
from variorum.errors import Place, SettingsError
from variorum.text import Lines

_HEADING = "# Words that are right and that no dictionary has. One a line, in alphabetical order.\n"


def read_words(path: Path) -> frozenset[str]:
    """The words of a list, as written, apostrophes straight."""
    return frozenset(_entry(line) for line in read_text(path).text.splitlines()) - {""}


def learn_word(path: Path, word: str) -> None:
    """Add ``word`` to the list at ``path``, where it belongs; makes the list if there is none.

    Raises ``SettingsError`` when it is no word or is known already, ``InputError`` when the list
    cannot be written; it is then as it was.
    """
    refuse_phrase(word)
    if not path.exists():
        create_text(path, f"{_HEADING}{word}\n")
        return
    old = read_text(path)
    lines = old.text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    for number, line in enumerate(lines, 1):
        if _entry(line) and is_known(word, frozenset({_entry(line)})):
            raise SettingsError(
                f"`{word}` is known already, as `{_entry(line)}`", place=Place(path, number)
            )
    end = "\r\n" if "\r\n" in old.text else "\n"
    starts = [*Lines(old.text).starts, len(old.text)]
    place = starts[_row(lines, word)]
    before = old.text[:place]
    if before and not before.endswith("\n"):
        before += end
    replace_text(path, old, f"{before}{word}{end}{old.text[place:]}")


def refuse_phrase(word: str) -> None:
    """Raise ``SettingsError`` when ``word`` is not one word."""
    if len(word.split()) != 1 or word != word.strip():
        cause, hint = "is not one word", "learn its words one by one"
    elif "#" in word or not any(character.isalpha() for character in word):
        cause, hint = "is no word", "a word has letters, and no # in it"
    else:
        return
    raise SettingsError(f"`{word}` {cause}", hint=hint)


def _row(lines: list[str], word: str) -> int:
    """The index of the line before which ``word`` belongs: just behind the entry it follows."""
    entries = [index for index, line in enumerate(lines) if _entry(line)]
    order = plain(word).casefold()
    greater = next((i for i in entries if _entry(lines[i]).casefold() > order), None)
    if greater is None:
        return entries[-1] + 1 if entries else len(lines)
    smaller = [index for index in entries if index < greater]
    return smaller[-1] + 1 if smaller else greater


def _entry(line: str) -> str:
    return plain(line.partition("#")[0])
