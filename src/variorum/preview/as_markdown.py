"""A preview as a comment on a pull request.

What people wrote is there only as words: it makes no link, calls nobody, and is no markup.
"""

from __future__ import annotations

from collections.abc import Iterator

from variorum.preview.values import (
    EssayChange,
    Found,
    Preview,
    describe_counts,
    describe_findings,
    describe_kind,
    describe_state,
    describe_words,
    sum_up,
)
from variorum.reporters import plain

MOST = 20
"""Notes, or findings, that are named; how many more there are is said."""


def write_markdown(preview: Preview) -> str:
    """``preview.md``."""
    return "\n".join([
        f"**Preview: {sum_up(preview)}**", "",
        _link(preview, "See what changed", "index.html"), "",
        plain(describe_state(preview)), "",
        *(line for essay in preview.essays for line in _essay(preview, essay)),
        plain(describe_findings(preview)),
        *_findings("New", preview.new), *_findings("Mended", preview.mended), "",
    ])


def _link(preview: Preview, words: str, address: str) -> str:
    """Without an address to stand at there is nothing to link to."""
    return f"[{words}]({preview.url}{address})" if preview.url and address else words


def _essay(preview: Preview, essay: EssayChange) -> Iterator[str]:
    yield f"### {_link(preview, plain(essay.title), essay.changes_url or essay.url)}"
    yield ""
    yield f"- {plain(describe_kind(essay))}: {describe_words(essay)}"
    yield f"- {describe_counts(essay)}"
    lost = [note for note in essay.notes if note.status not in ("kept", "new") or note.reworded]
    for note in lost[:MOST]:
        reason = f": {note.reason}" if note.reason else ""
        reason += f" (nearest: “{note.proposal}”)" if note.proposal else ""
        state = ", reworded" if note.reworded else ""
        yield f"  - {plain(f'{note.id} {note.status}{state}{reason}')}"
    for origin in essay.origins[:MOST]:
        said = f"{origin.paragraph} is from {origin.after or 'nothing'}, was from " \
               f"{origin.before or 'nothing'}"
        yield f"- {plain(said)}"
    if more := max(0, len(lost) - MOST) + max(0, len(essay.origins) - MOST):
        yield f"- and {more} more"
    if essay.said:
        yield f"- {plain(essay.said)}"
    yield ""


def _findings(word: str, findings: tuple[Found, ...]) -> Iterator[str]:
    for found in findings[:MOST]:
        yield f"- {word}: {plain(f'{found.path}:{found.line} {found.message} ({found.rule})')}"
    if len(findings) > MOST:
        yield f"- and {len(findings) - MOST} more"
