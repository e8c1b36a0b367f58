"""The ledger is consistent with itself, and quotes no more than its rights allow."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from variorum.checks.examples import SOURCE, essay, ledger
from variorum.checks.rule import LedgerFile, Rule, Subject
from variorum.cleaning import count_words
from variorum.text import Finding

_DESIGN = "design: the ledger and its rights"


def _check_duplicate(subject: Subject) -> Iterator[Finding]:
    if file := subject.ledger:
        for family in ("witnesses", "paragraphs", "readings"):
            seen: set[str] = set()
            for index, entry in enumerate(getattr(file.value, family)):
                if entry.id in seen:
                    message = f"The id `{entry.id}` is given twice among the {family}."
                    yield _find(file, "ledger.duplicate", (family, index, "id"), message,
                                "Give one of the two another id.")
                seen.add(entry.id)


def _check_fragment(subject: Subject) -> Iterator[Finding]:
    if file := subject.ledger:
        most = file.value.rights.fragment_words
        for index, reading in enumerate(file.value.readings):
            if (words := count_words(reading.source)) > most:
                message = f"Reading {reading.id} quotes {words} words of the source."
                yield _find(file, "ledger.fragment", ("readings", index, "source"), message,
                            f"The rights allow {most} at a time (`fragment_words`); quote less.")


def _check_paragraph(subject: Subject) -> Iterator[Finding]:
    if file := subject.ledger:
        known = [paragraph.id for paragraph in file.value.paragraphs]
        for index, reading in enumerate(file.value.readings):
            if reading.paragraph in known:
                continue
            near = tuple(get_close_matches(reading.paragraph, known, n=1))
            message = f"Reading {reading.id} is of `{reading.paragraph}`, no source paragraph."
            hint = f"Did you mean `{near[0]}`?" if near else "Name one of `paragraphs` above."
            yield _find(file, "ledger.paragraph", ("readings", index, "paragraph"), message, hint,
                        near)


def _check_attested(subject: Subject) -> Iterator[Finding]:
    if file := subject.ledger:
        known = {witness.id for witness in file.value.witnesses}
        for index, reading in enumerate(file.value.readings):
            for name, verdict in reading.witnesses.items():
                key = ("readings", index, "witnesses", name)
                if name not in known:
                    yield _find(file, "ledger.attested", key,
                                f"Reading {reading.id} calls on `{name}`, which is no witness.",
                                f"There are {', '.join(sorted(known))}.")
                elif verdict == "refutes" and reading.confidence == "high":
                    yield _find(file, "ledger.attested", key,
                                f"Witness {name} refutes reading {reading.id}, of which the "
                                "confidence is high.", "Lower it, or take the reading back.")


def _find(
    file: LedgerFile, rule: str, key: tuple[str | int, ...], message: str, hint: str,
    replacements: tuple[str, ...] = (),
) -> Finding:
    return Finding(rule, file.path, file.places[key], message, hint, replacements=replacements)


_P1 = 'A fox.\n{ #p1 from="s1" }'
_READING = {"id": "r1"}


def _ledger(**reading: str) -> dict[str, str]:
    return essay(_P1, ledger=ledger(readings=[_READING, {"id": "r2", **reading}]))


def _attested(said: str) -> dict[str, str]:
    text = ledger(readings=[_READING])
    return essay(_P1, ledger=f"{text.rstrip()}\n    witnesses: {{{said}}}\n")


RULES: tuple[Rule, ...] = (
    Rule(
        "ledger.duplicate", "Each id in the ledger is given once", _DESIGN, _check_duplicate,
        failing=(
            _ledger(id="r1"),
            essay(_P1, ledger=ledger(SOURCE, SOURCE).replace("id: s2", "id: s1")),
        ),
        passing=(_ledger(),),
    ),
    Rule(
        "ledger.fragment", "A reading quotes no more of the source than its rights allow", _DESIGN,
        _check_fragment,
        failing=(_ledger(source="jumped at over the dogs lazy and"),),
        passing=(_ledger(source="jumped at over the dogs lazy"),),
        bars=True,
    ),
    Rule(
        "ledger.paragraph", "A reading is of a paragraph that the source has", _DESIGN,
        _check_paragraph,
        failing=(_ledger(paragraph="s2"),),
        passing=(_ledger(paragraph="s1"),),
    ),
    Rule(
        "ledger.attested", "Readings call on witnesses that are there, and do not defy them",
        _DESIGN, _check_attested,
        failing=(_attested("w9: confirms"), _attested("w1: refutes")),
        passing=(_attested("w1: confirms"),),
    ),
)
