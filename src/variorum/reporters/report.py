"""Findings with all that a reader of them may want to know."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from variorum.checks.rule import Rule
from variorum.text import Edit, Finding, Lines, Position, Span, apply_edits

_PARAGRAPH_END = re.compile(r"\r?\n[ \t]*\r?\n")


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

    @property
    def ways_out(self) -> tuple[tuple[Edit, ...], ...]:
        """What would mend it, best first, each a set of edits to be made together."""
        sure = [self.finding.fixes] if self.finding.fixes else []
        other = [(Edit(self.finding.span, words),) for words in self.finding.replacements]
        return tuple(dict.fromkeys([*sure, *other]))

    @property
    def text(self) -> str:
        """What there is to say, in one paragraph."""
        return " ".join(filter(None, [self.finding.message, self.finding.hint]))


@dataclass(frozen=True)
class Report:
    """What a check has to say about some files."""

    findings: tuple[Finding, ...]
    texts: Mapping[str, str] = field(repr=False)
    """The text of every file that was checked, by its path."""
    rules: tuple[Rule, ...] = field(default=(), repr=False)
    """The rules that were asked; LanguageTool's are not among them."""

    @cached_property
    def lines(self) -> Mapping[str, Lines]:
        """The lines of every file, by its path."""
        return {path: Lines(text) for path, text in self.texts.items()}

    def lines_of(self, path: str) -> Lines:
        """The lines of one file; of a file that could not be read there is one, and empty."""
        return self.lines.get(path) or Lines("")

    def located(self) -> Iterator[Located]:
        """Each finding with its place, in order."""
        seen: Counter[str] = Counter()
        for finding in self.findings:
            found = _locate(finding, self.lines_of(finding.path))
            seen[found.fingerprint] += 1
            again = seen[found.fingerprint]
            yield found if again == 1 else _number(found, again)


def merge(edits: Iterable[Edit], text: str) -> Edit:
    """Several edits of ``text`` as one, for formats in which each edit stands alone."""
    ordered = sorted(edits)
    whole = Span(ordered[0].span.start, max(edit.span.end for edit in ordered))
    moved = (
        Edit(Span(e.span.start - whole.start, e.span.end - whole.start), e.replacement)
        for e in ordered
    )
    return Edit(whole, apply_edits(whole.of(text), moved))


def _locate(finding: Finding, lines: Lines) -> Located:
    text, span = lines.text, finding.span
    start = lines.position(min(span.start, len(text)))
    return Located(
        finding, start, lines.position(min(span.end, len(text))), span.of(text),
        lines.line_span(start.line).of(text), _fingerprint(finding, text),
    )


def _fingerprint(finding: Finding, text: str) -> str:
    """Neighbours are those of the same paragraph, for others come and go."""
    ahead = text[max(0, finding.span.start - 80) : finding.span.start]
    before = _PARAGRAPH_END.split(ahead)[-1].split()[-3:]
    after = _PARAGRAPH_END.split(text[finding.span.end : finding.span.end + 80])[0].split()[:3]
    parts = [finding.rule, finding.path, " ".join(before), finding.span.of(text), " ".join(after)]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _number(found: Located, again: int) -> Located:
    return replace(found, fingerprint=f"{found.fingerprint}-{again}")


def count(findings: Iterable[Finding], files: int) -> str:
    """One line that sums a check up."""
    number = len(list(findings))
    checked = f"{files} file{'' if files == 1 else 's'}"
    if not number:
        return f"No findings in {checked}."
    return f"{number} finding{'' if number == 1 else 's'} in {checked}."
