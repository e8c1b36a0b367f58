"""One run of the check command: all that was asked for, and what became of it so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from variorum.checks import RULES, review_rules
from variorum.checks.baseline import Baseline, Entry
from variorum.checks.grammar import ask_ahead
from variorum.checks.rule import Grammar, Review, Subject, Suppression
from variorum.checks.suppressions import judge_disabled
from variorum.checks.words import find_unused
from variorum.cli.gathering import gather
from variorum.editions import WORDS, docs_of, place_of_option, read_list, read_text
from variorum.reporters import Report
from variorum.text import Finding, Lines, Span


@dataclass
class Checking:
    """What is checked; nothing is looked at before the first report."""

    paths: Sequence[Path]
    source: Path | None
    grammar: Grammar
    root: Path
    """The folder that the baseline's paths start from."""
    baseline: Baseline
    reviews: list[Review] = field(default_factory=list)

    def report(self) -> Report:
        """Check everything; raises what gathering does, and ``EngineError``."""
        subjects = gather(self.paths, self.source, self.grammar)
        if len(subjects) > 1:
            ask_ahead(self.grammar, subjects)
        self.reviews = [*map(review_rules, subjects)]
        return self._report()

    def report_again(self, changed: Iterable[Path]) -> Report:
        """Check anew what the files ``changed`` belong to, a word list to everything."""
        names = {path.as_posix() for path in changed}
        if any(Path(name).name == WORDS for name in names):
            return self.report()
        self.reviews = [
            self._again(review) if names & files_of(review.subject) else review
            for review in self.reviews
        ]
        return self._report()

    def _again(self, review: Review) -> Review:
        page = Path(review.subject.page.path)
        source = self.source if review.subject.source else None
        targets = [page if review.subject.slug is None else page.parent]
        (subject,) = gather(targets, source, self.grammar)
        return review_rules(subject)

    def _report(self) -> Report:
        everything = self.everything()
        if not self.baseline.entries:
            return everything
        located = zip(everything.findings, self.entries(everything), strict=True)
        new = [f for f, entry in located if not self.baseline.has(entry.path, entry.fingerprint)]
        return replace(everything, findings=tuple(new))

    def everything(self) -> Report:
        """What was found, whether or not it is in the baseline."""
        findings = [finding for review in self.reviews for finding in review.kept]
        findings += self._whole()
        texts: dict[str, str] = {}
        for review in self.reviews:
            texts.update(texts_of(review.subject))
        for path in {finding.path for finding in findings} - set(texts):
            texts[path] = read_text(Path(path)).text
        return Report(tuple(findings), texts, RULES)

    def _whole(self) -> Iterator[Finding]:
        """What can only be said when the whole publication was looked at."""
        if self.paths or not self.reviews:
            return
        subjects = [review.subject for review in self.reviews]
        settings = subjects[0].settings
        disabled = [
            Suppression(rule, place_here(settings.path), span_of_option(settings.path, rule))
            for rule in settings.disabled
        ]
        yield from judge_disabled(disabled, self.reviews)
        if words := read_list(Path(place_here(docs_of(self.root) / WORDS))):
            yield from find_unused(words, subjects)

    def entries(self, report: Report) -> Iterator[Entry]:
        """The findings of ``report``, in order, as a baseline names them."""
        for found in self._rooted(report).located():
            finding = found.finding
            yield Entry(path=finding.path, rule=finding.rule, words=found.words,
                        fingerprint=found.fingerprint)

    def _rooted(self, report: Report) -> Report:
        """The same with paths from the root, wherever the command was run."""
        names = {path: self.from_root(path) for path in report.texts}
        findings = tuple(replace(f, path=names[f.path]) for f in report.findings)
        return Report(findings, {names[path]: text for path, text in report.texts.items()})

    def from_root(self, path: str) -> str:
        """``path`` as the baseline names it."""
        whole = Path(path).resolve()
        return (whole.relative_to(self.root) if whole.is_relative_to(self.root) else whole
                ).as_posix()

    def subject_of(self, finding: Finding) -> Subject | None:
        """What ``finding`` was found in."""
        found = (r.subject for r in self.reviews if finding.path in files_of(r.subject))
        return next(found, None)


def place_here(path: Path | str) -> str:
    """``path`` as somebody would type it here."""
    here = Path.cwd()
    return (Path(path).relative_to(here) if Path(path).is_relative_to(here) else Path(path)
            ).as_posix()


def span_of_option(path: str, rule: str) -> Span:
    """The line in which a publication switches ``rule`` off."""
    place = place_of_option(path, ("disable", rule))
    return Lines(read_text(Path(path)).text).line_span(place.line or 1)


def texts_of(subject: Subject) -> dict[str, str]:
    """The text of each well-formed file of ``subject``, by its path."""
    files = (subject.page, subject.notes, subject.ledger)
    return {file.path: file.text for file in files if file}


def files_of(subject: Subject) -> set[str]:
    """The paths of the files of ``subject``, malformed ones too."""
    folder = Path(subject.page.path).parent
    return {*texts_of(subject), *((folder / name).as_posix() for name in subject.files)}
