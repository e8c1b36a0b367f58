"""An edition as the templates of a site get it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from variorum.checks.rule import Subject
from variorum.citations import cite
from variorum.essay import Kind, Ledger, Note, Notes, is_right_to_left
from variorum.extension.apparatus import Apparatus, present_apparatus
from variorum.extension.bodies import render_bodies
from variorum.extension.marking import AnnotatedPage, PageNote, PlacedNote, annotate

WORDS_PER_MINUTE = 230
"""Silent reading of English non-fiction: Brysbaert, Journal of Memory and Language 109 (2019)."""


@dataclass(frozen=True)
class PresentedNote:
    """A note in an index, away from its passage."""

    id: str
    number: int
    kind: str
    exact: str
    """What it quotes; for a note on a whole paragraph, its first words."""
    html: str
    references: tuple[str, ...]
    author: str
    date: date
    url: str
    """From the site's root."""


@dataclass(frozen=True)
class PresentedEssay:
    """All that a template may want to say about an essay."""

    slug: str
    title: str
    subtitle: str | None
    description: str
    url: str
    authors: tuple[str, ...]
    date: date
    language: str
    right_to_left: bool
    words: int
    minutes: int
    work: str | None
    """Citation of the work that the essay retells, safe HTML."""
    notes: tuple[PresentedNote, ...]
    works: tuple[str, ...]
    """Citation of each work that a note refers to, once, by the alphabet, safe HTML."""
    ledger: Ledger | None
    apparatus: Apparatus | None
    """``None`` when there is no ledger, or no page to show it on."""


def present_page(subject: Subject, page: str) -> AnnotatedPage:
    """``page``, the rendered essay, with its notes hung in."""
    notes = subject.notes.value if subject.notes else Notes()
    language = subject.page.essay.language if subject.page.essay else subject.settings.language
    bodies = zip(notes.notes, render_bodies([note.body for note in notes.notes]), strict=True)
    return annotate(page, [_page_note(note, body, notes) for note, body in bodies], language)


def present_essay(
    subject: Subject, annotated: AnnotatedPage, url: str, apparatus_url: str = ""
) -> PresentedEssay:
    """What the site says about ``subject``, whose page is ``annotated``.

    Raises ``ValueError`` when the front matter is malformed.
    """
    essay = subject.page.essay
    if essay is None or subject.slug is None:
        raise ValueError("an edition without front matter cannot be presented")
    words = sum(len(block.text.split()) for block in subject.page.prose.blocks)
    notes = {note.id: note for note in subject.notes.value.notes} if subject.notes else {}
    return PresentedEssay(
        subject.slug, essay.title, essay.subtitle, essay.description, url, essay.authors,
        essay.date, essay.language, is_right_to_left(essay.language), words,
        math.ceil(words / WORDS_PER_MINUTE),
        cite(essay.retells) if essay.retells else None,
        tuple(_present_note(annotated, placed, notes[placed.note.id], url)
              for placed in annotated.placed),
        _list_works(annotated),
        subject.ledger.value if subject.ledger else None,
        present_apparatus(subject, apparatus_url) if apparatus_url else None,
    )


def _list_works(annotated: AnnotatedPage) -> tuple[str, ...]:
    cited = {work for placed in annotated.placed for work in placed.note.references}
    return tuple(sorted(cited, key=_by_alphabet))


def _page_note(note: Note, body: str, notes: Notes) -> PageNote:
    cited = (cite(notes.references[key]) for key in note.references if key in notes.references)
    return PageNote(note.id, note.kind.value, note.selector, body, tuple(cited))


def _present_note(
    annotated: AnnotatedPage, placed: PlacedNote, note: Note, url: str
) -> PresentedNote:
    page_note = placed.note
    return PresentedNote(
        note.id, placed.number, note.kind.value, annotated.quote(placed), page_note.body,
        page_note.references, note.author, note.date, f"{url}#{note.id}",
    )


def list_by_work(
    essays: Iterable[PresentedEssay],
) -> list[tuple[str, list[tuple[PresentedEssay, PresentedNote]]]]:
    """Each work that notes refer to, safe HTML, by the alphabet, and where they do."""
    found: dict[str, list[tuple[PresentedEssay, PresentedNote]]] = {}
    for essay in essays:
        for note in essay.notes:
            for work in note.references:
                found.setdefault(work, []).append((essay, note))
    return sorted(found.items(), key=lambda item: _by_alphabet(item[0]))


def _by_alphabet(work: str) -> str:
    return re.sub(r"<[^>]+>|\W", "", work).casefold()


KINDS: tuple[tuple[str, str], ...] = (
    (Kind.GLOSS, "what a word or a name means"),
    (Kind.CONTEXT, "what a reader of the time knew"),
    (Kind.SOURCE, "where a claim comes from, and what became of it"),
    (Kind.READING, "how we read a damaged place"),
    (Kind.QUESTION, "something to talk about"),
)
"""The kinds of note, in the order of the index, and what each is for."""
