"""``--fix``: makes the edits that need nobody's judgement, and says which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from variorum.editions import read_text, replace_text
from variorum.text import Edit, Finding, Lines, apply_edits


def mend(findings: Sequence[Finding]) -> Iterator[str]:
    """Apply the safe edits of ``findings``, file by file; yields a line for each that was made.

    Raises ``InputError`` when a file changed meanwhile or cannot be written; it is then as it was.
    """
    edits: dict[str, list[Edit]] = defaultdict(list)
    for finding in findings:
        if not any(_clash(new, old) for new in finding.fixes for old in edits[finding.path]):
            edits[finding.path] += finding.fixes
    for path, wanted in edits.items():
        if wanted:
            yield from _mend_file(Path(path), wanted)


def _clash(new: Edit, old: Edit) -> bool:
    touch = new.span.start <= old.span.end and old.span.start <= new.span.end
    return touch and new != old


def _mend_file(path: Path, edits: Sequence[Edit]) -> Iterator[str]:
    old = read_text(path)
    replace_text(path, old, apply_edits(old.text, edits))
    lines = Lines(old.text)
    for edit in sorted(set(edits)):
        line = lines.position(edit.span.start).line
        yield f"{path.as_posix()}:{line}: “{edit.span.of(old.text)}” → “{edit.replacement}”"
