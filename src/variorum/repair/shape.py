"""Recovers paragraphs, headings and footnotes from the lines of a plain text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from variorum.repair.values import Block, Kind, Line, Mend

_HYPHEN = re.compile(r"([^\W\d_]+)-$")
_END = re.compile(r"""[.!?:;…]["'”’)\]]*(?:\[\w{1,3}\]|[⁰¹²³⁴⁵⁶⁷⁸⁹*†‡]+)?$""")
"""A stop, with what closes after it and the mark of a footnote."""
_NOTE = re.compile(r"^(?:\[(\d{1,3})\]|(\d{1,3})[.)]|([*†‡]))\s+(?=\S)")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_ANY_MARK = re.compile(
    r"\[(\d{1,3})\]|([⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?<=[a-z][.,;:!?”’])(\d{1,3})(?=\s|$)"
    r"|(?<=[\w.,;:!?”’\"'])([*†‡])"
)
_COLUMN = 100
"""No line that was wrapped is longer."""
_FULL_LINE = 45
"""A paragraph's inner lines are longer than this many characters; a heading's need not be."""


def join_hyphens(lines: Sequence[Line], keep: bool) -> tuple[list[Line], list[Mend]]:
    """Join words that were divided at line ends.

    The hyphen stays when the text has the word with a hyphen elsewhere and never without.
    """
    if keep:
        return list(lines), []
    known = {word for line in lines for word in re.findall(r"[\w-]+", line.text.casefold())}
    done, mends = list(lines), []
    for index, line in enumerate(lines[:-1]):
        first, following = _HYPHEN.search(done[index].text.rstrip()), lines[index + 1].text.lstrip()
        second = re.match(r"[^\W\d_]+", following)
        if not (first and second and second.group()[0].islower()):
            continue
        with_hyphen, without = f"{first[1]}-{second.group()}", f"{first[1]}{second.group()}"
        hyphenated = with_hyphen.casefold() in known and without.casefold() not in known
        joined = with_hyphen if hyphenated else without
        rest = re.match(r"[^\w\s]*", following[second.end():])
        tail = rest.group() if rest else ""
        done[index] = replace(line, text=done[index].text.rstrip()[: first.start()] + joined + tail)
        done[index + 1] = replace(lines[index + 1],
                                  text=following[second.end() + len(tail):].lstrip())
        mends.append(Mend("hyphens", line.number, f"{first[0]}⏎{second.group()}", joined))
    return done, mends


def find_blocks(lines: Sequence[Line]) -> list[Block]:
    """Paragraphs: what stands between blank lines, or begins with an indented line.

    A text without either has one paragraph a line, as word processors save it.
    """
    groups = _between_blanks(lines)
    if all(line.text.strip() for line in lines) and not _is_wrapped(lines):
        groups = [[line] for line in lines]
    return [_block(part) for group in groups for part in _at_indents(group)]


def _between_blanks(lines: Sequence[Line]) -> list[list[Line]]:
    groups: list[list[Line]] = [[]]
    for line in lines:
        if line.text.strip():
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _is_wrapped(lines: Sequence[Line]) -> bool:
    """Whether the lines end where the column ends and not where a paragraph does."""
    ends = [bool(_END.search(line.text.strip())) for line in lines[:-1]]
    short = all(len(line.text) <= _COLUMN for line in lines)
    return short and sum(ends) < max(len(ends) / 2, 1) and len(lines) > 1


def _at_indents(group: Sequence[Line]) -> list[list[Line]]:
    """Split where a line is set in; quoted blocks, wholly set in, stay whole."""
    indents = [len(line.text) - len(line.text.lstrip()) for line in group]
    if min(indents[1:], default=0) > 0:
        return [list(group)]
    parts: list[list[Line]] = []
    for line, indent in zip(group, indents, strict=True):
        if not parts or (indent and parts[-1]):
            parts.append([])
        parts[-1].append(line)
    return parts


def _block(lines: Sequence[Line]) -> Block:
    text = " ".join(" ".join(line.text for line in lines).split())
    return Block(Kind.PARAGRAPH, text, lines[0].number)


def find_headings(blocks: Sequence[Block]) -> list[Block]:
    """Short blocks without a final stop, in capitals or in title case, are headings."""
    return [replace(block, kind=Kind.HEADING, level=1 if not index else 2)
            if _is_heading(block.text) and index + 1 < len(blocks) else block
            for index, block in enumerate(blocks)]


def _is_heading(text: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_][^\W_’']*", text) if len(word) > 3]
    if len(text) > 80 or not words or _END.search(text) or text.endswith((",", "-", "—")):
        return False
    numbered = re.match(r"(?:chapter|part|[ivxlc]+\.|\d+\.)\s", text, re.I) is not None
    return text.isupper() or numbered or all(word[0].isupper() for word in words)


def join_broken(
    blocks: Sequence[Block], breaks: Sequence[int]
) -> tuple[list[Block], list[Mend]]:
    """Join paragraphs cut in two: no stop before, and a small letter or a page's end after.

    ``breaks`` are the lines where something of a page was dropped.
    """
    edges = sorted(breaks)
    groups: list[list[Block]] = []
    mends: list[Mend] = []
    for block in blocks:
        if groups and _goes_on(groups[-1], block, edges):
            ends, begins = groups[-1][-1].text.split()[-1], block.text.split()[0]
            mends.append(Mend("paragraphs", block.line, f"{ends}¶{begins}", f"{ends} {begins}"))
            groups[-1].append(block)
        else:
            groups.append([block])
    return [replace(group[0], text=" ".join(b.text for b in group)) for group in groups], mends


def _goes_on(group: Sequence[Block], block: Block, edges: Sequence[int]) -> bool:
    first, last = group[0], group[-1]
    at_edge = bisect_right(edges, first.line) < bisect_left(edges, block.line)
    return (
        first.kind is block.kind is Kind.PARAGRAPH
        and (at_edge or block.text[:1].islower())
        and (len(group) > 1 or len(first.text) > _FULL_LINE)
        and not _END.search(last.text)
    )


def find_footnotes(blocks: Sequence[Block]) -> tuple[list[Block], list[Mend]]:
    """Blocks that begin with a number whose mark stands in a paragraph above are footnotes."""
    done = list(blocks)
    mends: list[Mend] = []
    marked = _marked(blocks)
    for index, block in enumerate(blocks):
        sign = _NOTE.match(block.text)
        if not sign or block.kind is not Kind.PARAGRAPH:
            continue
        label = next(filter(None, sign.groups()))
        marker = _marker(label)
        above_it = marked[label][: bisect_left(marked[label], index)]
        place, number = _mark_above(done, above_it, marker)
        if place is None:
            continue
        name = label if label.isdigit() else f"n{block.line}"
        above = done[number]
        before = above.text[: place.start()].rstrip()
        changed = f"{before}[^{name}]{above.text[place.end():]}"
        done[number] = replace(above, text=changed)
        done[index] = replace(block, kind=Kind.FOOTNOTE, label=name, text=block.text[sign.end():])
        mends.append(Mend("footnotes", above.line, place.group(), f"[^{name}]"))
    return done, mends


def _mark_above(
    blocks: Sequence[Block], numbers: Sequence[int], marker: re.Pattern[str]
) -> tuple[re.Match[str] | None, int]:
    """The last mark in the last paragraph that has one, and that paragraph's number."""
    for number in reversed(numbers):
        places = list(marker.finditer(blocks[number].text))
        if places and blocks[number].kind is Kind.PARAGRAPH:
            return places[-1], number
    return None, 0


def _marked(blocks: Sequence[Block]) -> Mapping[str, list[int]]:
    """By label, the numbers of the blocks that may have its mark, in order."""
    marked: dict[str, dict[int, None]] = defaultdict(dict)
    for index, block in enumerate(blocks):
        for match in _ANY_MARK.finditer(block.text):
            sign = match[match.lastindex or 0].translate(_LOWERED)
            parts = (sign[i : i + size] for size in (1, 2, 3) for i in range(len(sign) - size + 1))
            for label in parts:
                marked[label][index] = None
    return defaultdict(list, {label: list(found) for label, found in marked.items()})


def _marker(label: str) -> re.Pattern[str]:
    """The mark in the text: in brackets, raised, or a sign right after a word."""
    if not label.isdigit():
        return re.compile(rf"(?<=[\w.,;:!?”’\"']){re.escape(label)}")
    raised = label.translate(_RAISED)
    return re.compile(rf"\[{label}\]|{raised}|(?<=[a-z][.,;:!?”’])(?:{label})(?=\s|$)")
