"""HTML as a tree of values, and a tree as HTML that is always balanced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from html.parser import HTMLParser

VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr",
})
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "label", "legend", "li", "main",
    "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul",
})
"""Elements that begin a new line."""
_RAW = frozenset({"script", "style"})
"""Elements whose text is not escaped."""
_LINKS = frozenset({"doc-noteref", "doc-backlink"})
_ALIVE = frozenset({
    "id", "name", "for", "href", "download", "role", "aria-label", "aria-labelledby",
    "data-notes", "data-from", "data-tabs", "open",
})
"""Attributes by which an element is found, followed or spoken of."""

DEEPEST = 200
"""Elements in elements; no essay has reason for more, and each costs a call of every function."""

Attributes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class Element:
    """An element of a page; two are the same only when they are one."""

    tag: str
    attributes: Attributes = ()
    children: tuple[Node, ...] = field(default=(), repr=False)

    def get(self, name: str) -> str:
        """The value of an attribute, or nothing."""
        return next((value for key, value in self.attributes if key == name), "")

    @cached_property
    def classes(self) -> frozenset[str]:
        """The names in ``class``."""
        return frozenset(self.get("class").split())

    @cached_property
    def is_block(self) -> bool:
        """Whether it begins a new line, or has something in it that does."""
        return self.tag in BLOCKS or any(
            child.is_block for child in self.children if isinstance(child, Element)
        )

    def also(self, name: str) -> Attributes:
        """Its attributes with one more class."""
        classes = f"{self.get('class')} {name}".strip()
        return tuple((dict(self.attributes) | {"class": classes}).items())


Node = Element | str


def parse(page: str) -> tuple[Node, ...]:
    """The nodes of a piece of HTML; comments are left out, what is left open is closed.

    Raises ``ValueError`` when elements stand more than :data:`DEEPEST` deep in each other.
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.finish()


def write(nodes: Sequence[Node], *, inert: bool = False) -> str:
    """The nodes as HTML. What is ``inert`` has no name and leads nowhere, and nothing to press."""
    return "".join(_write(node, inert) for node in nodes)


def _write(node: Node, inert: bool) -> str:
    if isinstance(node, str):
        return escape(node, quote=False)
    if inert and node.tag in {"input", "button", "script", "style"}:
        return ""
    if node.tag in _RAW:
        inside = "".join(child for child in node.children if isinstance(child, str))
    else:
        inside = write(node.children, inert=inert)
    end = "" if node.tag in VOID else f"</{node.tag}>"
    return f"{start_tag(node.tag, node.attributes, inert=inert)}{inside}{end}"


def start_tag(tag: str, attributes: Attributes, *, inert: bool = False) -> str:
    """``<tag name="value">``; see :func:`write` for ``inert``."""
    kept = (pair for pair in attributes if not (inert and pair[0] in _ALIVE))
    said = (f' {name}="{escape(value)}"' if value else f" {name}" for name, value in kept)
    return f"<{tag}{''.join(said)}>"


def walk(nodes: Sequence[Node]) -> Iterator[Element]:
    """Every element, in the order of the page."""
    for node in nodes:
        if isinstance(node, Element):
            yield node
            yield from walk(node.children)


def text_of(node: Node) -> str:
    """The text in ``node``, blocks held apart by blanks; numbers of notes are no text."""
    if isinstance(node, str):
        return node
    if node.get("role") in _LINKS:
        return ""
    inside = "".join(text_of(child) for child in node.children)
    return f" {inside} " if node.tag in BLOCKS or node.tag == "br" else inside


@dataclass
class _Open:
    tag: str
    attributes: Attributes
    children: list[Node] = field(default_factory=list)

    def close(self) -> Element:
        return Element(self.tag, self.attributes, tuple(self.children))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [_Open("", ())]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len(self.open) > DEEPEST:
            raise ValueError(f"elements stand more than {DEEPEST} deep in each other")
        self.open.append(_Open(tag, tuple((name, value or "") for name, value in attrs)))
        if tag in VOID:
            self._close()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:  # in SVG only
            self._close()

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self.open[1:]):
            while self._close() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def _close(self) -> str:
        element = self.open.pop()
        self.open[-1].children.append(element.close())
        return element.tag

    def finish(self) -> tuple[Node, ...]:
        while len(self.open) > 1:
            self._close()
        return tuple(self.open[0].children)
