"""Findings with all that a reader of them may want to know."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from variorum.text import Finding, Lines, Position


@dataclass(frozen=True)
class Located:
    """A finding, and where a person finds it."""

    finding: Finding
    start: Position
    end: Position
    """Just after the last code point."""
    words: str
    """What stands there."""
    line: str
    """The whole line in which it begins."""
    fingerprint: str
    """The same as long as rule, file, words and their neighbours are, wherever the lines go."""


@dataclass(frozen=True)
class Report:
    """What a check has to say about some files."""

    findings: tuple[Finding, ...]
    texts: Mapping[str, str] = field(repr=False)
    """The text of every file that was checked, by its path."""

    def located(self) -> Iterator[Located]:
        """Each finding with its place, in order."""
        lines = {path: Lines(text) for path, text in self.texts.items()}
        seen: Counter[str] = Counter()
        for finding in self.findings:
            found = _locate(finding, lines.get(finding.path) or Lines(""))
            seen[found.fingerprint] += 1
            again = seen[found.fingerprint]
            yield found if again == 1 else _number(found, again)


def _locate(finding: Finding, lines: Lines) -> Located:
    text, span = lines.text, finding.span
    start = lines.position(min(span.start, len(text)))
    return Located(
        finding, start, lines.position(min(span.end, len(text))), span.of(text),
        lines.line_span(start.line).of(text), _fingerprint(finding, text),
    )


def _fingerprint(finding: Finding, text: str) -> str:
    before = text[max(0, finding.span.start - 80) : finding.span.start].split()[-3:]
    after = text[finding.span.end : finding.span.end + 80].split()[:3]
    parts = [finding.rule, finding.path, " ".join(before), finding.span.of(text), " ".join(after)]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _number(found: Located, again: int) -> Located:
    return Located(found.finding, found.start, found.end, found.words, found.line,
                   f"{found.fingerprint}-{again}")


def count(findings: Iterable[Finding], files: int) -> str:
    """One line that sums a check up."""
    number = len(list(findings))
    checked = f"{files} file{'' if files == 1 else 's'}"
    if not number:
        return f"No findings in {checked}."
    return f"{number} finding{'' if number == 1 else 's'} in {checked}."
