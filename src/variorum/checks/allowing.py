"""The edits that would let a finding pass, with a reason: where a person would write them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from variorum.checks.rule import Key, Places, Subject
from variorum.text import Edit, Finding, Span

_OPENING = re.compile(r"#{1,6} +|[*_“‘\"'(\[]*")
"""What may stand before a block's words when the block is in nothing else."""
_CLOSING = re.compile(r"[^\s|{<]*")
LONGEST = 60
"""Words quoted in a suppression; a longer passage is let pass with the rest of its block."""


def allow_edits(subject: Subject, finding: Finding, reason: str) -> Iterator[Edit]:
    """Edits of the finding's file, the tidiest first.

    Each is to be tried: Markdown may make something else of a comment in an odd place.
    """
    files = (subject.page, subject.notes, subject.ledger)
    text = next((file.text for file in files if file and file.path == finding.path), "")
    for edit in _candidates(subject, finding, reason):
        end = "\r\n" if "\r\n" in text else "\n"
        yield replace(edit, replacement=edit.replacement.replace("\n", end))


def _candidates(subject: Subject, finding: Finding, reason: str) -> Iterator[Edit]:
    page, notes, ledger = subject.page, subject.notes, subject.ledger
    if finding.path == page.path:
        yield from _comments(subject, finding, reason)
        yield from _keys(page.text, page.keys, (), finding.rule, reason)
    elif notes and finding.path == notes.path:
        for index in range(len(notes.value.notes)):
            if notes.places["notes", index].overlaps(_wide(finding.span)):
                yield from _keys(notes.text, notes.keys, ("notes", index), finding.rule, reason)
        yield from _keys(notes.text, notes.keys, (), finding.rule, reason)
    elif ledger and finding.path == ledger.path:
        yield from _keys(ledger.text, ledger.keys, (), finding.rule, reason)


def _wide(span: Span) -> Span:
    return Span(span.start, max(span.end, span.start + 1))


def _comments(subject: Subject, finding: Finding, reason: str) -> Iterator[Edit]:
    text = subject.page.text
    around = [b for b in subject.page.prose.blocks if b.span.overlaps(_wide(finding.span))]
    if not around:
        return
    block = min(around, key=lambda b: b.span.end - b.span.start)
    words = finding.span.of(text)
    named = f' "{words}"' if 0 < len(words) <= LONGEST and not re.search(r'["”\n]', words) else ""
    safe = " ".join(reason.split()).replace("--", "—")
    comment = f"<!-- variorum: allow {finding.rule}{named}: {safe} -->"
    line = text.rfind("\n", 0, block.span.start) + 1
    above = text[:line].splitlines()[-1:]
    if _OPENING.fullmatch(text[line : block.span.start]) and not "".join(above).strip("- "):
        yield Edit(Span(line, line), f"{comment}\n\n")
    closing = _CLOSING.match(text, block.span.end)
    end = closing.end() if closing else block.span.end
    yield Edit(Span(end, end), f" {comment}")
    yield Edit(Span(finding.span.end, finding.span.end), comment)


def _keys(text: str, keys: Places, way: Key, rule: str, reason: str) -> Iterator[Edit]:
    """A line under the key ``allow`` of the mapping at ``way``, which is made if need be."""
    entry = f"{rule}: {json.dumps(' '.join(reason.split()), ensure_ascii=False)}\n"
    there = _block_keys(text, keys, (*way, "allow"))
    if there:
        line, indent = there[0]
        yield Edit(Span(line, line), indent + entry)
    elif (*way, "allow") not in keys and (siblings := _block_keys(text, keys, way)):
        line, indent = siblings[0]
        yield Edit(Span(line, line), f"{indent}allow:\n{indent}  {entry}")


def _block_keys(text: str, keys: Places, way: Key) -> list[tuple[int, str]]:
    """Line start and indentation of the keys of a mapping that begin a line of their own."""
    found = []
    for key, span in sorted(keys.items(), key=lambda item: item[1]):
        line = text.rfind("\n", 0, span.start) + 1
        if key[:-1] == way and not text[line : span.start].strip():
            found.append((line, text[line : span.start]))
    return found
