"""What last changed in each paragraph of an essay, and why, by the words that it had."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from variorum.editions import Committed

_NAME = re.compile(r"\{[^{}]*?#([\w-]+)[^{}]*\}\s*\Z")
_ALIKE = 0.5
"""The share of its words by which a paragraph is known again where it had no name yet."""
Paragraphs = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Change:
    """A commit that changed an essay's words, and the paragraphs in which it did."""

    commit: str
    date: date
    author: str
    subject: str
    paragraphs: tuple[str, ...]
    """Their ids, as they are now."""


def list_changes(versions: Sequence[Committed]) -> tuple[Change, ...]:
    """What ``versions`` of an essay, the newest first, did to its paragraphs, the newest first."""
    read = [*(_read_paragraphs(version.text) for version in versions), {}]
    names = {name: name for name in read[0] if not name.startswith("@")}
    changes = []
    for version, here, there in zip(versions, read, read[1:], strict=False):
        before = {now: _find(name, here, there) for now, name in names.items()}
        touched = [now for now, name in names.items()
                   if (old := before[now]) is None or there[old] != here[name]]
        if touched:
            changes.append(Change(version.commit, version.date, version.author, version.subject,
                                  tuple(touched)))
        names = {now: old for now, old in before.items() if old is not None}
    return tuple(changes)


def write_changes(changes: Iterable[Change]) -> str:
    """``history.json``: for each paragraph's id what changed it, the newest first."""
    found: dict[str, list[dict[str, str]]] = {}
    for change in changes:
        for name in change.paragraphs:
            found.setdefault(name, []).append({
                "date": change.date.isoformat(), "subject": change.subject,
                "author": change.author, "commit": change.commit[:10],
            })
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n"


def _read_paragraphs(text: str) -> Paragraphs:
    """The words of each paragraph by its id; one without an id has a number behind ``@``."""
    found: dict[str, tuple[str, ...]] = {}
    for number, block in enumerate(re.split(r"\n\s*\n", text.replace("\r\n", "\n"))):
        match = _NAME.search(block)
        words = block[: match.start()] if match else block
        found[match[1] if match else f"@{number}"] = tuple(words.split())
    return found


def _find(name: str, here: Paragraphs, there: Paragraphs) -> str | None:
    """The paragraph ``name`` in an earlier version: by its id, else by its words."""
    if name in there and not name.startswith("@"):
        return name
    words = Counter(here[name])
    best, most = None, 0.0
    for other, row in there.items():
        if other in here and not other.startswith("@"):
            continue  # another paragraph, that had its name already
        share = (words & Counter(row)).total() / max(len(row), len(here[name]), 1)
        if share > max(most, _ALIKE):
            best, most = other, share
    return best
