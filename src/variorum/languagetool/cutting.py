"""Cuts sentences of monstrous length: LanguageTool's time for one grows with its square."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from variorum.languagetool.match import Match
from variorum.text import Span

LONGEST = 4000
"""Code points of a sentence that is left whole: some seconds, and more than anybody wrote."""
SENTENCE_END = re.compile(r"[.!?]\s+|\Z")
BLANK = re.compile(r"\s+")


def cut(text: str) -> Iterator[str]:
    """Pieces which joined are ``text``: one, unless a sentence is longer than ``LONGEST``."""
    start = sentence = 0
    for found in SENTENCE_END.finditer(text):
        while found.end() - sentence > LONGEST:
            sentence = _seam(text, sentence)
            yield text[start:sentence]
            start = sentence
        sentence = found.end()
    yield text[start:]


def _seam(text: str, start: int) -> int:
    end = start + LONGEST
    return max((blank.end() for blank in BLANK.finditer(text, start + 1, end)), default=end)


def joined(pieces: Sequence[str], answers: Sequence[Sequence[Match]]) -> tuple[Match, ...]:
    """The matches of the whole text, but for the word after a seam: the cut may have made those."""
    found: list[Match] = []
    start = 0
    for piece, matches in zip(pieces, answers, strict=True):
        for match in matches:
            if start == 0 or match.span.start > 0:
                span = Span(start + match.span.start, start + match.span.end)
                found.append(replace(match, span=span))
        start += len(piece)
    return tuple(found)
