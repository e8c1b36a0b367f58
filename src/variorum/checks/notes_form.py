"""Notes have ids of their own, and references that can be looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from variorum.checks.examples import essay, ledger, notes
from variorum.checks.rule import Key, NotesFile, Places, Rule, Subject
from variorum.essay import Reference
from variorum.text import Finding, Span

_HTML = "HTML Living Standard, 3.2.6 The id attribute"
_DESIGN = "design: notes"
DOI = re.compile(r"10\.[0-9]{4,9}/\S+")
"""A DOI by itself; 2.2 of the DOI Handbook, without the registrants' subdivisions."""
_DOI_WRAPPING = re.compile(r"(?i)^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)")


def _check_duplicate(subject: Subject) -> Iterator[Finding]:
    seen: set[str] = set()
    for file, index, name in _ids(subject):
        if name in seen:
            yield _find(file, "notes.duplicate", index, f"Two notes are called `{name}`.",
                        "Give one of them another id; links to the other keep working.")
        seen.add(name)


def _check_collision(subject: Subject) -> Iterator[Finding]:
    taken = {block.attributes.get("id") for block in subject.page.prose.blocks}
    for file, index, name in _ids(subject):
        if name in taken:
            yield _find(file, "notes.collision", index,
                        f"The note `{name}` has the id of a paragraph or heading.",
                        "Give the note another id: an address leads to one place only.")


def _ids(subject: Subject) -> Iterator[tuple[NotesFile, int, str]]:
    if file := subject.notes:
        for index, note in enumerate(file.value.notes):
            yield file, index, note.id


def _find(file: NotesFile, rule: str, index: int, message: str, hint: str) -> Finding:
    return Finding(rule, file.path, file.places["notes", index, "id"], message, hint)


def _check_unknown(subject: Subject) -> Iterator[Finding]:
    if not (file := subject.notes):
        return
    known = file.value.references
    for index, note in enumerate(file.value.notes):
        for entry, name in enumerate(note.references):
            if name not in known:
                near = tuple(get_close_matches(name, known, n=1))
                yield Finding(
                    "references.unknown", file.path,
                    file.places["notes", index, "references", entry],
                    f"Note {note.id} refers to `{name}`, which is not among the references.",
                    f"Did you mean `{near[0]}`?" if near else "Add it under `references`.",
                    replacements=near,
                )


def _check_unused(subject: Subject) -> Iterator[Finding]:
    if not (file := subject.notes):
        return
    used = {name for note in file.value.notes for name in note.references}
    for name in file.value.references:
        if name not in used:
            yield Finding(
                "references.unused", file.path, file.keys["references", name],
                f"No note refers to `{name}`.",
                "Name it in the `references` of the note that rests on it, or take it out.",
            )


def _references(subject: Subject) -> Iterator[tuple[str, Places, Key, Reference]]:
    """Every reference of an edition: file, places, its key there, and itself."""
    page, notes, ledger = subject.page, subject.notes, subject.ledger
    if page.essay and page.essay.retells:
        yield page.path, page.places, ("retells",), page.essay.retells
    if notes:
        for name, reference in notes.value.references.items():
            yield notes.path, notes.places, ("references", name), reference
    if ledger:
        yield ledger.path, ledger.places, ("work",), ledger.value.work


def _check_doi(subject: Subject) -> Iterator[Finding]:
    for path, places, key, reference in _references(subject):
        if reference.DOI is None or DOI.fullmatch(reference.DOI):
            continue
        bare = _DOI_WRAPPING.sub("", reference.DOI.strip())
        better = (bare,) if DOI.fullmatch(bare) else ()
        yield Finding(
            "references.doi", path, places[*key, "DOI"], f"`{reference.DOI}` is not a DOI.",
            f"Write `{bare}`." if better else "A DOI looks like 10.1086/209515.",
            replacements=better,
        )


def _check_isbn(subject: Subject) -> Iterator[Finding]:
    for path, places, key, reference in _references(subject):
        if reference.ISBN is not None and not is_isbn(reference.ISBN):
            yield Finding(
                "references.isbn", path, places[*key, "ISBN"],
                f"`{reference.ISBN}` is not an ISBN: its check digit does not fit.",
                "Copy it again from the book: 13 digits, or 10 for one from before 2007.",
            )


def is_isbn(text: str) -> bool:
    """Whether the check digit fits (ISO 2108, annexes on ISBN-13 and ISBN-10)."""
    digits = re.sub(r"[\s\u2010-\u2013-]", "", text).upper()
    if re.fullmatch("97[89][0-9]{10}", digits):
        return sum(int(d) * (1, 3)[i % 2] for i, d in enumerate(digits)) % 10 == 0
    if re.fullmatch("[0-9]{9}[0-9X]", digits):
        values = (10 if d == "X" else int(d) for d in digits)
        return sum(value * (10 - i) for i, value in enumerate(values)) % 11 == 0
    return False


def _check_url(subject: Subject) -> Iterator[Finding]:
    for path, places, key, reference in _references(subject):
        if reference.URL is not None and not re.fullmatch(r"https?://[^\s<>\"]+", reference.URL):
            place: Span = places[*key, "URL"]
            yield Finding("references.url", path, place, f"`{reference.URL}` is no web address.",
                          "Write it in full, beginning with https://.")


_BODY = 'The quick brown fox jumps.\n{ #p1 from="s1" }'


def _notes(*entries: dict[str, str], references: str = "{}") -> dict[str, str]:
    return essay(_BODY, notes=notes(*entries, references=references))


def _book(**fields: str) -> dict[str, str]:
    book = ", ".join(f"{key}: '{value}'" for key, value in fields.items())
    work = f"{{type: book, title: The Fox, issued: 1900, {book}}}"
    return _notes({"references": "[fox-book]"}, references=f"{{fox-book: {work}}}")


RULES: tuple[Rule, ...] = (
    Rule(
        "notes.duplicate", "Each note has an id of its own", _HTML, _check_duplicate,
        failing=(_notes({}, {"kind": "question"}),),
        passing=(_notes({}, {"id": "fox-2"}),),
    ),
    Rule(
        "notes.collision", "No note has the id of a paragraph", _HTML, _check_collision,
        failing=(_notes({"id": "p1"}),),
        passing=(_notes({"id": "p2"}),),
    ),
    Rule(
        "references.unknown", "What a note refers to is among the references", _DESIGN,
        _check_unknown,
        failing=(_notes({"references": "[fox-book]"}),),
        passing=(_book(publisher="A house"),),
    ),
    Rule(
        "references.unused", "Each reference is used", _DESIGN, _check_unused,
        failing=(_notes({}, references="{fox-book: {type: book, title: T, issued: 1900}}"),),
        passing=(_book(publisher="A house"),),
    ),
    Rule(
        "references.doi", "DOIs have the form of a DOI", "DOI Handbook, 2.2", _check_doi,
        failing=(_book(DOI="https://doi.org/10.1086/209515"), _book(DOI="209515")),
        passing=(_book(DOI="10.1086/209515"),),
    ),
    Rule(
        "references.isbn", "ISBNs are copied without a slip", "ISO 2108", _check_isbn,
        failing=(_book(ISBN="978-0-19-953556-8"), _book(ISBN="0-8044-2957-0")),
        passing=(_book(ISBN="978-0-19-953556-9"), _book(ISBN="0-8044-2957-X")),
    ),
    Rule(
        "references.url", "Addresses can be followed", "WHATWG URL Standard", _check_url,
        failing=(
            _book(URL="javascript:alert(1)"),
            _book(URL="example.org"),
            essay(_BODY, ledger=ledger().replace("issued: 1900", "issued: 1900, URL: x")),
        ),
        passing=(_book(URL="https://example.org/a?b=c"),),
    ),
)
