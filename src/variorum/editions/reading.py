"""Reads editions, pages and sources from disk into what rules look at."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel

from variorum.checks.rule import (
    LedgerFile,
    NotesFile,
    Page,
    Places,
    Subject,
    WordsFile,
)
from variorum.editions.documents import Document, read_yaml
from variorum.editions.files import read_text
from variorum.editions.forms import Value, fit
from variorum.errors import InputError, Place
from variorum.essay import ESSAY, LEDGER, NOTES, Allowed, Essay, Ledger, Notes
from variorum.prose.source import FRONT_MATTER
from variorum.text import Finding, Lines, Span

COPIES = "source.*"
"""What a copy of the source is called that stands beside its ledger."""
RECORD = "import.json"
"""What importing a copy mended and left out."""
WORDS = "words.txt"
"""A word list: one word a line; what follows ``#`` is a comment."""


class Lenient(BaseModel):
    """Front matter of a page that belongs to no edition: whatever its theme wants, too."""

    allow: Allowed = {}


def read_edition(folder: Path) -> Subject:
    """The edition in ``folder``; raises ``InputError`` when a file of it cannot be read.

    A file that is YAML but not of the right shape does not raise: what is wrong with it becomes
    the subject's ``malformed`` findings, and the file itself is left out.
    """
    if not (folder / ESSAY).is_file():
        raise InputError(
            f"there is no {ESSAY} in this essay’s folder",
            place=Place(folder),
            hint=f"write the essay in {(folder / ESSAY).as_posix()}, or remove the folder",
        )
    page, malformed = _read_essay(folder / ESSAY)
    notes = _read_notes(folder / NOTES, malformed)
    ledger = _read_ledger(folder / LEDGER, malformed)
    return Subject(
        page,
        slug=folder.resolve().name,
        notes=notes,
        ledger=ledger,
        malformed=tuple(malformed),
        files=frozenset(name for name in (NOTES, LEDGER) if (folder / name).exists()),
        words=read_list(folder / WORDS),
        copies=tuple(sorted(p.name for p in folder.glob(COPIES) if p.name != LEDGER)),
    )


def read_list(path: Path) -> WordsFile | None:
    """The word list at ``path``; raises ``InputError`` when it cannot be read."""
    return WordsFile(path.as_posix(), read_text(path).text) if path.is_file() else None


def read_page(path: Path) -> Subject:
    """A Markdown file that belongs to no edition; its front matter tells what concerns a check."""
    name, text = path.as_posix(), read_text(path).text
    try:
        document = _read_front_matter(text, path)
    except InputError:  # is for whoever reads it to complain of: MkDocs does
        return Subject(Page(name, text))
    if not isinstance(document.value, dict):  # two rules and a text between them
        return Subject(Page(name, text))
    allow = fit(Lenient, document, "essay.form", name)
    language = _language(document)
    if isinstance(allow, list):
        return Subject(Page(name, text, language=language), malformed=tuple(allow))
    keys = document.keys
    return Subject(Page(name, text, language=language, keys=keys, allow=allow.allow))


def _language(document: Document) -> str | None:
    found = document.value.get("language", document.value.get("lang"))
    return found if isinstance(found, str) else None


def _read_essay(path: Path) -> tuple[Page, list[Finding]]:
    name, text = path.as_posix(), read_text(path).text
    document = _read_front_matter(text, path)
    essay = fit(Essay, document, "essay.form", name)
    if isinstance(essay, list):
        return Page(name, text, None, document.values, keys=document.keys), essay
    return Page(name, text, essay, document.values, essay.language, document.keys, essay.allow), []


def _read_front_matter(text: str, path: Path) -> Document:
    """The front matter between its two lines ---, an empty mapping when there is none."""
    match = FRONT_MATTER.match(text)
    if not match:
        if text.split("\n", 1)[0].rstrip() == "---":
            raise InputError(
                "the front matter that begins here is never closed",
                place=Place(path, 1),
                hint="put --- on a line of its own below its last key",
            )
        return _or_empty(Document(None, {(): Span(0, 0)}, {}))
    inside = Lines(match.group())
    within = Span(inside.starts[1], inside.starts[len(match.group().splitlines()) - 1])
    return _or_empty(read_yaml(text, str(path), within))


def _or_empty(document: Document) -> Document:
    if document.value is None:
        return Document({}, document.values, document.keys)
    return document


def _read_notes(path: Path, malformed: list[Finding]) -> NotesFile | None:
    found = _read_file(Notes, path, "notes.form", malformed)
    return found and NotesFile(*found)


def _read_ledger(path: Path, malformed: list[Finding]) -> LedgerFile | None:
    found = _read_file(Ledger, path, "ledger.form", malformed)
    return found and LedgerFile(*found)


def _read_file(
    model: type[Value], path: Path, rule: str, malformed: list[Finding]
) -> tuple[str, str, Value, Places, Places] | None:
    """Path, text, value and places of a YAML file; ``None`` when it is not there or malformed."""
    if not path.exists():
        return None
    name, text, document = _read_document(path)
    value = fit(model, document, rule, name)
    if isinstance(value, list):
        malformed += value
        return None
    return name, text, value, document.values, document.keys


def _read_document(path: Path) -> tuple[str, str, Document]:
    text = read_text(path).text
    return path.as_posix(), text, _or_empty(read_yaml(text, path.as_posix()))
