"""A preview's first page, and what its other pages say of the change. HTML, all words escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from variorum.difference import Change, Part, Sort
from variorum.preview.telling import (
    describe_counts,
    describe_findings,
    describe_found,
    describe_gone,
    describe_kind,
    describe_left_out,
    describe_note,
    describe_paragraph,
    describe_place,
    describe_state,
    describe_words,
    sum_up,
)
from variorum.preview.values import EssayChange, Found, NoteChange, Preview

_DONE = {Sort.ADDED: "added", Sort.REMOVED: "taken out", Sort.REWORDED: "reworded",
         Sort.MOVED: "moved", Sort.RESTYLED: "changed"}
_CODE = re.compile(r"`([^`]+)`")
"""How a message sets apart what is to be written as it is."""
_WORDS = 12
"""Words of a change that its entry in a list shows, of either version."""


def write_front(preview: Preview, home: str) -> str:
    """The inside of the first page; ``home`` is the address of the publication's own front page."""
    essays = {essay.slug: essay for essay in preview.essays}
    return "".join([
        '<div class="vr-change-front"><h1>What this change does</h1>',
        f'<p class="vr-change-sum">{escape(_capital(sum_up(preview)))}.</p>',
        f'<p class="vr-change-state">{escape(describe_state(preview))} ',
        f'<a href="{escape(home)}">The publication’s front page</a></p>',
        f"<p>{escape(describe_left_out(preview))}</p>" if preview.left_out else "",
        *map(_essay, preview.essays),
        _listed("Other pages", (_link(page.url, page.title) for page in preview.pages)),
        "<h2>Checks</h2>", f"<p>{escape(describe_findings(preview))}</p>",
        _listed("New findings", (_finding(found, essays) for found in preview.new), 3),
        _listed("Mended findings", (_finding(found, essays) for found in preview.mended), 3),
        "</div>",
    ])


def _essay(essay: EssayChange) -> str:
    told = [note for note in essay.notes if note.status != "kept" or note.reworded]
    lines = [essay.said, describe_gone(essay), describe_counts(essay)]
    return "".join([
        '<section class="vr-change-essay">',
        f"<h2>{_link(essay.find(''), essay.title)}</h2>",
        f'<p class="vr-change-state">{escape(_capital(describe_kind(essay)))} · '
        f"{escape(describe_words(essay))}</p>",
        *(f"<p>{escape(line)}</p>" for line in lines if line),
        _plain_list([_note(essay, note) for note in told]),
        _listed("Provenance", (
            f"Paragraph {_link(essay.find(origin.paragraph), origin.paragraph)} is "
            f"{escape(describe_paragraph(origin))}" for origin in essay.origins), 3),
        write_changes(essay.changes, essay.changes_url),
        "</section>",
    ])


def _note(essay: EssayChange, note: NoteChange) -> str:
    passage, state, reason = map(escape, describe_note(note))
    return (f"Note {_link(essay.find(note.id), note.id)}{passage} is "
            f"<strong>{state}</strong>{reason}")


def _finding(found: Found, essays: Mapping[str, EssayChange]) -> str:
    essay = essays.get(found.slug)
    where = _link(essay.find(found.place) if essay else "", describe_place(found, essay))
    said = _CODE.sub(r"<code>\1</code>", escape(describe_found(found)))
    return (f'{said} <span class="vr-change-state">{where} '
            f"({escape(found.rule)})</span>")


def _link(address: str, words: str) -> str:
    """``words``, and where they lead, if anywhere."""
    return f'<a href="{escape(address)}">{escape(words)}</a>' if address else escape(words)


def _listed(title: str, items: Iterable[str], level: int = 2) -> str:
    found = list(items)
    return f"<h{level}>{title}</h{level}>{_plain_list(found)}" if found else ""


def _plain_list(items: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>" if items else ""


def write_changes(changes: Sequence[Change], page: str) -> str:
    """The list of changes, closed at first; ``page`` is the address of the page with them."""
    if not changes:
        return ""
    count = f"{len(changes)} change{'' if len(changes) == 1 else 's'}"
    items = "".join(f"<li>{_change(change, page)}</li>" for change in changes)
    return f'<details class="vr-changes"><summary>{count}</summary><ol>{items}</ol></details>'


def _change(change: Change, page: str) -> str:
    note = "note " if change.part == Part.NOTE else ""
    place = f"{note}{change.block}: " if change.block else ""
    gone = f"<del>{escape(_shorten(change.before))}</del>" if change.before else ""
    come = f"<ins>{escape(_shorten(change.after))}</ins>" if change.after else ""
    if change.sort in (Sort.MOVED, Sort.RESTYLED):
        gone, come = "", f"“{escape(_shorten(change.after))}”" if change.after else ""
    said = f" ({escape(change.said)})" if change.said else ""
    return (f'<a href="{escape(page)}#{change.id}">{escape(place)}{_DONE[change.sort]}</a> '
            f"{gone} {come}{said}")


def _capital(text: str) -> str:
    """A sentence's beginning; other words keep their capitals."""
    return text[:1].upper() + text[1:]


def _shorten(text: str) -> str:
    words = text.split()
    return " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")


def write_banner(
    preview: Preview, root: str, ways: tuple[str, str] | None, changes: int = 0, *,
    differing: bool = False, listed: str = "",
) -> str:
    """The bar above every page.

    ``root`` leads to the preview's root. ``ways`` are the addresses of the page as it will be and
    of the page with what changed, where there are two; ``differing`` tells which one this is.
    """
    switch = ""
    if ways:
        here = ' aria-current="page"'
        switch = (
            '<nav aria-label="This page">'
            f'<a href="{escape(ways[0])}"{"" if differing else here}>As it will be</a>'
            f'<a href="{escape(ways[1])}"{here if differing else ""}>What changed '
            f"({changes})</a></nav>")
    return (
        '<aside class="vr-preview" aria-label="Preview"><div>'
        f'<p><a href="{root}index.html">Preview</a>: {escape(sum_up(preview))}</p>'
        f'{switch}<div class="vr-steps"></div>{listed}</div></aside>')
