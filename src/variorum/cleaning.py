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


def shared_runs(text: Sequence[str], source: Sequence[str], longer_than: int) -> list[range]:
    """Where ``text`` repeats more than ``longer_than`` words of ``source`` in their order.

    Each run is as long as it can be, and none lies within another. Takes time in proportion
    to the two lengths, whatever they hold: the words of ``text`` are read through the suffix
    automaton of ``source`` (Blumer et al., "The Smallest Automaton Recognizing the Subwords of
    a Text", Theoretical Computer Science 40, 1985, 31-55).
    """
    lengths = _match_lengths(text, source)
    ends = (
        end
        for end, length in enumerate(lengths, 1)
        if length > longer_than and (end == len(lengths) or lengths[end] <= length)
    )
    return [range(end - lengths[end - 1], end) for end in ends]


def _match_lengths(text: Sequence[str], source: Sequence[str]) -> list[int]:
    """For each word of ``text``, how many words up to it occur in ``source`` as they stand."""
    states = _automaton(source)
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


@dataclass(slots=True)
class _State:
    length: int
    link: int
    following: dict[str, int]


def _automaton(source: Sequence[str]) -> list[_State]:
    """The suffix automaton of ``source``; state 0 is the start and its own link is -1."""
    states = [_State(0, -1, {})]
    last = 0
    for word in source:
        last = _extend(states, last, word)
    return states


def _extend(states: list[_State], last: int, word: str) -> int:
    new = len(states)
    states.append(_State(states[last].length + 1, 0, {}))
    state = last
    while state != -1 and word not in states[state].following:
        states[state].following[word] = new
        state = states[state].link
    if state != -1:
        states[new].link = _state_for_suffix(states, state, word)
    return new


def _state_for_suffix(states: list[_State], state: int, word: str) -> int:
    """The state of the longest earlier suffix; split off when it also stands for longer ones."""
    target = states[state].following[word]
    if states[target].length == states[state].length + 1:
        return target
    clone = len(states)
    original = states[target]
    states.append(_State(states[state].length + 1, original.link, dict(original.following)))
    original.link = clone
    while state != -1 and states[state].following.get(word) == target:
        states[state].following[word] = clone
        state = states[state].link
    return clone
