"""A block as it is read to a checker who knows one language and no Markdown."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field

from variorum.prose import Block
from variorum.text import Span

NOUN = "Paris"
"""Is read out for code, a formula, an address or words of another language: a name wants no
article, bears one, and may stand wherever a noun may."""
_PICTURE = (
    "[\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2b00-\u2bff"
    "\u200d\ufe0f\u20e3\U0001f000-\U0001faff\U000e0020-\U000e007f]"
)
_RUN = rf"{_PICTURE}(?:{_PICTURE}|\s)*"
_EMOJI = re.compile(
    rf"^{_RUN}|(?<=[.!?…:”)]\s){_RUN}|(?<=[^\s{_PICTURE[1:-1]}])\s{_RUN}$"
)
"""Pictures at the beginning or the end of a text, or between two sentences."""


@dataclass(frozen=True)
class Spoken:
    """A block as it is read to a checker: a noun stands where code or mathematics stood."""

    text: str
    at: array[int] = field(repr=False)
    """For each code point its offset in the block's text; one more for the end."""
    nouns: tuple[Span, ...]
    """Where the stand-ins are."""


def speak(block: Block, language: str) -> Spoken:
    """Put a noun for everything in ``block`` that is not prose in ``language``.

    A line that ends in the middle of a sentence does not end it; a picture between sentences
    belongs to none.
    """
    shown = _EMOJI.sub(lambda match: " " * len(match[0]), block.text.replace("\n", " "))
    parts: list[str] = []
    at = array("q")
    nouns: list[Span] = []
    blank = len(shown) - len(shown.lstrip())
    done = min([blank, *(mask.span.start for mask in block.masks[:1])])
    for mask in block.masks:
        if mask.language and is_same_language(mask.language, language):
            continue
        start, end = mask.span.start, mask.span.end
        at.extend(range(done, start))
        parts += [shown[done:start], NOUN]
        nouns.append(Span(len(at), len(at) + len(NOUN)))
        at.extend([start] * len(NOUN))
        done = end
    parts.append(shown[done:])
    at.extend(range(done, len(shown) + 1))
    return Spoken("".join(parts), at, tuple(nouns))


def is_same_language(one: str, other: str) -> bool:
    """Whether two BCP 47 tags name the same language, wherever it is spoken."""
    return one.partition("-")[0].lower() == other.partition("-")[0].lower()
