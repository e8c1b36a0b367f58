"""The file's text as Python-Markdown sees it, and marks by which its lines are known again.

Python-Markdown's block parser hands out pieces of lines without saying where they stood. So one
mark, two private-use code points that no rule of Markdown looks at, is put into each line before
it is parsed. A piece is known by its mark afterwards, and the mark taken out, before anything
inside the line is parsed. Where a mark might change what a line means, none is put.

A line that can be nothing but a line of text, as most are, is folded: its mark and a sign stand for
it, which spares the block parser most of an essay.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from markdown.util import ETX, STX

from variorum.prose.offsets import runs_of
from variorum.prose.tracked import Tracked, join

FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n.*?^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S | re.M)
SNIPPET = re.compile(
    r"""^[ \t]*(?:
        -+8<-+[ \t]+(?:"[^"\n]+"|'[^'\n]+'|\[[ \t]*(?:start|end)[ \t]*:[^\]\n]*\])
        |-+8<-+\n(?:.*\n)*?[ \t]*-+8<-+
    )$""",
    re.X | re.M,
)
"""A line, or lines, by which ``pymdownx.snippets`` takes in another file, or marks a part of one.
That file's words have their places there, and are checked there."""
_RESERVED = re.compile(f"[{STX}{ETX}]")
_LINE_END = re.compile("\r\n?")
_BASE = 0xF0000
_DIGITS = 0x8000
_PRIVATE = re.compile(r"[\U000F0000-\U00100000]")
FOLD = "\U00100000"
"""Stands, behind its mark, for the whole of a line."""
MARK = re.compile(r"([\U000F0000-\U000F7FFF])([\U000F8000-\U000FFFFF])")
TAB_WIDTH = 4


def read_body(source: str) -> Tracked:
    """The text below the front matter, with white space normalised as Python-Markdown does."""
    front = FRONT_MATTER.match(source)
    start = front.end() if front else 0
    text = Tracked.run(source[start:], start)
    for pattern, by in ((_RESERVED, ""), (_LINE_END, "\n"), (SNIPPET, "")):
        text = _replace(text, pattern, by)
    if "\t" in text:
        text = _expand_tabs(text)
    return text


def hide_private(text: str) -> str:
    """``text`` as the parser gets it: nothing in it looks like a mark."""
    return _PRIVATE.sub("\ufffd", text)


def _replace(text: Tracked, pattern: re.Pattern[str], by: str) -> Tracked:
    parts, done = [], 0
    for match in pattern.finditer(text):
        parts += [text[done : match.start()], Tracked.all_at(by, text.offset(match.start()))]
        done = match.end()
    return join([*parts, text[done:]]) if done else text


def _expand_tabs(text: Tracked) -> Tracked:
    characters: list[str] = []
    at: list[int] = []
    column = 0
    for character, offset in zip(str(text), text.at, strict=True):
        width = TAB_WIDTH - column % TAB_WIDTH if character == "\t" else 1
        characters.append(" " * width if character == "\t" else character)
        at.extend([offset] * width)
        column = 0 if character == "\n" else column + width
    return Tracked("".join(characters), runs_of(at))


# Begins with a letter or another sign that opens no block, has nothing in it that is looked at
# before the line is parsed, and loses nothing at its end.
_FOLDABLE = re.compile(r"(?:\*{0,3}[^\W\d_]|[“‘—{])[^|<>&]*(?<!\s)")
_FOOTNOTES_GO_HERE = "///"  # a line with these signs may be looked for
# What a line may begin with and a mark must not come before or into.
_OPENING = re.compile(
    r"""(?:[ ]*(?:>|[*+-][ ]|\d+\.[ ]|:[ ]|\#+))*[ ]*   # quotes, lists, definitions, headings
        (?:\*?\[[^\]\n]*\]:?)?                          # labels of links, notes, abbreviations
    """,
    re.X,
)
_UNMARKED_LINE = re.compile(r"[ >]*(?:```|~~~|;?--8<--|:::)")
_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*>")
_LABEL = re.compile(r"^[ >]*\*?\[[^\[\]]*\n[^\[\]]*\]:", re.M)
# What a mark must not stand in: tags, numbers of items, the kinds of admonitions and details.
_CLOSED = re.compile(
    rf"{_TAG.pattern}|(?<!\w)\d+\.(?=\s)|(?:!!!|\?\?\?\+?|===[!+]?)[ ]*[\w\- ]*"
)
# A mark goes before a word, after a blank or a character that only opens something.
_WORD = re.compile(r"(?:^|(?<=[\s*_(\"'“‘«—–|]))(?=[^\W_])")
_CELL = re.compile(r"(?<=\|)[^|\w\n]*?(?=[^\W_])")
# On a line without such a word it goes before these, where they open no block.
_LONE = re.compile(r"(?!```|\$\$|\\(?:\[|begin))[`\[!(&\\$]")


def mark_lines(body: Tracked) -> str:
    """``body`` with a mark in each line that can carry one, or in its place.

    A mark's number is the offset in ``body`` of what it precedes.
    """
    plain = hide_private(str(body))
    closed = [match.span() for match in _TAG.finditer(plain) if "\n" in match.group()]
    closed += [match.span() for match in _LABEL.finditer(plain)]
    lines = plain.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    rigid = {number for span in closed for number in _lines_of(span, starts)}
    if _FOOTNOTES_GO_HERE in plain:
        rigid.update(range(len(lines)))
    marked = list(lines)
    before = ""
    for number, line in enumerate(lines):
        if not line:
            pass
        elif number in rigid:
            marked[number] = _mark_line(line, starts[number], closed)
        elif _FOLDABLE.fullmatch(line) and "]:" not in before:  # an address may stand below
            marked[number] = _mark(starts[number]) + FOLD
        else:
            marked[number] = _mark_line(line, starts[number], ())
        before = line
    return "\n".join(marked)


def _lines_of(span: tuple[int, int], starts: Sequence[int]) -> range:
    return range(bisect_right(starts, span[0]) - 1, bisect_left(starts, span[1]))


def _mark_line(line: str, start: int, closed: Sequence[tuple[int, int]]) -> str:
    if _UNMARKED_LINE.match(line):
        return line
    opening = _OPENING.match(line)
    places = _places(line, opening.end() if opening else 0)
    if closed:
        places = [p for p in places if not any(a <= start + p < b for a, b in closed)]
    for place in reversed(places):
        line = f"{line[:place]}{_mark(start + place)}{line[place:]}"
    return line


def _places(line: str, begin: int) -> list[int]:
    word = _WORD.search(line, begin)
    if word and word.start() == 0 and "|" not in line and not _CLOSED.match(line):
        return [0]  # as in most lines
    closed = [match.span() for match in _CLOSED.finditer(line)]

    def allowed(place: int) -> bool:
        return not any(a <= place < b for a, b in closed)

    first = next((m.start() for m in _WORD.finditer(line, begin) if allowed(m.start())), None)
    if first is None:
        lone = _LONE.match(line, begin)
        return [begin] if lone and allowed(begin) else []
    cells = [m.end() for m in _CELL.finditer(line, first)] if "|" in line else []
    return [first, *(place for place in cells if allowed(place))]


def _mark(offset: int) -> str:
    return chr(_BASE + offset // _DIGITS) + chr(_BASE + _DIGITS + offset % _DIGITS)


def marked_offset(match: re.Match[str]) -> int:
    """The number of the mark that ``MARK`` matched."""
    return (ord(match[1]) - _BASE) * _DIGITS + ord(match[2]) - _BASE - _DIGITS
