"""Puts notes into a rendered page: marks their passages, numbers them, hangs them in.

The page is whole without any script: each passage is followed by a link to its note, each note
stands after the block in which its passage ends and links back.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise

from variorum.annotations import Anchor, anchor_all
from variorum.annotations.anchor import TextQuote
from variorum.essay import is_right_to_left
from variorum.extension.shown import Shown, read_shown
from variorum.text import Span

_OPENING = 6
"""Words of a paragraph by which a list of notes tells what a note on all of it is about."""


@dataclass(frozen=True)
class PageNote:
    """A note ready for the page."""

    id: str
    kind: str
    selector: TextQuote
    body: str
    """Safe HTML."""
    references: tuple[str, ...] = ()
    """Safe HTML, a citation each."""


@dataclass(frozen=True)
class PlacedNote:
    """A note with its number on the page, counted in the order of the passages."""

    note: PageNote
    number: int
    anchor: Anchor


@dataclass(frozen=True)
class AnnotatedPage:
    """A page with its notes in it."""

    html: str
    placed: tuple[PlacedNote, ...]
    lost: tuple[tuple[PageNote, Anchor], ...]
    """Notes that have no certain place and are therefore not on the page."""
    text: str = field(default="", repr=False)
    """What the page shows; anchors count in it."""

    def quote(self, placed: PlacedNote) -> str:
        """What a note quotes, or the first words of a whole that it is about."""
        if not placed.anchor.whole or placed.anchor.span is None:
            return placed.note.selector.exact or ""
        words = placed.anchor.span.of(self.text).split()
        return " ".join(words[:_OPENING]) + ("…" if len(words) > _OPENING else "")


def annotate(page: str, notes: Sequence[PageNote], language: str = "en") -> AnnotatedPage:
    """Hang ``notes`` into ``page``, the HTML of one essay's body."""
    shown = read_shown(page)
    anchors = anchor_all(shown.text, [note.selector for note in notes], shown.paragraphs)
    found = list(zip(notes, anchors, strict=True))
    lost = tuple((note, anchor) for note, anchor in found if anchor.span is None)
    placed = _number([(note, anchor) for note, anchor in found if anchor.span is not None])
    inserts = _Inserts()
    behind = _hang(shown, placed, inserts)
    _mark_passages(shown, [p for p in placed if not p.anchor.whole], behind, inserts)
    body = inserts.apply(page)
    turned = ' dir="rtl"' if is_right_to_left(language) else ""
    wrapped = f'<div class="vr-essay" lang="{escape(language)}"{turned}>\n{body}\n</div>'
    return AnnotatedPage(wrapped, placed, lost, shown.text)


class _Inserts:
    """Pieces of HTML to put in; at one place what closes comes first and what opens last."""

    CLOSING, REFERENCE, NOTE, OPENING = range(4)

    def __init__(self) -> None:
        self.at: dict[int, list[tuple[int, str]]] = defaultdict(list)

    def add(self, place: int, rank: int, piece: str) -> None:
        self.at[place].append((rank, piece))

    def apply(self, page: str) -> str:
        parts: list[str] = []
        done = 0
        for place in sorted(self.at):
            ranked = sorted(self.at[place], key=lambda item: item[0])
            parts += [page[done:place], *(piece for _, piece in ranked)]
            done = place
        return "".join([*parts, page[done:]])


def _number(found: list[tuple[PageNote, Anchor]]) -> tuple[PlacedNote, ...]:
    def order(item: tuple[PageNote, Anchor]) -> tuple[int, int]:
        span = item[1].span or Span(0, 0)
        return span.end, span.start

    return tuple(
        PlacedNote(note, number, anchor)
        for number, (note, anchor) in enumerate(sorted(found, key=order), 1)
    )


def _mark_passages(
    shown: Shown, placed: Sequence[PlacedNote], behind: Mapping[int, str], inserts: _Inserts
) -> None:
    """Wrap each stretch of text that the same notes cover, tag by tag."""
    starts = [run.start for run in shown.runs]
    ends = [run.end for run in shown.runs]
    covering: dict[int, list[PlacedNote]] = defaultdict(list)
    for item in placed:
        if span := item.anchor.span:
            for run in range(bisect_right(ends, span.start), bisect_left(starts, span.end)):
                covering[run].append(item)
    for run, items in covering.items():
        _mark_run(shown, shown.runs[run], items, behind, inserts)


def _mark_run(
    shown: Shown, run: Span, covering: Sequence[PlacedNote], behind: Mapping[int, str],
    inserts: _Inserts,
) -> None:
    spans = [(p, p.anchor.span) for p in covering if p.anchor.span]
    cuts = {run.start, run.end}
    for _, span in spans:
        cuts |= {max(run.start, span.start), min(run.end, span.end)}
    edges = sorted(cuts)
    for start, end in pairwise(edges):
        notes = [p.note for p, span in spans if span.overlaps(Span(start, end))]
        if notes and not (shown.text[start:end].isspace() and "\n" in shown.text[start:end]):
            close = shown.ends[end - 1]
            inserts.add(shown.starts[start], _Inserts.OPENING, _mark_tag(notes, behind.get(close)))
            inserts.add(close, _Inserts.CLOSING, "</mark>")


def _mark_tag(notes: Sequence[PageNote], behind: str | None) -> str:
    """A passage need not name its note when the reference ``behind`` it does."""
    kinds = " ".join(dict.fromkeys(note.kind for note in notes))
    names = " ".join(note.id for note in notes)
    return f'<mark class="{kinds}">' if names == behind else (
        f'<mark class="{kinds}" data-notes="{names}">')


def _hang(shown: Shown, placed: Sequence[PlacedNote], inserts: _Inserts) -> dict[int, str]:
    """The note whose reference is the first at each place where there is one."""
    behind: dict[int, str] = {}
    for item in placed:
        assert item.anchor.span is not None
        place = shown.link_end(shown.ends[item.anchor.span.end - 1])
        behind.setdefault(place, item.note.id)
        inserts.add(place, _Inserts.REFERENCE, render_reference(item))
        inserts.add(shown.top_level_end(place), _Inserts.NOTE, render_note(item))
    return behind


def render_reference(placed: PlacedNote) -> str:
    """The link from a passage to its note. Its own id is by number, with a capital, so that it is
    short and no note, paragraph or heading has it."""
    note, number = placed.note, placed.number
    return (f'<a role="doc-noteref" id="R{number}" href="#{note.id}" '
            f'aria-label="{note.kind.capitalize()} {number}">{number}</a>')


def render_note(placed: PlacedNote) -> str:
    """The note as it stands on the page; its head leads back."""
    note, number = placed.note, placed.number
    references = "".join(f'<p class="vr-note-refs">{cited}</p>' for cited in note.references)
    return (
        f'\n<aside class="{note.kind}" role="doc-footnote" id="{note.id}">'
        f'<a role="doc-backlink" href="#R{number}">{number} {note.kind.capitalize()}</a>\n'
        f"{note.body}{references}</aside>"
    )
