"""From a passage to the selector that leads to it, with the shortest context that will do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from variorum.annotations.anchor import Status, Version
from variorum.annotations.anchoring import SHORT, Search
from variorum.annotations.folded import clean
from variorum.text import Span

CONTEXT = 8
"""Words on one side after which more context is not tried."""
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Description:
    """A selector, as it may be written down."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    paragraph: str | None = None


def paragraph_at(version: Version, place: int) -> str | None:
    """The id of the innermost paragraph that the code point ``place`` is in."""
    around = [(s.end - s.start, name) for name, s in version.paragraphs.items()
              if s.start <= place < s.end]
    return min(around)[1] if around else None


def describe(version: Version, span: Span) -> Description:
    """A selector that leads to ``span`` and nowhere else.

    A quotation of few words gets context even where it stands once, because the next edit may
    change that. Where no context of eight words on either side tells, all of that is given.
    """
    bare = Description(
        clean(span.of(version.text)), paragraph=paragraph_at(version, span.start)
    )
    search = Search(version, None)
    least = 0 if len(bare.exact.split()) >= SHORT else 1
    widest = bare
    for widest in contexts(version.text, span, bare, least):
        found = search.anchor(widest)
        if found.status is Status.KEPT and found.span is not None and found.span.overlaps(span):
            return widest
    return widest


def contexts(
    text: str, span: Span, bare: Description, least: int = 0
) -> Iterator[Description]:
    """``bare`` with ever more words of context, from ``least`` on."""
    before = [clean(m[0]) for m in _WORD.finditer(text[max(0, span.start - 400) : span.start])]
    after = [clean(m[0]) for m in _WORD.finditer(text[span.end : span.end + 400])]
    glued_before = span.start > 0 and not text[span.start - 1].isspace()
    glued_after = span.end < len(text) and not text[span.end].isspace()
    for count in range(least, CONTEXT + 1):
        prefix = " ".join(before[-count:] if count else []) + ("" if glued_before else " ")
        suffix = ("" if glued_after else " ") + " ".join(after[:count])
        prefix, suffix = (prefix if prefix.strip() else ""), (suffix if suffix.strip() else "")
        if count == 0:
            yield bare
        else:
            yield replace(bare, suffix=suffix)
            yield replace(bare, prefix=prefix)
            yield replace(bare, prefix=prefix, suffix=suffix)


def sentence_around(text: str, span: Span) -> Span:
    """The sentence or sentences that a passage is in, within its block or blocks."""
    start = max(text.rfind("\n\n", 0, span.start) + 2, 0) if "\n\n" in text[: span.start] else 0
    end = text.find("\n\n", span.end)
    end = len(text) if end < 0 else end
    stops = [start + m.end() for m in re.finditer(r"[.?!…]['”’\")]*\s+", text[start:end])]
    start = max([start, *(stop for stop in stops if stop <= span.start)])
    end = min([end, *(stop for stop in stops if stop >= span.end)])
    return Span(start, start + len(text[start:end].rstrip()))
