"""``--fix --interactive``: one finding at a time, and what a person decides about it.

Each decision is written at once, checked, and can be undone; files are never half-written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import click

from variorum.checks import RULES
from variorum.checks.allowing import allow_edits
from variorum.cli.checking import Checking
from variorum.cli.learning import add_word, list_of
from variorum.cli.mending import Trial, move
from variorum.cli.printing import wants_colour
from variorum.editions import Decoded, read_text, replace_text
from variorum.errors import InputError, SettingsError
from variorum.plain import quoted, visible
from variorum.reporters import Located, Report, count, describe
from variorum.reporters.report import merge
from variorum.text import Edit, Finding, Lines

_KEYS = "1-9 write that · e write your own · l learn · a allow · s skip · u undo · q quit"
SHOWN = 9


@dataclass(frozen=True)
class Step:
    """What one decision changed, so that it can be undone."""

    passed: tuple[Finding, ...]
    files: dict[str, tuple[Decoded | None, Decoded]] = field(default_factory=dict)
    """Each file before (``None``: there was none) and after."""


def walk(checking: Checking, report: Report) -> int:
    """Ask about each finding of ``report``; returns the exit code of the check that remains."""
    walker = Walker(checking, report)
    while walker.decide(found) if (found := walker.current()) else walker.reconsider():
        pass
    left = walker.report
    click.echo(count(left.findings, len(left.texts)))
    return 1 if left.findings else 0


@dataclass
class Walker:
    """Where the walk is."""

    checking: Checking
    report: Report
    passed: tuple[Finding, ...] = ()
    """Findings that were skipped, where they are now."""
    steps: list[Step] = field(default_factory=list)

    def current(self) -> Located | None:
        """The first finding that was not skipped."""
        return next((f for f in self.report.located() if f.finding not in self.passed), None)

    def decide(self, found: Located) -> bool:
        """Show a finding and do what is answered; ``False`` ends the walk."""
        left = sum(finding not in self.passed for finding in self.report.findings)
        text = self.report.texts[found.finding.path]
        click.echo(f"\n{left} to go\n{describe_for_choice(found, text)}{_KEYS}")
        while True:
            answer = ask("")
            if answer is None or answer == "q":
                return False
            try:
                if self._act(answer, found):
                    return True
            except SettingsError as error:
                click.echo(str(error))
            except InputError as error:  # somebody else may be writing, too: look anew
                click.echo(str(error))
                self.report = self.checking.report()
                return True

    def reconsider(self) -> bool:
        """Nothing is left to decide: whether the last decision is undone."""
        if not self.steps:
            return False
        return ask("\nAll decided. u undo · Enter ends") == "u" and self._undo()

    def _act(self, answer: str, found: Located) -> bool:
        """Whether the answer was understood and done."""
        ways = found.ways_out[:SHOWN]
        if answer.isdecimal() and 1 <= int(answer) <= len(ways):
            return self._write(found, ways[int(answer) - 1])
        actions: dict[str, Callable[[Located], bool]] = {
            "e": self._write_own, "l": self._learn, "a": self._allow, "s": self._skip,
        }
        if answer == "u":
            return self._undo()
        if answer in actions:
            return actions[answer](found)
        click.echo(_KEYS)
        return False

    def _skip(self, found: Located) -> bool:
        self.steps.append(Step(self.passed))
        self.passed = (*self.passed, found.finding)
        return True

    def _write_own(self, found: Located) -> bool:
        own = ask(f"Instead of {quoted(found.words)}")
        if own is None:
            return False
        return self._write(found, (Edit(found.finding.span, own),))

    def _write(self, found: Located, edits: Sequence[Edit]) -> bool:
        """Make the edits unless they bring something new that the person does not want."""
        trial = Trial(self.checking, self.report)
        mended = replace(found.finding, fixes=tuple(edits))
        news = trial.news([mended])
        for finding in news:
            click.echo(f"That makes a new finding: {visible(finding.message)} [{finding.rule}]")
        if news and ask("Keep it all the same? (y/N)") not in ("y", "Y"):
            trial.take_back()
            click.echo("Taken back.")
            return False
        self._keep(trial, mended)
        return True

    def _keep(self, trial: Trial, mended: Finding) -> None:
        files = {path: (old, trial.current[path]) for path, old in trial.originals.items()}
        self.steps.append(Step(self.passed, dict(files)))
        edits = trial.edits_of([mended])
        self.passed = tuple(
            self._now(finding, edits.get(finding.path, ()), trial.found) for finding in self.passed
        )
        self.report = trial.found
        for path, made in edits.items():
            text = trial.current[path].text
            start = move(made[0].span, made).start
            line = Lines(text).position(min(start, len(text))).line
            click.echo(f"Written: {visible(Lines(text).line_span(line).of(text).strip())}")

    def _now(self, finding: Finding, edits: Sequence[Edit], found: Report) -> Finding:
        """A skipped finding as it is found after ``edits``."""
        span = move(finding.span, edits)
        return next((f for f in found.findings if _is_same(f, finding) and f.span == span), finding)

    def _learn(self, found: Located) -> bool:
        word = found.words.removesuffix("’s").removesuffix("'s")
        subject = self.checking.subject_of(found.finding)
        own = subject is not None and subject.slug is not None and \
            ask("For this edition only? (y/N)") in ("y", "Y")
        path = list_of(Path(found.finding.path), own=own)
        old = read_text(path) if path.exists() else None
        add_word(path, word)
        self.steps.append(Step(self.passed, {path.as_posix(): (old, read_text(path))}))
        self.report = self.checking.report_again([path])
        click.echo(f"{path.as_posix()} has “{word}” now.")
        return True

    def _allow(self, found: Located) -> bool:
        reason = ask("Why?")
        if not reason:
            click.echo("Nothing is let pass without a reason.")
            return False
        subject = self.checking.subject_of(found.finding)
        for edit in allow_edits(subject, found.finding, reason) if subject else ():
            if self._lets_pass(found, edit):
                return True
        click.echo("There is no place here for a suppression; see the README, “Letting pass”.")
        return False

    def _lets_pass(self, found: Located, edit: Edit) -> bool:
        """Try a suppression: the finding must go, nothing come, no word of the page change."""
        trial = Trial(self.checking, self.report)
        mended = replace(found.finding, fixes=(edit,))
        shown = self._shown(found.finding)
        try:
            fine = not trial.news([mended]) and self._shown(found.finding) == shown
        except InputError:
            return False
        if fine:
            self._keep(trial, mended)
        else:
            trial.take_back()
        return fine

    def _shown(self, finding: Finding) -> str:
        subject = self.checking.subject_of(finding)
        return subject.page.prose.visible if subject else ""

    def _undo(self) -> bool:
        if not self.steps:
            click.echo("There is nothing to undo.")
            return False
        step = self.steps[-1]
        for path, (before, after) in step.files.items():
            if before is None:
                Path(path).unlink()
            else:
                replace_text(Path(path), after, before.text)
        if step.files:
            self.report = self.checking.report_again(map(Path, step.files))
        self.passed = self.steps.pop().passed
        click.echo("Undone.")
        return True


def _is_same(one: Finding, other: Finding) -> bool:
    return (one.rule, one.path, one.message) == (other.rule, other.path, other.message)


def ask(question: str) -> str | None:
    """An answer, without blanks round it; ``None`` when there will be no more answers."""
    try:
        answer: str = click.prompt(question, default="", show_default=False, prompt_suffix="> ")
    except (click.Abort, EOFError):
        click.echo()
        return None
    return answer.strip()


def describe_for_choice(found: Located, text: str) -> str:
    """The finding as a report shows it, what the rule is about, and the ways out by number."""
    plain = replace(found, finding=replace(found.finding, replacements=()))
    about = [f"    {r.summary} ({r.authority}).\n" for r in RULES if r.id == found.finding.rule]
    ways = [
        f"    {number} {quoted(merge(edits, text).replacement)}\n"
        for number, edits in enumerate(found.ways_out[:SHOWN], 1)
    ]
    return "".join([describe(plain, colour=wants_colour()), *about, *ways])
