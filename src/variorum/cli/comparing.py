"""The findings of a publication before a change and after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from variorum.checks import RULES, review_rules
from variorum.checks.grammar import ask_ahead
from variorum.checks.rule import Subject
from variorum.cli.checking import texts_of
from variorum.cli.gathering import gather
from variorum.editions import docs_of, read_text
from variorum.errors import EngineError, InputError
from variorum.languagetool import Grammar, Told
from variorum.preview import Found, locate
from variorum.reporters import Located, Report

_OFFERED = 3
"""Ways to write it instead that are told of a finding."""


def compare_checks(
    root: Path, earlier: Path, renamed: Mapping[str, str]
) -> tuple[tuple[Found, ...], tuple[Found, ...], str]:
    """Findings that are new, those that are mended, and why grammar was not checked, if so.

    ``renamed`` is new slug → slug before: what an essay had under its old name is not news.
    Raises ``InputError`` when a file of ``root`` cannot be read.
    """
    grammar = Grammar(progress=Told())
    now = gather([docs_of(root)], None, grammar)
    try:
        before = gather([docs_of(earlier)], None, grammar)
    except InputError:  # there was nothing
        before = []
    unchecked = ""
    try:
        ask_ahead(grammar, [*now, *before])
    except EngineError as error:
        unchecked = error.cause
        now, before = ([replace(s, grammar=None) for s in side] for side in (now, before))
    moved = {was: slug for slug, was in renamed.items()}
    here, there = dict(_find(now, root, {})), dict(_find(before, earlier, moved))
    return _only(here, there), _only(there, here), unchecked


def _find(
    subjects: Sequence[Subject], root: Path, moved: Mapping[str, str]
) -> Iterator[tuple[str, Found]]:
    """All findings by their fingerprints, each with its place."""
    reviewed = [(f, subject) for subject in subjects for f in review_rules(subject).kept]
    texts: dict[str, str] = {}
    for subject in subjects:
        texts.update(texts_of(subject))
    for path in {finding.path for finding, _ in reviewed} - set(texts):
        texts[path] = read_text(Path(path)).text
    names = {path: _from_root(path, root, moved) for path in texts}
    report = Report(tuple(replace(f, path=names[f.path]) for f, _ in reviewed),
                    {names[path]: text for path, text in texts.items()}, RULES)
    for located, (finding, subject) in zip(report.located(), reviewed, strict=True):
        place = locate(subject, finding.path, finding.span.start)
        yield located.fingerprint, Found(names[finding.path], located.start.line, finding.rule,
                                         _say(located), located.words, place)


def _from_root(path: str, root: Path, moved: Mapping[str, str]) -> str:
    whole = Path(path).resolve()
    name = whole.relative_to(root.resolve())
    slug = name.parent.name
    if slug in moved:
        name = name.parent.with_name(moved[slug]) / name.name
    return name.as_posix()


def _say(located: Located) -> str:
    """What is wrong, and what to write instead."""
    instead = [f"“{words}”" for words in located.finding.replacements[:_OFFERED]
               if words and words not in located.text]
    return f"{located.text} Write {' or '.join(instead)}?" if instead else located.text


def _only(ours: Mapping[str, Found], theirs: Mapping[str, Found]) -> tuple[Found, ...]:
    """What the one side has and the other has not."""
    return tuple(found for name, found in ours.items() if name not in theirs)
