"""What a change does to each essay and to each other page, seen on the built pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from variorum.checks.rule import Subject
from variorum.cli.states import States
from variorum.difference import Difference, compare
from variorum.preview import (
    EssayChange,
    NoteChange,
    PageChange,
    compare_notes,
    compare_origins,
)
from variorum.site import article_of, title_of

CHANGES = "changes.html"


@dataclass(frozen=True)
class Differing:
    """A page that differs."""

    url: str
    """Of the page that shows how, from the root."""
    found: Difference


@dataclass
class Pages:
    """The pages of two built sites; what was found to differ is kept."""

    site: Path
    old: Path
    differences: dict[str, Differing] = field(default_factory=dict)
    """By the page's path from the root."""

    def compare(self, was: str, now: str, lost: Mapping[str, str]) -> tuple[Difference | None, str]:
        """How one page became another, or why that cannot be said."""
        try:
            before, after = (path.read_text("utf-8") for path in (self.old / was, self.site / now))
            found = compare(article_of(before), article_of(after), lost)
        except FileNotFoundError:
            return None, "It could not be compared: it has no page."
        except ValueError as error:
            return None, f"It could not be compared: {error}."
        if found.changes:
            name = Path(now).name
            differing = CHANGES if name == "index.html" else f"{name[:-5]}.{CHANGES}"
            self.differences[now] = Differing(Path(now).with_name(differing).as_posix(), found)
        return found, ""


# ── essays ───────────────────────────────────────────────────────────────────


def compare_essays(states: States, pages: Pages) -> Iterator[EssayChange]:
    """The essays that are not as they were; those that are gone come last."""
    renamed, led_on = states.renamed, states.led_on
    for slug, subject in states.after.items():
        was = renamed.get(slug, slug)
        before = states.before.get(was)
        if why := states.left_out.editions.get(slug):
            yield replace(_added(slug, subject), kind="changed",
                          said=f"It could not be read before: {why}.")
        elif before is None:
            yield _added(slug, subject)
        elif slug != was:
            change = _revised(was, before, slug, subject, pages)
            yield replace(change, kind="renamed", was=was, gone=_address(was, led_on))
        else:
            change = _revised(was, before, slug, subject, pages)
            if change.changes or _texts(before) != _texts(subject):
                yield change
    for slug, subject in states.before.items():
        if slug not in states.after and slug not in renamed.values():
            yield _removed(slug, subject, _address(slug, led_on))


def _address(slug: str, led_on: set[str]) -> str:
    """Of an essay that is gone; empty when its visitors are led on."""
    return "" if slug in led_on else f"essays/{slug}/"


def _texts(subject: Subject) -> list[str]:
    return [file.text for file in (subject.page, subject.notes, subject.ledger) if file]


def _title(slug: str, subject: Subject) -> str:
    return subject.page.essay.title if subject.page.essay else slug


def _words(subject: Subject) -> int:
    return len(subject.page.prose.visible.split())


def _added(slug: str, subject: Subject) -> EssayChange:
    return EssayChange(slug, "added", _title(slug, subject), url=f"essays/{slug}/",
                       words_added=_words(subject), notes=compare_notes(None, subject))


def _removed(slug: str, subject: Subject, gone: str) -> EssayChange:
    notes = compare_notes(subject, None)
    return EssayChange(slug, "removed", _title(slug, subject), words_removed=_words(subject),
                       notes_before=len(notes), notes=notes, gone=gone)


def _revised(
    was: str, before: Subject, slug: str, after: Subject, pages: Pages
) -> EssayChange:
    notes = compare_notes(before, after)
    url = f"essays/{slug}/"
    change = EssayChange(
        slug, "changed", _title(slug, after), url=url, notes=notes,
        notes_before=len(before.notes.value.notes) if before.notes else 0,
        origins=compare_origins(before, after))
    found, said = pages.compare(f"essays/{was}/index.html", f"{url}index.html", _lost(notes))
    if found is None:
        return replace(change, said=said)
    return replace(change, changes=found.changes, words_added=found.words_added,
                   words_removed=found.words_removed,
                   changes_url=f"{url}{CHANGES}" if found.changes else "")


def _lost(notes: tuple[NoteChange, ...]) -> dict[str, str]:
    """What to say of notes that the new page has no longer."""
    return {note.id: f"this note loses its place: {note.reason}" for note in notes
            if note.status in ("orphaned", "ambiguous")}


# ── other pages ──────────────────────────────────────────────────────────────


def compare_others(states: States, pages: Pages) -> Iterator[PageChange]:
    """The other pages on which a reader can see that their text is another."""
    for name in states.other_pages():
        stem = name.removesuffix(".md")
        places = f"{stem}/index.html", f"{stem}.html"
        place = next((p for p in places if (pages.site / p).is_file()), "")
        if not place or not (pages.old / place).is_file():
            continue
        found, _ = pages.compare(place, place, {})
        if found and found.changes:
            title = title_of((pages.site / place).read_text("utf-8"))
            yield PageChange(title or name, pages.differences[place].url)
