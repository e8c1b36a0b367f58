"""Finds the passages that notes quote.

A selector is a W3C TextQuoteSelector (https://www.w3.org/TR/annotation-model/#text-quote-selector):
a quotation with what stands before and after it. It is looked for exactly, then by its context.
Where the text before an edit is known, the words' way through the edit is followed first. Where
a passage stands nowhere, the most similar ones are proposed, and nothing more: to settle on a
lookalike is how notes drift.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from variorum.annotations.anchor import Anchor, Candidate, Status, TextQuote, Version
from variorum.annotations.folded import FoldedText, fold, fold_quotation
from variorum.annotations.proposing import likeness, propose
from variorum.annotations.revision import Revision, compare
from variorum.annotations.words import Words, count_words, split_words
from variorum.text import Span

SHORT = 5
"""Words below which a quotation says too little without a context that fits."""
LONG = 16
"""Words from which a quotation that stands once may have lost its context on one side."""
MEDIUM = 8
"""The same in the paragraph that its selector names."""
_MANY = 50
"""Places after which a quotation is looked for together with its context only."""
_NEAR = 3
"""Words of the context on one side that, fitting, make up for the other side."""


def anchor_all(
    text: str,
    selectors: Sequence[TextQuote],
    paragraphs: Mapping[str, Span] | None = None,
    earlier: Version | None = None,
) -> list[Anchor]:
    """An anchor for each of ``selectors`` in ``text``, the text that a reader sees.

    ``paragraphs`` gives the place in ``text`` of each paragraph that has an id, ``earlier`` a
    version of the text in which the selectors fitted, if one is known. All places are code
    points. Nothing is raised: a selector that leads nowhere yields an anchor that says so.
    """
    search = Search(Version(text, paragraphs or {}), earlier)
    return [search.anchor(selector) for selector in selectors]


class _Quotation:
    """A selector, folded."""

    def __init__(self, selector: TextQuote) -> None:
        self.exact = fold_quotation(selector.exact or "")
        self.before = fold_quotation(selector.prefix)
        self.after = fold_quotation(selector.suffix)
        self.paragraph = selector.paragraph

    @property
    def bare(self) -> bool:
        """Whether nothing is said of what stands around."""
        return not (self.before or self.after)

    def sides(self, text: str, place: Span) -> tuple[bool, bool]:
        """Whether what stands before ``place``, and after it, is what the selector says."""
        lead = text[max(0, place.start - len(self.before) - 2) : place.start]
        trail = text[place.end : place.end + len(self.after) + 2]
        return lead.rstrip().endswith(self.before), trail.lstrip().startswith(self.after)

    def nearly(self, text: str, place: Span) -> bool:
        """Whether the context fits on one side at least, with enough words to say something."""
        before, after = self.sides(text, place)
        return (before and count_words(self.before, _NEAR) == _NEAR) or (
            after and count_words(self.after, _NEAR) == _NEAR
        )


def anchor_through(
    text: str,
    selectors: Sequence[TextQuote],
    paragraphs: Mapping[str, Span] | None,
    versions: Iterable[Version],
) -> list[Anchor]:
    """``anchor_all``, and for what is then not kept the first of ``versions`` that it fitted.

    ``versions`` are earlier texts, the newest first; no more of them are asked for than needed.
    """
    now = Search(Version(text, paragraphs or {}), None)
    anchors = [now.anchor(selector) for selector in selectors]
    lost = [index for index, anchor in enumerate(anchors) if anchor.status is not Status.KEPT]
    for version in versions if lost else ():
        search = Search(now.version, version)
        for index in list(lost):
            before = search.before_edit
            if before and selectors[index].exact and before.anchor(selectors[index]).span:
                anchors[index] = search.anchor(selectors[index])
                lost.remove(index)
        if not lost:
            break
    return anchors


class Search:
    """One text to look for quotations in; what only some of them need is made when needed."""

    def __init__(self, version: Version, earlier: Version | None) -> None:
        self.version = version
        self.folded: FoldedText = fold(version.text)
        self.earlier = earlier

    @cached_property
    def words(self) -> Words:
        return split_words(self.folded.text)

    @cached_property
    def before_edit(self) -> Search | None:
        if self.earlier is None or self.earlier.text == self.version.text:
            return None
        return Search(self.earlier, None)

    @cached_property
    def revision(self) -> Revision | None:
        return compare(self.before_edit.words, self.words) if self.before_edit else None

    def anchor(self, selector: TextQuote) -> Anchor:
        if selector.exact is None:
            return self._whole(selector)
        sought = _Quotation(selector)
        if not sought.exact:
            return Anchor(Status.ORPHANED, None, 0, "the quotation is empty")
        if self.before_edit and (followed := self._follow(sought)):
            return followed
        return self._look(sought)

    def _whole(self, selector: TextQuote) -> Anchor:
        name, text = selector.paragraph, self.version.text
        if name is not None and name not in self.version.paragraphs:
            reason = f"there is no paragraph {name} any more"
            return Anchor(Status.ORPHANED, None, 0, reason, whole=True)
        span = Span(0, len(text)) if name is None else self.version.paragraphs[name]
        about = "the whole text" if name is None else f"all of paragraph {name}"
        if not span.of(text).strip():
            return Anchor(Status.ORPHANED, None, 0, f"it is about {about}, which has no words",
                          whole=True)
        return Anchor(Status.KEPT, span, 1, f"it is about {about}", whole=True)

    # ── by the words themselves ──────────────────────────────────────────────

    def _look(self, sought: _Quotation) -> Anchor:
        """By the quotation, its context and its paragraph."""
        text = self.folded.text
        home = self._home(sought)
        if home and (at := _only(text, sought.exact, home)) is not None:
            place = Span(at, at + len(sought.exact))
            if all(sought.sides(text, place)):
                return self._settle(place, sought)
        places = _occurrences(text, sought.exact, _MANY)
        if not places:
            return self._propose(sought)
        if len(places) == _MANY and not sought.bare:
            places = _with_context(text, sought) or places
        fitting = [place for place in places if all(sought.sides(text, place))]
        if len(fitting) > 1:
            inside = [place for place in fitting if self._inside(place, sought.paragraph)]
            fitting = inside or fitting
        elif not fitting:
            fitting = [place for place in places if self._vouched(place, sought)]
        if len(fitting) == 1 and not self._strayed(fitting[0], sought):
            return self._settle(fitting[0], sought)
        return self._choose(fitting or places, sought)

    def _strayed(self, place: Span, sought: _Quotation) -> bool:
        """Whether few words stand outside their paragraph, although that is still there.

        A sentence that is like another has its few words in the same context too.
        """
        there = sought.paragraph in self.version.paragraphs
        few = there and count_words(sought.exact, SHORT) < SHORT
        return few and not self._inside(place, sought.paragraph)

    def _vouched(self, place: Span, sought: _Quotation, *, followed: bool = False) -> bool:
        """Whether enough speaks for a passage of which the context has changed."""
        size = count_words(sought.exact, LONG)
        if size == LONG and followed:
            return True
        near = sought.nearly(self.folded.text, place)
        return near and (size == LONG or (
            size >= MEDIUM and self._inside(place, sought.paragraph)
        ))

    def _home(self, sought: _Quotation) -> Span | None:
        """The paragraph that the selector names, in the folded text."""
        span = self.version.paragraphs.get(sought.paragraph or "")
        return self.folded.from_original(span) if span else None

    def _inside(self, place: Span, paragraph: str | None) -> bool:
        """Whether ``place`` begins in the paragraph."""
        span = self.version.paragraphs.get(paragraph or "")
        start = self.folded.to_original(place).start
        return span is not None and span.start <= start < span.end

    def _settle(self, place: Span, sought: _Quotation) -> Anchor:
        span = self.folded.to_original(place)
        status, reason = Status.MOVED, ""
        if sought.paragraph and sought.paragraph not in self.version.paragraphs:
            reason = f"there is no paragraph {sought.paragraph} any more"
        elif sought.paragraph and not self._inside(place, sought.paragraph):
            reason = f"the quotation no longer stands in paragraph {sought.paragraph}"
        elif not all(sought.sides(self.folded.text, place)):
            reason = "what stands around the quotation has changed"
        else:
            status, reason = Status.KEPT, "the quotation stands where it should"
        return Anchor(status, span, 1, reason)

    def _choose(self, places: Sequence[Span], sought: _Quotation) -> Anchor:
        candidates = tuple(Candidate(self.folded.to_original(place), 1) for place in places)
        if len(places) == 1:
            reason = "the words stand once, but what stood around them is gone: it may be chance"
            if self._strayed(places[0], sought):
                reason = (f"the words stand once, but they are few and no longer in paragraph "
                          f"{sought.paragraph}: it may be chance")
            return Anchor(Status.ORPHANED, None, 1, reason, candidates)
        times = f"more than {_MANY - 1}" if len(places) >= _MANY else str(len(places))
        doubt = "nothing tells which" if sought.bare else "its context does not tell which"
        reason = f"the quotation stands {times} times and {doubt}"
        return Anchor(Status.AMBIGUOUS, None, 1, reason, candidates)

    def _propose(self, sought: _Quotation) -> Anchor:
        """The most similar passages, for a person to look at."""
        places = propose(
            self.folded.text, self.words, sought.exact, sought.before, sought.after
        )
        candidates = tuple(Candidate(self.folded.to_original(p), score) for p, score in places)
        score = candidates[0].score if candidates else 0
        reason = "the quotation stands nowhere in the text"
        return Anchor(Status.ORPHANED, None, score, reason, candidates)

    # ── by the way through an edit ───────────────────────────────────────────

    def _follow(self, sought: _Quotation) -> Anchor | None:
        """Where the passage went from where it stood; ``None`` when it did not stand there."""
        assert self.before_edit and self.revision
        stood = self.before_edit._look(sought)
        if stood.span is None:
            return None
        old = self.before_edit.words.within(self.before_edit.folded.from_original(stood.span))
        if old.start == old.end:
            return None
        way = self.revision.follow(old)
        if way.place is None:
            return self._deleted(sought)
        place = self.words.span(way.place)
        if exactly := _exactly(self.folded.text, sought.exact, place):
            text = self.folded.text
            if all(sought.sides(text, exactly)) or self._vouched(
                exactly, sought, followed=way.sure
            ):
                return self._settle(exactly, sought)
            return self._choose([exactly], sought)
        intact = way.intact and way.sure and old.end - old.start >= MEDIUM
        return self._changed(place, sought, intact=intact)

    def _changed(self, place: Span, sought: _Quotation, *, intact: bool) -> Anchor:
        span = self.folded.to_original(place)
        score = likeness(sought.exact, place.of(self.folded.text))
        if intact:
            reason = "only its punctuation or capitals have changed"
            return Anchor(Status.MOVED, span, score, reason)
        reason = "its words were changed where it stands"
        return Anchor(Status.ORPHANED, None, score, reason, (Candidate(span, score),))

    def _deleted(self, sought: _Quotation) -> Anchor:
        """No word of the passage is left where it stood: it may stand elsewhere, as new."""
        assert self.revision
        found = self._look(sought)
        if found.span is None:
            return found
        place = self.words.within(self.folded.from_original(found.span))
        if place.end - place.start >= LONG and not self.revision.is_copy(place):
            return found
        reason = "the passage was deleted where it stood; the same words stand elsewhere"
        return Anchor(Status.ORPHANED, None, 1, reason, (Candidate(found.span, 1),))


def _occurrences(text: str, piece: str, limit: int) -> list[Span]:
    """The first places of ``piece``, which do not overlap, ``limit`` at most."""
    places: list[Span] = []
    place = text.find(piece)
    while place >= 0 and len(places) < limit:
        places.append(Span(place, place + len(piece)))
        place = text.find(piece, place + len(piece))
    return places


def _only(text: str, piece: str, within: Span) -> int | None:
    """Where ``piece`` begins that stands once ``within``."""
    place = text.find(piece, within.start, within.end)
    if place < 0 or text.find(piece, place + 1, within.end) >= 0:
        return None
    return place


def _with_context(text: str, sought: _Quotation) -> list[Span]:
    """Two places at most where the quotation stands in its context, blanks as they may be."""
    found: set[Span] = set()
    for lead in {sought.before, f"{sought.before} "} if sought.before else {""}:
        for trail in {sought.after, f" {sought.after}"} if sought.after else {""}:
            for place in _occurrences(text, f"{lead}{sought.exact}{trail}", 2):
                start = place.start + len(lead)
                found.add(Span(start, start + len(sought.exact)))
    return sorted(found)


def _exactly(text: str, exact: str, place: Span) -> Span | None:
    """The place of the quotation, letter for letter, whose words stand at ``place``."""
    start = text.find(exact, max(0, place.start - 8), place.end + 8)
    if start < 0 or start > place.start + 8:
        return None
    return Span(start, start + len(exact))
