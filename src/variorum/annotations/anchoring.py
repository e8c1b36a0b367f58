"""Finds the passages that notes quote.

A selector is a W3C TextQuoteSelector (https://www.w3.org/TR/annotation-model/#text-quote-selector):
a quotation with what stands before and after it. It is looked for exactly, then by its context;
where it stands nowhere, the most similar passages are proposed, and nothing more: to settle on
a lookalike is how notes drift.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from rapidfuzz import fuzz

from variorum.annotations.folded import FoldedText, fold, fold_quotation
from variorum.text import Span

SHORT = 5
"""Words below which a quotation says too little without a context that fits."""
LIKENESS = 0.6
"""Below this a passage is not worth a person's look (1 is equality)."""
_WORD = re.compile(r"\w+(?:['’]\w+)*")


class TextQuote(Protocol):
    """What a selector has."""

    @property
    def exact(self) -> str: ...
    @property
    def prefix(self) -> str: ...
    @property
    def suffix(self) -> str: ...
    @property
    def paragraph(self) -> str | None: ...


class Status(StrEnum):
    """What became of a passage."""

    KEPT = "kept"
    MOVED = "moved"
    """It stands once, word for word, but not where its context or paragraph says."""
    AMBIGUOUS = "ambiguous"
    ORPHANED = "orphaned"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may be meant, with its likeness to the quotation from 0 to 1."""

    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a selector leads, in code points of the text that was given."""

    status: Status
    span: Span | None
    """The passage; ``None`` when it is ambiguous or orphaned."""
    score: float
    reason: str
    """Why, in words."""
    candidates: tuple[Candidate, ...] = ()
    """What a person may choose from, best first."""

    @property
    def certain(self) -> bool:
        """Whether there is a passage that needs nobody's choice."""
        return self.span is not None


def anchor_all(
    text: str, selectors: Sequence[TextQuote], paragraphs: Mapping[str, Span] | None = None
) -> list[Anchor]:
    """An anchor for each of ``selectors`` in ``text``, the text that a reader sees.

    ``paragraphs`` gives the place in ``text`` of each paragraph that has an id. Nothing is
    raised: a selector that leads nowhere yields an anchor that says so.
    """
    search = _Search(fold(text), paragraphs or {})
    return [search.anchor(selector) for selector in selectors]


@dataclass(frozen=True)
class _Search:
    folded: FoldedText
    paragraphs: Mapping[str, Span]

    def anchor(self, selector: TextQuote) -> Anchor:
        exact = fold_quotation(selector.exact).strip()
        if not exact:
            return Anchor(Status.ORPHANED, None, 0, "the quotation is empty")
        places = [Span(at, at + len(exact)) for at in _occurrences(self.folded.text, exact)]
        if not places:
            return self._propose(exact)
        fitting = [place for place in places if self._fits(place, selector)]
        if len(fitting) > 1 and selector.paragraph:
            inside = [place for place in fitting if self._in_paragraph(place, selector)]
            fitting = inside or fitting
        if len(fitting) == 1:
            return self._settle(fitting[0], selector)
        if not fitting and len(places) == 1:
            return self._judge_lost_context(places[0], exact, selector)
        return self._choose(fitting or places)

    def _fits(self, place: Span, selector: TextQuote) -> bool:
        """Whether what stands around ``place`` is what the selector says."""
        before = fold_quotation(selector.prefix).strip()
        after = fold_quotation(selector.suffix).strip()
        text = self.folded.text
        return text[: place.start].rstrip().endswith(before) and text[
            place.end :
        ].lstrip().startswith(after)

    def _in_paragraph(self, place: Span, selector: TextQuote) -> bool:
        """Whether ``place`` begins in the paragraph that the selector names."""
        paragraph = self.paragraphs.get(selector.paragraph or "")
        start = self.folded.to_original(place).start
        return paragraph is not None and paragraph.start <= start < paragraph.end

    def _settle(self, place: Span, selector: TextQuote) -> Anchor:
        span = self.folded.to_original(place)
        if selector.paragraph is None or self._in_paragraph(place, selector):
            return Anchor(Status.KEPT, span, 1, "the quotation stands where it should")
        if selector.paragraph in self.paragraphs:
            reason = f"the quotation no longer stands in paragraph {selector.paragraph}"
        else:
            reason = f"there is no paragraph {selector.paragraph} any more"
        return Anchor(Status.MOVED, span, 1, reason)

    def _judge_lost_context(self, place: Span, exact: str, selector: TextQuote) -> Anchor:
        span = self.folded.to_original(place)
        if len(_WORD.findall(exact)) >= SHORT or self._in_paragraph(place, selector):
            return Anchor(Status.MOVED, span, 1, "what stands around the quotation has changed")
        return Anchor(
            Status.ORPHANED, None, 0,
            "the words stand once, but so few without their context may be chance",
            (Candidate(span, 1),),
        )

    def _choose(self, places: Sequence[Span]) -> Anchor:
        candidates = tuple(Candidate(self.folded.to_original(place), 1) for place in places)
        reason = f"the quotation stands {len(places)} times and its context does not tell which"
        return Anchor(Status.AMBIGUOUS, None, 0, reason, candidates)

    def _propose(self, exact: str) -> Anchor:
        """The most similar passage, for a person to look at."""
        reason = "the quotation stands nowhere in the text"
        found = fuzz.partial_ratio_alignment(exact, self.folded.text, score_cutoff=LIKENESS * 100)
        if found is None or found.dest_start == found.dest_end:
            return Anchor(Status.ORPHANED, None, 0, reason)
        place = _whole_words(self.folded.text, Span(found.dest_start, found.dest_end))
        score = found.score / 100
        candidate = Candidate(self.folded.to_original(place), score)
        return Anchor(Status.ORPHANED, None, score, reason, (candidate,))


def _occurrences(text: str, piece: str) -> list[int]:
    places: list[int] = []
    place = text.find(piece)
    while place >= 0:
        places.append(place)
        place = text.find(piece, place + len(piece))
    return places


def _whole_words(text: str, span: Span) -> Span:
    """``span`` widened so that it cuts no word."""
    start, end = span.start, span.end
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    lead = len(text[start:end]) - len(text[start:end].lstrip())
    return Span(start + lead, start + len(text[start:end].rstrip()))
