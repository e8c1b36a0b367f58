"""A paragraph of the source and the edition's own, each with what the other makes of it marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape

from variorum.cleaning import normalise, words
from variorum.essay import Reading
from variorum.repair import Mend
from variorum.text import Span

_ALIKE = 0.75
"""An edition with this part of its words in common with the source restores it; with less it tells
it anew, and single words that differ mean nothing."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A reading with its number in the edition."""

    number: int
    reading: Reading


@dataclass(frozen=True, slots=True)
class _Change:
    """Words of a copy that the edition does not have so: what the copy has, and why."""

    span: Span
    received: str
    cause: str


def mark_source(
    text: str, edition: Sequence[str], mends: Sequence[Mend], readings: Sequence[Numbered]
) -> str:
    """A source paragraph as received, as HTML: its mends, its slips, its readings marked.

    ``text`` is as the ledger knows it, ``edition`` what answers to it. A reading that is not found
    to the letter is left out.
    """
    changes = list(_find_mends(text, mends))
    changes += _find_slips(text, " ".join(edition), changes)
    parts: list[str] = []
    done = 0
    for span, item in _find_readings(text, readings, changes):
        start = max(span.start, done)
        parts.append(_received(text, Span(done, start), changes))
        if start < span.end:
            name = item.reading.id
            parts += [f'<mark class="vr-read" id="copy-{name}">',
                      _received(text, Span(start, span.end), changes), "</mark>"]
        parts.append(_number(item))
        done = max(done, span.end)
    return "".join([*parts, _received(text, Span(done, len(text)), changes)])


def mark_edition(text: str, readings: Iterable[Reading]) -> str:
    """A paragraph of the edition as HTML; a reading that stands in it word for word is marked."""
    spans = sorted(filter(None, (_find_once(text, reading.reading) for reading in readings)))
    parts: list[str] = []
    done = 0
    for span in spans:
        if span.start >= done:
            parts += [escape(text[done : span.start]),
                      f'<mark class="vr-read">{escape(span.of(text))}</mark>']
            done = span.end
    return "".join([*parts, escape(text[done:])]).replace("\n", "<br>")


def _find_once(text: str, words: str) -> Span | None:
    found = list(_pattern(words, re.IGNORECASE).finditer(text))
    return Span(*found[0].span()) if len(found) == 1 else None


def _pattern(words: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """``words`` where no letter touches a letter at their ends."""
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    after = r"(?!\w)" if words[-1:].isalnum() else ""
    return re.compile(before + re.escape(words) + after, flags)


def _find_mends(text: str, mends: Iterable[Mend]) -> Iterator[_Change]:
    """Each mend at the first place that no mend before it has taken."""
    taken: list[Span] = []
    for mend in mends:
        found = (Span(*m.span()) for m in _pattern(mend.after).finditer(text) if mend.after)
        if place := next((s for s in found if not any(s.overlaps(t) for t in taken)), None):
            taken.append(place)
            yield _Change(place, mend.before.replace("⏎", "|"), "vr-mended")


def _find_slips(text: str, edition: str, mended: Sequence[_Change]) -> Iterator[_Change]:
    """Words that an edition which restores the text has put right without a reading."""
    ours, theirs = words(text), words(edition)
    matcher = SequenceMatcher(None, [w.folded for w in ours], [w.folded for w in theirs], False)
    if matcher.ratio() < _ALIKE:
        return
    for kind, start, end, _, _ in matcher.get_opcodes():
        if kind in ("replace", "delete"):
            span = Span(ours[start].span.start, ours[end - 1].span.end)
            if not any(change.span.overlaps(span) for change in mended):
                yield _Change(span, span.of(text), "vr-slip")


def _find_readings(
    text: str, readings: Iterable[Numbered], changes: Sequence[_Change]
) -> list[tuple[Span, Numbered]]:
    """The words of each reading, widened so that they cut through no mend."""
    found: list[tuple[Span, Numbered]] = []
    for item in readings:
        start = text.find(words := normalise(item.reading.source))
        if start >= 0:
            span = Span(start, start + len(words))
            touched = [c.span for c in changes if c.span.overlaps(span) and c.cause == "vr-mended"]
            found.append((Span(min(s.start for s in [span, *touched]),
                               max(s.end for s in [span, *touched])), item))
    return sorted(found, key=lambda pair: pair[0])


def _received(text: str, within: Span, changes: Iterable[_Change]) -> str:
    """The words of ``within`` as the copy has them."""
    parts: list[str] = []
    done = within.start
    for change in sorted(changes, key=lambda change: change.span):
        span = change.span
        if span.start >= done and span.end <= within.end:
            parts += [escape(text[done : span.start]),
                      f'<span class="{change.cause}">{escape(change.received)}</span>']
            done = span.end
    return "".join([*parts, escape(text[done : within.end])])


def _number(item: Numbered) -> str:
    return (f'<a class="vr-number" href="#reading-{item.reading.id}" '
            f'aria-label="Reading {item.number}">{item.number}</a>')
