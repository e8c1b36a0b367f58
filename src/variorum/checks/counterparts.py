"""With the source at hand: its names, numbers and questions have counterparts in the essay."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from variorum.checks.examples import essay, ledger
from variorum.checks.provenance import accountable, answers
from variorum.checks.rule import Rule, Subject
from variorum.cleaning import folded
from variorum.text import Finding, Severity

_DESIGN = "design: every paragraph accounted for"
_NAME = re.compile(
    r"(?<=[\w,;:’] )(?:[A-Z][\w’&-]*[a-z\d][\w&-]*|[A-Z]{2,}[\w-]*|[A-Z]-\d+)"
)
"""A capital in the middle of a sentence."""
_NUMBER = re.compile(
    r"(?i)\b(?:\d[\d.,]*\d|\d|dozen|ten|eleven|twelve|\w{3,5}teen|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|millions?|billions?)\b"
)
_NOTE_MARK = re.compile(r"\[\^[^\]\s]+\]")
"""Markdown's, which counts nothing."""
Parts = Callable[[str], Sequence[str]]


def _names(text: str) -> list[str]:
    return list(dict.fromkeys(_NAME.findall(text)))


def _numbers(text: str) -> list[str]:
    return list(dict.fromkeys(_NUMBER.findall(text)))


def _missing(rule: str, what: str, parts: Parts) -> Callable[[Subject], Iterator[Finding]]:
    def check(subject: Subject) -> Iterator[Finding]:
        if subject.source is None or subject.ledger is None:
            return
        file = subject.ledger
        told = _told(subject)
        pairs = zip(file.value.paragraphs, subject.source.paragraphs, strict=False)
        for index, (entry, text) in enumerate(pairs):
            for part in () if entry.omitted else parts(_NOTE_MARK.sub("", text)):
                if not set(_plain(part)) <= told:
                    yield Finding(
                        rule, file.path, file.places["paragraphs", index, "id"],
                        f"{what} “{part}” of source paragraph {entry.id} has no counterpart.",
                        "Tell of it in the essay, or say in a reading or a note what became of it.",
                        Severity.WARNING,
                    )

    return check


def _told(subject: Subject) -> frozenset[str]:
    """Every word of the essay and its notes, and of what readings say of the source."""
    parts = [subject.page.prose.visible]
    if subject.notes:
        parts += [prose.visible for prose in subject.notes.bodies]
    if subject.ledger:
        for reading in subject.ledger.value.readings:
            parts += [reading.source, reading.reading, reading.evidence]
    return frozenset(word for part in parts for word in _plain(part))


def _plain(text: str) -> Sequence[str]:
    """Its words as they are compared, possessives without their s."""
    return folded(re.sub(r"['’]s\b", "", text))


def _check_questions(subject: Subject) -> Iterator[Finding]:
    if subject.source is None or subject.ledger is None:
        return
    file = subject.ledger
    blocks = accountable(subject.page)
    pairs = zip(file.value.paragraphs, subject.source.paragraphs, strict=False)
    for index, (entry, text) in enumerate(pairs):
        theirs = [block for block in blocks if entry.id in answers(block)]
        if "?" in text and theirs and not any("?" in block.text for block in theirs):
            yield Finding(
                "counterparts.question", file.path, file.places["paragraphs", index, "id"],
                f"Source paragraph {entry.id} asks something; what answers to it does not.",
                "Ask it in the essay too, or say here or in a note why not.", Severity.WARNING,
            )


def _told_of(source: str, *paragraphs: str) -> dict[str, str]:
    return essay(*paragraphs, ledger=ledger(source), source=source)


_OWN = 'A red fox.\n{ #p1 from="s1" }'

RULES: tuple[Rule, ...] = (
    Rule(
        "counterparts.name", "Each name in the source is told of", _DESIGN,
        _missing("counterparts.name", "The name", _names),
        failing=(_told_of("A fox that Aesop knew.", _OWN),),
        passing=(
            _told_of("A fox that Aesop knew.", 'Aesop’s fox.\n{ #p1 from="s1" }'),
            _told_of("The fox. Aesop knew it.", _OWN),
        ),
    ),
    Rule(
        "counterparts.number", "Each number in the source is told of", _DESIGN,
        _missing("counterparts.number", "The number", _numbers),
        failing=(
            _told_of("A fox and 40 hens.", _OWN), _told_of("A fox and ninety hens.", _OWN),
        ),
        passing=(
            _told_of("A fox and 40 hens.", '40 hens met a fox.\n{ #p1 from="s1" }'),
            _told_of("One fox and two hens.", _OWN),
            _told_of("A fox[^1] and a hen.", _OWN),
        ),
    ),
    Rule(
        "counterparts.question", "A question of the source is asked in the essay", _DESIGN,
        _check_questions,
        failing=(_told_of("Which way did a fox go?", _OWN),),
        passing=(_told_of("Which way did a fox go?", 'Where is it?\n{ #p1 from="s1" }'),),
    ),
)
