"""The findings of a publication before a change and after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
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
from variorum.preview import Found
from variorum.reporters import Located, Report


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
    here, there = _locate(now, root, {}), _locate(before, earlier, moved)
    return _only(here, there), _only(there, here), unchecked


def _locate(
    subjects: Sequence[Subject], root: Path, moved: Mapping[str, str]
) -> list[Located]:
    findings = [finding for subject in subjects for finding in review_rules(subject).kept]
    texts: dict[str, str] = {}
    for subject in subjects:
        texts.update(texts_of(subject))
    for path in {finding.path for finding in findings} - set(texts):
        texts[path] = read_text(Path(path)).text
    names = {path: _from_root(path, root, moved) for path in texts}
    report = Report(tuple(replace(f, path=names[f.path]) for f in findings),
                    {names[path]: text for path, text in texts.items()}, RULES)
    return list(report.located())


def _from_root(path: str, root: Path, moved: Mapping[str, str]) -> str:
    whole = Path(path).resolve()
    name = whole.relative_to(root.resolve())
    slug = name.parent.name
    if slug in moved:
        name = name.parent.with_name(moved[slug]) / name.name
    return name.as_posix()


def _only(ours: Sequence[Located], theirs: Sequence[Located]) -> tuple[Found, ...]:
    """What the one side has and the other has not, by fingerprint."""
    left = Counter(found.fingerprint for found in theirs)
    only = []
    for found in ours:
        left[found.fingerprint] -= 1
        if left[found.fingerprint] < 0:
            only.append(Found(found.finding.path, found.start.line, found.finding.rule, found.text))
    return tuple(only)
