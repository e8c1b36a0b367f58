"""What the rights in a ledger let stand here, as far as it can be told without the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from variorum.checks.examples import SOURCE, essay, ledger, notes
from variorum.checks.rule import LedgerFile, Rule, Subject, apparatus
from variorum.cleaning import count_words, digest, folded
from variorum.text import Finding

_DESIGN = "design: the ledger and its rights"
_QUOTATION = re.compile("“([^“”]*)”|((?:^ *>.*\n?)+)", re.M)
"""Words in quotation marks, or in Markdown's lines of quotation."""
_TELLING = 3
"""So many words of a reading in a row are no chance: they quote the source."""


def _check_stored(subject: Subject) -> Iterator[Finding]:
    file = subject.ledger
    if file is None or file.value.rights.store:
        return
    for name in subject.copies:
        yield Finding(
            "rights.stored", file.path, file.places["rights", "status"],
            f"`{name}` stands in this folder, and the rights do not let the source be kept.",
            "Move the copy out of the publication, or write `store: true` if it may be reprinted.",
        )


def _check_quotation(subject: Subject) -> Iterator[Finding]:
    if (ledger := subject.ledger) is None or subject.source:
        return  # who has the source can tell for certain: ``fidelity.quoted``
    most = ledger.value.rights.fragment_words
    for file, key, text in apparatus(subject):
        for match in _QUOTATION.finditer(text):
            quoted = re.sub(r"(?m)^ *> ?", "", match[1] or match[2] or "")
            if count_words(quoted) > most and _is_of_source(quoted, ledger):
                yield Finding(
                    "rights.quotation", file.path, file.places[key],
                    f"This quotes {count_words(quoted)} words of the source in a row.",
                    f"The rights allow {most} (`fragment_words`); quote less.",
                )


def _is_of_source(quoted: str, file: LedgerFile) -> bool:
    """Whether it holds what a reading quotes, or is a whole paragraph."""
    if digest(quoted) in {paragraph.sha256 for paragraph in file.value.paragraphs}:
        return True
    fragments = (folded(reading.source) for reading in file.value.readings)
    return any(len(words) >= _TELLING and _spaced(words) in _spaced(folded(quoted))
               for words in fragments)


def _spaced(words: Sequence[str]) -> str:
    return f" {' '.join(words)} "


_OWN = 'The quick brown fox jumps.\n{ #p1 from="s1" }'
_LONG = "at over the dogs lazy and then"


def _noted(body: str) -> dict[str, str]:
    return essay(_OWN, notes=notes({"body": body}), ledger=ledger(readings=[{"id": "r1"}]))


def _kept(rights: str) -> dict[str, str]:
    text = ledger().replace("statement: Free to all.", f"statement: Free to all., store: {rights}")
    return essay(_OWN, ledger=text) | {"source.txt": SOURCE}


RULES: tuple[Rule, ...] = (
    Rule(
        "rights.stored", "The source stands here only if its rights allow it", _DESIGN,
        _check_stored,
        failing=(_kept("false"),),
        passing=(_kept("true"), essay(_OWN)),
        bars=True,
    ),
    Rule(
        "rights.quotation", "A quotation round a reading is no longer than the rights allow",
        _DESIGN, _check_quotation,
        failing=(
            _noted(f'"The copy has “{_LONG}.”"'),
            _noted(f"|\n      > {_LONG}"),
            _noted(f"|\n      > {SOURCE}"),
            essay(_OWN, ledger=ledger(readings=[{"evidence": f"So “{_LONG}” says."}])),
        ),
        passing=(
            _noted('"The copy has “over the dogs lazy and then.”"'),
            _noted('"A saying: “a lazy dog is over all the hills, and then some.”"'),
        ),
        bars=True,
    ),
)
