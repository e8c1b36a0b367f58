"""Python-Markdown's inline patterns, run over tracked text.

The patterns are its own (`markdown.inlinepatterns`) and so is the order in which they are tried
(`markdown.treeprocessors.InlineProcessor`): each is applied to the whole text, what it finds is
put aside and a placeholder left. Only the driver is ours, because it must know, for each piece
of text that a pattern hands back, where in the file it stands.
"""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as etree
from typing import TypeGuard

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import (
    AMP_SUBSTITUTE,
    ETX,
    INLINE_PLACEHOLDER,
    INLINE_PLACEHOLDER_RE,
    STX,
    AtomicString,
)

from variorum.prose.dialect import in_order
from variorum.prose.offsets import NOWHERE
from variorum.prose.signs import HARD_BREAK, has_one, signs_of
from variorum.prose.tracked import Tracked, TrackedAtomic, find_again, join

_MARKUP = re.compile(r"[`\\\[<&*_$]")

PLACE = "variorum-place"
"""Attribute of links and images in the tree: the offsets in the file of the whole construct."""

Ancestors = tuple[str, ...]


class InlineReader:
    """Resolves the inline markup of one document's tree, in place."""

    def __init__(self, md: Markdown) -> None:
        self.patterns = [
            (pattern, signs_of(name, pattern), frozenset(map(str.lower, pattern.ANCESTOR_EXCLUDES)))
            for name, pattern in in_order(md.inlinePatterns)
            if isinstance(pattern, InlineProcessor)
        ]
        self.knows_all = all(signs is not None for _, signs, _ in self.patterns)
        self.stash: dict[str, etree.Element | Tracked] = {}
        # Patterns look up there what was put aside before them.
        vars(md.treeprocessors["inline"])["stashed_nodes"] = self.stash

    def run(self, root: etree.Element) -> None:
        """Resolve the text and tails of all descendants of ``root``, level by level."""
        queue: list[tuple[etree.Element, list[etree.Element], Ancestors]] = [(root, list(root), ())]
        for parent, children, ancestors in queue:
            for child in children:
                if child.text or len(child):
                    within = (*ancestors, child.tag.lower())
                    if len(child):
                        queue.append((child, list(child), within))
                    if self._has_markup(child.text):
                        child.text, nodes = self._resolve(child.text, within)
                        child[0:0] = nodes
                if self._has_markup(child.tail):
                    child.tail, nodes = self._resolve(child.tail, ancestors)
                    place = list(parent).index(child) + 1
                    parent[place:place] = nodes

    def _has_markup(self, text: str | None) -> TypeGuard[Tracked]:
        if not isinstance(text, Tracked) or isinstance(text, AtomicString):
            return False
        return not self.knows_all or bool(_MARKUP.search(text)) or HARD_BREAK in text

    def _resolve(self, text: Tracked, ancestors: Ancestors) -> tuple[str, list[etree.Element]]:
        return self._expand(self._mark(text, 0, ancestors))

    def _mark(self, data: Tracked, first: int, ancestors: Ancestors) -> Tracked:
        """Put aside what the patterns from ``first`` on find, leaving placeholders."""
        for index in range(first, len(self.patterns)):
            pattern, signs, excluded = self.patterns[index]
            if signs is not None and not has_one(data, signs):
                continue
            if excluded and not excluded.isdisjoint(ancestors):
                continue
            data = self._apply(pattern, index, data, ancestors)
        return data

    def _apply(
        self, pattern: InlineProcessor, index: int, data: Tracked, ancestors: Ancestors
    ) -> Tracked:
        """All that one pattern finds, from left to right."""
        text = str(data)  # in which each thing that was found gives way to its placeholder
        begin = done = 0  # ``text`` from ``begin`` on is ``data`` from ``done`` on
        shift = 0  # and this is what lies between the two
        pieces: list[Tracked] = []
        while found := _first_match(pattern, text, begin):
            node, start, end = found
            if node is None:
                begin = end
                continue
            first, last = start + shift, end + shift
            placeholder = self._put_aside(node, data, first, last, index, ancestors)
            pieces += [data.part(done, first), Tracked.all_at(placeholder, data.offset(first))]
            done = last
            text = f"{text[:start]}{placeholder}{text[end:]}"
            begin = start + len(placeholder)
            shift = done - begin
        return join([*pieces, data.part(done, len(data))]) if pieces else data

    def _put_aside(
        self, node: etree.Element | str, data: Tracked, start: int, end: int, index: int,
        ancestors: Ancestors,
    ) -> str:
        key = f"{len(self.stash):04d}"
        self.stash[key] = Tracked.all_at("", NOWHERE)
        if isinstance(node, str):
            self.stash[key] = _track_string(node, data, start, end)
        else:
            _track_element(node, data, start, end)
            if node.tag in ("a", "img"):
                node.set(PLACE, f"{data.offset(start)} {data.offset(end - 1) + 1}")
            self._mark_element(node, index, ancestors)
            self.stash[key] = node
        return INLINE_PLACEHOLDER % key

    def _mark_element(self, node: etree.Element, index: int, ancestors: Ancestors) -> None:
        if isinstance(node.text, AtomicString):
            return
        for child in [node, *node]:
            if self._has_markup(child.text):
                child.text = self._mark(child.text, index + 1, (*ancestors, child.tag.lower()))
            if self._has_markup(child.tail):
                child.tail = self._mark(child.tail, index, ancestors)

    def _expand(self, data: Tracked) -> tuple[str, list[etree.Element]]:
        """Put back what was put aside: the text before the first element, and the elements."""
        nodes: list[etree.Element] = []
        pieces: list[Tracked] = []
        text: Tracked | None = None
        done = 0
        for match in INLINE_PLACEHOLDER_RE.finditer(data):
            stashed = self.stash.get(match[1])
            if stashed is None:
                continue
            pieces.append(data.part(done, match.start()))
            done = match.end()
            if isinstance(stashed, str):
                pieces.append(stashed)
                continue
            text, pieces = self._close(text, nodes, pieces)
            self._expand_element(stashed)
            nodes.append(stashed)
        text, _ = self._close(text, nodes, [*pieces, data.part(done, len(data))])
        return text, nodes

    def _close(
        self, text: Tracked | None, nodes: list[etree.Element], pieces: list[Tracked]
    ) -> tuple[Tracked, list[Tracked]]:
        """Hang ``pieces`` behind the last node, or make them the text before the first."""
        piece = join(pieces)
        if text is None:
            return piece, []
        own = [nodes[-1].tail or ""]
        if nodes[-1].tag == "br":  # so that it cannot carry an attribute list
            own.append(Tracked.all_at("\n", NOWHERE))
        nodes[-1].tail = join([*own, piece])
        return text, []

    def _expand_element(self, node: etree.Element) -> None:
        for child in list(node):
            self._expand_element(child)
            if isinstance(child.tail, Tracked) and STX in child.tail:
                child.tail, nodes = self._expand(child.tail)
                place = list(node).index(child) + 1
                node[place:place] = nodes
        if isinstance(node.text, Tracked) and STX in node.text:
            node.text, nodes = self._expand(node.text)
            node[0:0] = nodes


def _first_match(
    pattern: InlineProcessor, data: str, begin: int
) -> tuple[etree.Element | str | None, int, int] | None:
    """What the pattern makes of the first place that it accepts."""
    for match in pattern.getCompiledRegExp().finditer(data, begin):
        node, start, end = pattern.handleMatch(match, data)
        if start is not None and end is not None:
            return node, start, end
    return None


def _track_string(node: str, data: Tracked, start: int, end: int) -> Tracked:
    """A string that a pattern hands back stands for the whole of what it found."""
    if node.endswith(ETX) or end - start != len(node):
        return Tracked.all_at(node, data.offset(start))
    return find_again(node, data, start, end)[0]


def _track_element(node: etree.Element, data: Tracked, start: int, end: int) -> int:
    """Give the texts in ``node`` their offsets; returns where to look for what follows."""
    cursor = start
    if node.text:
        node.text, cursor = _track_text(node.text, data, cursor, end)
    for child in node:
        cursor = _track_element(child, data, cursor, end)
        if child.tail:
            child.tail, cursor = _track_text(child.tail, data, cursor, end)
    return cursor


def _track_text(text: str, data: Tracked, start: int, end: int) -> tuple[Tracked, int]:
    if isinstance(text, AtomicString):
        shown = html.unescape(text.replace(AMP_SUBSTITUTE, "&"))
        found, cursor = find_again(shown, data, start, end)
        return TrackedAtomic(str(found), found.runs), cursor
    return find_again(text, data, start, end)
