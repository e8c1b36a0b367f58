"""The blocks of a page: paragraphs and what holds them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from variorum.difference.tokens import Token, split
from variorum.difference.tree import Element, Node, text_of

NOTE = "doc-footnote"
"""The role of a note that the extension hangs into a page."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PROSE = _HEADINGS | {"", "p"}
"""Blocks of words that may become each other, be divided and be joined; "" has no element."""
_OPAQUE = frozenset({"script", "style", "svg", "template", "hr", "math", "form", "col", "colgroup"})
"""Elements that are taken as they are."""
_DERIVED = frozenset({"vr-filter", "vr-history", "vr-neighbours"})
"""Blocks that the site makes of other things than this page: what becomes of them is no change."""
_CODE_CLASSES = frozenset({"highlight"})


@dataclass(frozen=True, eq=False)
class Block:
    """An element that begins a new line, or a run of words between two such elements."""

    element: Element | None
    inside: tuple[Node, ...] = field(repr=False)

    @property
    def tag(self) -> str:
        """Of its element; nothing for a run of words."""
        return self.element.tag if self.element else ""

    @property
    def id(self) -> str:
        """Of its element, if it has one."""
        return self.element.get("id") if self.element else ""

    @property
    def origin(self) -> str:
        """The names of what it is based on."""
        return self.element.get("data-from") if self.element else ""

    @property
    def name(self) -> str:
        """By which it is told among its neighbours: its id, or its role on the page."""
        role = next((c for c in sorted(self.element.classes) if c.startswith("vr-")), "") \
            if self.element else ""
        return self.id or (f".{role}" if role else "")

    @cached_property
    def is_opaque(self) -> bool:
        """Whether it is taken as it is."""
        return self.element is not None and (
            self.tag in _OPAQUE or self.is_formula or self.is_derived)

    @cached_property
    def is_derived(self) -> bool:
        """Whether the site makes it of other things than this page."""
        return self.element is not None and bool(self.element.classes & _DERIVED)

    @cached_property
    def is_formula(self) -> bool:
        """Whether it is mathematics."""
        return self.element is not None and "arithmatex" in self.element.classes

    @property
    def is_heading(self) -> bool:
        """Whether its name, unless an author gave it one, is made of its words."""
        return self.tag in _HEADINGS

    @cached_property
    def is_code(self) -> bool:
        """Whether its lines are what counts."""
        return self.element is not None and (
            self.tag == "pre" or bool(self.element.classes & _CODE_CLASSES))

    @cached_property
    def is_note(self) -> bool:
        """Whether it is a note."""
        return self.element is not None and self.element.get("role") == NOTE

    @cached_property
    def is_leaf(self) -> bool:
        """Whether only words are in it."""
        return not any(isinstance(node, Element) and node.is_block for node in self.inside)

    @property
    def is_prose(self) -> bool:
        """Whether it is a paragraph or a heading."""
        return self.tag in _PROSE and self.is_leaf

    @cached_property
    def text(self) -> str:
        """What is shown of it, blanks even."""
        return " ".join("".join(map(text_of, self.inside)).split())

    @cached_property
    def tokens(self) -> list[Token]:
        """Its words, when it is a leaf."""
        return split(self.inside)

    @cached_property
    def features(self) -> Counter[str]:
        """Its words, and its pairs of words, each as often as it has them."""
        words = self.text.casefold().split()
        return Counter([*words, *(f"{a} {b}" for a, b in pairwise(words))])

    def resembles(self, other: Block) -> bool:
        """Whether one may have become the other at all."""
        if self.is_prose or other.is_prose:
            return self.is_prose and other.is_prose
        return self._shape == other._shape

    @cached_property
    def _shape(self) -> tuple[str, bool, bool, bool, int]:
        tabs = 0  # a style sheet counts them
        if self.element is not None and "tabbed-set" in self.element.classes:
            tabs = sum(isinstance(node, Element) and node.tag == "input" for node in self.inside)
        return self.tag, self.is_code, self.is_opaque, self.is_note, tabs


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """Dice's coefficient of two bags, from 0 to 1."""
    size = one.total() + other.total()
    return 2 * (one & other).total() / size if size else 1.0


def blocks_of(nodes: Sequence[Node]) -> list[Block]:
    """The blocks that ``nodes`` consist of; white space between them is nothing."""
    found: list[Block] = []
    run: list[Node] = []
    for node in nodes:
        if isinstance(node, Element) and node.is_block:
            found += _run(run)
            run = []
            found.append(Block(node, node.children))
        else:
            run.append(node)
    return [*found, *_run(run)]


def _run(nodes: list[Node]) -> Iterable[Block]:
    if any(isinstance(node, Element) or node.strip() for node in nodes):
        yield Block(None, tuple(nodes))
