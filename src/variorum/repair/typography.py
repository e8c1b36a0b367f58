"""Sets quotation marks, dashes, ellipses and blanks right, each change on record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from variorum.text import Edit, Span

Finder = Callable[[str], Iterator[Edit]]
_OPENS = re.compile(r"(?:^|[\s(\[{—–“‘/*_-])\Z")
_CODE = re.compile(r"`[^`]*`|\]\([^)]*\)|<[^>]*>")


def curl_quotes(text: str) -> Iterator[Edit]:
    """Straight and doubled quotation marks and apostrophes, and one that faces the wrong way."""
    for match in re.finditer(r"``|''|[\"']|(?<=\s)”(?=\w)|(?<=[\w.,!?])“(?=[\s.,;]|$)", text):
        opens = bool(_OPENS.search(text[: match.start()])) and match.end() < len(text)
        mark = match.group()
        if mark == "'":
            elision = re.match(r"'(?:\d0s|tis|twas|em\b|til\b)", text[match.start():])
            new = "‘" if opens and not elision else "’"
        else:
            new = "“" if mark == "``" or (mark != "''" and opens) else "”"
        yield Edit(Span(*match.span()), new)


def set_dashes(text: str) -> Iterator[Edit]:
    """Hyphens for dashes: two or three, or one between blanks; and ranges of numbers."""
    for match in re.finditer(r"(?<=\S)\s+-{1,3}\s+(?=\S)|\s?(?<!-)-{2,3}(?!-)\s?", text):
        yield Edit(Span(*match.span()), "—")
    for match in re.finditer(r"(?<![\w-])\d{1,4}(-)\d{1,4}(?![\w-])", text):
        yield Edit(Span(*match.span(1)), "–")


def set_ellipses(text: str) -> Iterator[Edit]:
    """Three stops are one ellipsis."""
    for match in re.finditer(r"\.{3,}|\. \. \.(?: \.)?", text):
        yield Edit(Span(*match.span()), "…")


def set_blanks(text: str) -> Iterator[Edit]:
    """No blank before closing punctuation."""
    for match in re.finditer(r"(?<=[\w)”’])\s+(?=[,;:!?.](?:\s|$))", text):
        yield Edit(Span(*match.span()), "")


TYPOGRAPHY: tuple[tuple[str, Finder], ...] = (
    ("ellipses", set_ellipses),
    ("quotes", curl_quotes),
    ("blanks", set_blanks),
    ("dashes", set_dashes),
)
"""Names beside functions, in the order in which blocks are mended."""


def in_words(text: str, edits: Iterator[Edit]) -> Iterator[Edit]:
    """Those edits that touch neither code nor an address nor a tag."""
    kept_out = [Span(*match.span()) for match in _CODE.finditer(text)]
    return (edit for edit in edits if not any(edit.span.overlaps(span) for span in kept_out))
