"""Looks up the lexicons in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial

from variorum.diagnosis.lexicons import (
    Pattern,
    Phrases,
    find_any,
    read_patterns,
    read_phrases,
    read_swaps,
    read_terms,
)
from variorum.diagnosis.suspicion import Confidence, Damage, Detector, Suspicion
from variorum.text import Span

OFTEN = 3
"""A slip that a good text may hold once is damage from this many on, and one in 500 words."""


def lexicon_detectors() -> Iterator[Detector]:
    """One detector for each pattern, each group of phrases, and the terms."""
    for pattern in read_patterns():
        yield Detector(pattern.name, partial(_find_pattern, pattern), pattern.strong)
    for number, phrases in enumerate((*read_phrases(), *read_swaps()), 1):
        yield Detector(f"phrases-{number}", partial(_find_phrases, phrases), phrases.strong)
    terms = read_terms()
    yield Detector("terms", partial(_find_terms, terms, _with_plurals(terms)))


def _find_pattern(pattern: Pattern, text: str) -> Iterator[Suspicion]:
    found = list(pattern.pattern.finditer(text))
    if pattern.often and len(found) < max(OFTEN, len(text.split()) / 500):
        return
    for match in found:
        better = (match.expand(pattern.suggestion),) if pattern.suggestion else ()
        yield Suspicion(Span(*match.span()), pattern.damage, pattern.message, pattern.confidence,
                        better)


def _find_phrases(phrases: Phrases, text: str) -> Iterator[Suspicion]:
    confidence = Confidence.HIGH if phrases.strong else Confidence.LOW
    for match in phrases.pattern.finditer(text):
        stood = phrases.entries[_key(match.group(), phrases.entries)]
        message = f"“{match.group()}” may stand for “{stood}”" if stood else (
            f"“{match.group()}” may be padding")
        yield Suspicion(Span(*match.span()), phrases.damage, f"{message}: {phrases.reason}.",
                        confidence, (stood,) if stood else ())


def _find_terms(
    terms: Mapping[str, str], pattern: re.Pattern[str], text: str
) -> Iterator[Suspicion]:
    for match in pattern.finditer(text):
        words = re.split(r"[\s-]+", match.group().casefold())
        term = terms.get(" ".join(words)) or terms[" ".join([*words[:-1], _singular(words[-1])])]
        yield Suspicion(
            Span(*match.span()), Damage.TERM,
            f"“{match.group()}” is no term, but “{term}” is: synonyms may have been put for it.",
            Confidence.HIGH, (term,),
        )


def _with_plurals(terms: Mapping[str, str]) -> re.Pattern[str]:
    forms = [form for term in terms for form in (term, f"{term}s")]
    hyphened = [form.replace(" ", "-") for form in forms]
    return find_any([*forms, *hyphened])


def _singular(word: str) -> str:
    return word.removesuffix("s")


def _key(found: str, entries: Mapping[str, str]) -> str:
    plain = " ".join(re.sub("[’‘]", "'", found.casefold()).split())
    return next(entry for entry in entries if entry.casefold() == plain)
