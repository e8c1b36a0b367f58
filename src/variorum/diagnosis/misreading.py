"""Words that character recognition made of others: any word, by what it confuses.

A word that the vocabulary does not know, or hardly, is suspected where the confusions of
``confusions.toml`` lead to a common one; so are two words run together, and one cut in two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from variorum.diagnosis.lexicons import read_confusions
from variorum.diagnosis.suspicion import Confidence, Damage, Detector, Suspicion
from variorum.diagnosis.vocabulary import Vocabulary
from variorum.text import Span

KNOWN = 1_000_000
"""Counts (see `Vocabulary`): what stood there must be as common as this…"""
COMMON = 20_000_000
"""…to be believed without a second sign of misreading in the text, as this (3,500 words are)…"""
LITTLE = 600_000_000
"""…and each part of words run together, as this: they are little words."""
LONGEST = 20
"""Longer words, in letters, are not looked at: what takes time grows with their length."""
COMMONEST = 25_000_000_000
"""More than any word has."""
RARER, FAR_RARER = 200, 6000
"""How many times rarer a word of the list must be than what may have stood there, to be suspected
and to be believed without a second sign."""
OFTEN, SHARE = 3, 1 / 250
"""Doubtful misreadings are told only of a text that has so many, and so many for its words."""
FOREIGN = 0.35
"""With more unknown words than this share, the text is in no language of the vocabulary."""

_WORD = re.compile(r"(?<![\w’'.@/&-])[A-Za-z0-9]*[a-z][A-Za-z0-9]*(?![\w@/&-]|[.’'‘]\w)")
_NUMBER = re.compile(r"\d+[a-z]{1,2}|[A-Za-z]\d+\w*")
_STARTS = re.compile(r"(?:^|[.!?:][”’\"')]*\s|\n\s*\n)[“‘\"'(]*$")


def misreading_detector(vocabulary: Vocabulary) -> Detector:
    """One detector for all; making it reads the list of confusions."""
    return Detector("misreading", partial(_find, vocabulary, read_confusions()))


def _find(
    vocabulary: Vocabulary, confusions: Sequence[tuple[str, str]], text: str
) -> Iterator[Suspicion]:
    reader = _Reader(text, vocabulary, confusions)
    if reader.is_foreign():
        return
    cut = list(reader.cut())
    starts, ends = {each.span.start for each in cut}, {each.span.end for each in cut}
    found = [*cut, *(each for each in reader.misread()  # a piece is no word to be misread
                     if each.span.start not in starts and each.span.end not in ends)]
    told = len(found) >= max(OFTEN, SHARE * len(reader.words))
    yield from (each for each in found if told or each.confidence is Confidence.HIGH)


@dataclass
class _Reader:
    """One text, word by word, for as long as it is looked through."""

    text: str
    vocabulary: Vocabulary
    confusions: Sequence[tuple[str, str]]
    seen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What each word may have been, once it was looked up."""

    def __post_init__(self) -> None:
        self.words = list(_WORD.finditer(self.text))

    def is_foreign(self) -> bool:
        """Whether the vocabulary is not of the text's language."""
        unknown = sum(not self.vocabulary.count(w.group().casefold()) for w in self.words)
        return unknown > FOREIGN * max(20, len(self.words))

    def misread(self) -> Iterator[Suspicion]:
        """Words that stand for another, or for two."""
        for number, match in enumerate(self.words):
            word = match.group()
            if word not in self.seen:
                self.seen[word] = tuple(self._sources(word))
            if not self.seen[word] or not self._may_begin(match):
                continue
            left, right = self._near(number)
            fits = {source: self._fits(left, source, right) for source in self.seen[word]}
            best = max(fits, key=lambda s: (fits[s], self._count(s)))
            count = self.vocabulary.count(word.casefold())
            if not count:
                sure = fits[best] > 0 and self._is_near(word, best)
            elif not fits[best] or self._fits(left, word.casefold(), right):
                continue
            else:
                sure = fits[best] == 2 and self._count(best) >= FAR_RARER * count
            yield _suspicion(match.span(), word, best, sure)

    def cut(self) -> Iterator[Suspicion]:
        """Words that stand in two pieces, of which one at least is no word."""
        for left, right in zip(self.words, self.words[1:], strict=False):
            pieces = left.group(), right.group()
            if not all(piece.islower() and len(piece) > 1 for piece in pieces):
                continue
            whole = self.vocabulary.count("".join(pieces))
            rarest = min(map(self.vocabulary.count, pieces))
            if whole >= KNOWN and rarest * RARER < whole and not self.vocabulary.joins(*pieces) \
                    and self.text[left.end() : right.start()] in (" ", "\n"):
                yield _suspicion((left.start(), right.end()), " ".join(pieces), "".join(pieces),
                                 False)

    def _sources(self, word: str) -> Iterator[str]:
        """What may have stood where ``word`` is read, if it is rare enough to ask."""
        count = self.vocabulary.count(word.casefold())
        if (not 3 <= len(word) <= LONGEST or count * RARER > COMMONEST
                or _NUMBER.fullmatch(word)):
            return
        least = max(KNOWN if word.islower() or word[1:] != word[1:].lower() else COMMON,
                    count * RARER)
        once = set(self._confused(word))
        found = [other for other in once if self.vocabulary.count(other.lower()) >= least]
        if not found and not count and len(word) > 4:
            found = [other for first in once for other in self._confused(first)
                     if self.vocabulary.count(other.lower()) >= max(least, COMMON)]
        yield from dict.fromkeys(other.lower() for other in sorted(found))
        if not count and word.islower():
            yield from self._run_together(word)

    def _confused(self, word: str) -> Iterator[str]:
        for read, stood in self.confusions:
            at = word.find(read)
            while at >= 0:
                yield word[:at] + stood + word[at + len(read) :]
                at = word.find(read, at + 1)

    def _run_together(self, word: str) -> Iterator[str]:
        for at in range(1, len(word)):
            parts = word[:at], word[at:]
            counts = [self.vocabulary.count(part) for part in parts]
            if max(counts) >= LITTLE and min(counts) >= COMMON and self.vocabulary.joins(*parts):
                yield " ".join(parts)

    def _is_near(self, word: str, source: str) -> bool:
        """Whether ``source`` is common and one step away."""
        if " " in source:
            return self._count(source) >= LITTLE
        return self._count(source) >= COMMON and any(
            other.lower() == source for other in self._confused(word))

    def _count(self, source: str) -> int:
        return min(map(self.vocabulary.count, source.split()))

    def _fits(self, left: str, source: str, right: str) -> int:
        """How many of its neighbours ``source`` often stands with."""
        words = source.split()
        return self.vocabulary.joins(left, words[0]) + self.vocabulary.joins(words[-1], right)

    def _near(self, number: int) -> tuple[str, str]:
        """The words before and after, where only a blank parts them from it."""
        match = self.words[number]
        before = self.words[number - 1] if number else None
        after = self.words[number + 1] if number + 1 < len(self.words) else None
        left = before and self.text[before.end() : match.start()].isspace() and before.group()
        right = after and self.text[match.end() : after.start()].isspace() and after.group()
        return (left or "").casefold(), (right or "").casefold()

    def _may_begin(self, match: re.Match[str]) -> bool:
        """Not a name: in lower case, or where a sentence begins."""
        before = self.text[max(0, match.start() - 8) : match.start()]
        return not match.group()[0].isupper() or _STARTS.search(before) is not None


def _suspicion(place: tuple[int, int], word: str, source: str, sure: bool) -> Suspicion:
    better = source.capitalize() if word[0].isupper() else source
    return Suspicion(
        Span(*place), Damage.OCR,
        f"“{word}” may be a misreading of “{better}”.",
        Confidence.HIGH if sure else Confidence.MEDIUM, (better,),
    )
