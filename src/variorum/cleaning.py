"""What two texts must agree on to be the same text, and what they have in common.

A paragraph is known by the SHA-256 of its normalised form: Unicode NFC, each run of white
space one blank, none at either end. Likeness is counted in words: letters and digits only,
case folded, so that punctuation and typography make no difference.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from variorum.text import Span

_APOSTROPHES = "'\u2019\u02bc"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[\u0300-\u036f]|[{_APOSTROPHES}](?=[^\W_]))*")
_WITHOUT_APOSTROPHES = str.maketrans("", "", _APOSTROPHES)


def normalise(text: str) -> str:
    """``text`` in Unicode NFC, each run of white space one blank, none at either end."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def paragraphs(text: str) -> tuple[str, ...]:
    """The normalised paragraphs of a plain text: blocks between blank lines.

    A text without a blank line has one paragraph a line, as word processors save it.
    """
    lines = text.strip().splitlines()
    if all(line.strip() for line in lines):
        return tuple(normalise(line) for line in lines)
    blocks = re.split(r"\n\s*\n", "\n".join(lines))
    return tuple(filter(None, map(normalise, blocks)))


def digest(paragraph: str) -> str:
    """The SHA-256, in hexadecimal, of a paragraph's normalised form in UTF-8."""
    return hashlib.sha256(normalise(paragraph).encode()).hexdigest()


def digest_of_all(paragraphs: Iterable[str]) -> str:
    """The SHA-256 of a whole copy: its normalised paragraphs joined by blank lines."""
    joined = "\n\n".join(map(normalise, paragraphs))
    return hashlib.sha256(joined.encode()).hexdigest()


def count_words(text: str) -> int:
    """How many words a ledger counts: whatever stands between white space."""
    return len(text.split())


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared, and where it stands in its text."""

    folded: str
    """In NFC, case folded, without apostrophes."""
    span: Span


def words(text: str) -> tuple[Word, ...]:
    """The words of ``text``; an apostrophe inside a word belongs to it."""
    return tuple(Word(_fold(match.group()), Span(*match.span())) for match in _WORD.finditer(text))


def folded(text: str) -> tuple[str, ...]:
    """The words of ``text`` as they are compared."""
    return tuple(word.folded for word in words(text))


def _fold(word: str) -> str:
    plain = word.translate(_WITHOUT_APOSTROPHES).casefold()
    return unicodedata.normalize("NFC", plain)


def share_of_runs(text: Sequence[str], source: Sequence[str], length: int = 5) -> float:
    """Which part, 0 to 1, of the runs of ``length`` words in ``text`` occurs in ``source``."""
    known = set(_runs(source, length))
    runs = list(_runs(text, length))
    return sum(run in known for run in runs) / len(runs) if runs else 0.0


def _runs(words: Sequence[str], length: int) -> Iterable[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(length)), strict=False)


@dataclass(frozen=True, slots=True)
class _State:
    """Runs of words that occur at the same places; ``link`` leads to that of their ends."""

    length: int
    link: int
    following: dict[str, int]


class Runs:
    """All runs of words of a source, to look up those of other texts.

    The suffix automaton of the source's words (Blumer et al., "The Smallest Automaton Recognizing
    the Subwords of a Text", Theoretical Computer Science 40, 1985, 31-55): made in time in
    proportion to the source, whatever it holds, and looked up in proportion to the text.
    """

    def __init__(self, source: Sequence[str]) -> None:
        self._states = [_State(0, -1, {})]
        last = 0
        for word in source:
            last = self._extend(last, word)

    def shared(self, text: Sequence[str], longer_than: int) -> list[range]:
        """Where ``text`` repeats more than ``longer_than`` words of the source in their order.

        Each run is as long as it can be, and none lies within another.
        """
        lengths = self._match_lengths(text)
        ends = (
            end
            for end, length in enumerate(lengths, 1)
            if length > longer_than and (end == len(lengths) or lengths[end] <= length)
        )
        return [range(end - lengths[end - 1], end) for end in ends]

    def _match_lengths(self, text: Sequence[str]) -> list[int]:
        """For each word of ``text``, how many words up to it occur in the source as they stand."""
        states = self._states
        lengths: list[int] = []
        state, length = 0, 0
        for word in text:
            while state and word not in states[state].following:
                state = states[state].link
                length = states[state].length
            if word in states[state].following:
                state, length = states[state].following[word], length + 1
            lengths.append(length)
        return lengths

    def _extend(self, last: int, word: str) -> int:
        """Add ``word`` after the state ``last``; returns the state of the whole source so far."""
        states = self._states
        new = len(states)
        state = last
        while state != -1 and word not in states[state].following:
            states[state].following[word] = new
            state = states[state].link
        states.append(_State(states[last].length + 1, 0, {}))
        if state != -1:
            link = self._suffix(state, word)
            states[new] = _State(states[last].length + 1, link, {})
        return new

    def _suffix(self, state: int, word: str) -> int:
        """The state of the longest earlier suffix; split off when it stands for longer ones too."""
        states = self._states
        target = states[state].following[word]
        original = states[target]
        if original.length == states[state].length + 1:
            return target
        clone = len(states)
        states.append(_State(states[state].length + 1, original.link, dict(original.following)))
        states[target] = _State(original.length, clone, original.following)
        while state != -1 and states[state].following.get(word) == target:
            states[state].following[word] = clone
            state = states[state].link
        return clone
