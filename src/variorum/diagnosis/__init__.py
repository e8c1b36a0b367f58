"""What is wrong with a text, by kind and place; it never changes one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from variorum.diagnosis.articles import articles_detector
from variorum.diagnosis.misreading import misreading_detector
from variorum.diagnosis.neighbors import neighbors_detector
from variorum.diagnosis.structure import STRUCTURE
from variorum.diagnosis.suspicion import Confidence, Damage, Detector, Suspicion
from variorum.diagnosis.vocabulary import read_vocabulary
from variorum.diagnosis.wording import lexicon_detectors
from variorum.text import Span

__all__ = ["Confidence", "Damage", "Detector", "Suspicion", "detectors", "diagnose"]

ENOUGH = 3.0
"""How many signs in 1,000 words make weak ones worth telling."""
AT_LEAST = 1.5
"""And how many there must be at all. A strong sign counts for one, a slip of grammar for half."""
_SPUN = frozenset({Damage.TERM, Damage.IDIOM, Damage.SYNONYM, Damage.FILLER, Damage.GRAMMAR})
"""What tells that a text was put into other words, and not only scanned badly."""


def detectors() -> tuple[Detector, ...]:
    """Everything that is looked for, strong signs and weak."""
    vocabulary = read_vocabulary()
    return (*STRUCTURE, *lexicon_detectors(), misreading_detector(vocabulary),
            articles_detector(vocabulary), neighbors_detector(vocabulary))


def diagnose(text: str, looking: Sequence[Detector] | None = None) -> list[Suspicion]:
    """All places of ``text`` that look damaged, in order; spans in its code points.

    A weak sign alone means nothing: good writers say “so you can” too. In a text where strong
    signs stand close enough, each weak one is worth an editor's look.
    """
    every = detectors() if looking is None else looking
    strong = [found for detector in every if detector.strong for found in detector.find(text)]
    weak = [found for detector in every if not detector.strong for found in detector.find(text)]
    slips = sum(found.confidence is Confidence.MEDIUM for found in weak)
    signs = sum(found.damage in _SPUN for found in strong) + slips / 2
    enough = max(AT_LEAST, ENOUGH * len(text.split()) / 1000)
    return _apart(strong if signs < enough else [*strong, *weak])


def _apart(found: Iterable[Suspicion]) -> list[Suspicion]:
    """The surest and longest of those that overlap."""
    order = list(Confidence)
    best = sorted(found, key=lambda s: (order.index(s.confidence), s.span.start - s.span.end))
    kept: list[Suspicion] = []
    taken: list[tuple[int, int]] = []  # in order, and apart
    for suspicion in best:
        span = suspicion.span
        after = bisect_left(taken, (span.start, span.end))
        if not any(span.overlaps(Span(*near)) for near in taken[max(0, after - 1) : after + 1]):
            kept.append(suspicion)
            if span.start < span.end:
                taken.insert(after, (span.start, span.end))
    return sorted(kept, key=lambda s: s.span)
