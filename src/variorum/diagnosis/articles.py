"""Articles that were lost on the way through a language that has none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from variorum.diagnosis.suspicion import Confidence, Damage, Detector, Suspicion
from variorum.diagnosis.vocabulary import Vocabulary
from variorum.text import Span

FEW = 0.025
"""For each word. English prose has 0.08; one passage of 150 words in a hundred has fewer than 0.02,
and no whole text of those that were counted has fewer than this."""
WORDS, OFTEN = 60, 3
"""A text with fewer words, or with fewer such places, says nothing."""

_WORD = re.compile(r"[A-Za-z]+")
_PLACE = re.compile(
    r"\b(of|in|on|at|from|to|into|near|until|with|by|under|over|through|behind|for"
    r"|there (?:is|was))\s([a-z]{3,})(?<!s)\b(?! of\b|[’'])", re.I)


def articles_detector(vocabulary: Vocabulary) -> Detector:
    """Prepositions before a word that wants an article, in a text that has hardly any."""
    return Detector("articles", partial(_find, vocabulary))


def _find(vocabulary: Vocabulary, text: str) -> Iterator[Suspicion]:
    words = [word.casefold() for word in _WORD.findall(text)]
    articles = sum(word in ("a", "an", "the") for word in words)
    if len(words) < WORDS or articles >= FEW * len(words):
        return
    found = [place for place in _PLACE.finditer(text)
             if _wants_article(vocabulary, *place.groups())]
    if len(found) < OFTEN:
        return
    for match in found:
        yield Suspicion(
            Span(*match.span()), Damage.GRAMMAR,
            f"“{match[1]} {match[2]}” seems to have lost an article, like others of this text.",
            Confidence.MEDIUM, (f"{match[1]} the {match[2]}",),
        )


def _wants_article(vocabulary: Vocabulary, before: str, word: str) -> bool:
    last = before.casefold().split()[-1]
    return vocabulary.joins("the", word) and not vocabulary.joins(last, word)
