"""The apparatus of an edition: its readings, and its paragraphs beside those of the source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from variorum.checks.provenance import accountable, answers
from variorum.checks.rule import SourceText, Subject
from variorum.essay import EDITION, Ledger, SourceParagraph, Witness
from variorum.extension.facing import Numbered, mark_edition, mark_source
from variorum.prose import Block
from variorum.repair import Mend


@dataclass(frozen=True)
class PresentedReading(Numbered):
    """A reading, and where the edition answers to it."""

    paragraph: str
    """Of the source, as a reader is told of it: ``4`` for ``s4``."""
    told: tuple[str, ...]
    """Ids of the edition's paragraphs that answer to that one."""


@dataclass(frozen=True)
class FacedSource:
    """A paragraph of the source, with its words only if they may stand here."""

    id: str
    name: str
    """As a reader is told of it."""
    html: str | None
    omitted: str | None
    """Why the edition leaves it out."""
    mends: tuple[Mend, ...]
    again: bool
    """Whether it stands in a row above, which has its words and readings."""


@dataclass(frozen=True)
class FacedParagraph:
    """A paragraph of the edition."""

    id: str
    html: str


@dataclass(frozen=True)
class Row:
    """What stands side by side: paragraphs of the source, and of the edition that answer to them.

    Paragraphs that follow each other and answer to the same source paragraph share a row.
    """

    source: tuple[FacedSource, ...]
    edition: tuple[FacedParagraph, ...]
    readings: tuple[PresentedReading, ...]


@dataclass(frozen=True)
class Apparatus:
    """What stands behind an edition."""

    url: str
    """Of its page, from the site's root."""
    rows: tuple[Row, ...]
    readings: tuple[PresentedReading, ...]
    witnesses: tuple[Witness, ...]
    kept: bool
    """Whether the rights let the source's words stand here, and they do."""
    dropped: tuple[tuple[str, str, int], ...]
    """What importing left out: why, the words, how often."""


def present_apparatus(subject: Subject, url: str) -> Apparatus | None:
    """The apparatus of ``subject``, on the page ``url``; ``None`` when it has no ledger.

    Words of the source are in it only when the ledger lets the source be stored.
    """
    if subject.ledger is None:
        return None
    ledger = subject.ledger.value
    source = subject.source if ledger.rights.store else None
    blocks = accountable(subject.page)
    readings = tuple(_present_readings(ledger, blocks))
    dropped = Counter((thing.reason, thing.text) for thing in source.dropped) if source else {}
    return Apparatus(
        url, tuple(_Rows(ledger, source, readings).of(blocks)), readings, ledger.witnesses,
        source is not None, tuple((*thing, times) for thing, times in dropped.items()),
    )


def _present_readings(ledger: Ledger, blocks: Sequence[Block]) -> Iterator[PresentedReading]:
    ids = [entry.id for entry in ledger.paragraphs]
    order = {name: place for place, name in enumerate(ids)}
    ordered = sorted(ledger.readings, key=lambda reading: order.get(reading.paragraph, len(ids)))
    for number, reading in enumerate(ordered, 1):
        told = [block.attributes.get("id", "") for block in blocks
                if reading.paragraph in answers(block)]
        yield PresentedReading(number, reading, name_of(reading.paragraph), tuple(told))


def name_of(paragraph: str) -> str:
    """What a reader is told of a source paragraph: the number in ``s4``, else its id."""
    return paragraph[1:] if re.fullmatch(r"s\d+", paragraph) else paragraph


class _Rows:
    """Makes the rows of one edition; remembers which source paragraphs stand in one."""

    def __init__(
        self, ledger: Ledger, source: SourceText | None, readings: Sequence[PresentedReading]
    ) -> None:
        self.entries = {entry.id: entry for entry in ledger.paragraphs}
        ids = list(self.entries)
        self.texts = dict(zip(ids, source.paragraphs if source else (), strict=False))
        self.mends = dict(zip(ids, source.mends if source else (), strict=False))
        self.readings = readings
        self.shown: set[str] = set()

    def of(self, blocks: Sequence[Block]) -> Iterator[Row]:
        """In the order of the edition; what it leaves out stands where the source has it."""
        groups = _groups(blocks)
        answered = {name for names, _ in groups for name in names}
        left = [name for name in self.entries if name not in answered]
        ids = list(self.entries)
        yield from (self._row([name], []) for name in _run(left, ids, ""))
        for names, group in groups:
            yield self._row(names, group)
            for name in names:
                yield from (self._row([n], []) for n in _run(left, ids, name))

    def _row(self, names: Sequence[str], blocks: Sequence[Block]) -> Row:
        new = [name for name in names if name not in self.shown]
        readings = tuple(item for item in self.readings if item.reading.paragraph in new)
        texts = [block.text for block in blocks]
        source = tuple(self._source(self.entries[name], texts) for name in names)
        self.shown |= set(names)
        read = [item.reading for item in self.readings if item.reading.paragraph in names]
        edition = tuple(FacedParagraph(block.attributes.get("id", ""),
                                       mark_edition(block.text, read)) for block in blocks)
        return Row(source, edition, readings)

    def _source(self, entry: SourceParagraph, edition: Sequence[str]) -> FacedSource:
        again = entry.id in self.shown
        text, mends = self.texts.get(entry.id), self.mends.get(entry.id, ())
        own = [item for item in self.readings if item.reading.paragraph == entry.id]
        marked = mark_source(text, edition, mends, own) if text and not again else None
        return FacedSource(entry.id, name_of(entry.id), marked, entry.omitted, mends, again)


def _groups(blocks: Sequence[Block]) -> list[tuple[list[str], list[Block]]]:
    """Blocks that follow each other and answer to a source paragraph in common, and to which."""
    groups: list[tuple[list[str], list[Block]]] = []
    for block in blocks:
        names = [name for name in answers(block) if name != EDITION]
        if groups and set(names) & set(groups[-1][0]):
            groups[-1][0].extend(name for name in names if name not in groups[-1][0])
            groups[-1][1].append(block)
        else:
            groups.append((names, [block]))
    return groups


def _run(left: list[str], ids: Sequence[str], after: str) -> list[str]:
    """Take from ``left`` what follows ``after`` in the source without a break."""
    run: list[str] = []
    place = ids.index(after) + 1 if after in ids else 0
    while place < len(ids) and ids[place] in left:
        left.remove(ids[place])
        run.append(ids[place])
        place += 1
    return run
