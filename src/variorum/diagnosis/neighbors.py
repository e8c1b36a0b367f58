"""Words that hardly ever stand side by side, though both are so common that chance would do it.

The pairs are those of the vocabulary, and the measure is pointwise mutual information (Church and
Hanks, “Word association norms”, 1990), of which only the sign is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from variorum.diagnosis.suspicion import Confidence, Damage, Detector, Suspicion
from variorum.diagnosis.vocabulary import Vocabulary
from variorum.text import Span

ALL = 10**12
"""Words that were counted for the vocabulary."""
EXPECTED = 300_000
"""How often chance would put two words together, for it to mean something that nobody does."""
OFTEN, SHARE = 4, 1 / 60
"""Told only of a text that has so many, and so many for its words: sound prose has one in 150."""

_PAIR = re.compile(r"(?<![\w’'-])(I|[a-z]+)(?=\s(I|[a-z]+)(?![\w’'-]))")


def neighbors_detector(vocabulary: Vocabulary) -> Detector:
    """Pairs that nobody writes, in a text that is full of them."""
    return Detector("neighbors", partial(_find, vocabulary))


def _find(vocabulary: Vocabulary, text: str) -> Iterator[Suspicion]:
    found = [pair for pair in _PAIR.finditer(text) if _avoid(vocabulary, *pair.groups())]
    if len(found) < max(OFTEN, SHARE * len(text.split())):
        return
    for pair in found:
        yield Suspicion(
            Span(pair.start(), pair.end(2)), Damage.IDIOM,
            f"“{pair[1]} {pair[2]}”: these words hardly ever stand together in English.",
            Confidence.MEDIUM,
        )


def _avoid(vocabulary: Vocabulary, left: str, right: str) -> bool:
    left, right = left.lower(), right.lower()
    expected = vocabulary.count(left) * vocabulary.count(right) / ALL
    return left != right and expected > EXPECTED and not vocabulary.joins(left, right)
