"""How common English words are, and which pairs of them stand together.

The lists are those that the package `symspellpy` brings: the words of SCOWL with how often each
stands in Google's n-grams, and the commonest pairs. They are read anew for each use.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

_WORDS = "frequency_dictionary_en_82_765.txt"
_PAIRS = "frequency_bigramdictionary_en_243_342.txt"


@dataclass(frozen=True)
class Vocabulary:
    """Words in lower case, and how often each was counted among some 10¹² words."""

    counts: Mapping[str, int]
    pairs: frozenset[str]
    """Two words with a blank between."""

    def count(self, word: str) -> int:
        """How often ``word`` was counted; 0 for one that the list does not know."""
        return self.counts.get(word, 0)

    def joins(self, left: str, right: str) -> bool:
        """Whether the two often stand together."""
        return f"{left} {right}" in self.pairs


def read_vocabulary() -> Vocabulary:
    """The lists as they are installed: some 80,000 words and 240,000 pairs."""
    lines = [line.split() for line in _read(_WORDS)]
    return Vocabulary(
        {word: int(count) for word, count in lines},
        frozenset(line.rpartition(" ")[0] for line in _read(_PAIRS)),
    )


def _read(name: str) -> list[str]:
    return (files("symspellpy") / name).read_text("utf-8-sig").splitlines()
