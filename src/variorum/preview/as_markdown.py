"""A preview as a comment on a pull request.

What people wrote is there only as words: it makes no link, calls nobody, and is no markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from variorum.plain import plain
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

MOST = 20
"""Notes, or findings, that are named; how many more there are is said."""


def write_markdown(preview: Preview) -> str:
    """``preview.md``."""
    essays = {essay.slug: essay for essay in preview.essays}
    return "\n".join([
        f"**Preview: {sum_up(preview)}**", "",
        _link(preview, "See what changed", "index.html"), "",
        plain(describe_state(preview)), "",
        *([plain(describe_left_out(preview)), ""] if preview.left_out else []),
        *(line for essay in preview.essays for line in _essay(preview, essay)),
        *_listed([f"Changed, too: {_link(preview, plain(page.title), page.url)}"
                  for page in preview.pages]),
        plain(describe_findings(preview)), "",
        *_listed([f"New: {_finding(preview, found, essays)}" for found in preview.new]),
        *_listed([f"Mended: {_finding(preview, found, essays)}" for found in preview.mended]),
    ])


def _link(preview: Preview, words: str, address: str) -> str:
    """Without an address to stand at there is nothing to link to."""
    return f"[{words}]({preview.url}{address})" if preview.url and address else words


def _essay(preview: Preview, essay: EssayChange) -> Iterator[str]:
    lost = [note for note in essay.notes if note.status not in ("kept", "new") or note.reworded]
    yield f"### {_link(preview, plain(essay.title), essay.find(''))}"
    yield ""
    words = f"{plain(describe_kind(essay))}: {describe_words(essay)}."
    yield f"{words} {describe_counts(essay)}".rstrip()
    yield ""
    said = filter(None, [essay.said, describe_gone(essay)])
    yield from _listed([
        *map(plain, said),
        *(_note(preview, essay, note) for note in lost),
        *(f"Paragraph {_link(preview, plain(origin.paragraph), essay.find(origin.paragraph))} is "
          f"{plain(describe_paragraph(origin))}" for origin in essay.origins),
    ])


def _note(preview: Preview, essay: EssayChange, note: NoteChange) -> str:
    passage, state, reason = map(plain, describe_note(note))
    name = _link(preview, plain(note.id), essay.find(note.id))
    return f"Note {name}{passage} is **{state}**{reason}"


def _finding(preview: Preview, found: Found, essays: Mapping[str, EssayChange]) -> str:
    essay = essays.get(found.slug)
    where = plain(describe_place(found, essay))
    place = _link(preview, where, essay.find(found.place) if essay else "")
    return f"{plain(describe_found(found))} {place} ({plain(found.rule)})"


def _listed(items: Sequence[str]) -> Iterator[str]:
    if not items:
        return
    yield from (f"- {item}" for item in items[:MOST])
    if len(items) > MOST:
        yield f"- and {len(items) - MOST} more"
    yield ""
