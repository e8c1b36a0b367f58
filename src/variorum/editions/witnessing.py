"""Adds a copy of the source to a ledger, and what it says of each reading, as edits of the file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from variorum.checks.rule import Key, LedgerFile
from variorum.cleaning import digest_of_all, folded
from variorum.essay import Reading, Verdict
from variorum.text import Edit, Lines, Span


def judge(readings: Sequence[Reading], paragraphs: Sequence[str]) -> dict[str, Verdict]:
    """What a copy with these paragraphs says of each reading, by the reading's id.

    It confirms one when it has the reading's words, refutes one when it has the damaged words, and
    says nothing when it has neither or both.
    """
    text = _joined("\n\n".join(paragraphs))
    verdicts: dict[str, Verdict] = {}
    for reading in readings:
        has_reading, has_source = (_joined(words) in text
                                   for words in (reading.reading, reading.source))
        if has_reading != has_source:
            verdicts[reading.id] = Verdict.CONFIRMS if has_reading else Verdict.REFUTES
        elif has_reading and _joined(reading.source) in _joined(reading.reading):
            verdicts[reading.id] = Verdict.CONFIRMS
    return verdicts


def add_witness(
    file: LedgerFile, name: str, description: str, paragraphs: Sequence[str],
    verdicts: Mapping[str, Verdict],
) -> Iterator[Edit]:
    """The edits that put the copy ``name`` and its verdicts into the ledger, comments untouched."""
    last = len(file.value.witnesses) - 1
    indent = _indent(file, ("witnesses", last))
    entry = (
        f"\n{' ' * (indent - 2)}- id: {name}\n{' ' * indent}description: "
        f"{json.dumps(description, ensure_ascii=False)}\n{' ' * indent}sha256: "
        f"{digest_of_all(paragraphs)}"
    )
    yield _after(file, ("witnesses", last), entry)
    for index, reading in enumerate(file.value.readings):
        if reading.id in verdicts:
            yield _attest(file, index, {**reading.witnesses, name: verdicts[reading.id]})


def _attest(file: LedgerFile, index: int, said: Mapping[str, Verdict]) -> Edit:
    flow = "{" + ", ".join(f"{name}: {verdict}" for name, verdict in said.items()) + "}"
    key: Key = ("readings", index, "witnesses")
    if key in file.places:
        return Edit(file.places[key], flow)
    indent = " " * _indent(file, ("readings", index))
    return _after(file, ("readings", index), f"\n{indent}witnesses: {flow}")


def _after(file: LedgerFile, entry: Key, text: str) -> Edit:
    """At the end of the line in which an entry's last value ends."""
    end = max(span.end for key, span in file.places.items()
              if len(key) > len(entry) and key[: len(entry)] == entry)
    end = len(file.text[:end].rstrip())
    lines = Lines(file.text)
    place = lines.line_span(lines.position(end).line).end
    return Edit(Span(place, place), text)


def _indent(file: LedgerFile, entry: Key) -> int:
    start = min(span.start for key, span in file.keys.items()
                if len(key) == len(entry) + 1 and key[: len(entry)] == entry)
    return Lines(file.text).position(start).column - 1


def _joined(text: str) -> str:
    return f" {' '.join(folded(text))} "
