"""``--fix``: makes the edits that need nobody's judgement, and takes back those that do harm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from variorum.cli.checking import Checking
from variorum.editions import Decoded, read_text, replace_text
from variorum.errors import InputError, Place
from variorum.reporters import Report
from variorum.text import Edit, Finding, Lines, Span, apply_edits

PASSES = 5
"""How often what became mendable by mending is mended, too."""
Edits = Mapping[str, Sequence[Edit]]
"""Edits by the file that they are of."""


@dataclass
class Mender:
    """Mends what can be, and keeps account of it."""

    checking: Checking
    report: Report
    """What is found as the files stand now."""
    said: list[str] = field(default_factory=list)
    """A line for each mend, and for each that was taken back."""

    def mend(self) -> Report:
        """Make all safe edits that bring nothing new; returns what is found after them.

        Raises ``InputError`` when a file changed meanwhile or cannot be written, and whatever
        checking does; the files are then as they were before the last edits.
        """
        refused: set[Edit] = set()
        for _ in range(PASSES):
            wanted = choose(f for f in self.report.findings if refused.isdisjoint(f.fixes))
            if not wanted:
                break
            trial = Trial(self.checking, self.report)
            good = trial.keep([], wanted)
            trial.make(good)
            bad = [finding for finding in wanted if finding not in good]
            self.said += [*_lines(trial, good, "Mended"), *_lines(trial, bad, "Took back")]
            refused = {
                moved for finding in bad for moved in moved_edits(finding, trial.edits_of(good))
            }
            self.report = trial.found
        return self.report


@dataclass
class Trial:
    """Edits tried on the files as they were at its beginning."""

    checking: Checking
    before: Report
    found: Report = field(init=False)
    """What is found now."""
    originals: dict[str, Decoded] = field(default_factory=dict)
    current: dict[str, Decoded] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.found = self.before

    def keep(self, good: list[Finding], more: list[Finding]) -> list[Finding]:
        """``good``, and those of ``more`` whose fixes bring nothing new."""
        if not more or not self.news([*good, *more]):
            return [*good, *more]
        if len(more) == 1:
            return good
        half = len(more) // 2
        return self.keep(self.keep(good, more[:half]), more[half:])

    def news(self, mended: Sequence[Finding]) -> tuple[Finding, ...]:
        """What the fixes of ``mended`` bring that was not there before."""
        edits = self.edits_of(mended)
        self.write(edits)
        return new_findings(self.before, self.found, edits, mended)

    def make(self, mended: Sequence[Finding]) -> None:
        """Leave the files with just these mended."""
        self.write(self.edits_of(mended))

    def edits_of(self, mended: Iterable[Finding]) -> dict[str, list[Edit]]:
        """The fixes, by file."""
        edits: dict[str, list[Edit]] = defaultdict(list)
        for finding in mended:
            edits[finding.path] += finding.fixes
        return edits

    def write(self, edits: Edits) -> None:
        """Make ``edits``, none other, and check again; when that fails nothing stays."""
        changed: list[Path] = []
        try:
            for path in {**self.originals, **edits}:
                if self._write(path, edits.get(path, ())):
                    changed.append(Path(path))
            if changed:
                self.found = self.checking.report_again(changed)
        except BaseException:
            for path, old in self.originals.items():
                if self.current[path] != old:
                    replace_text(Path(path), self.current[path], old.text)
            raise

    def _write(self, path: str, edits: Sequence[Edit]) -> bool:
        if path not in self.originals:
            self.originals[path] = self.current[path] = self._read(path)
        original, old = self.originals[path], self.current[path]
        text = apply_edits(original.text, edits)
        if text == old.text:
            return False
        replace_text(Path(path), old, text)
        self.current[path] = Decoded(text, original.mark)
        return True

    def _read(self, path: str) -> Decoded:
        """The file as it was checked: the places of edits are places in that text."""
        found = read_text(Path(path))
        if found.text != self.before.texts.get(path, found.text):
            raise InputError("was changed while it was being worked on, so nothing was written",
                             place=Place(path))
        return found

    def take_back(self) -> None:
        """Leave the files as they were."""
        self.write({})


def choose(findings: Iterable[Finding]) -> list[Finding]:
    """Findings whose fixes can be made together."""
    chosen: list[Finding] = []
    edits: dict[str, list[Edit]] = defaultdict(list)
    for finding in findings:
        others = edits[finding.path]
        if finding.fixes and not any(_clash(new, old) for new in finding.fixes for old in others):
            chosen.append(finding)
            others += finding.fixes
    return chosen


def _clash(new: Edit, old: Edit) -> bool:
    touch = new.span.start <= old.span.end and old.span.start <= new.span.end
    return touch and new != old


def new_findings(
    before: Report, after: Report, edits: Edits, mended: Iterable[Finding]
) -> tuple[Finding, ...]:
    """Findings of ``after`` that were not in ``before``, wherever the edits moved them to.

    What was to be mended does not count as having been there.
    """
    gone = {_identity(finding) for finding in mended}
    there: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for finding in before.findings:
        if _identity(finding) not in gone:
            span = move(finding.span, edits.get(finding.path, ()))
            there[finding.path, finding.rule].append(span)
    return tuple(
        finding for finding in after.findings
        if not any(_touch(finding.span, span) for span in there[finding.path, finding.rule])
    )


def _identity(finding: Finding) -> tuple[str, str, Span, str]:
    return finding.path, finding.rule, finding.span, finding.message


def _touch(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


def move(span: Span, edits: Sequence[Edit]) -> Span:
    """Where ``span`` is once ``edits`` are made; what they replace grows or shrinks with it."""
    start, end = span.start, span.end
    for edit in set(edits):
        grown = len(edit.replacement) - (edit.span.end - edit.span.start)
        if edit.span.end <= span.start:
            start, end = start + grown, end + grown
        elif edit.span.start < span.end:
            end += grown
    return Span(start, max(start, end))


def moved_edits(finding: Finding, edits: Edits) -> Iterator[Edit]:
    """The fixes of ``finding`` as they would be once ``edits`` are made."""
    for fix in finding.fixes:
        yield Edit(move(fix.span, edits.get(finding.path, ())), fix.replacement)


def _lines(trial: Trial, findings: Iterable[Finding], what: str) -> Iterator[str]:
    edits = {(finding.path, edit) for finding in findings for edit in finding.fixes}
    for path, edit in sorted(edits):
        text = trial.originals[path].text
        line = Lines(text).position(edit.span.start).line
        words = f"“{edit.span.of(text)}” → “{edit.replacement}”"
        why = ", which made a new finding" if what != "Mended" else ""
        yield f"{what} {path}:{line}: {words}{why}"
