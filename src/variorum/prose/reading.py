"""Reads a Markdown file into the prose that it shows."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as etree
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, takewhile
from typing import cast

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from variorum.errors import InputError, Place
from variorum.prose.blocks import Block, BlockReader, Link
from variorum.prose.dialect import READING, in_order, make_markdown
from variorum.prose.inline import InlineReader
from variorum.prose.offsets import NOWHERE
from variorum.prose.paragraphs import hasten
from variorum.prose.restore import Restorer
from variorum.prose.source import MARK, mark_lines, read_body
from variorum.prose.tracked import Tracked, TrackedAtomic
from variorum.text import Span

SEPARATOR = "\n\n"
"""Stands between two blocks in the visible text."""
_TOO_DEEP = re.compile(r"^ {1200,}(?:[-*+]|\d+\.|!!!|\?\?\?|===) ", re.M)
"""Three hundred levels, for which the block parser would take minutes before it gave up."""


_NAME = re.compile(r'\n\{ #([\w-]+)(?: from="([\w -]+)")? \}\Z')
_LONGEST_NAME = 80


@dataclass(frozen=True)
class Prose:
    """The words that a reader sees of a Markdown file, each with its place in the file."""

    source: str = field(repr=False)
    blocks: tuple[Block, ...]
    links: tuple[Link, ...]
    """The links and images that Markdown makes; those in raw HTML are not among them."""
    wide: Mapping[int, int] = field(repr=False)
    """Where something ends that takes several code points for one: an escape, an entity."""

    @cached_property
    def visible(self) -> str:
        """All blocks' texts, a blank line between them."""
        return SEPARATOR.join(block.text for block in self.blocks)

    @cached_property
    def paragraphs(self) -> Mapping[str, Span]:
        """The place in ``visible`` of each block that has an id."""
        return {
            block.attributes["id"]: Span(start, start + len(block.text))
            for block, start in zip(self.blocks, self.starts, strict=True)
            if block.attributes.get("id")
        }

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The offset in ``visible`` of each block."""
        lengths = (len(block.text) + len(SEPARATOR) for block in self.blocks)
        return tuple(accumulate(lengths, initial=0))[:-1]

    def to_source(self, visible: Span) -> Span:
        """The place in the file of a span of the visible text."""
        start = self._offset(visible.start, forward=True)
        last = max(visible.start, visible.end - 1)
        end = self._offset(last, forward=False)
        if visible.start == visible.end:
            return Span(start, start)
        return Span(min(start, end), max(start, self.end_of(end)))

    def block_to_source(self, block: Block, span: Span) -> Span:
        """The place in the file of a span of one block's text."""
        start = next((o for o in block.at[span.start :] if o != NOWHERE), NOWHERE)
        if start == NOWHERE:
            start = max(block.at, default=0)
        inside = [offset for offset in block.at[span.start : span.end] if offset != NOWHERE]
        start = max(start, 0)
        return Span(start, max(start, self.end_of(inside[-1]))) if inside else Span(start, start)

    def end_of(self, offset: int) -> int:
        """Where what begins at ``offset`` in the file ends."""
        if self.source.startswith("\r\n", offset):
            return offset + 2
        return self.wide.get(offset, offset + 1)

    def _offset(self, place: int, *, forward: bool) -> int:
        """The file offset at ``place`` in the visible text, or the nearest known one."""
        index = max(bisect_right(self.starts, place) - 1, 0)
        if not self.blocks:
            return 0
        block = self.blocks[index]
        inner = min(place - self.starts[index], len(block.at) - 1)
        ahead = (o for o in block.at[inner:] if o != NOWHERE)
        behind = (o for o in reversed(block.at[: inner + 1]) if o != NOWHERE)
        first, second = (ahead, behind) if forward else (behind, ahead)
        return next(first, next(second, 0))


def read_prose(source: str, md: Markdown | None = None, path: str | None = None) -> Prose:
    """The prose of ``source``, a Markdown file's text as decoded, front matter and all.

    ``md`` renders the same dialect as the site does; without it, this project's own.
    Raises ``InputError``, which names ``path``, for what is nested beyond the renderer's powers.
    """
    try:
        return _read(source, md)
    except RecursionError as error:
        raise InputError(
            "the Markdown is nested too deeply to be read", place=Place(path) if path else None,
            hint="take apart what stands inside each other: emphasis, links, lists, quotations",
        ) from error


def _read(source: str, md: Markdown | None) -> Prose:
    md = md or hasten(make_markdown(READING))
    md.reset()
    body = read_body(source)
    if _TOO_DEEP.search(body):
        raise RecursionError
    lines = mark_lines(body).split("\n")
    for preprocessor in md.preprocessors:
        lines = preprocessor.run(lines)
    root = cast("etree.Element", md.parser.parseDocument(lines).getroot())
    md.references = {
        MARK.sub("", label): (MARK.sub("", target), title and MARK.sub("", title))
        for label, (target, title) in md.references.items()
    }
    return _read_tree(source, md, body, root)


def _read_tree(source: str, md: Markdown, body: Tracked, root: etree.Element) -> Prose:
    restorer = Restorer(body)
    processors: dict[str, Treeprocessor] = dict(in_order(md.treeprocessors))
    for processor in takewhile(lambda p: p is not processors["inline"], processors.values()):
        root = _or_same(processor.run(root), root)
    _restore_tree(root, restorer)
    InlineReader(md).run(root)
    if "footnote-reorder" in processors:
        processors["footnote-reorder"].run(root)
    if "attr_list" in processors:
        processors["attr_list"].run(cast("etree.Element", _Braced(root)))
    reader = BlockReader(md, restorer)
    blocks = tuple(reader.read(root))
    return Prose(source, blocks, tuple(reader.links), reader.wide)


@dataclass(frozen=True)
class _Braced:
    """A tree of which only those elements are gone through that may have an attribute list.

    The list that most paragraphs of an edition have is read on the way.
    """

    root: etree.Element

    def iter(self) -> Iterator[etree.Element]:
        """Those in or behind whose text, or behind whose children, there is a brace."""
        for element in self.root.iter():
            if element.tag == "p" and _take_name(element):
                continue
            if (
                "{" in (element.text or "") or "{" in (element.tail or "")
                or (len(element) and any("{" in (child.tail or "") for child in element))
            ):
                yield element


def _take_name(paragraph: etree.Element) -> bool:
    """Give ``paragraph`` the id and the provenance at its end, if it has these and no more."""
    last = paragraph[-1] if len(paragraph) else None
    text = paragraph.text if last is None else last.tail
    match = _NAME.search(text, max(0, len(text) - _LONGEST_NAME)) if text else None
    if text is None or match is None:
        return False
    paragraph.set("id", match[1])
    if match[2]:
        paragraph.set("from", match[2])
    if last is None:
        paragraph.text = text[: match.start()]
    else:
        last.tail = text[: match.start()]
    return True


def _or_same(new: etree.Element | None, old: etree.Element) -> etree.Element:
    return old if new is None else new


def _restore_tree(root: etree.Element, restorer: Restorer) -> None:
    for element in root.iter():
        if element.text:
            element.text = _restore(element.text, restorer)
        for child in element:
            if child.tail:
                child.tail = _restore(child.tail, restorer)


def _restore(text: str, restorer: Restorer) -> Tracked:
    if isinstance(text, AtomicString):
        found = restorer.restore(html.unescape(text))
        return TrackedAtomic(str(found), found.runs)
    return restorer.restore(text)
