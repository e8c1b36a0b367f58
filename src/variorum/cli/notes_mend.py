"""``variorum notes mend``: a walk through the notes that need a person, or a fix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import click

from variorum.annotations import Anchor, Candidate, Status, anchor_all, describe, sentence_around
from variorum.checks.requoting import requote
from variorum.cli.notes_reading import Edition, find_folders, read_noted
from variorum.cli.notes_status import count_statuses, describe_subject
from variorum.editions import Decoded, read_text, replace_text, retire
from variorum.errors import InputError
from variorum.essay import Note
from variorum.text import Edit, Span, apply_edits

_SHOWN = 9
_KEYS = "1-{} it is this · e quote other words · r retire · s skip · u undo · q quit"


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--since", metavar="COMMIT", help="The text before the edit; else git's history.")
def mend(paths: tuple[Path, ...], since: str | None) -> int:
    """Walk through the notes of PATHS, or of the publication, that lost their place.

    Each decision is written at once. Exit code 0: all notes are kept now. 1: some are not.
    """
    walk = Walk(since)
    folders = find_folders(paths)
    for folder in folders:
        if not walk.through(folder):
            break
    editions = [read_noted(folder, since) for folder in folders]
    click.echo(count_statuses(editions))
    kept = all(a.status is Status.KEPT for edition in editions for a in edition.anchors)
    return 0 if kept else 1


@dataclass
class Walk:
    """Where the walk is, and the way back."""

    since: str | None
    passed: set[tuple[Path, str]] = field(default_factory=set)
    """Notes that were skipped."""
    steps: list[tuple[Path, Decoded, Decoded, str]] = field(default_factory=list)
    """What was decided: the file, before and after, and the note. Skipping changes nothing."""

    def through(self, folder: Path) -> bool:
        """Ask about each note of one edition; whether to go on to the next."""
        while True:
            edition = read_noted(folder, self.since)
            index = self._next(edition)
            if index is None:
                return True
            if not self._ask(edition, index):
                return False

    def _next(self, edition: Edition) -> int | None:
        for index, note in enumerate(edition.file.value.notes):
            lost = edition.anchors[index].status is not Status.KEPT
            if lost and (edition.folder, note.id) not in self.passed:
                return index
        return None

    def _ask(self, edition: Edition, index: int) -> bool:
        note, anchor = edition.file.value.notes[index], edition.anchors[index]
        candidates = _candidates(anchor)
        _show(edition, note, anchor, candidates)
        while True:
            try:
                answer = click.prompt("?", prompt_suffix=" ", default="s", show_default=False)
                return self._decide(edition, index, answer.strip(), candidates)
            except InputError as error:
                click.echo(str(error))

    def _decide(
        self, edition: Edition, index: int, answer: str, candidates: Sequence[Candidate]
    ) -> bool:
        note = edition.file.value.notes[index]
        if answer.isdecimal() and 1 <= int(answer) <= len(candidates):
            self._requote(edition, index, candidates[int(answer) - 1].span)
        elif answer == "e":
            self._requote(edition, index, _ask_quotation(edition))
        elif answer == "r":
            reason = click.prompt("Reason")
            self._write(edition, note.id, [retire(edition.file, index, reason, date.today())])
            click.echo(f"Retired {note.id}.")
        elif answer == "s":
            self.passed.add((edition.folder, note.id))
            self.steps.append((edition.path, read_text(edition.path), read_text(edition.path),
                               note.id))
        elif answer == "u":
            self._undo()
        elif answer == "q":
            return False
        else:
            raise InputError("that is none of the answers", hint=_KEYS.format(len(candidates)))
        return True

    def _requote(self, edition: Edition, index: int, span: Span) -> None:
        note = edition.file.value.notes[index]
        edits = requote(edition.file, index, describe(edition.version, span))
        self._write(edition, note.id, edits)
        click.echo(f"{note.id} quotes “{span.of(edition.version.text)}” now.")

    def _write(self, edition: Edition, name: str, edits: Sequence[Edit]) -> None:
        old = read_text(edition.path)
        if old.text != edition.file.text:
            raise InputError(f"{edition.path} was changed meanwhile", hint="answer once more")
        new = Decoded(apply_edits(old.text, edits), old.mark)
        replace_text(edition.path, old, new.text)
        self.steps.append((edition.path, old, new, name))

    def _undo(self) -> None:
        if not self.steps:
            raise InputError("there is nothing to undo")
        path, before, after, name = self.steps.pop()
        if before != after:
            replace_text(path, after, before.text)
        self.passed.discard((path.parent, name))
        click.echo(f"Undone: {name}.")


def _candidates(anchor: Anchor) -> Sequence[Candidate]:
    if anchor.span is not None:
        return (Candidate(anchor.span, anchor.score),)
    return anchor.candidates[:_SHOWN]


def _ask_quotation(edition: Edition) -> Span:
    """The place of words that a person types, with context if they stand more than once."""
    words = click.prompt("The words as they stand now")
    found = anchor_all(edition.version.text, [_Typed(words)], edition.version.paragraphs)[0]
    if found.span is not None:
        return found.span
    if found.status is Status.AMBIGUOUS:
        raise InputError(f"“{words}” stands more than once", hint="type more of the words")
    raise InputError(f"“{words}” stands nowhere in the essay", hint="copy the words from the page")


@dataclass(frozen=True)
class _Typed:
    exact: str
    prefix: str = ""
    suffix: str = ""
    paragraph: str | None = None


def _show(
    edition: Edition, note: Note, anchor: Anchor, candidates: Sequence[Candidate]
) -> None:
    click.echo()
    click.secho(f"{note.id} ({note.kind}) is {anchor.status}: {anchor.reason}.", bold=True)
    click.echo(f"  The note   {' '.join(note.body.split())[:200]}")
    selector = note.selector
    old = f"{selector.prefix}«{selector.exact}»{selector.suffix}" if selector.exact else (
        describe_subject(note))
    click.echo(f"  It quoted  {old}")
    for number, candidate in enumerate(candidates, 1):
        click.echo(f"  {number}  {candidate.score:.0%}   {_in_sentence(edition, candidate.span)}")
    if not candidates:
        click.echo("  Nothing in the essay is like it.")
    click.echo(_KEYS.format(len(candidates)) if candidates else _KEYS.partition(" · ")[2])


def _in_sentence(edition: Edition, span: Span) -> str:
    """A passage marked in its sentence."""
    text = edition.version.text
    around = sentence_around(text, span)
    before, after = text[around.start : span.start], text[span.end : around.end]
    return " ".join(f"{before}«{span.of(text)}»{after}".split())
