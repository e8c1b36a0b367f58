"""The stretches of text that a reader sees one below another, out of a parsed tree."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from markdown import Markdown
from markdown.util import ETX, STX

from variorum.prose.blanks import BREAK, Lane, collapse
from variorum.prose.inline import PLACE
from variorum.prose.offsets import NOWHERE, Offsets
from variorum.prose.rawhtml import UNSEEN, RawText, read_raw
from variorum.prose.restore import Restorer
from variorum.prose.tracked import Tracked, join
from variorum.text import Span

KINDS = {
    "p": "paragraph", "li": "item", "td": "cell", "th": "cell", "dt": "term", "dd": "definition",
    "summary": "title", "label": "title", "pre": "code", "figcaption": "caption",
    "caption": "caption", **{f"h{level}": "heading" for level in range(1, 7)},
}
"""What a block is, by the element that holds its text; "text" for all others."""

MASKED = {"code": "code", "kbd": "code", "samp": "code", "var": "code", "tt": "code"}
_NOT_SOURCE = {"footnote-ref", "footnote-backref", "headerlink"}
_TOKEN = re.compile(f"{STX}(?:wzxhzdk:(\\d+)|(\\d+)|amp|[^{ETX}]*){ETX}|(&#X[0-9a-fA-F]+;)")
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:|www\.|[^\s@]+@)\S+\Z", re.I)


@dataclass(frozen=True, slots=True)
class Mask:
    """Visible text that is not prose: ``code``, ``math``, ``address``; or in a ``language``."""

    span: Span
    kind: str
    language: str | None = None
    """The BCP 47 tag of a stretch with a ``lang`` attribute, be it that of its surroundings."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an image of the essay."""

    span: Span
    """The whole construct in the file."""
    target: str
    image: bool
    alt: str | None
    """An image's text for those who do not see it."""


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of text: a paragraph, a heading, a cell, an item."""

    kind: str
    text: str
    """As a reader sees it; soft line breaks are blanks, hard ones line feeds."""
    at: Offsets = field(repr=False)
    """For each code point its offset in the file; -1 when it stands in none."""
    masks: tuple[Mask, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    """Of the element that holds the text."""
    ancestors: tuple[str, ...] = ()
    """The tags around that element, outermost first."""
    language: str | None = None
    """From the nearest ``lang`` attribute."""

    @property
    def span(self) -> Span:
        """Where the block's words begin and end in the file."""
        known = [run for run in self.at.stretches() if run[0] != NOWHERE]
        if not known:
            return Span(0, 0)
        ends = (first + (size - 1) * step for first, size, step in known)
        return Span(min(first for first, _, _ in known), max(ends) + 1)


@dataclass(frozen=True, slots=True)
class _Holder:
    """The element that the text being collected belongs to."""

    element: etree.Element
    ancestors: tuple[str, ...]
    language: str | None


class BlockReader:
    """Walks one document's tree and collects its blocks, in the order of the page."""

    def __init__(self, md: Markdown, restorer: Restorer) -> None:
        self.md = md
        self.restorer = restorer
        self.blocks: list[Block] = []
        self.wide: dict[int, int] = {}
        self.links: list[Link] = []
        self.pieces: list[tuple[Tracked, str | None]] = []
        self.open_masks: list[tuple[str, str]] = []  # tags of raw HTML and what they make of text
        self.unseen = 0
        self.block_level: dict[str, bool] = {}  # by tag

    def read(self, root: etree.Element) -> list[Block]:
        """All blocks under ``root``."""
        self._read_element(root, (), None)
        return self.blocks

    def _read_element(
        self, element: etree.Element, ancestors: tuple[str, ...], language: str | None
    ) -> None:
        if element.tag in UNSEEN:
            return
        holder = _Holder(element, ancestors, element.get("lang") or language)
        if element.text:
            self._add(element.text, holder, None)
        for child in element:
            if self._is_block(child.tag):
                self._flush(holder)
                self._read_element(child, (*ancestors, element.tag), holder.language)
            else:
                self._read_inline(child, holder, None)
            if child.tail:
                self._add(child.tail, holder, None)
        self._flush(holder)

    def _is_block(self, tag: str) -> bool:
        found = self.block_level.get(tag)
        if found is None:
            found = self.block_level[tag] = tag == "label" or self.md.is_block_level(tag)
        return found

    def _read_inline(self, element: etree.Element, holder: _Holder, mask: str | None) -> None:
        if element.tag == "br":
            self.pieces.append((Tracked.all_at(BREAK, NOWHERE), None))
            return
        if element.get("class") in _NOT_SOURCE or element.tag in UNSEEN:
            return
        if place := element.attrib.pop(PLACE, ""):
            self._note_link(element, place)
        mask = mask or _mask_of(element)
        if element.text:
            self._add(element.text, holder, mask)
        for child in element:
            self._read_inline(child, holder, mask)
            if child.tail:
                self._add(child.tail, holder, mask)

    def _note_link(self, element: etree.Element, place: str) -> None:
        start, end = map(int, place.split())
        image = element.tag == "img"
        target = element.get("src" if image else "href") or ""
        if start != NOWHERE and end > start:
            self.links.append(Link(Span(start, end), target, image, element.get("alt")))

    def _add(self, text: str, holder: _Holder, mask: str | None) -> None:
        """Collect ``text``, resolving escapes, entities and raw HTML."""
        tracked = text if isinstance(text, Tracked) else Tracked.all_at(text, NOWHERE)
        if STX not in tracked and "&#X" not in tracked:
            self._push(tracked, mask)
            return
        done = 0
        for match in _TOKEN.finditer(tracked):
            self._push(tracked[done : match.start()], mask)
            self._push_token(match, tracked.offset(match.start()), holder, mask)
            done = match.end()
        self._push(tracked[done:], mask)

    def _push(self, text: Tracked, mask: str | None) -> None:
        if text and not self.unseen:
            around = self.open_masks[-1][1] if self.open_masks else None
            self.pieces.append((text, mask or around))

    def _push_token(
        self, match: re.Match[str], offset: int, holder: _Holder, mask: str | None
    ) -> None:
        if match[1]:
            raw = self.md.htmlStash.rawHtmlBlocks[int(match[1])]
            # An element that its line kept from being parsed is shown as it was written.
            written = raw if isinstance(raw, str) else self.md.serializer(raw)
            self._push_raw(written, offset, holder, mask)
        elif match[2]:
            self._widen(offset, 2)
            self._push(Tracked.all_at(chr(int(match[2])), offset), mask)
        elif match[3]:  # a reference that browsers know and Python-Markdown lets pass
            self._push_raw(match[3], offset, holder, mask)
        elif match[0] == f"{STX}amp{ETX}":
            self._push(Tracked.all_at("&", offset), mask)

    def _push_raw(self, raw: str, offset: int, holder: _Holder, mask: str | None) -> None:
        if raw.startswith("&") and raw.endswith(";"):
            self._widen(offset, len(raw))
            self._push(Tracked.all_at(html.unescape(raw), offset), mask)
            return
        for found in read_raw(raw, self.restorer, self.md.is_block_level):
            self._push_raw_text(found, holder, mask)

    def _push_raw_text(self, found: RawText, holder: _Holder, mask: str | None) -> None:
        if found.tag == "br":
            self.pieces.append((Tracked.all_at(BREAK, NOWHERE), None))
        elif found.tag:
            self._follow_tag(found, holder)
        elif found.text:
            if found.width > 1:
                self._widen(found.text.offset(0), found.width)
            self._add(found.text, holder, mask)

    def _follow_tag(self, found: RawText, holder: _Holder) -> None:
        if found.tag in UNSEEN:
            self.unseen = max(0, self.unseen + (-1 if found.closes else 1))
        if found.block:
            self._flush(_raw_holder(found, holder) if found.holder else holder)
        elif found.closes:
            self._close_mask(found.tag)
        elif mask := MASKED.get(found.tag) or _language_lane(found.language):
            self.open_masks.append((found.tag, mask))

    def _close_mask(self, tag: str) -> None:
        for place in range(len(self.open_masks) - 1, -1, -1):
            if self.open_masks[place][0] == tag:
                del self.open_masks[place:]
                return

    def _widen(self, offset: int, width: int) -> None:
        if offset != NOWHERE:
            self.wide[offset] = offset + width

    def _flush(self, holder: _Holder) -> None:
        """Make a block of what was collected, unless it is blank."""
        if self.open_masks:
            self.open_masks.clear()  # what is left open ends with its block
        if not self.pieces:
            return
        pieces, self.pieces = self.pieces, []
        text = pieces[0][0] if len(pieces) == 1 else join([piece for piece, _ in pieces])
        lanes = _lanes(pieces) if len(pieces) > 1 or pieces[0][1] else []
        self._add_block(text, lanes, holder)

    def _add_block(self, text: Tracked, lanes: list[Lane], holder: _Holder) -> None:
        if text.isspace() or (BREAK in text and text.replace(BREAK, " ").isspace()):
            return
        kind = _kind_of(holder.element)
        if kind != "code":
            text, lanes = collapse(text, lanes)
        if not text:
            return
        shown = text.replace(BREAK, "\n")
        self.blocks.append(
            Block(kind, shown, text.at, tuple(_masks(lanes)),
                  {k: v or "" for k, v in holder.element.attrib.items()},
                  holder.ancestors, holder.language)
        )


def _raw_holder(found: RawText, around: _Holder) -> _Holder:
    within = (*around.ancestors, around.element.tag)
    return _Holder(etree.Element(found.holder), within, found.language or around.language)


def _mask_of(element: etree.Element) -> str | None:
    if element.tag in MASKED:
        return MASKED[element.tag]
    if "arithmatex" in (element.get("class") or ""):
        return "math"
    if element.tag == "a" and _ADDRESS.match("".join(element.itertext()).replace(STX, "")):
        return "address"
    return _language_lane(element.get("lang"))


def _language_lane(language: str | None) -> str | None:
    return f"language:{language}" if language else None


def _kind_of(element: etree.Element) -> str:
    name = element.get("class") or ""
    if "admonition-title" in name:
        return "title"
    if "arithmatex" in name:
        return "math"
    return KINDS.get(element.tag, "text")


def _lanes(pieces: list[tuple[Tracked, str | None]]) -> list[Lane]:
    """The stretches of the joined pieces that are masked, each with its mask."""
    lanes: list[Lane] = []
    start = 0
    for piece, mask in pieces:
        end = start + len(piece)
        if mask and lanes and lanes[-1][1:] == (start, mask):
            lanes[-1] = (lanes[-1][0], end, mask)
        elif mask and end > start:
            lanes.append((start, end, mask))
        start = end
    return lanes


def _masks(lanes: list[Lane]) -> Iterator[Mask]:
    for start, end, lane in lanes:
        kind, _, language = lane.partition(":")
        yield Mask(Span(start, end), kind, language or None)
